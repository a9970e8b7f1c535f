"""Values for an article check: only through `indicators`, only what the acting posts may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huiyin.base.rules.workday_calendar import local_date
from huiyin.indicators import registry
from huiyin.indicators.registry import Indicator, Slice
from huiyin.indicators.rules import periods
from huiyin.indicators.selectors import snapshots_of
from huiyin.indicators.services import computing
from huiyin.org import selectors as org
from huiyin.org.models import Area
from huiyin.org.rules import kinds
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.rules.article_places import PlaceName
from huiyin.paperwork.rules.readings import Operand, Reading

#: Kinds of areas by what an average is over.
_PER_AREA = {"社区": kinds.COMMUNITY, "街道": kinds.SUBDISTRICT}
#: The number of people that a figure per head is over.
_PER_HEAD = "service_members"


class NotKnown(Exception):
    """There is no value to hold the figure against. The message says why, for the screen."""


@dataclass(frozen=True)
class Evidence:
    """One value that a figure was held against: what, where, when, how much, and its rows.
    `published_on` = it is a published snapshot; its rows are not this person's to see."""

    code: str
    label: str
    by: tuple[str, str] | None
    place: str
    place_code: str
    period: str
    period_label: str
    value: Decimal
    unit: str
    n: int
    unit_id: int | None = None
    lower_bound: bool = False
    published_on: date | None = None


@dataclass(frozen=True)
class Computed:
    """The value of a reading with what it comes from."""

    value: Decimal
    evidence: tuple[Evidence, ...]
    lower_bound: bool = False


class Values:
    """Computes each value once. `posts` None = the named system person: civic numbers only."""

    def __init__(self, posts: Sequence[ActingPost] | None, as_of: date) -> None:
        self.posts, self.as_of = posts, as_of
        self._kept: dict[tuple[object, ...], Evidence | NotKnown] = {}
        ids = {p.area_id for p in posts or ()}
        self._paths = dict(Area.objects.filter(pk__in=ids).values_list("pk", "path"))

    def of(self, reading: Reading, place: int, period: int) -> Computed:
        """The reading's value at its operands' place and period of these numbers. NotKnown."""
        found = [
            self.evidence(o, o.places[min(place, len(o.places) - 1)],
                          o.periods[min(period, len(o.periods) - 1)])
            for o in reading.operands
        ]  # fmt: skip
        if reading.how == "average" and reading.over:
            return Computed(found[0].value / reading.over, tuple(found), found[0].lower_bound)
        if reading.how == "average":
            return self._average(reading, found[0], reading.operands[0].places[place])
        value = _combined(reading, [e.value for e in found])
        return Computed(value, tuple(found), any(e.lower_bound for e in found))

    def evidence(self, operand: Operand, place: PlaceName, period: str) -> Evidence:
        """One value under the acting posts' grants. NotKnown with the reason."""
        key = (operand.code, operand.by, place.path, place.unit_id, period)
        if key not in self._kept:
            try:
                self._kept[key] = self._evidence(operand, place, period)
            except NotKnown as why:
                self._kept[key] = why
        found = self._kept[key]
        if isinstance(found, NotKnown):
            raise found
        return found

    def _evidence(self, operand: Operand, place: PlaceName, period: str) -> Evidence:
        indicator = registry.get(operand.code)
        if place.unit_id is not None and not indicator.by_unit:
            raise NotKnown("这个指标不分单位统计")
        try:
            asked = periods.parse(period)
        except periods.UnknownPeriod:
            raise NotKnown("文中的期间认不出起止日期") from None
        if not self.may(indicator, place):
            return self._from_snapshot(indicator, operand, place, asked)
        part = slice_of(place, asked, operand.by)
        value = computing.compute(indicator, part)
        if value.value is None:
            raise NotKnown(f"{asked.label}没有“{indicator.label}”的样本")
        exact = value.value
        if value.hits is not None:
            exact = Decimal(value.hits) * 100 / value.n
        return Evidence(
            indicator.code, indicator.label, operand.by, place.name, place.code, asked.code,
            asked.label, exact, indicator.measure.word, value.n, place.unit_id,
            bool(value.approximate),
        )  # fmt: skip

    def may(self, indicator: Indicator, place: PlaceName) -> bool:
        """Whether the acting posts may see this number at that place."""
        if self.posts is None:
            return indicator.realm == "civic"
        return any(
            post.may(indicator.grant) and place.path.startswith(self._paths.get(post.area_id, "!"))
            for post in self.posts
        )

    def _from_snapshot(
        self, indicator: Indicator, operand: Operand, place: PlaceName, asked: periods.Period
    ) -> Evidence:
        """What was published of this very slice: value and day, no rows (issue 4)."""
        part = slice_of(place, asked, operand.by)
        area = Area.objects.filter(path=place.path).first()
        found = snapshots_of(indicator.code, part, area).first() if area else None
        if found is None or found.value is None:
            raise NotKnown("您的岗位看不到这个数，也没有已发布的数可对")
        return Evidence(
            indicator.code, indicator.label, operand.by, place.name, place.code, asked.code,
            asked.label, found.value, indicator.measure.word, found.n, place.unit_id,
            bool(found.approximate), published_on=local_date(found.at),
        )  # fmt: skip

    def _average(self, reading: Reading, found: Evidence, place: PlaceName) -> Computed:
        over = self._over(reading, found, place)
        if not over:
            raise NotKnown(f"不知道有多少个“{reading.per}”可以平均")
        return Computed(found.value / over, (found,), found.lower_bound)

    def _over(self, reading: Reading, found: Evidence, place: PlaceName) -> Decimal:
        """How many months, communities or people the average is over; 0 = cannot be told."""
        if reading.per in _PER_AREA:
            area = Area.objects.filter(path=place.path).first()
            if area is None:
                return Decimal(0)
            kind = _PER_AREA[reading.per]
            return Decimal(org.areas_within(area, kind=kind, day=self.as_of).count())
        period = periods.parse(found.period)
        if reading.per == "人":
            return self.evidence(
                Operand(_PER_HEAD, None, (place,), (period.code,)), place, period.code
            ).value
        if period.first == periods.BEGINNING:
            return Decimal(0)
        last = min(period.last, self.as_of)
        days = (last - period.first).days + 1
        months = (last.year - period.first.year) * 12 + last.month - period.first.month + 1
        return {"月": Decimal(months), "季度": Decimal(months) / 3, "周": max(Decimal(1), (Decimal(days) / 7).quantize(Decimal(1))),
                "日": Decimal(days)}.get(reading.per, Decimal(0))  # fmt: skip


def slice_of(place: PlaceName, period: periods.Period, by: tuple[str, str] | None) -> Slice:
    """The part of the world that an operand means."""
    return Slice(place.path, period.start, period.end, place.unit_id, by)


def _combined(reading: Reading, values: list[Decimal]) -> Decimal:
    first = values[0]
    if reading.how == "value":
        return first
    if reading.how == "complement":
        return 100 - first
    if reading.how == "sum":
        return sum(values, Decimal(0))
    second = values[1]
    if reading.how in ("points", "difference", "rest"):
        return second - first if reading.falling else first - second
    if not second:
        raise NotKnown("比较的那一期是零，算不出幅度")
    if reading.how == "share":
        return first * 100 / second
    if reading.how in ("multiple", "each"):
        return first / second
    change = (first - second) / second
    change = -change if reading.falling else change
    return change if reading.how == "times" else change * 100
