"""Values: the declared aggregate of the declared rows, never a number of its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from huiyin.indicators.registry import Indicator, Slice


@dataclass(frozen=True)
class Value:
    """`n` = rows behind it. A ratio without rows, or a mean without rows, has no value."""

    value: Decimal | None
    n: int
    hits: int | None = None


def compute(indicator: Indicator, part: Slice) -> Value:
    """Value of an indicator for a slice; two decimals at most for ratios (percent) and means."""
    rows = indicator.rows(part)
    n = rows.count()
    if indicator.hits is not None:
        hits = indicator.hits(part).count()
        return Value(_percent(hits, n), n, hits)
    if indicator.amount:
        total = rows.aggregate(s=Sum(indicator.amount))["s"] or 0
        mean = (Decimal(total) / n).quantize(Decimal("0.01"), ROUND_HALF_UP) if n else None
        return Value(mean, n)
    return Value(Decimal(n), n)


def compute_by_unit(indicator: Indicator, part: Slice) -> dict[int, Value]:
    """The same value for each unit that has rows, in two queries at most, not one per unit."""
    if not indicator.by_unit:
        raise ValueError(f"{indicator.code} is not broken down by unit")
    n = _grouped(indicator.rows(part), indicator.by_unit)
    hits = _grouped(indicator.hits(part), indicator.by_unit) if indicator.hits else {}
    if indicator.amount:
        sums = indicator.rows(part).order_by().values_list(indicator.by_unit).annotate(
            s=Sum(indicator.amount)
        )  # fmt: skip
        return {
            unit: Value(
                (Decimal(s or 0) / n[unit]).quantize(Decimal("0.01"), ROUND_HALF_UP), n[unit]
            )
            for unit, s in sums
            if unit is not None
        }
    if indicator.hits is None:
        return {unit: Value(Decimal(count), count) for unit, count in n.items()}
    return {
        unit: Value(_percent(hits.get(unit, 0), count), count, hits.get(unit, 0))
        for unit, count in n.items()
    }


def _grouped(rows: QuerySet[Any], field: str) -> dict[int, int]:
    counted = rows.order_by().values_list(field).annotate(n=Count("pk"))
    return {unit: count for unit, count in counted if unit is not None}


def _percent(hits: int, n: int) -> Decimal | None:
    if n == 0:
        return None
    return (Decimal(hits) * 100 / n).quantize(Decimal("0.1"), ROUND_HALF_UP)
