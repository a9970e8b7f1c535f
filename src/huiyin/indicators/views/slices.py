"""Place, unit and period of a number page, read from its address within what the posts may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from huiyin.base import clock
from huiyin.indicators import registry
from huiyin.indicators.registry import Indicator, Slice, UnknownCut
from huiyin.indicators.rules import periods
from huiyin.org import access
from huiyin.org.models import Area, Unit
from huiyin.org.rules.grants import ActingPost, refusal


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


def find(request: HttpRequest, code: str) -> Indicator:
    """The number of that code for somebody who may see it: 404, or 403 with the reason."""
    try:
        indicator = registry.get(code)
    except KeyError:
        raise Http404("没有这个指标") from None
    why = refusal(access.posts(request), [indicator.grant])
    if why is not None:
        raise PermissionDenied(why)
    return indicator


def cut_word(indicator: Indicator, what: Asked) -> str:
    """'投诉' of kind:complaint."""
    return indicator.dimension(what.by[0]).words[what.by[1]] if what.by else ""


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
