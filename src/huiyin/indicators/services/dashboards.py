"""The numbers of a dashboard: each with the last period beside it, each chart with its table.

The queries are bounded: a tile asks two values, a trend six, places and units are cut at MOST_BARS.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from huiyin.indicators import registry
from huiyin.indicators.models import Target
from huiyin.indicators.registry import Indicator, Slice
from huiyin.indicators.rules import dashboards as rules
from huiyin.indicators.rules import periods, targets
from huiyin.indicators.rules.dashboards import Chart, Section
from huiyin.indicators.rules.periods import Period
from huiyin.indicators.services import computing
from huiyin.indicators.services.computing import Value
from huiyin.org.models import Area, Unit

MOST_BARS = 20
TREND = 6


@dataclass(frozen=True)
class Tile:
    """A number, the same of the period before, whether its sample is too small to compare, and what it
    is to reach."""

    indicator: Indicator
    value: Value
    before: Value
    small: bool
    target: Target | None = None

    @property
    def target_words(self) -> str:
        """'目标不低于 95%，还差 1.2'; '' without a target."""
        return self._said[0]

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where that cannot be said."""
        return self._said[1]

    @property
    def _said(self) -> tuple[str, bool | None]:
        if self.target is None:
            return "", None
        return targets.said(
            self.value.value, side=self.target.side, amount=self.target.value,
            measure=self.indicator.measure.word, small=self.small,
        )  # fmt: skip

    @property
    def change(self) -> str:
        """'比上期多 12', '比上期高 3.2 个百分点', '与上期持平'; '' where it cannot be said."""
        now, then = self.value.value, self.before.value
        if now is None or then is None or self.small:
            return ""
        difference = now - then
        if difference == 0:
            return "与上期持平"
        rate = self.indicator.kind == "ratio"
        word = ("高" if rate else "多") if difference > 0 else ("低" if rate else "少")
        unit = " 个百分点" if rate else ""
        return f"比上期{word} {_plain(abs(difference))}{unit}"


@dataclass(frozen=True)
class Bar:
    """One point of a chart and one row of its table. `url`: query of the number's own page."""

    label: str
    value: Value
    query: str
    small: bool = False


@dataclass(frozen=True)
class Drawn:
    """A chart as its page needs it."""

    indicator: Indicator
    kind: str
    bars: tuple[Bar, ...]
    left_out: int = 0

    @property
    def title(self) -> str:
        return f"{self.indicator.label}，{rules.KINDS[self.kind]}"

    @property
    def data(self) -> dict[str, Any]:
        """What the script draws; a value that there is not, or that is of too few, is a gap."""
        return {
            "title": self.title, "unit": self.indicator.measure.word,
            "line": self.kind == rules.TREND, "labels": [bar.label for bar in self.bars],
            "values": [None if bar.value.value is None or bar.small else float(bar.value.value)
                       for bar in self.bars],
        }  # fmt: skip

    @property
    def worth_drawing(self) -> bool:
        return sum(value is not None for value in self.data["values"]) > 1


@dataclass(frozen=True)
class Shown:
    """A section with its numbers."""

    section: Section
    tiles: tuple[Tile, ...]
    charts: tuple[Drawn, ...]


def shown(
    sections: Iterable[Section], *, may: Iterable[str], part: Slice, period: Period,
    areas: Sequence[Area], least: int, aims: Mapping[str, Target],
) -> list[Shown]:  # fmt: skip
    """Sections of one dashboard. `may`: grants of the post, numbers beyond them are left out;
    `areas`: the places right below; `least`: a rate of fewer is marked and not compared; `aims`: the
    targets of the place by code."""
    granted = set(may)
    found = []
    for section in sections:
        tiles = tuple(
            tile(i, part, period, least, aims.get(i.code)) for i in _of(section.tiles, granted)
        )
        charts = tuple(
            _drawn(chart, part, period, areas, least)
            for chart in section.charts if _of((chart.code,), granted)
        )  # fmt: skip
        if tiles or charts:
            found.append(Shown(section, tiles, charts))
    return found


def _of(codes: Iterable[str], granted: set[str]) -> list[Indicator]:
    found = [registry.get(code) for code in codes]
    return [indicator for indicator in found if indicator.grant in granted]


def tile(
    indicator: Indicator, part: Slice, period: Period, least: int, target: Target | None
) -> Tile:
    """A number with the last period and its target, which is of the whole: a cut number has none."""
    value = computing.compute(indicator, part)
    before = computing.compute(indicator, _at(part, periods.before(period)))
    aim = None if part.by or part.unit_id else target
    return Tile(indicator, value, before, too_few(indicator, value, least), aim)


def too_few(indicator: Indicator, value: Value, least: int) -> bool:
    """A rate of fewer cases than may be compared (design §3: never a ranking under 10)."""
    return indicator.kind == "ratio" and value.n < least


def _drawn(chart: Chart, part: Slice, period: Period, areas: Sequence[Area], least: int) -> Drawn:
    indicator = registry.get(chart.code)
    if chart.kind == rules.TREND:
        return Drawn(indicator, chart.kind, _trend(indicator, part, period, least))
    if chart.kind == rules.AREAS:
        pairs = computing.compute_by_area(indicator, part, areas)
        bars = [Bar(area.name, value, f"place={area.code}&period={period.code}",
                    too_few(indicator, value, least)) for area, value in pairs if value.n]  # fmt: skip
    else:
        values = computing.compute_by_unit(indicator, part)
        units = Unit.objects.filter(pk__in=values).order_by("pinyin", "pk")
        bars = [Bar(u.short_name, values[u.pk], f"unit={u.pk}&period={period.code}",
                    too_few(indicator, values[u.pk], least)) for u in units]  # fmt: skip
    return Drawn(indicator, chart.kind, tuple(bars[:MOST_BARS]), max(len(bars) - MOST_BARS, 0))


def _trend(indicator: Indicator, part: Slice, period: Period, least: int) -> tuple[Bar, ...]:
    bars: list[Bar] = []
    for _ in range(TREND):
        value = computing.compute(indicator, _at(part, period))
        bars.append(Bar(period.label, value, f"period={period.code}",
                        too_few(indicator, value, least)))  # fmt: skip
        period = periods.before(period)
    return tuple(reversed(bars))


def _at(part: Slice, period: Period) -> Slice:
    return replace(part, start=period.start, end=period.end)


def _plain(number: Decimal) -> str:
    return targets.plain(number)
