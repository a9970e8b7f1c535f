"""/work/statements/: what a unit was asked to explain about cases that it does not see."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from huiyin.base import clock
from huiyin.cases.models import StatementRequest
from huiyin.cases.services import linking
from huiyin.cases.services.steps import ActionRefused
from huiyin.org import access


@access.needs("case.handle", "case.support")
def statement_list(request: HttpRequest) -> HttpResponse:
    """Questions to my units, open ones first."""
    units = {p.unit_id for p in access.posts(request)}
    rows = StatementRequest.objects.filter(unit__in=units).select_related(
        "unit", "answered_by"
    ).order_by("answered_at", "-asked_at")  # fmt: skip
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "cases/statement_list.html", {"page": page, "typed": {}})


@require_POST
@access.needs("case.handle", "case.support")
def answer_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question; a refused answer keeps what was typed."""
    posts = access.posts(request)
    asked = get_object_or_404(StatementRequest, pk=pk, unit__in={p.unit_id for p in posts})
    by = next(p for p in posts if p.unit_id == asked.unit_id)
    text = request.POST.get("answer", "")
    try:
        linking.answer_statement(request=asked, text=text, by=by, at=clock.now())
    except ActionRefused as error:
        messages.error(request, str(error))
        page = Paginator(StatementRequest.objects.filter(pk=asked.pk).order_by("pk"), 1).get_page(1)
        context = {"page": page, "typed": {asked.pk: text}}
        return render(request, "cases/statement_list.html", context, status=422)
    messages.success(request, "说明已送出")
    return redirect("statements")
