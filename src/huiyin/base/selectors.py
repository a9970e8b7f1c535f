"""Reads of the base tables."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db.models import QuerySet

from huiyin.base.kept import Kept
from huiyin.base.models import BurdenComplaint, CalendarYear, LocalDefault, Workday
from huiyin.base.rules.calendar_entry import CalendarDay
from huiyin.base.rules.local_defaults import LocalDefaultSeed
from huiyin.base.rules.workdays import DEFAULT_SESSIONS, WorkdayCalendar, calendar_from_rows


def local_value(code: str) -> Any:
    """Value of a local default. KeyError when nobody declared it."""
    return _local_values()[code]


def local_number(seed: LocalDefaultSeed) -> int:
    """Value of a local default that is a number; its own default where it is not seeded yet."""
    return int(_local_values().get(seed.code, seed.value))


@Kept
def _local_values() -> dict[str, Any]:
    return dict(LocalDefault.objects.values_list("pk", "value"))


def is_demonstration() -> bool:
    """Whether this installation shows invented data (each screen says 演示数据)."""
    return LocalDefault.objects.filter(pk="installation.demonstration", value=True).exists()


@Kept
def workday_calendar() -> WorkdayCalendar:
    """The official calendar with the office hours of 本地参数 (`calendar.sessions`)."""
    said = LocalDefault.objects.filter(pk="calendar.sessions").values_list("value", flat=True)
    hours: list[list[str]] = said.first() or []
    return calendar_from_rows(
        list(Workday.objects.order_by("day").values_list("day", "is_workday", "name")),
        sessions=tuple((time.fromisoformat(b), time.fromisoformat(e)) for b, e in hours)
        or DEFAULT_SESSIONS,
    )


def calendar_days(*years: int) -> dict[date, CalendarDay]:
    """The days of these years that stand in the calendar, by date. One query."""
    rows = Workday.objects.filter(day__year__in=years).order_by("day")
    return {r.day: CalendarDay(r.day, r.is_workday, r.name) for r in rows}


def calendar_sources(*days: date) -> dict[date, str]:
    """Under what these days were entered, as far as anybody did. One query."""
    return dict(Workday.objects.filter(pk__in=days).values_list("pk", "source"))


def calendar_years(*years: int) -> dict[int, CalendarYear]:
    """Years that were entered or confirmed under a document. One query."""
    return CalendarYear.objects.in_bulk(list(years))


def burden_complaints_of(person_id: int) -> QuerySet[BurdenComplaint]:
    """The last twenty complaints that somebody filed under their name, newest first."""
    return BurdenComplaint.objects.filter(person_id=person_id).order_by("-at", "-id")[:20]
