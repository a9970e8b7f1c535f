"""Values: the declared aggregate of the declared rows, never a number of its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

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


def _percent(hits: int, n: int) -> Decimal | None:
    if n == 0:
        return None
    return (Decimal(hits) * 100 / n).quantize(Decimal("0.1"), ROUND_HALF_UP)
