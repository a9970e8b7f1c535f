"""/work/mediation/new/: open a mediation. From then on it is a case like any other on its own page."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiyin.base import clock
from huiyin.cases.services.steps import ActionRefused
from huiyin.intake.forms.mediation import MediationForm
from huiyin.intake.services import mediating, placing
from huiyin.intake.services.once import UsedBefore
from huiyin.intake.views.on_spot import danger_context
from huiyin.org import access
from huiyin.org.models import Area, Unit
from huiyin.org.rules.grants import ActingPost

GRANT = "case.mediate"


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs(GRANT)
def mediation_new(request: HttpRequest) -> HttpResponse:
    """The application; begun at once where both sides agree."""
    post = access.post_for(request, GRANT)
    if request.method == "GET":
        return _page(request, _form(post, initial={
            "client_id": str(uuid.uuid4()), "channel": "visit"}))  # fmt: skip
    form = _form(post, request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        number = mediating.open_mediation(form.application(), post=post, at=clock.now())
    except ActionRefused as error:
        form.add_error(None, str(error))
        return _page(request, form)
    except UsedBefore as used:
        form.as_another()
        known = used.answer["number"]
        form.add_error(None, f"刚才那一件已登记为 {known}。这确实是另一件，就再按一次")
        return _page(request, form)
    begun = form.cleaned_data["both_agree"] == "yes"
    messages.success(
        request,
        f"调解 {number} 已登记。"
        + ("两边都愿意，7 天内谈第一次，谈完回来记一笔。" if begun
           else "请去问对方愿不愿意，问到了回来按“双方同意调解”。"),
    )  # fmt: skip
    return redirect("case_detail", number=number)


def _form(post: ActingPost, *data: Any, **more: Any) -> MediationForm:
    area = Area.objects.select_related("parent").get(pk=post.area_id)
    unit = Unit.objects.get(pk=post.unit_id)
    compounds = placing.compounds_of(area, unit, day=clock.today())
    return MediationForm(*data, area=area, day=clock.today(), compounds=compounds, **more)


def _page(request: HttpRequest, form: MediationForm) -> HttpResponse:
    return render(request, "intake/mediation_new.html", {
        "form": form, **danger_context(request, form["text"].value() or ""),
        "listed": form.listed,
    })  # fmt: skip
