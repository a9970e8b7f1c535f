"""/data/published/: figures as they were published, and what became of them since."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.base import clock
from huiyin.base.services import audit
from huiyin.indicators import registry, selectors
from huiyin.indicators.forms import PublishForm
from huiyin.indicators.models import Snapshot
from huiyin.indicators.rules import corrections as rules
from huiyin.indicators.services import publishing
from huiyin.indicators.services.publishing import Compared, NotPublished
from huiyin.indicators.views import numbers, slices
from huiyin.org import access

PER_PAGE = 50
#: State of a published figure → the tone of its word.
TONES = {
    rules.SAME: "solved", rules.CHANGED: "over", rules.ROWS: "info", rules.ERASED: "closed",
    rules.REDEFINED: "info", rules.GONE: "closed",
}  # fmt: skip


@require_POST
@access.needs("indicator.publish")
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Fix the number as the page shows it now; a wrong form shows the page again with what was typed."""
    indicator = slices.find(request, code)
    post = access.post_for(request, "indicator.publish")
    what = slices.asked_of(request, access.posts(request), indicator)
    form = PublishForm(request.POST)
    if what.error:
        form.add_error(None, what.error)
    elif form.is_valid():
        try:
            snapshot = publishing.publish(
                indicator, area=what.area, unit=what.unit, period=what.period, by=what.by,
                purpose=form.cleaned_data["purpose"], post=post, at=clock.now(),
            )  # fmt: skip
        except NotPublished as error:
            form.add_error(None, str(error))
        else:
            audit.record(
                at=clock.now(), person_id=post.person_id, person_name=post.person_name,
                post_id=post.post_id, address=access.address_of(request), action="published",
                subject=f"indicator:{code}",
                reason=f"{what.area.name} {what.period.label} {what.cut} {snapshot.printed}",
            )  # fmt: skip
            messages.success(request, "已固定这个数；以后明细有变，这里会附更正说明")
            return redirect("snapshot_detail", snapshot.pk)
    return render(
        request, "indicators/indicator_detail.html", numbers.page_of(request, indicator, what, form)
    )


@access.needs()
def snapshot_list(request: HttpRequest) -> HttpResponse:
    """Every published figure that one may see, newest first."""
    posts = access.posts(request)
    if not any(p.may(i.grant) for i in registry.all_indicators() for p in posts):
        raise PermissionDenied("您的岗位没有指标可看")
    page = Paginator(selectors.visible_snapshots(posts), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"snapshot": s, "word": rules.LABELS[_state(s)], "tone": TONES[_state(s)]} for s in page
    ]
    return render(request, "indicators/snapshot_list.html", {"page": page, "rows": rows})


@never_cache
@access.needs()
def snapshot_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was printed, what it would be now, since when, and which rows make the difference."""
    snapshot = _find(request, pk)
    try:
        found = publishing.compare(snapshot)
    except NotPublished as error:
        messages.error(request, str(error))
        return redirect("snapshot_list")
    return render(request, "indicators/snapshot_detail.html", {
        "snapshot": snapshot, "found": found, "tone": TONES[found.state],
        "corrections": [(c, rules.LABELS[c.state]) for c in snapshot.corrections.order_by("pk")],
        "changed_rows": _changed_rows(snapshot, found), "known": found.state != rules.GONE,
        "may_check": any(p.may("indicator.publish") for p in access.posts(request)),
        "columns": registry.get(snapshot.code).columns if found.state != rules.GONE else (),
    })  # fmt: skip


@require_POST
@access.needs("indicator.publish")
def check_snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """Count again now, and note what differs."""
    snapshot = _find(request, pk)
    try:
        found = publishing.check(snapshot, at=clock.now())
        messages.success(request, f"已重新核对：{found.word}")
    except NotPublished as error:
        messages.error(request, str(error))
    return redirect("snapshot_detail", pk)


def _find(request: HttpRequest, pk: int) -> Snapshot:
    found = selectors.visible_snapshots(access.posts(request)).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这个发布数，或不在您的范围内")
    return found


def _state(snapshot: Any) -> str:
    return snapshot.state or rules.SAME


def _changed_rows(
    snapshot: Snapshot, found: Compared
) -> list[tuple[str, list[list[dict[str, Any]]]]]:
    """(heading, rows as the drill-down shows them) of what was added and removed."""
    shown = []
    for word, ids in (("后来计入的", found.added), ("后来不计的", found.removed)):
        if ids:
            indicator = registry.get(snapshot.code)
            more = (
                f"（共 {len(ids)} 行，列前 {publishing.NAMED} 行）"
                if len(ids) > publishing.NAMED
                else ""
            )
            rows = publishing.rows_named(snapshot, ids)
            shown.append((word + more, [numbers.cells(indicator, row) for row in rows]))
    return shown
