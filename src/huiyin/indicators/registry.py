"""Every number is an indicator: a definition, a unit, a query whose rows it counts.

The value is by construction the aggregate of the rows that the drill-down shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from huiyin.base.rules.measures import Measure


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
    mean: `rows` and `amount`, a field of the row. `sample_note` says whom a rate speaks of.
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

    @property
    def kind(self) -> str:
        return "ratio" if self.hits else "mean" if self.amount else "count"


_indicators: dict[str, Indicator] = {}


def register(indicator: Indicator) -> Indicator:
    """Register a number; a repeated code is an error of the declaration."""
    if indicator.code in _indicators:
        raise ValueError(f"indicator declared twice: {indicator.code}")
    if indicator.hits and indicator.amount:
        raise ValueError(f"{indicator.code}: a ratio has no amount")
    _indicators[indicator.code] = indicator
    return indicator


def get(code: str) -> Indicator:
    """The indicator of that code. KeyError when nobody declared it."""
    return _indicators[code]


def all_indicators() -> list[Indicator]:
    return list(_indicators.values())
