"""What cases show in the slots: menu, search box, and beside an undispatched case its suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.urls import reverse
from django.utils.http import urlencode

from huiyin.base import clock, panels
from huiyin.base.panels import Acting, Filled, Function
from huiyin.base.services.defaults import declare_local_defaults
from huiyin.cases.models import Case
from huiyin.cases.rules import words as w
from huiyin.cases.rules.stuck import STUCK_DAYS
from huiyin.cases.selectors import confirmed, related
from huiyin.cases.services import stuck_notices
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.services import suggesting

declare_local_defaults(STUCK_DAYS)

#: Somebody still has to decide who does it.
UNDISPATCHED = (w.REGISTERED, w.AWAITING_DISPATCH, w.AWAITING_RETURN_RULING)


def _menu(label: str, name: str, icon: str) -> Function:
    def entry(subject: object, posts: Sequence[Acting]) -> Filled:
        context = {"label": label, "url": reverse(name), "icon": icon, "exact": name == "inbox"}
        return "base/_menu_item.html", context

    entry.__qualname__ = f"menu_{name}"
    return entry


def search(subject: object, posts: Sequence[Acting]) -> Filled:
    """The box at the top: a number opens the case, words search all cases."""
    hint = "编号，或标题、内容、地点里的词"
    return "base/_search.html", {"search_url": reverse("case_list"), "search_hint": hint}


def suggestions(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """Beside a case that waits for dispatch: three units with reasons, a click fills the form."""
    case = cast(Case, subject)
    if case.status not in UNDISPATCHED:
        return None
    written = case.words.filter(seq=1, key="text").values_list("text", flat=True).first() or ""
    found = suggesting.suggest(
        text=f"{case.title}\n{written}", place_area_id=case.area_id, compound_id=case.compound_id,
        about_unit_id=case.about_unit_id, learned=confirmed.learned_dispatches(),
        day=clock.today(),
    )  # fmt: skip
    support = [u.unit_id for u in found.support if u.unit_id]
    action = "grant_return" if case.status == w.AWAITING_RETURN_RULING else "dispatch"
    category = "" if found.uncertain else found.category
    fills = [(unit, _fill(unit.unit_id, support, category)) for unit in found.units]
    return "cases/_suggestions.html", {
        "suggestion": found, "fills": fills, "support": support, "fill_action": action,
    }  # fmt: skip


def _fill(lead: int | None, support: Sequence[int], category: str) -> str:
    """The query that opens the form of dispatch with this suggestion in it."""
    pairs = [("lead", str(lead))] if lead else []
    pairs += [("support", str(pk)) for pk in support]
    return urlencode(pairs + ([("category", category)] if category else []))


def near_copies(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """Beside a case that nobody was made responsible for yet: what says nearly the same."""
    case = cast(Case, subject)
    if case.status not in UNDISPATCHED:
        return None
    able = cast(Sequence[ActingPost], posts)
    copies = related.near_copies(case, able, day=clock.today(), open_only=False)
    if not copies:
        return None
    may_merge = any(p.may("case.merge") for p in able)
    return "cases/_near_copies.html", {"copies": copies, "may_merge": may_merge}


def stuck_today(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """What the night found stuck, for whoever supervises: the message of today, with the list."""
    told = stuck_notices.told_today(cast(Sequence[ActingPost], posts), day=clock.today())
    return ("cases/_stuck_today.html", {"told": told}) if told else None


for label, name, icon, grant, order in (
    ("待办", "inbox", "list", "", 10),
    ("工单", "case_list", "search", "case.view", 30),
    ("超期督办", "supervision", "overdue", "case.supervise", 32),
    ("卡住的件", "stuck", "stopped", "case.stuck", 34),
    ("看板", "board", "board", "case.board", 36),
    ("热点", "topics", "place", "case.topics", 37),
    ("书面说明", "statements", "edit", "case.handle", 38),
    ("交接", "handovers", "person", "case.view", 40),
    ("回避登记", "recusals", "lock", "case.recusal", 42),
):
    panels.register("menu", _menu(label, name, icon), grant=grant, order=order)
panels.register("home.today", stuck_today, grant="case.stuck", order=10)
panels.register("search", search, grant="case.view")
panels.register("case.side", suggestions, grant="case.dispatch", order=20)
panels.register("case.side", near_copies, grant="case.view", order=60)
