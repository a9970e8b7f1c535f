"""Values: the declared aggregate of the declared rows, never a number of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Sum

from huiyin.indicators.registry import Dimension, Indicator, Slice
from huiyin.org.models import Area


@dataclass(frozen=True)
class Value:
    """`n` = rows behind it. A ratio without rows, or a mean without rows, has no value.
    `approximate` of the rows are no exact counts: the value is then a lower bound."""

    value: Decimal | None
    n: int
    hits: int | None = None
    approximate: int = 0

    @property
    def words(self) -> str:
        """'1,320', '86.5', '—'."""
        if self.value is None:
            return "—"
        return f"{self.value:,}"


def compute(indicator: Indicator, part: Slice) -> Value:
    """Value of an indicator for a slice; two decimals at most for ratios (percent) and means."""
    rows = indicator.rows(part)
    if indicator.total:
        return _total(indicator, rows)
    n = rows.count()
    if indicator.hits is not None:
        hits = indicator.hits(part).count()
        return Value(_percent(hits, n), n, hits)
    if indicator.amount:
        total = rows.aggregate(s=Sum(indicator.amount))["s"] or 0
        return Value(_mean(total, n), n)
    if indicator.distinct:
        return Value(Decimal(_distinct(rows, indicator.distinct).count()), n)
    return Value(Decimal(n), n)


def _total(indicator: Indicator, rows: QuerySet[Any]) -> Value:
    asked: dict[str, Any] = {"s": Sum(indicator.total), "n": Count("pk")}
    if indicator.bound:
        inexact = ~Q(**{indicator.bound: "exact"})
        asked["approximate"] = Count("pk", filter=inexact)
    found = rows.order_by().aggregate(**asked)
    total = Decimal(found["s"] or 0)
    whole = total == total.to_integral_value()
    value = Decimal(int(total)) if whole else total.normalize()
    return Value(value, found["n"], approximate=found.get("approximate", 0))


def _distinct(rows: QuerySet[Any], fields: Sequence[str]) -> QuerySet[Any]:
    """Combinations that say anything: a row that names nobody is nobody."""
    if len(fields) == 1:
        rows = rows.filter(**{f"{fields[0]}__isnull": False})
        if isinstance(rows.model._meta.get_field(fields[0]), CharField):
            rows = rows.exclude(**{fields[0]: ""})
    return rows.order_by().values(*fields).distinct()


def compute_by_unit(indicator: Indicator, part: Slice) -> dict[int, Value]:
    """The same value for each unit that has rows, in two queries at most, not one per unit."""
    if not indicator.by_unit:
        raise ValueError(f"{indicator.code} is not broken down by unit")
    rows, unit = indicator.rows(part).order_by(), indicator.by_unit
    if indicator.distinct:
        return _distinct_by_unit(indicator, rows)
    if indicator.total:
        ids = rows.values_list(unit, flat=True).distinct()
        return {i: _total(indicator, rows.filter(**{unit: i})) for i in ids if i is not None}
    n = _grouped(rows, unit)
    if indicator.hits is not None:
        hits = _grouped(indicator.hits(part), unit)
        return {i: Value(_percent(hits.get(i, 0), c), c, hits.get(i, 0)) for i, c in n.items()}
    if indicator.amount:
        sums = rows.values_list(unit).annotate(s=Sum(indicator.amount))
        return {i: Value(_mean(s or 0, n[i]), n[i]) for i, s in sums if i is not None}
    return {i: Value(Decimal(count), count) for i, count in n.items()}


def _distinct_by_unit(indicator: Indicator, rows: QuerySet[Any]) -> dict[int, Value]:
    unit = indicator.by_unit
    n = _grouped(rows, unit)
    named = _distinct(rows, (unit, *indicator.distinct)) if len(indicator.distinct) > 1 else (
        _distinct(rows, indicator.distinct).values(unit, *indicator.distinct)
    )  # fmt: skip
    found = Counter(row[unit] for row in named)
    return {i: Value(Decimal(found[i]), count) for i, count in n.items()}


def compute_by_value(
    indicator: Indicator, part: Slice, dimension: Dimension
) -> list[tuple[str, str, Value]]:
    """(code, word, value) for each value of a dimension. No sum of them is printed."""
    return [
        (code, word, compute(indicator, replace(part, by=(dimension.code, code))))
        for code, word in dimension.words.items()
    ]


def compute_by_area(
    indicator: Indicator, part: Slice, areas: Sequence[Area]
) -> list[tuple[Area, Value]]:
    """The same value for each of these areas (at most 60 are asked): no sum of parts is printed."""
    return [(area, compute(indicator, replace(part, area_path=area.path))) for area in areas[:60]]


def _grouped(rows: QuerySet[Any], field: str) -> dict[int, int]:
    counted = rows.order_by().values_list(field).annotate(n=Count("pk"))
    return {unit: count for unit, count in counted if unit is not None}


def _mean(total: Decimal | int, n: int) -> Decimal | None:
    return (Decimal(total) / n).quantize(Decimal("0.01"), ROUND_HALF_UP) if n else None


def _percent(hits: int, n: int) -> Decimal | None:
    if n == 0:
        return None
    return (Decimal(hits) * 100 / n).quantize(Decimal("0.1"), ROUND_HALF_UP)
