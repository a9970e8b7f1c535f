"""/data/: every number with its definition, its value for a place and period, and its rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from huiyin.base import clock
from huiyin.base.selectors import local_value
from huiyin.base.services import audit
from huiyin.indicators import registry, selectors
from huiyin.indicators.forms import PublishForm
from huiyin.indicators.registry import Indicator
from huiyin.indicators.rules import periods
from huiyin.indicators.services import computing, dashboards, exporting
from huiyin.indicators.views import slices
from huiyin.indicators.views.slices import Asked
from huiyin.org import access
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import children_of

PER_PAGE = 50


def _mine(posts: list[ActingPost]) -> list[Indicator]:
    """The numbers that these posts may see."""
    return [i for i in registry.all_indicators() if any(p.may(i.grant) for p in posts)]


@access.needs()
def indicator_list(request: HttpRequest) -> HttpResponse:
    """All definitions with their values for the asked place and period."""
    posts = access.posts(request)
    mine = _mine(posts)
    if not mine:
        raise PermissionDenied("您的岗位没有指标可看")
    what = slices.asked(request, posts, *{i.grant for i in mine})
    rows = [{"indicator": i, "value": computing.compute(i, what.part)} for i in mine]
    return render(request, "indicators/indicator_list.html", {"rows": rows, **slices.frame(what)})


@access.needs()
def indicator_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One number: value, definition, trend, places below, and the rows behind it, paged."""
    indicator = slices.find(request, code)
    what = slices.asked_of(request, access.posts(request), indicator)
    page = page_of(request, indicator, what, PublishForm())
    return render(request, "indicators/indicator_detail.html", page)


def page_of(
    request: HttpRequest, indicator: Indicator, what: Asked, form: PublishForm
) -> dict[str, Any]:
    """Context of indicators/indicator_detail.html."""
    hits = bool(request.GET.get("hits"))
    rows = (indicator.hits if hits and indicator.hits else indicator.rows)(what.part)
    page = Paginator(rows.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    least = int(local_value("board.min_cases"))
    aims = selectors.targets_at(what.area, what.period.last)
    tile = dashboards.tile(indicator, what.part, what.period, least, aims.get(indicator.code))
    return {
        "indicator": indicator,
        "value": tile.value,
        "tile": tile,
        "least": least,
        "trend": _trend(indicator, what),
        "by_area": _by_area(indicator, what),
        "cuts": indicator.dimensions,
        "cut_word": slices.cut_word(indicator, what),
        "by_value": _by_value(indicator, what),
        "page": page,
        "table": [cells(indicator, row) for row in page],
        "only_hits": hits,
        "published": selectors.snapshots_of(indicator.code, what.part, what.area),
        "form": form,
        "may_publish": any(p.may("indicator.publish") for p in access.posts(request)),
        **slices.frame(what),
    }


@access.needs()
def indicator_rows(request: HttpRequest, code: str) -> HttpResponse:
    """The rows behind a number as CSV, masked as on the page, so that anybody can count them again."""
    indicator = slices.find(request, code)
    what = slices.asked_of(request, access.posts(request), indicator)
    if what.error:  # a file of something else than was asked would be taken for it
        raise Http404(what.error)
    text, n = exporting.csv_text(indicator, what.part)
    by = access.post_for(request, indicator.grant)
    audit.record(
        at=clock.now(), person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
        address=access.address_of(request), action="exported", subject=f"indicator:{code}",
        reason=f"{what.area.name} {what.period.label} {what.cut} {n} 行",
    )  # fmt: skip
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    cut = f"-{slices.cut_word(indicator, what)}" if what.by else ""
    name = f"{indicator.label}{cut}-{what.area.name}-{what.period.code}.csv".replace("/", "至")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response


def _by_area(indicator: Indicator, what: Asked) -> list[tuple[Area, computing.Value]]:
    """Places right below, those that have rows."""
    below = list(children_of(what.area, day=clock.today())[:60])
    found = computing.compute_by_area(indicator, what.part, below)
    return [(area, value) for area, value in found if value.n]


def _by_value(indicator: Indicator, what: Asked) -> list[dict[str, Any]]:
    """Each dimension with the values that have rows; none beside a number that is cut already."""
    if what.by:
        return []
    found = [
        {"dimension": d, "values": [v for v in computing.compute_by_value(indicator, what.part, d)
                                    if v[2].n]}
        for d in indicator.dimensions
    ]  # fmt: skip
    return [one for one in found if one["values"]]


def cells(indicator: Indicator, row: Any) -> list[dict[str, Any]]:
    """One row of the drill-down: what each column shows and where it leads."""
    return [{"text": c.show(row), "link": c.link(row) if c.link else ""} for c in indicator.columns]


def _trend(indicator: Indicator, what: Asked) -> list[dict[str, Any]]:
    """The same number for this period and the five before, oldest first."""
    period, points = what.period, []
    for _ in range(6):
        part = replace(what.part, start=period.start, end=period.end)
        points.append({"period": period, "value": computing.compute(indicator, part)})
        period = periods.before(period)
    return points[::-1]
