"""/work/on-spot/: found and put right on the spot, or passed on. On a phone, standing there."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.base import clock
from huiyin.intake import selectors
from huiyin.intake.forms.on_spot import SOLVED, OnSpotForm
from huiyin.intake.rules.when import until
from huiyin.intake.services import desk_hints, placing
from huiyin.intake.services import on_spot as service
from huiyin.intake.services.once import UsedBefore, answer_to
from huiyin.org import access
from huiyin.org.models import Area, Unit
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.rules import danger_words

GRANT = "case.on_spot"
_KEPT = 30


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs(GRANT)
def on_spot(request: HttpRequest) -> HttpResponse:
    """Two buttons: solved on the spot, or not."""
    post = access.post_for(request, GRANT)
    if request.method == "GET":
        initial = {"client_id": str(uuid.uuid4()), "post": post.post_id}
        if request.GET.get("place"):
            initial["place"] = request.GET["place"]
        return _page(request, _form(request, post, initial=initial))
    form = _form(
        request, post, request.POST, request.FILES, action=request.POST.get("action", SOLVED)
    )
    if not form.is_valid():
        return _page(request, form)
    try:
        done = service.record(form.finding(), post=post, at=clock.now())
    except UsedBefore as used:
        form.as_another()
        number = used.answer["number"]
        form.add_error(None, f"刚才那一件已记为 {number}。这确实是另一件，就再按一次")
        return _page(request, form)
    taken = dict(request.session.get("on_spot", {}))
    taken[done.number] = form.cleaned_data["client_id"]
    request.session["on_spot"] = dict(list(taken.items())[-_KEPT:])
    return redirect("on_spot_done", number=done.number)


def _form(request: HttpRequest, post: ActingPost, *data: Any, **more: Any) -> OnSpotForm:
    area = Area.objects.select_related("parent").get(pk=post.area_id)
    unit = Unit.objects.get(pk=post.unit_id)
    return OnSpotForm(
        *data, area=area, day=clock.today(),
        compounds=placing.compounds_of(area, unit, day=clock.today()),
        held=[p for p in access.posts(request) if p.may(GRANT)], **more,
    )  # fmt: skip


def _page(request: HttpRequest, form: OnSpotForm) -> HttpResponse:
    return render(request, "intake/on_spot.html", {
        "form": form, **danger_context(request, form["text"].value() or ""),
        "several_posts": len(form.fields["post"].choices) > 1,  # type: ignore[attr-defined]
        "lost_photos": bool(form.errors and form.files),
        "listed": form.listed,
    })  # fmt: skip


@never_cache
@require_POST
@access.needs(GRANT, "case.mediate")
def danger_look(request: HttpRequest) -> HttpResponse:
    """What the words call for, while somebody writes: answered and forgotten."""
    text = request.POST.get("text", "")[:2000]
    return render(request, "intake/_danger.html", danger_context(request, text))


def danger_context(request: HttpRequest, text: str) -> dict[str, Any]:
    """What _danger.html shows: numbers to ring, and who is on duty here."""
    alerts, area_id = danger_words.scan(text), access.posts(request)[0].area_id
    return {
        "alerts": alerts, "on_call": desk_hints.leader_on_duty(area_id, alerts, clock.now())
    }  # fmt: skip


@never_cache
@require_GET
@access.needs(GRANT)
def on_spot_done(request: HttpRequest, number: str) -> HttpResponse:
    """Number, what happens next, and one more."""
    client_id = request.session.get("on_spot", {}).get(number, "")
    answer = answer_to(client_id) if client_id else None
    case = selectors.own_case(number) if answer else None
    if answer is None or case is None:
        return redirect("on_spot")
    return render(request, "intake/on_spot_done.html", {
        "case": case, "number": number, "solved": answer["solved"],
        "withheld": answer.get("withheld", False), "refused": answer["refused"],
        "admit_by": until(case.due_at, clock.now()) if case.due_at else "",
        "again": f"c{case.compound_id}" if case.compound_id else "",
    })  # fmt: skip
