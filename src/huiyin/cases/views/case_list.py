"""/work/cases/: the list with filters, saved filters as tabs, words, keyset pages; bulk actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from huiyin.base import clock
from huiyin.base.rules.tables import Column, Pager, Tab
from huiyin.cases import selectors
from huiyin.cases.forms.filters import CaseFilterForm
from huiyin.cases.models import Case, SavedFilter
from huiyin.cases.rules import numbers
from huiyin.cases.rules.bulk import BULK
from huiyin.cases.rules.case_filter import Key
from huiyin.cases.selectors.filter_choices import (
    areas_offered,
    categories_offered,
    units_offered,
)
from huiyin.cases.selectors.former import former_case
from huiyin.cases.selectors.lists import CasePage, cases_page
from huiyin.cases.services import saved_filters
from huiyin.cases.services.saved_filters import FilterRefused
from huiyin.org import access
from huiyin.org.rules.grants import ActingPost

COLUMNS = (
    Column("编号"),
    Column("标题"),
    Column("状态", kind="status"),
    Column("时限", kind="time"),
    Column("主办"),
    Column("地点", wide=True),
    Column("性质", wide=True),
    Column("受理", kind="time", wide=True),
)
#: Tabs that everybody has, before their own.
STANDING_TABS = (("全部", ""), ("在办", "status=open"), ("超期", "overdue=on"))


@require_GET
@access.needs("case.view")
def case_list(request: HttpRequest) -> HttpResponse:
    """Newest first. A number in the field of words opens that case."""
    posts, now = access.posts(request), clock.now()
    typed = request.GET.get("q", "")
    number = numbers.normalised(typed) if typed else None
    if number and _leads_to_a_case(posts, number):
        return redirect("case_detail", number)
    form = filter_form(request)
    query = form.query()
    page = cases_page(
        posts, form.narrow(), now=now, older_than=key_of(request.GET.get("older", "")),
        newer_than=key_of(request.GET.get("newer", "")),
    )  # fmt: skip
    saved = list(SavedFilter.objects.filter(person=posts[0].person_id).order_by("id"))
    context: dict[str, Any] = {
        "heading": "工单",
        "tabs": _tabs(saved, query),
        "columns": COLUMNS,
        "rows": page.rows,
        "row_template": "cases/_case_row.html",
        "pager": _pager(page, query),
        "filter_form": form,
        "query": query,
        "saved": next((s for s in saved if s.query == query), None),
        "bulk": [b for b in BULK.values() if any(p.may(b.grant) for p in posts)],
        "back": request.get_full_path(),
        "now": now,
        **_empty(query),
    }
    return render(request, "cases/case_list.html", context)


def filter_form(request: HttpRequest) -> CaseFilterForm:
    """The filter form for the posts of whoever asks."""
    posts, day = access.posts(request), clock.today()
    return CaseFilterForm(
        request.GET,
        units=units_offered(posts, day=day),
        areas=areas_offered(posts, day=day),
        categories=categories_offered(leaves_only=False),
    )


@require_POST
@access.needs("case.view")
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the present filter as a tab under a name."""
    person = access.posts(request)[0].person_id
    query = request.POST.get("query", "")
    try:
        saved_filters.save(person_id=person, name=request.POST.get("name", ""), query=query)
    except FilterRefused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('case_list')}?{query}")


@require_POST
@access.needs("case.view")
def drop_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of one's own saved filters."""
    saved_filters.drop(person_id=access.posts(request)[0].person_id, pk=pk)
    return redirect("case_list")


def _tabs(saved: list[SavedFilter], query: str) -> list[Tab]:
    base = reverse("case_list")
    every = [*STANDING_TABS, *((s.name, s.query) for s in saved)]
    return [Tab(name, f"{base}?{q}" if q else base, current=q == query) for name, q in every]


def _pager(page: CasePage, query: str) -> Pager:
    before = f"?{query}&" if query else "?"
    return Pager(
        previous_url=f"{before}newer={key_text(page.newer)}" if page.newer else "",
        next_url=f"{before}older={key_text(page.older)}" if page.older else "",
        shown=len(page.rows), about=page.about, exact=page.exact,
    )  # fmt: skip


def _empty(query: str) -> dict[str, str]:
    if query:
        return {
            "empty_title": "没有符合条件的件",
            "empty_text": "换一个词，或少选一个条件。两个字以上的词在标题、诉求人的话和地点里查找。",
            "empty_url": reverse("case_list"),
            "empty_verb": "清除条件",
        }
    return {
        "empty_title": "您的岗位范围内还没有工单",
        "empty_text": "有诉求登记或派给您的单位后，会列在这里。",
    }


def key_text(key: Key | None) -> str:
    """A key as it stands in an address: microseconds and case id, '1790000000000000-57'."""
    return f"{round(key[0].timestamp() * 1_000_000)}-{key[1]}" if key else ""


def key_of(text: str) -> Key | None:
    """The key behind an address; None for none or for what is no key."""
    micros, _, case_id = text.partition("-")
    if not (micros.isdigit() and case_id.isdigit() and text.isascii()):
        return None
    try:
        at = datetime.fromtimestamp(int(micros) // 1_000_000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at.replace(microsecond=int(micros) % 1_000_000), int(case_id)


def _leads_to_a_case(posts: Sequence[ActingPost], number: str) -> bool:
    """Whether the number opens a page: of a case that they see, or that was taken from their unit."""
    day = clock.today()
    if selectors.visible_to(posts, day=day).filter(number=number).exists():
        return True
    return former_case(posts, number, day=day) is not None


def selected_cases(request: HttpRequest) -> list[Case]:
    """The cases whose boxes were ticked, those that the person may see, in the order given."""
    wanted = list(dict.fromkeys(request.POST.getlist("number")))
    found = {
        c.number: c
        for c in selectors.visible_to(access.posts(request), day=clock.today())
        .filter(number__in=wanted[:200])
        .select_related("area", "compound", "lead")
    }
    return [found[n] for n in wanted if n in found]
