"""Every number is an indicator: a definition, a unit, a query whose rows it counts.

The value is by construction the aggregate of the rows that the drill-down shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from huiyin.base.rules.measures import PERCENT, Measure, same


@dataclass(frozen=True)
class Slice:
    """What part of the world a value is about: area ids by path, a unit, a span of time."""

    area_path: str
    start: datetime
    end: datetime
    unit_id: int | None = None


Rows = Callable[[Slice], "QuerySet[Any]"]


@dataclass(frozen=True)
class Column:
    """One column of the drill-down: heading and how a row shows it (no personal data)."""

    label: str
    show: Callable[[Any], Any]
    link: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Indicator:
    """A number with its definition 口径.

    count: `rows` only. ratio: `rows` is the denominator, `hits` the part of it that counts.
    mean: `rows` and `amount`, a field of the row. sum: `total`, a field of the row; rows whose field
    `bound` is not exact make it a lower bound (含约数). distinct: combinations of the fields
    `distinct`. `sample_note` says whom a rate speaks of. `stock`: what there is on the last day of
    the period, else what happened in it. `terms`: names under which articles and forms ask for it.
    """

    code: str
    label: str
    measure: Measure
    formula: str
    basis: str
    answers_for: str
    since: date
    rows: Rows
    columns: tuple[Column, ...]
    by_unit: str = ""  # field of a row that names the responsible unit; "" = not broken down
    hits: Rows | None = None
    amount: str = ""
    grant: str = "case.board"
    version: int = 1
    sample_note: str = ""
    total: str = ""
    bound: str = ""
    distinct: tuple[str, ...] = ()
    stock: bool = False
    terms: tuple[str, ...] = ()
    realm: str = "civic"

    def __post_init__(self) -> None:
        shapes = [bool(self.hits), bool(self.amount), bool(self.total), bool(self.distinct)]
        if sum(shapes) > 1:
            raise ValueError(f"{self.code}: a number has one aggregate")
        if self.bound and not self.total:
            raise ValueError(f"{self.code}: a bound belongs to a sum")
        if (self.measure == PERCENT) != bool(self.hits):
            raise ValueError(f"{self.code}: % is the measure of a ratio, and of nothing else")

    @property
    def kind(self) -> str:
        """count, ratio, mean, sum or distinct."""
        for name, said in (("ratio", self.hits), ("mean", self.amount), ("sum", self.total)):
            if said:
                return name
        return "distinct" if self.distinct else "count"

    def plus(self, other: Indicator) -> Measure:
        """The measure of both together. UnlikeMeasures where they cannot be added: adding unlike
        numbers is an error of the declaration that tries it, never a figure on a page."""
        return same(self.measure, other.measure)


_indicators: dict[str, Indicator] = {}


def register(indicator: Indicator) -> Indicator:
    """Register a number; a repeated code is an error of the declaration."""
    if indicator.code in _indicators:
        raise ValueError(f"indicator declared twice: {indicator.code}")
    _indicators[indicator.code] = indicator
    return indicator


def get(code: str) -> Indicator:
    """The indicator of that code. KeyError when nobody declared it."""
    return _indicators[code]


def all_indicators() -> list[Indicator]:
    return list(_indicators.values())
