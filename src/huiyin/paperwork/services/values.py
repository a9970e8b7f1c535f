"""The value behind a link: computed by the registry of numbers, with the rights of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol
from urllib.parse import urlencode

from django.urls import reverse

from huiyin.base.rules.workdays import SHANGHAI
from huiyin.indicators import registry
from huiyin.indicators.registry import Indicator, Slice
from huiyin.indicators.services import computing
from huiyin.indicators.services.computing import Value
from huiyin.org.models import Area
from huiyin.org.rules.grants import AREA, ROLES, ActingPost
from huiyin.paperwork.rules import spans
from huiyin.paperwork.rules.links import COMPARISONS, Link
from huiyin.registers import registry as registers

FORBIDDEN = "无权查看"
NO_SAMPLE = "期内没有可计的明细"


@dataclass(frozen=True)
class Got:
    """A value, or why there is none. `link` = address of its rows."""

    value: Decimal | None
    n: int = 0
    approximate: bool = False
    refusal: str = ""
    period: str = ""
    address: str = ""


class Eyes(Protocol):
    """Who looks: which unit a number must be narrowed to, or why it may not be seen."""

    def may(self, indicator: Indicator, area: Area, unit: int) -> tuple[int, str]: ...


@dataclass
class PostsEyes:
    """The eyes of somebody's posts: their areas, or their own unit's numbers."""

    posts: Sequence[ActingPost]
    _paths: dict[int, str] = field(default_factory=dict)

    def may(self, indicator: Indicator, area: Area, unit: int) -> tuple[int, str]:
        """(the unit to narrow by, why not)."""
        able = [p for p in self.posts if p.may(indicator.grant)]
        for post in able:
            if ROLES[post.role].scope == AREA and area.path.startswith(self._path(post.area_id)):
                return unit, ""
        own = [p for p in able if ROLES[p.role].scope != AREA]
        if own and indicator.by_unit and unit in (0, *(p.unit_id for p in own)):
            return unit or own[0].unit_id, ""
        return unit, FORBIDDEN

    def _path(self, area_id: int) -> str:
        if area_id not in self._paths:
            self._paths[area_id] = Area.objects.values_list("path", flat=True).get(pk=area_id)
        return self._paths[area_id]


@dataclass
class CivicEyes:
    """The system person of a command without a login: numbers of the civic realm only."""

    def may(self, indicator: Indicator, area: Area, unit: int) -> tuple[int, str]:
        """Whatever no party realm holds."""
        return unit, "" if indicator.realm == "civic" else FORBIDDEN


@dataclass
class Values:
    """Computes for one form: these eyes, this place, these days. The same slice is asked once."""

    place: Area
    first: date
    last: date
    eyes: Eyes
    _areas: dict[str, Area | None] = field(default_factory=dict)
    _kept: dict[tuple[Any, ...], Value] = field(default_factory=dict)

    def of(self, link: Link) -> Got:
        """The value of a link. A refusal is said, never a number of something else."""
        try:
            indicator = registry.get(link.indicator)
        except KeyError:
            return Got(None, refusal="这个指标已停用")
        days = link.days(self.first, self.last)
        area = self._area(link.place)
        if days is None:
            return Got(None, refusal="期间和这张表不合")
        if area is None:
            return Got(None, refusal="没有这个地方")
        unit, refusal = self.eyes.may(indicator, area, link.unit)
        if refusal:
            return Got(None, refusal=refusal)
        link = replace(link, unit=unit)
        if link.derived:
            return self._compared(indicator, area, days, link)
        value = self._value(indicator, area, days, link)
        return Got(value.value, value.n, bool(value.approximate), "" if value.value is not None else NO_SAMPLE,
                   spans.code_of(*days), self._address(link, area, days))  # fmt: skip

    def _area(self, code: str) -> Area | None:
        if not code or code == self.place.code:
            return self.place
        if code not in self._areas:
            self._areas[code] = Area.objects.filter(
                code=code, valid_to__isnull=True, path__startswith=self.place.path
            ).first()
        return self._areas[code]

    def _value(self, indicator: Indicator, area: Area, days: tuple[date, date], link: Link) -> Value:  # fmt: skip
        key = (indicator.code, area.pk, days, link.dimension, link.value, link.unit)
        if key not in self._kept:
            by = (link.dimension, link.value) if link.dimension else None
            part = Slice(
                area.path,
                _start(days[0]),
                _start(days[1] + timedelta(days=1)),
                link.unit or None,
                by,
            )
            self._kept[key] = computing.compute(indicator, part)
        return self._kept[key]

    def _compared(self, indicator: Indicator, area: Area, days: tuple[date, date], link: Link) -> Got:  # fmt: skip
        """同比, 环比: with one decimal, or the difference. 占比: of the number without the breakdown."""
        now = self._value(indicator, area, days, link)
        address = self._address(link, area, days)
        if link.derived == "share":
            whole = self._value(indicator, self.place, days, replace(link, dimension="", value="", unit=0))  # fmt: skip
            if indicator.kind not in ("count", "sum"):
                return Got(None, refusal="这样的数不能算占比")
            return self._percent(now, whole, now.value, days, address)
        before = spans.earlier(*days) if link.derived == "mom" else _year_before(days)
        then = self._value(indicator, area, before, link)
        if now.value is None or then.value is None:
            return Got(None, now.n + then.n, refusal=NO_SAMPLE, period=spans.code_of(*days), address=address)  # fmt: skip
        gap = now.value - then.value
        rough = bool(now.approximate or then.approximate)
        if link.difference or indicator.kind == "ratio":
            return Got(gap, now.n + then.n, rough, period=spans.code_of(*days), address=address)
        return self._percent(now, then, gap, days, address)

    def _percent(self, now: Value, base: Value, part: Decimal | None, days: tuple[date, date], address: str) -> Got:  # fmt: skip
        n = now.n + base.n
        period = spans.code_of(*days)
        if part is None or not base.value:
            return Got(None, n, refusal="基数为零，不能算", period=period, address=address)
        share = (part * 100 / base.value).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return Got(share, n, bool(now.approximate or base.approximate), period=period, address=address)  # fmt: skip

    def _address(self, link: Link, area: Area, days: tuple[date, date]) -> str:
        asked = {"place": area.code, "period": spans.code_of(*days)}
        if link.unit:
            asked["unit"] = str(link.unit)
        if link.dimension:
            asked["by"] = f"{link.dimension}:{link.value}"
        return f"{reverse('indicator_detail', args=[link.indicator])}?{urlencode(asked)}"


def breakdowns(indicator: Indicator) -> list[tuple[str, str, str]]:
    """(dimension, value, word) of every value by which a number can be narrowed."""
    return [(d.code, value, word) for d in indicator.dimensions for value, word in d.words.items()]


def measure_of(link: Link) -> str:
    """In what the value is counted."""
    indicator = registry.get(link.indicator)
    if link.derived and not (link.difference and indicator.kind != "ratio"):
        return "个百分点" if indicator.kind == "ratio" and link.derived != "share" else "%"
    return indicator.measure.word


def words_of(link: Link, unit_name: str = "") -> str:
    """A link in words: 诉求受理 · 投诉 · 团结路社区 (without place and period)."""
    if link.register:
        register = registers.get(link.register)
        column = register.column(link.column).label if link.column else ""
        return f"{register.label} · {column}"
    indicator = registry.get(link.indicator)
    said = [indicator.label]
    said += [word for code, value, word in breakdowns(indicator)
             if (code, value) == (link.dimension, link.value)]  # fmt: skip
    if unit_name:
        said.append(unit_name)
    if link.derived:
        said.append(COMPARISONS[link.derived] + ("增减" if link.difference else ""))
    return " · ".join(said)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(0), SHANGHAI)


def _year_before(days: tuple[date, date]) -> tuple[date, date]:
    found = spans.days_of(spans.Span(years_back=1), *days)
    assert found is not None
    return found
