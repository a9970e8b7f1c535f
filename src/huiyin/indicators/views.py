"""/data/: every number with its definition, its value for a place and period, and its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from huiyin.base import clock
from huiyin.base.services import audit
from huiyin.indicators import registry
from huiyin.indicators.registry import Indicator, Slice, UnknownCut
from huiyin.indicators.rules import periods
from huiyin.indicators.services import computing, exporting
from huiyin.org import access
from huiyin.org.models import Area, Unit
from huiyin.org.rules.grants import ActingPost, refusal
from huiyin.org.selectors import children_of

PER_PAGE = 50


@dataclass(frozen=True)
class Asked:
    """Place, unit and period of a number page, within what the posts may see."""

    area: Area
    unit: Unit | None
    period: periods.Period
    error: str = ""
    by: tuple[str, str] | None = None

    @property
    def part(self) -> Slice:
        unit = self.unit.pk if self.unit else None
        return Slice(self.area.path, self.period.start, self.period.end, unit, self.by)

    @property
    def cut(self) -> str:
        """'kind:complaint', '' for the whole number."""
        return ":".join(self.by) if self.by else ""

    @property
    def kept(self) -> str:
        """What stays when place or period change."""
        unit = f"&unit={self.unit.pk}" if self.unit else ""
        return unit + (f"&by={self.cut}" if self.by else "")

    @property
    def query(self) -> str:
        return f"place={self.area.code}&period={quote(self.period.code, safe='')}{self.kept}"


def asked(request: HttpRequest, posts: list[ActingPost], *grants: str) -> Asked:
    """Read place, unit and period; a place outside the posts' areas falls back to their own."""
    able = [p for p in posts if any(p.may(grant) for grant in grants)]
    own = list(Area.objects.filter(pk__in={p.area_id for p in able}).order_by("path"))
    if not own:
        raise Http404
    area = own[0]
    code = request.GET.get("place", "")
    if code:
        found = Area.objects.filter(code=code, valid_to__isnull=True).first()
        if found and any(found.path.startswith(a.path) for a in own):
            area = found
    unit = None
    if request.GET.get("unit", "").isdigit():
        unit = Unit.objects.filter(pk=int(request.GET["unit"])).first()
    # A post that sees only its unit's cases sees only its unit's numbers.
    only_unit = all(p.role in ("unit_head", "handler", "firm_manager") for p in able)
    if only_unit:
        unit = Unit.objects.get(pk=able[0].unit_id)
    error, code = "", request.GET.get("period", "")
    try:
        period = periods.parse(code) if code else periods.month_of(clock.today())
    except periods.UnknownPeriod as problem:
        error, period = str(problem), periods.month_of(clock.today())
    return Asked(area, unit, period, error)


def asked_of(request: HttpRequest, posts: list[ActingPost], indicator: Indicator) -> Asked:
    """The same for one number, which may be cut by one value of a dimension (by=kind:complaint)."""
    what = asked(request, posts, indicator.grant)
    try:
        return replace(what, by=indicator.cut(request.GET.get("by", "")))
    except UnknownCut as problem:
        return replace(what, error=str(problem))


def _mine(posts: list[ActingPost]) -> list[Indicator]:
    """The numbers that these posts may see."""
    return [i for i in registry.all_indicators() if any(p.may(i.grant) for p in posts)]


def _find(request: HttpRequest, code: str) -> Indicator:
    """The number of that code for somebody who may see it: 404, or 403 with the reason."""
    try:
        indicator = registry.get(code)
    except KeyError:
        raise Http404("没有这个指标") from None
    why = refusal(access.posts(request), [indicator.grant])
    if why is not None:
        raise PermissionDenied(why)
    return indicator


@access.needs()
def indicator_list(request: HttpRequest) -> HttpResponse:
    """All definitions with their values for the asked place and period."""
    posts = access.posts(request)
    mine = _mine(posts)
    if not mine:
        raise PermissionDenied("您的岗位没有指标可看")
    what = asked(request, posts, *{i.grant for i in mine})
    rows = [{"indicator": i, "value": computing.compute(i, what.part)} for i in mine]
    return render(request, "indicators/indicator_list.html", {"rows": rows, **frame(what)})


@access.needs()
def indicator_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One number: value, definition, trend, places below, and the rows behind it, paged."""
    indicator = _find(request, code)
    what = asked_of(request, access.posts(request), indicator)
    rows = (indicator.hits if request.GET.get("hits") and indicator.hits else indicator.rows)(
        what.part
    )
    page = Paginator(rows.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "indicators/indicator_detail.html",
        {
            "indicator": indicator,
            "value": computing.compute(indicator, what.part),
            "trend": _trend(indicator, what),
            "by_area": _by_area(indicator, what),
            "cuts": indicator.dimensions,
            "cut_word": _cut_word(indicator, what),
            "by_value": _by_value(indicator, what),
            "page": page,
            "table": [_cells(indicator, row) for row in page],
            "only_hits": bool(request.GET.get("hits")),
            **frame(what),
        },
    )


@access.needs()
def indicator_rows(request: HttpRequest, code: str) -> HttpResponse:
    """The rows behind a number as CSV, masked as on the page, so that anybody can count them again."""
    indicator = _find(request, code)
    what = asked_of(request, access.posts(request), indicator)
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
    cut = f"-{_cut_word(indicator, what)}" if what.by else ""
    name = f"{indicator.label}{cut}-{what.area.name}-{what.period.code}.csv".replace("/", "至")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response


def _by_area(indicator: Indicator, what: Asked) -> list[tuple[Area, computing.Value]]:
    """Places right below, those that have rows."""
    below = list(children_of(what.area, day=clock.today())[:60])
    found = computing.compute_by_area(indicator, what.part, below)
    return [(area, value) for area, value in found if value.n]


def _cut_word(indicator: Indicator, what: Asked) -> str:
    """'投诉' of kind:complaint."""
    return indicator.dimension(what.by[0]).words[what.by[1]] if what.by else ""


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


def _cells(indicator: Indicator, row: Any) -> list[dict[str, Any]]:
    return [{"text": c.show(row), "link": c.link(row) if c.link else ""} for c in indicator.columns]


def _trend(indicator: Indicator, what: Asked) -> list[dict[str, Any]]:
    """The same number for this period and the five before, oldest first."""
    period, points = what.period, []
    for _ in range(6):
        part = replace(what.part, start=period.start, end=period.end)
        points.append({"period": period, "value": computing.compute(indicator, part)})
        period = periods.before(period)
    return points[::-1]


def frame(what: Asked) -> dict[str, Any]:
    """Context of indicators/_slice.html."""
    return {
        "area": what.area,
        "unit": what.unit,
        "period": what.period,
        "query": what.query,
        "kept": what.kept,
        "cut": what.cut,
        "error": what.error,
        "usual": periods.usual(clock.today()),
        "children": Area.objects.filter(parent=what.area, valid_to__isnull=True).order_by("code"),
    }
