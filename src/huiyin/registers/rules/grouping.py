"""By what rows of a register are grouped in a 临时统计: a column, or a step above it.

Codes: `kind` · `lead` · `area` · `area:subdistrict` · `area:county` · `opened_at:month`, `:quarter`,
`:year`. A value is text too, so that a cell of the table has an address of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Column

MONTH, QUARTER, YEAR = "month", "quarter", "year"
STEPS_OF_DAYS = {MONTH: "按月", QUARTER: "按季度", YEAR: "按年"}
#: Words of the areas above a community, with the kinds of area that stand above them.
STEPS_OF_AREAS = {"subdistrict": "街道（镇）", "county": "县（市、区）"}
ABOVE_AREAS = {"subdistrict": ("city", "county"), "county": ("city",)}

COUNT = "count"
#: Kinds whose values are few and mean the same thing in every row.
_AS_THEY_ARE = (c.CHOICE, c.YES_NO, c.COMPOUND, c.UNIT)


class NoSuchGroup(ValueError):
    """The code names no column by which this register can be grouped."""


@dataclass(frozen=True)
class Group:
    """One way of grouping. `step`: see the module; "" = the column's own values."""

    column: Column
    step: str = ""

    @property
    def code(self) -> str:
        return f"{self.column.name}:{self.step}" if self.step else self.column.name

    @property
    def label(self) -> str:
        if self.step in STEPS_OF_AREAS:
            return STEPS_OF_AREAS[self.step]
        if self.step:
            return f"{self.column.label}（{STEPS_OF_DAYS[self.step]}）"
        return self.column.label


def groups_of(columns: Sequence[Column]) -> list[Group]:
    """Every way in which rows of these columns can be grouped; never by what is personal, by a free
    text or by what only `show` knows."""
    found: list[Group] = []
    for col in columns:
        if col.personal or (col.show is not None and not col.lookup) or col.link is not None:
            continue
        if col.kind == c.AREA:
            found += [Group(col), *(Group(col, step) for step in STEPS_OF_AREAS)]
        elif col.kind in (c.DAY, c.MOMENT):
            found += [Group(col, step) for step in STEPS_OF_DAYS]
        elif col.kind in _AS_THEY_ARE or (col.kind == c.LINE and col.show is None):
            found.append(Group(col))
    return found


def group_of(columns: Sequence[Column], code: str) -> Group:
    """The group of that code. NoSuchGroup."""
    for group in groups_of(columns):
        if group.code == code:
            return group
    raise NoSuchGroup(code)


def measures_of(columns: Sequence[Column]) -> dict[str, str]:
    """What can be told of a group: code → words. Count of rows, sum of a number, persons once each."""
    found = {COUNT: "行数"}
    for col in columns:
        if col.kind in c.NUMBERS and (col.show is None or col.lookup):
            found[f"sum:{col.name}"] = f"{col.label}合计"
        if col.indexed:
            found[f"distinct:{col.name}"] = f"{col.label}（按人去重）"
    return found


def period_value(step: str, day: date) -> str:
    """2026, 2026Q3 or 2026-09."""
    if step == YEAR:
        return str(day.year)
    if step == QUARTER:
        return f"{day.year}Q{(day.month + 2) // 3}"
    return f"{day.year}-{day.month:02d}"


def period_words(value: str) -> str:
    """2026年, 2026年第3季度, 2026年9月."""
    if "Q" in value:
        year, quarter = value.split("Q")
        return f"{year}年第{quarter}季度"
    if "-" in value:
        year, month = value.split("-")
        return f"{year}年{int(month)}月"
    return f"{value}年"


def period_edges(value: str) -> tuple[date, date] | None:
    """First day and the day after the last; None when it is no such value."""
    try:
        if "Q" in value:
            year, quarter = (int(n) for n in value.split("Q"))
            month, length = 3 * quarter - 2, 3
        elif "-" in value:
            year, month = (int(n) for n in value.split("-"))
            length = 1
        else:
            year, month, length = int(value), 1, 12
        after = month + length
        return date(year, month, 1), date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1)
    except ValueError:
        return None
