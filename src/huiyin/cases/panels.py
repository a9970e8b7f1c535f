"""What cases show on pages of others: the menu of the workbench, the search box, near copies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled, Function
from huiyin.base.services.defaults import declare_local_defaults
from huiyin.cases.models import Case
from huiyin.cases.rules import words as w
from huiyin.cases.rules.stuck import STUCK_DAYS
from huiyin.cases.selectors import related
from huiyin.org.rules.grants import ActingPost

declare_local_defaults(STUCK_DAYS)


def _menu(label: str, name: str, icon: str, *, exact: bool = False) -> Function:
    def entry(subject: object, posts: Sequence[Acting]) -> Filled:
        context = {"label": label, "url": reverse(name), "icon": icon, "exact": exact}
        return "base/_menu_item.html", context

    entry.__qualname__ = f"menu_{name}"
    return entry


def search(subject: object, posts: Sequence[Acting]) -> Filled:
    """The box at the top: a number opens the case, words search all cases."""
    hint = "编号，或标题、内容、地点里的词"
    return "base/_search.html", {"search_url": reverse("case_list"), "search_hint": hint}


def near_copies(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """Beside a case that nobody was made responsible for yet: what says nearly the same."""
    case = cast(Case, subject)
    if case.status not in (w.REGISTERED, w.AWAITING_DISPATCH):
        return None
    able = cast(Sequence[ActingPost], posts)
    copies = related.near_copies(case, able, open_only=False)
    if not copies:
        return None
    may_merge = any(p.may("case.merge") for p in able)
    return "cases/_near_copies.html", {"copies": copies, "may_merge": may_merge}


panels.register("menu", _menu("待办", "inbox", "list", exact=True), order=10)
panels.register("menu", _menu("工单", "case_list", "board"), grant="case.view", order=20)
panels.register(
    "menu", _menu("超期督办", "supervision", "overdue"), grant="case.supervise", order=30
)
panels.register("menu", _menu("卡住的件", "stuck", "stopped"), grant="case.stuck", order=31)
panels.register("search", search, grant="case.view")
panels.register("case.side", near_copies, grant="case.view", order=60)
