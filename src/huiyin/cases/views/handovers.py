"""/work/handovers/: sheets of posts that ended, taken over by name."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from huiyin.base import clock
from huiyin.cases import selectors
from huiyin.cases.models import Handover, HandoverItem
from huiyin.cases.services import handing_over
from huiyin.cases.services.steps import ActionRefused
from huiyin.org import access
from huiyin.org.registry import handover_sections


@dataclass(frozen=True)
class Part:
    """One section of a sheet that has lines."""

    label: str
    items: list[HandoverItem]

    @property
    def of_cases(self) -> bool:
        """A table of cases; other matters are a list of links."""
        return bool(self.items) and all(i.case_id for i in self.items)


@access.needs("case.view")
def handover_list(request: HttpRequest) -> HttpResponse:
    """Sheets of my units, open ones first. Of a case that one may not see stands the number only."""
    posts = access.posts(request)
    sheets = (
        Handover.objects.filter(post__unit__in={p.unit_id for p in posts if p.may("case.view")})
        .select_related("post__person", "post__unit", "taken_by")
        .prefetch_related("items__case")
        .order_by("taken_at", "-opened_at")
    )
    page = Paginator(sheets, 20).get_page(request.GET.get("page"))
    cases = {i.case_id for sheet in page for i in sheet.items.all() if i.case_id}
    seen = selectors.visible_to(posts, day=clock.today()).filter(pk__in=cases)
    return render(
        request, "cases/handover_list.html",
        {"page": page, "sheets": [(sheet, _parts(sheet)) for sheet in page],
         "seen": set(seen.values_list("pk", flat=True))},
    )  # fmt: skip


def _parts(sheet: Handover) -> list[Part]:
    items = sorted(sheet.items.all(), key=_by_due)
    parts = [Part(s.label, [i for i in items if i.section == s.code]) for s in handover_sections()]
    return [part for part in parts if part.items]


def _by_due(item: HandoverItem) -> tuple[bool, float, int]:
    """What is due first stands first; what has no due time after it."""
    due = item.case.due_at if item.case and not item.case.ended else None
    return due is None, due.timestamp() if due else 0.0, item.pk


@require_POST
@access.needs("case.view")
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over what is open on a sheet, in a post at that unit, one that may handle before others."""
    posts = sorted(
        (p for p in access.posts(request) if p.may("case.view")),
        key=lambda p: not p.may("case.handle"),
    )
    sheet = get_object_or_404(
        Handover.objects.select_related("post__person"), pk=pk,
        post__unit__in={p.unit_id for p in posts},
    )  # fmt: skip
    by = next(p for p in posts if p.unit_id == sheet.post.unit_id)
    try:
        taken = handing_over.take_over(sheet=sheet, by=by, at=clock.now())
        cases = f"已接手 {taken} 件；诉求人看到的承办人现在是您"
        messages.success(request, cases if taken else "已接手这张交接单")
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("handovers")
