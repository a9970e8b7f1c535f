"""Dates and times in the words of the screen (Asia/Shanghai)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from huiyin.base.rules.workday_calendar import local

#: How a due date stands; the tone of its colour and icon.
Standing = Literal["paused", "running", "soon", "over"]


def short_time(at: datetime, *, now: datetime | None = None) -> str:
    """“11-24 09:30”; with `now` in another year “2025年11月24日 09:30”. `at` is aware."""
    there = local(at)
    if now is not None and local(now).year != there.year:
        return f"{long_date(there.date())} {there:%H:%M}"
    return f"{there:%m-%d %H:%M}"


def long_time(at: datetime) -> str:
    """“2026年11月24日 09:30”."""
    there = local(at)
    return f"{long_date(there.date())} {there:%H:%M}"


def long_date(day: date) -> str:
    """“2026年11月24日”; an aware datetime is taken in local time."""
    if isinstance(day, datetime):
        day = local(day).date()
    return f"{day.year}年{day.month}月{day.day}日"


def long_date_with_weekday(day: date) -> str:
    """“2026年11月24日 星期二”; an aware datetime is taken in local time."""
    if isinstance(day, datetime):
        day = local(day).date()
    return f"{long_date(day)} 星期{'一二三四五六日'[day.weekday()]}"


def short_date(day: date) -> str:
    """“11-24”; an aware datetime is taken in local time."""
    if isinstance(day, datetime):
        day = local(day).date()
    return f"{day:%m-%d}"


def standing(now: datetime, due: datetime | None, *, soon_hours: int = 24) -> Standing:
    """Whether a clock stands still, runs, has at most `soon_hours` left, or is over."""
    if due is None:
        return "paused"
    if now > due:
        return "over"
    return "soon" if due - now <= timedelta(hours=soon_hours) else "running"
