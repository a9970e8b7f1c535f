"""/work/cases/NUMBER/do/ACTION/: one view for every action of the table, with and without form."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from huiyin.base import clock
from huiyin.cases import registry, selectors
from huiyin.cases.models import Case
from huiyin.cases.rules import looks
from huiyin.cases.services import performing
from huiyin.cases.services.steps import ActionRefused, in_post
from huiyin.cases.views.case_detail import context_of, pane_context, with_form
from huiyin.cases.views.case_parts import ActionButton, buttons_of, find_case, local_path
from huiyin.org import access


@access.needs("case.view")
def case_action(request: HttpRequest, number: str, action: str) -> HttpResponse:
    """GET: the form of the action. POST: do it, then go where `then` says, else back to the case.

    What may not be done now is told in words, with everything that was typed still there.
    """
    case = find_case(request, number)
    buttons = buttons_of(case, access.posts(request), clock.now())
    button = next((b for b in buttons if b.action == action), None)
    if button is None:
        return _not_now(request, case, action)
    if request.method != "POST":
        return _show(request, case, with_form(request, case, button))
    opened = with_form(request, case, button, bound=True)
    form = opened.form
    assert form is not None
    form.keep_files(at=clock.now())
    if not form.is_valid():
        return _show(request, case, opened, status=422)
    try:
        done = performing.perform(
            case=case.pk, action=action, by=in_post(form.post), at=clock.now(),
            given=form.given(), seen_version=form.cleaned_data.get("seen_version"),
        )  # fmt: skip
    except performing.MissingInput as missing:
        form.add_error(missing.key if missing.key in form.fields else None, str(missing))
        return _show(request, case, opened, status=422)
    except ActionRefused as refused:
        case = find_case(request, number)
        if action not in {b.action for b in buttons_of(case, access.posts(request), clock.now())}:
            return _not_now(request, case, action)
        form.add_error(None, str(refused))
        form.seen_now(case.version)
        return _show(request, case, opened, status=409)
    messages.success(request, _said(done, opened))
    return _onwards(request, done, action)


def _not_now(request: HttpRequest, case: Case, action: str) -> HttpResponse:
    """Why there is no such button now; a pressed one was too late, and what was typed is shown."""
    transition = registry.get(case.type).actions.get(action)
    if transition is None or not transition.grant:
        raise Http404("没有这个动作")
    if case.status not in transition.sources:
        who = performing.last_actor(case)
        message = f"没有{transition.label}：{who}刚处理过，此件现在是“{case.status_label}”"
    else:
        message = f"您现在不能{transition.label}此件"
    typed = [
        (ask.label, request.POST.get(ask.key, ""))
        for ask in transition.asks
        if ask.words and request.POST.get(ask.key)
    ]
    context = context_of(request, case) | {"refused": message, "typed": typed}
    if request.headers.get("HX-Request"):
        return render(request, "cases/_actions.html", context)
    return render(request, "cases/case_detail.html", context, status=409)


def _show(
    request: HttpRequest, case: Case, opened: ActionButton, *, status: int = 200
) -> HttpResponse:
    """The case page with this form open; for htmx the form alone (always 200, or nothing swaps)."""
    if request.headers.get("HX-Request"):
        return render(request, "cases/_actions.html", pane_context(request, case, opened=opened))
    context = context_of(request, case, opened=opened)
    return render(request, "cases/case_detail.html", context, status=status)


def _said(case: Case, button: ActionButton) -> str:
    """'已派单：S00001234，现在是“待签收”'."""
    return f"{button.transition.label}：{case.number} 已记录，现在是“{case.status_label}”"


def _onwards(request: HttpRequest, case: Case, action: str) -> HttpResponse:
    """To the next thing in the inbox, or on with the same case; without `then` to the case page."""
    then = local_path(request, request.POST.get("then", ""))
    if not selectors.posts_that_see(case, access.posts(request), day=clock.today()):
        then = then if case.number not in then and then else reverse("inbox")
    elif not then:
        return redirect("case_detail", case.number)
    elif action in looks.GOES_ON and request.POST.get("here"):
        then = local_path(request, request.POST["here"]) or then
    if request.headers.get("HX-Request"):
        where = {"path": then, "target": "#main", "select": "#main", "swap": "outerHTML"}
        return HttpResponse(status=204, headers={"HX-Location": json.dumps(where)})
    return redirect(then)
