"""Periods, cut in local time by one function.

2026 · 2026Q3 · 2026H1 · 2026-10 · 2026-W48 · 2026-11-24 · A/B · 2Y2025 (the two years before a day of
2025 or later: 2023 and 2024) · @2025-06-30 (everything until that day) · 2026-10@28 (a city's own
month, from the 28th of September to the 27th of October).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from huiyin.base.rules.workday_calendar import SHANGHAI

#: Nothing of ours is older.
BEGINNING = date(1990, 1, 1)


class UnknownPeriod(ValueError):
    """What was typed is no period. The message says which forms there are."""


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both within."""

    code: str
    label: str
    first: date
    last: date

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(0), SHANGHAI)

    @property
    def end(self) -> datetime:
        """The moment after the last day: rows are in [start, end)."""
        return datetime.combine(self.last + timedelta(days=1), time(0), SHANGHAI)


def parse(code: str) -> Period:
    """The period of a code. UnknownPeriod with the possible forms."""
    text = code.strip().upper()
    try:
        if m := re.fullmatch(r"(\d{4})", text):
            y = int(m[1])
            return Period(text, f"{y}年", date(y, 1, 1), date(y, 12, 31))
        if m := re.fullmatch(r"(\d{4})-?H([12])", text):
            y, h = int(m[1]), int(m[2])
            return Period(text, f"{y}年{'上' if h == 1 else '下'}半年",
                          date(y, 6 * h - 5, 1), _month_end(y, 6 * h))  # fmt: skip
        if m := re.fullmatch(r"(\d{4})-?Q([1-4])", text):
            y, q = int(m[1]), int(m[2])
            return Period(text, f"{y}年第{q}季度", date(y, 3 * q - 2, 1), _month_end(y, 3 * q))
        if m := re.fullmatch(r"(\d{4})-?W(\d{1,2})", text):
            monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
            return Period(text, f"{m[1]}年第{int(m[2])}周", monday, monday + timedelta(days=6))
        if m := re.fullmatch(r"2Y(\d{4})", text):
            y = int(m[1])
            return Period(text, f"{y - 2}、{y - 1}两年", date(y - 2, 1, 1), date(y - 1, 12, 31))
        if m := re.fullmatch(r"@(\d{4}-\d{2}-\d{2})", text):
            last = date.fromisoformat(m[1])
            return Period(text, f"截至{_day(last)}", BEGINNING, last)
        if m := re.fullmatch(r"(\d{4})-(\d{1,2})@(\d{1,2})", text):
            return _own_month(text, int(m[1]), int(m[2]), int(m[3]))
        if m := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
            y, mo = int(m[1]), int(m[2])
            return Period(text, f"{y}年{mo}月", date(y, mo, 1), _month_end(y, mo))
        if m := re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:/(\d{4}-\d{2}-\d{2}))?", text):
            first = date.fromisoformat(m[1])
            last = date.fromisoformat(m[2] or m[1])
            if last >= first:
                label = _day(first) if first == last else f"{_day(first)}至{_day(last)}"
                return Period(text, label, first, last)
    except ValueError:
        pass
    raise UnknownPeriod(
        "期间请写成 2026、2026H1、2026Q3、2026-10、2026-W48、2026-11-24、2026-01-01/2026-06-30，"
        "截至某天写 @2026-06-30，前两年写 2Y2026，28 日起算的月写 2026-10@28"
    )


def _own_month(code: str, year: int, month: int, begins: int) -> Period:
    """A month that a city closes on a day of its own: named after the month in which it ends."""
    if not 2 <= begins <= 28:
        raise ValueError(begins)
    before_year, before_month = (year, month - 1) if month > 1 else (year - 1, 12)
    first, last = date(before_year, before_month, begins), date(year, month, begins - 1)
    return Period(code, f"{year}年{month}月（{_day(first)}至{_day(last)}）", first, last)


def month_of(day: date) -> Period:
    """The calendar month in which a day lies."""
    return parse(f"{day.year}-{day.month:02d}")


def usual(day: date) -> list[tuple[str, Period]]:
    """Periods that people ask for most, with their words: 本月, 上月, 本季度, 今年以来, 去年."""
    this = month_of(day)
    quarter = parse(f"{day.year}Q{(day.month + 2) // 3}")
    return [
        ("本月", this),
        ("上月", before(this)),
        ("本季度", quarter),
        ("今年以来", parse(f"{day.year}-01-01/{day.isoformat()}")),
        ("去年", parse(str(day.year - 1))),
    ]


def before(period: Period) -> Period:
    """The period of the same length just before, for the trend."""
    if re.fullmatch(r"\d{4}-\d{1,2}", period.code):
        return month_of(period.first - timedelta(days=1))
    if m := re.fullmatch(r"\d{4}-\d{1,2}@(\d{1,2})", period.code):
        last = period.first - timedelta(days=1)
        return parse(f"{last.year}-{last.month:02d}@{m[1]}")
    if period.first == BEGINNING:
        last = period.last - timedelta(days=period.last.day)
        return parse(f"@{last.isoformat()}")
    days = (period.last - period.first).days + 1
    last = period.first - timedelta(days=1)
    first = last - timedelta(days=days - 1)
    return parse(f"{first.isoformat()}/{last.isoformat()}")


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
