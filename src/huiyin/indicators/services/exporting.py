"""The rows behind a number as CSV: enough to count, sum and tell apart again, and nothing personal.

Beside the columns of the drill-down stand what the aggregate needs: whether a row counts as a hit,
its amount, or a key that is equal where the counted thing is the same (去重键, a digest).
"""

from __future__ import annotations

import csv
import hashlib
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from huiyin.base.rules.times import long_date
from huiyin.base.rules.workdays import SHANGHAI
from huiyin.indicators.registry import Indicator, Slice

#: Excel opens UTF-8 only with its mark.
MARK = "\ufeff"
MOST_ROWS = 200_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(indicator: Indicator, part: Slice) -> tuple[str, int]:
    """(the file, number of rows): at most MOST_ROWS, the first line names the columns."""
    out = StringIO()
    write = csv.writer(out)
    write.writerow([*(c.label for c in indicator.columns), *_more_heads(indicator)])
    hits = set(indicator.hits(part).values_list("pk", flat=True)) if indicator.hits else set()
    n = 0
    for row in indicator.rows(part).order_by("pk")[:MOST_ROWS].iterator(chunk_size=500):
        cells = [_text(c.show(row)) for c in indicator.columns]
        write.writerow([*cells, *_more(indicator, row, hits)])
        n += 1
    return MARK + out.getvalue(), n


def _more_heads(indicator: Indicator) -> list[str]:
    return {
        "ratio": ["计入分子"], "mean": ["数量"], "sum": ["数量", "口径"], "distinct": ["去重键"],
    }.get(indicator.kind, [])  # fmt: skip


def _more(indicator: Indicator, row: Any, hits: set[int]) -> list[str]:
    if indicator.kind == "ratio":
        return ["是" if row.pk in hits else "否"]
    if indicator.kind == "mean":
        return [str(_of(row, indicator.amount))]
    if indicator.kind == "sum":
        bound = str(_of(row, indicator.bound)) if indicator.bound else "exact"
        return [format(Decimal(_of(row, indicator.total) or 0).normalize(), "f"), bound]
    if indicator.kind == "distinct":
        values = [str(_of(row, f"{name}")) for name in indicator.distinct]
        named = len(values) > 1 or values[0] not in ("", "None")
        return [hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:16] if named else ""]
    return []


def _of(row: Any, path: str) -> Any:
    """A value by its ORM path; a reference by its id."""
    *steps, last = path.split("__")
    for step in steps:
        row = getattr(row, step)
    return getattr(row, f"{last}_id", None) or getattr(row, last)


def _text(value: Any) -> str:
    """A cell as text that no spreadsheet takes for a formula."""
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return long_date(value)
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(_FORMULA) else text
