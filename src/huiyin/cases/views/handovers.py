"""/work/handovers/: sheets of posts that ended, taken over by name."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from huiyin.base import clock
from huiyin.cases.models import Handover
from huiyin.cases.services import handing_over
from huiyin.cases.services.steps import ActionRefused
from huiyin.org import access


@access.needs("case.handle")
def handover_list(request: HttpRequest) -> HttpResponse:
    """Sheets of my units, open ones first."""
    units = {p.unit_id for p in access.posts(request) if p.may("case.handle")}
    sheets = (
        Handover.objects.filter(post__unit__in=units)
        .select_related("post__person", "post__unit", "taken_by")
        .prefetch_related("items__case")
        .order_by("taken_at", "-opened_at")
    )
    page = Paginator(sheets, 20).get_page(request.GET.get("page"))
    return render(request, "cases/handover_list.html", {"page": page})


@require_POST
@access.needs("case.handle")
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over what is open on a sheet, in the post at that unit."""
    posts = [p for p in access.posts(request) if p.may("case.handle")]
    sheet = get_object_or_404(
        Handover.objects.select_related("post__person"), pk=pk,
        post__unit__in={p.unit_id for p in posts},
    )  # fmt: skip
    by = next(p for p in posts if p.unit_id == sheet.post.unit_id)
    try:
        taken = handing_over.take_over(sheet=sheet, by=by, at=clock.now())
        messages.success(request, f"已接手 {taken} 件；诉求人看到的承办人现在是您")
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("handovers")
