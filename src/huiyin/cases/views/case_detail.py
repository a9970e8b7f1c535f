"""/work/cases/NUMBER/: the case, its pane in the inbox, its paper, who reported, its near copies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huiyin.base import clock
from huiyin.cases.models import Case
from huiyin.cases.selectors import related
from huiyin.cases.selectors.around import find_units
from huiyin.cases.selectors.former import former_case
from huiyin.cases.services import revealing
from huiyin.cases.services.revealing import Clear, RevealRefused
from huiyin.cases.views.case_parts import (
    ActionButton,
    buttons_of,
    find_case,
    form_of,
    local_path,
    view_of,
)
from huiyin.org import access
from huiyin.triage.selectors import category_label


@require_GET
@access.needs("case.view")
def case_detail(request: HttpRequest, number: str) -> HttpResponse:
    """The whole case on one page; for a unit that it was taken from, that unit's own steps."""
    try:
        case = find_case(request, number)
    except Http404:
        former = former_case(access.posts(request), number, day=clock.today())
        if former is None:
            raise
        category = category_label(former.category) if former.category else ""
        context = {"former": former, "category": category}
        return render(request, "cases/case_former.html", context)
    return render(request, "cases/case_detail.html", context_of(request, case))


@require_GET
@access.needs("case.view")
def case_pane(request: HttpRequest, number: str) -> HttpResponse:
    """The case beside the inbox, without leaving it; without htmx the case page."""
    case = find_case(request, number)
    if not request.headers.get("HX-Request"):
        return render(request, "cases/case_detail.html", context_of(request, case))
    return render(
        request, "cases/_case_pane.html", onward(pane_context(request, case) | {"pane": "1"})
    )


@require_GET
@access.needs("case.view")
def case_print(request: HttpRequest, number: str) -> HttpResponse:
    """The case on paper, contacts masked."""
    case = find_case(request, number)
    return render(
        request,
        "cases/case_print.html",
        {"view": view_of(case, access.posts(request), day=clock.today())},
    )


@require_POST
@never_cache
@access.needs("case.contact_details")
def reveal_contact(request: HttpRequest, number: str) -> HttpResponse:
    """Who reported, in clear, on this one answer only; an audit row says who looked and why."""
    case = find_case(request, number)
    clear: list[Clear] = []
    error = ""
    try:
        clear = revealing.reveal(
            case=case, posts=access.posts(request), reason=request.POST.get("reason", ""),
            at=clock.now(), address=access.address_of(request),
        )  # fmt: skip
    except RevealRefused as refused:
        error = str(refused)
    more = {"clear": clear, "reveal_error": error, "reason": request.POST.get("reason", "")}
    if request.headers.get("HX-Request"):
        contacts = revealing.contacts_shown(case, access.posts(request), day=clock.today())
        own = {"case": case, "contacts": contacts, "may_reveal": True}
        return render(request, "cases/_contacts.html", own | more)
    return render(request, "cases/case_detail.html", context_of(request, case) | more)


@require_POST
@never_cache
@access.needs("case.caller_history")
def same_caller(request: HttpRequest, number: str) -> HttpResponse:
    """Other cases of the same caller, on this one answer; an audit row says who looked."""
    case = find_case(request, number)
    found = revealing.callers_other_cases(
        case=case, posts=access.posts(request), at=clock.now(), address=access.address_of(request)
    )
    context = {"case": case, "same_caller": found, "looked_up": True, "may_look_up": True,
               "now": clock.now()}  # fmt: skip
    if request.headers.get("HX-Request"):
        return render(request, "cases/_same_caller.html", context)
    return render(request, "cases/case_detail.html", context_of(request, case) | context)


@require_GET
@access.needs("case.view")
def unit_choices(request: HttpRequest, number: str) -> JsonResponse:
    """Units around the place for what was typed: [{id, name, group, refused}]."""
    case = find_case(request, number)
    found = find_units(case.area, request.GET.get("q", "")[:40], day=clock.today())
    return JsonResponse(
        {
            "units": [
                {
                    "id": u.id,
                    "name": u.name,
                    "group": u.group,
                    "only_support": u.only_support,
                    "about": u.id == case.about_unit_id,
                }
                for u in found
            ]
        }
    )


def context_of(
    request: HttpRequest, case: Case, *, opened: ActionButton | None = None
) -> dict[str, Any]:
    """Everything of the case page. `opened`: the action whose form stands open, else the likely."""
    posts, day = access.posts(request), clock.today()
    context = pane_context(request, case, opened=opened)
    context |= {
        "links": related.links_of(case, posts, day=day),
        "may_look_up": any(p.may("case.caller_history") for p in posts),
        "same_place": related.same_place(case, posts, day=day),
    }
    return context


def pane_context(
    request: HttpRequest, case: Case, *, opened: ActionButton | None = None, wanted: str = ""
) -> dict[str, Any]:
    """What the inbox's pane shows of a case. `then`: where a done action leads; `wanted`: the
    action for which the case stands in the inbox."""
    now = clock.now()
    wanted = wanted or request.GET.get("wanted", "")
    buttons = buttons_of(case, access.posts(request), now, wanted=wanted)
    if opened is None:
        opened = _to_open(request, case, buttons)
    view = view_of(case, access.posts(request), day=clock.today())
    context = {
        "view": view,
        "case": case,
        "contacts": view.contacts,
        "buttons": buttons,
        "opened": opened,
        "may_reveal": any(s.access.reveal for s in view.contacts),
        "then": _asked_path(request, "then"),
        "here": _asked_path(request, "here"),
        "pane": request.GET.get("pane", ""),
        "now": now,
    }
    return onward(context)


def onward(context: dict[str, Any]) -> dict[str, Any]:
    """The context with `onward`: the query that opens another form in the same place."""
    kept = {k: context[k] for k in ("then", "here", "pane") if context.get(k)}
    return context | {"onward": f"?{urlencode(kept)}" if kept else ""}


def _asked_path(request: HttpRequest, name: str) -> str:
    return local_path(request, request.GET.get(name) or request.POST.get(name) or "")


def _to_open(request: HttpRequest, case: Case, buttons: list[ActionButton]) -> ActionButton | None:
    """What is wanted, or likely, with its form, when it stands first and asks something."""
    first = buttons[0] if buttons else None
    if first is None or first.way != "form" or not (first.wanted or first.transition.likely):
        return None
    return with_form(request, case, first)


def with_form(
    request: HttpRequest, case: Case, button: ActionButton, *, bound: bool = False
) -> ActionButton:
    """The button with its form, empty or as it was sent."""
    return replace(button, form=form_of(request, case, button, bound=bound))
