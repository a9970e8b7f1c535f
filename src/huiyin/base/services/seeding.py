"""Seed of the foundation: official calendar and local defaults. Run again, it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar
from django.db.models import Count
from django.db.models.functions import ExtractYear

from huiyin.base.kept import forget_all
from huiyin.base.models import LocalDefault, Workday
from huiyin.base.services.defaults import local_default_seeds

CALENDAR_SOURCE = "国务院办公厅节假日安排通知（chinesecalendar 整理）"


@dataclass(frozen=True)
class CalendarSeed:
    """`added` days were new. `years` are whole in the table afterwards; `missing` = years that
    limits of the coming twelve months may touch and that nobody has announced or entered yet."""

    added: int
    years: tuple[int, ...]
    missing: tuple[int, ...]


def seed_calendar(*, day: date) -> CalendarSeed:
    """Insert the days that are missing for each year that the package knows.

    Days that stand already are left alone: somebody may have corrected them by hand. `day` is
    today, against which the alarm for a missing year is raised.
    """
    days_by_year: dict[int, int] = {}
    for known in Workday.objects.values_list("day", flat=True):
        days_by_year[known.year] = days_by_year.get(known.year, 0) + 1
    rows: list[Workday] = []
    for year in _announced_years():
        if days_by_year.get(year, 0) < _length(year):
            rows += [_official_day(date(year, 1, 1) + timedelta(n)) for n in range(_length(year))]
    before = sum(days_by_year.values())
    Workday.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    forget_all()
    years = whole_years()
    wanted = {day.year, (day + timedelta(days=365)).year}
    added = Workday.objects.count() - before if rows else 0
    return CalendarSeed(added, years, tuple(sorted(wanted - set(years))))


def whole_years() -> tuple[int, ...]:
    """Years of which every day has a row; only those can be asked for time limits."""
    counts = (
        Workday.objects.annotate(year=ExtractYear("day"))
        .values_list("year")
        .annotate(n=Count("day"))
    )
    return tuple(sorted(y for y, n in counts if n == _length(y)))


def seed_local_defaults() -> int:
    """Insert the declared local defaults that are missing; number of rows added."""
    standing = set(LocalDefault.objects.values_list("code", flat=True))
    rows = [
        LocalDefault(code=s.code, label=s.label, value=s.value, unit=s.unit, origin=s.origin)
        for s in local_default_seeds()
        if s.code not in standing
    ]
    LocalDefault.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _announced_years() -> range:
    """Years of the package: it carries the notices of the State Council's general office."""
    return range(min(chinese_calendar.holidays).year, max(chinese_calendar.holidays).year + 1)


def _official_day(day: date) -> Workday:
    holiday = chinese_calendar.holidays.get(day)
    makeup = chinese_calendar.workdays.get(day)
    if holiday is not None:
        return Workday(day=day, is_workday=False, name=_words(holiday), source=CALENDAR_SOURCE)
    if makeup is not None:
        name = f"{_words(makeup)}补班"
        return Workday(day=day, is_workday=True, name=name, source=CALENDAR_SOURCE)
    return Workday(day=day, is_workday=day.isoweekday() <= 5, source=CALENDAR_SOURCE)


def _words(english: str) -> str:
    """The Chinese name; the longest one is the national day of remembrance of 2015."""
    return str(chinese_calendar.Holiday(english).chinese)[:38]


def _length(year: int) -> int:
    return (date(year, 12, 31) - date(year, 1, 1)).days + 1
