"""Every number is an indicator: a definition, a unit, a query whose rows it counts.

The value is by construction the aggregate of the rows that the drill-down shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from huiyin.base.rules.local_defaults import LocalDefaultSeed
from huiyin.base.rules.measures import PERCENT, Measure, same
from huiyin.base.selectors import local_number


@dataclass(frozen=True)
class Slice:
    """What part of the world a value is about: area ids by path, a unit, a span of time, and one
    value of a dimension as (code of the dimension, code of the value)."""

    area_path: str
    start: datetime
    end: datetime
    unit_id: int | None = None
    by: tuple[str, str] | None = None


Rows = Callable[[Slice], "QuerySet[Any]"]
#: A dimension whose values are rows of a table (categories) shows this many of them at most.
MOST_VALUES = 40


class UnknownCut(ValueError):
    """A dimension or value that the indicator does not have. The message says which there are."""


@dataclass(frozen=True)
class Dimension:
    """One way to cut a number: its values by code with their words.

    `narrow` = field of a row, or a function of rows and value. `stored` = what stands in that field
    where it is not the code. `aliases` = other words by which forms and articles name a value. The
    values of a dimension need not add up to the whole: a row may have none.
    """

    code: str
    label: str
    values: Mapping[str, str] | Callable[[], Mapping[str, str]]
    narrow: str | Callable[[QuerySet[Any], str], QuerySet[Any]]
    stored: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def words(self) -> dict[str, str]:
        """Code → word of every value, in order, MOST_VALUES at most."""
        found = self.values() if callable(self.values) else self.values
        return dict(list(found.items())[:MOST_VALUES])

    def find(self, text: str) -> str:
        """The code of a value by its code, word or alias. UnknownCut with those that there are."""
        words = self.words
        for code, word in words.items():
            if text in (code, word, *self.aliases.get(code, ())):
                return code
        raise UnknownCut(
            f"“{self.label}”没有“{text}”，可选：{'、'.join(words.values()) or '（无）'}"
        )

    def of(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Those of the rows that have that value."""
        if callable(self.narrow):
            return self.narrow(rows, value)
        return rows.filter(**{self.narrow: self.stored.get(value, value)})


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
    `dimensions`: ways to cut it; whoever asks `rows` or `hits` of a slice gets them cut already.
    `params`: local defaults that the formula names by {}, in order.
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
    dimensions: tuple[Dimension, ...] = ()
    params: tuple[LocalDefaultSeed, ...] = ()

    def __post_init__(self) -> None:
        # Cut here and not by those who ask: nobody can forget it.
        object.__setattr__(self, "rows", self._cut(self.rows))
        if self.hits is not None:
            object.__setattr__(self, "hits", self._cut(self.hits))
        if len({d.code for d in self.dimensions}) != len(self.dimensions):
            raise ValueError(f"{self.code}: a dimension is declared twice")
        shapes = [bool(self.hits), bool(self.amount), bool(self.total), bool(self.distinct)]
        if sum(shapes) > 1:
            raise ValueError(f"{self.code}: a number has one aggregate")
        if self.bound and not self.total:
            raise ValueError(f"{self.code}: a bound belongs to a sum")
        if (self.measure == PERCENT) != bool(self.hits):
            raise ValueError(f"{self.code}: % is the measure of a ratio, and of nothing else")

    @property
    def definition(self) -> str:
        """The formula with the values that hold here now."""
        values = [local_number(seed) for seed in self.params]
        return self.formula.format(*values) if values else self.formula

    @property
    def default_definition(self) -> str:
        """The formula with the values that hold until a city sets its own; no database."""
        values = [seed.value for seed in self.params]
        return self.formula.format(*values) if values else self.formula

    @property
    def kind(self) -> str:
        """count, ratio, mean, sum or distinct."""
        for name, said in (("ratio", self.hits), ("mean", self.amount), ("sum", self.total)):
            if said:
                return name
        return "distinct" if self.distinct else "count"

    def dimension(self, code: str) -> Dimension:
        """The dimension of that code. UnknownCut with those that there are."""
        for found in self.dimensions:
            if code in (found.code, found.label):
                return found
        labels = "、".join(f"{d.code}（{d.label}）" for d in self.dimensions)
        raise UnknownCut(
            f"“{self.label}”不能按“{code}”分，" + (f"可选：{labels}" if labels else "只有总数")
        )

    def cut(self, text: str) -> tuple[str, str] | None:
        """'kind:complaint' or 'kind:投诉' as a slice holds it; None for an empty text."""
        if not text:
            return None
        code, _, value = text.partition(":")
        found = self.dimension(code.strip())
        return found.code, found.find(value.strip())

    def _cut(self, rows: Rows) -> Rows:
        def of(part: Slice) -> QuerySet[Any]:
            found = rows(part)
            return found if part.by is None else self.dimension(part.by[0]).of(found, part.by[1])

        return of

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
