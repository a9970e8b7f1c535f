"""Reads of the base tables."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Max, QuerySet

from huiyin.base.models import BurdenComplaint, LocalDefault, Workday
from huiyin.base.rules.workdays import WorkdayCalendar, calendar_from_rows


def local_value(code: str) -> Any:
    """Value of a local default. KeyError when nobody declared it."""
    try:
        return LocalDefault.objects.values_list("value", flat=True).get(pk=code)
    except LocalDefault.DoesNotExist:
        raise KeyError(code) from None


def is_demonstration() -> bool:
    """Whether this installation shows invented data (each screen says 演示数据)."""
    return LocalDefault.objects.filter(pk="installation.demonstration", value=True).exists()


def workday_calendar() -> WorkdayCalendar:
    """The official calendar. Kept per process until a row changes (count and last day tell)."""
    mark = Workday.objects.aggregate(last=Max("day"))["last"]
    return _calendar(mark, Workday.objects.filter(is_workday=True).count())


@lru_cache(maxsize=4)
def _calendar(last: date | None, workdays: int) -> WorkdayCalendar:
    return calendar_from_rows(
        list(Workday.objects.order_by("day").values_list("day", "is_workday", "name"))
    )


def burden_complaints_of(person_id: int) -> QuerySet[BurdenComplaint]:
    """The last twenty complaints that somebody filed under their name, newest first."""
    return BurdenComplaint.objects.filter(person_id=person_id).order_by("-at", "-id")[:20]
