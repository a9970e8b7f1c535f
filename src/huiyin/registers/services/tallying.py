"""临时统计: rows of a register, grouped by up to two columns, counted or measured by one number.

Every number opens onto its rows: a cell has the filter that gives exactly the rows it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from huiyin.base.rules.workdays import SHANGHAI
from huiyin.org.models import Area, Compound, Unit
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules import grouping
from huiyin.registers.rules.columns import number_words
from huiyin.registers.rules.grouping import COUNT, Group

#: A table that somebody can read; more groups are refused with advice.
MOST_ROWS, MOST_COLUMNS = 300, 24
#: Combinations that are looked at: persons once each need the persons.
MOST_COMBINATIONS = 50_000
NOTHING = "（未填）"


class TooManyGroups(ValueError):
    """The table would have more rows or columns than a person reads. The message says what to do."""


@dataclass(frozen=True)
class Asked:
    """`by`: one or two groups; `measure`: a key of grouping.measures_of."""

    by: tuple[Group, ...]
    measure: str = COUNT

    def __post_init__(self) -> None:
        if not 1 <= len(self.by) <= 2 or len({g.code for g in self.by}) != len(self.by):
            raise grouping.NoSuchGroup("one or two different groups")


@dataclass(frozen=True)
class Head:
    """One row or column: its value as an address writes it, and its words."""

    value: str
    words: str


@dataclass
class Amount:
    """What stands in a cell. `approximate` rows are no exact counts: then it is a lower bound."""

    number: Decimal = Decimal(0)
    approximate: int = 0
    keys: set[str] = field(default_factory=set)

    @property
    def words(self) -> str:
        """'1,320', '≥320' where 余 or 约 is in it."""
        return ("≥" if self.approximate else "") + number_words(self.value)

    @property
    def value(self) -> Decimal:
        return Decimal(len(self.keys)) if self.keys else self.number

    def add(self, other: Amount) -> None:
        self.number += other.number
        self.approximate += other.approximate
        self.keys |= other.keys


@dataclass(frozen=True)
class Tally:
    """The table. `cells`: (row value, column value) → Amount; with one group the column value is "".
    `unit` is the word of the measure, `n` how many rows of the register are in it."""

    asked: Asked
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: Mapping[tuple[str, str], Amount]
    row_totals: Mapping[str, Amount]
    column_totals: Mapping[str, Amount]
    total: Amount
    unit: str
    n: int

    @property
    def approximate(self) -> bool:
        return bool(self.total.approximate)


def tally(register: Register, rows: QuerySet[Any], asked: Asked) -> Tally:
    """Group, measure and name. TooManyGroups where nobody could read it."""
    found = _combinations(register, rows.order_by(), asked)
    places = _places(asked.by, found)
    cells: dict[tuple[str, str], Amount] = {}
    for key, amount in found:
        values = [_value(group, raw, places) for group, raw in zip(asked.by, key, strict=True)]
        at = (values[0], values[1] if len(values) > 1 else "")
        cells.setdefault(at, Amount()).add(amount)
    row_totals: dict[str, Amount] = {}
    column_totals: dict[str, Amount] = {}
    total = Amount()
    for (row, column), amount in cells.items():
        row_totals.setdefault(row, Amount()).add(amount)
        column_totals.setdefault(column, Amount()).add(amount)
        total.add(amount)
    heads = [_heads(asked.by[0], row_totals)]
    heads.append(_heads(asked.by[1], column_totals) if len(asked.by) > 1 else (Head("", ""),))
    if len(heads[0]) > MOST_ROWS or len(heads[1]) > MOST_COLUMNS:
        raise TooManyGroups(
            f"分出 {len(heads[0])} 行 × {len(heads[1])} 列，太多看不过来（最多 {MOST_ROWS} × "
            f"{MOST_COLUMNS}）：请缩小筛选，或换一个分组"
        )
    return Tally(asked, heads[0], heads[1], cells, row_totals, column_totals, total,
                 unit_of(register, asked.measure), rows.order_by().count())  # fmt: skip


def unit_of(register: Register, measure: str) -> str:
    """The word behind the numbers: 件, 行, 人次, 名."""
    kind, _, name = measure.partition(":")
    if kind == "distinct":
        return "名"
    if kind == "sum":
        told = register.column(name).measure
        return told.word if told else ""
    return register.noun


def cell_words(register: Register, cells: Mapping[str, str]) -> list[tuple[str, str]]:
    """The opened cell in words: (label of the group, its value)."""
    said = []
    for code, value in cells.items():
        group = grouping.group_of(register.columns, code)
        said.append((group.label, _heads(group, {value: Amount()})[0].words))
    return said


def _combinations(
    register: Register, rows: QuerySet[Any], asked: Asked
) -> list[tuple[tuple[Any, ...], Amount]]:
    """(values of the groups, what was measured) for every combination that has rows."""
    names = [f"by_{n}" for n in range(len(asked.by))]
    rows = rows.annotate(
        **{name: _expression(group) for name, group in zip(names, asked.by, strict=True)}
    )
    kind, _, column = asked.measure.partition(":")
    if kind == "distinct":
        index = f"{column}_index"
        pairs = rows.exclude(**{index: ""}).values_list(*names, index).distinct()
        return _read(pairs, lambda rest: Amount(keys={rest[0]}))
    if kind == "sum":
        path = register.column(column).path
        measured: dict[str, Any] = {"m_sum": Sum(path)}
        if register.column(column).kind == c.QUANTITY:
            inexact = ~Q(**{f"{path}_bound": "exact"}) & Q(**{f"{path}__isnull": False})
            measured["m_about"] = Count("pk", filter=inexact)
        grouped = rows.values_list(*names).annotate(**measured)
        return _read(
            grouped, lambda rest: Amount(Decimal(rest[0] or 0), rest[1] if len(rest) > 1 else 0)
        )
    grouped = rows.values_list(*names).annotate(m_n=Count("pk"))
    return _read(grouped, lambda rest: Amount(Decimal(rest[0])))


def _read(
    grouped: Any, amount: Callable[[tuple[Any, ...]], Amount]
) -> list[tuple[tuple[Any, ...], Amount]]:
    found = list(grouped[: MOST_COMBINATIONS + 1])
    if len(found) > MOST_COMBINATIONS:
        raise TooManyGroups("要分的组太多，请先用筛选缩小范围，或换一个分组")
    width = len([n for n in grouped.query.annotations if n.startswith("by_")])
    return [(tuple(row[:width]), amount(tuple(row[width:]))) for row in found]


def _expression(group: Group) -> Any:
    path = group.column.path
    if group.step in grouping.STEPS_OF_DAYS:
        moment = group.column.kind == c.MOMENT
        return TruncMonth(path, tzinfo=SHANGHAI) if moment else TruncMonth(path)
    return F(path)


def _places(
    by: Sequence[Group], found: Sequence[tuple[tuple[Any, ...], Amount]]
) -> dict[tuple[str, int], str]:
    """(step, id of an area) → id of the area above it of that kind, as text."""
    known: dict[tuple[str, int], str] = {}
    for n, group in enumerate(by):
        if group.step not in grouping.STEPS_OF_AREAS:
            continue
        ids = {key[n] for key, _ in found if key[n] is not None}
        areas = list(Area.objects.filter(pk__in=ids))
        above = {pk for area in areas for pk in area.ancestor_ids}
        wanted = set(
            Area.objects.filter(pk__in=above, kind=group.step).values_list("pk", flat=True)
        )
        for area in areas:
            known[(group.step, area.pk)] = next(
                (str(pk) for pk in area.ancestor_ids if pk in wanted), ""
            )
    return known


def _value(group: Group, raw: Any, places: Mapping[tuple[str, int], str]) -> str:
    """A group's value as the address writes it."""
    if raw is None:
        return ""
    if group.step in grouping.STEPS_OF_AREAS:
        return places.get((group.step, raw), "")
    if group.step:
        day = raw.astimezone(SHANGHAI).date() if isinstance(raw, datetime) else raw
        return grouping.period_value(group.step, day)
    if isinstance(raw, bool):
        return "1" if raw else "0"
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def _heads(group: Group, totals: Mapping[str, Amount]) -> tuple[Head, ...]:
    """Rows or columns with their words, in the order in which people expect them: time and choices
    as they run, units by name, everything else the largest first; what is not filled in comes last."""
    column, values = group.column, list(totals)
    words: Callable[[str], str]
    if group.step in grouping.STEPS_OF_DAYS:
        words = grouping.period_words
        values.sort()
    elif column.kind in (c.CHOICE, c.YES_NO):
        named = dict(column.choices) if column.kind == c.CHOICE else {"1": "是", "0": "否"}
        words, order = _named(named), list(named)
        values.sort(key=lambda v: order.index(v) if v in named else len(order))
    elif column.kind == c.UNIT:  # by name: a table of units is no ranking
        names = _names(column.kind, values)
        words, order = _named(names), list(names)
        values.sort(key=lambda v: order.index(v) if v in names else len(order))
    else:
        names = _names(column.kind, values)
        words = _named(names)
        values.sort(key=lambda v: (-totals[v].value, names.get(v, v)))
    values.sort(key=lambda v: v == "")
    return tuple(Head(v, words(v) if v else NOTHING) for v in values)


def _named(names: Mapping[str, str]) -> Callable[[str], str]:
    return lambda value: names.get(value, value)


def _names(kind: str, values: Sequence[str]) -> dict[str, str]:
    """Names of the rows behind ids; a community with the street above it, since names repeat."""
    ids = [int(v) for v in values if v.isdigit()]
    if kind == c.AREA:
        areas = Area.objects.filter(pk__in=ids).select_related("parent")
        several = _repeated([a.name for a in areas])
        return {str(a.pk): f"{a.name}（{a.parent.name}）" if a.parent and a.name in several
                else a.name for a in areas}  # fmt: skip
    if kind == c.COMPOUND:
        compounds = Compound.objects.filter(pk__in=ids).select_related("community")
        several = _repeated([p.name for p in compounds])
        return {str(p.pk): f"{p.name}（{p.community.name}）" if p.name in several else p.name
                for p in compounds}  # fmt: skip
    if kind == c.UNIT:
        units = Unit.objects.filter(pk__in=ids).order_by("pinyin", "pk")
        return {str(u.pk): u.short_name for u in units}
    return {}


def _repeated(names: Sequence[str]) -> set[str]:
    return {name for name in names if list(names).count(name) > 1}
