"""Which days of the calendar time limits were counted over."""

from __future__ import annotations

from datetime import date

from huiyin.base.rules.workday_calendar import end_of_day, start_of_day
from huiyin.cases.models import Deadline

#: Units for which the calendar matters; hours and minutes run through every day.
BY_CALENDAR = ("workdays", "days", "working_hours")


def day_is_counted(day: date) -> bool:
    """Whether a time limit ran over that day by the calendar, ended or not."""
    return Deadline.objects.filter(
        unit__in=BY_CALENDAR, start_at__lte=end_of_day(day), due_at__gte=start_of_day(day)
    ).exists()
