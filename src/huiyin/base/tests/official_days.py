"""The official calendar of some years and local moments of 2026, for tests about time limits."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import chinese_calendar

from huiyin.base.rules.workdays import SHANGHAI, Duration, WorkdayCalendar, calendar_from_rows


def official(*years: int) -> WorkdayCalendar:
    """The calendar of those years, a row for each day, from the same package as the seed."""
    rows = []
    for year in years:
        day = date(year, 1, 1)
        while day.year == year:
            holiday, name = chinese_calendar.get_holiday_detail(day)
            rows.append((day, not holiday, (name or "") if holiday else ""))
            day += timedelta(days=1)
    return calendar_from_rows(rows)


CALENDAR = official(2025, 2026)


def at(text: str) -> datetime:
    """'10-08 09:00' of 2026, local."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def end_of(text: str) -> datetime:
    return at(f"{text} 23:59") + timedelta(seconds=59)


WORKDAYS_5 = Duration(5, "workdays")
