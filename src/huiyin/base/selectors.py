"""Reads of the base tables."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db.models import QuerySet

from huiyin.base.kept import Kept
from huiyin.base.models import BurdenComplaint, LocalDefault, Workday
from huiyin.base.rules.workdays import DEFAULT_SESSIONS, WorkdayCalendar, calendar_from_rows


def local_value(code: str) -> Any:
    """Value of a local default. KeyError when nobody declared it."""
    try:
        return LocalDefault.objects.values_list("value", flat=True).get(pk=code)
    except LocalDefault.DoesNotExist:
        raise KeyError(code) from None


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


def burden_complaints_of(person_id: int) -> QuerySet[BurdenComplaint]:
    """The last twenty complaints that somebody filed under their name, newest first."""
    return BurdenComplaint.objects.filter(person_id=person_id).order_by("-at", "-id")[:20]
