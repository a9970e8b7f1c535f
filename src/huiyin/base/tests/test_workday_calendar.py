"""The official calendar: a missing year is an error, never a guess."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.base.rules.workdays import (
    ContradictoryDay,
    Duration,
    MissingYear,
    calendar_from_rows,
    due,
)
from huiyin.base.tests.official_days import CALENDAR, at


def test_a_missing_year_is_loud_and_says_what_to_do() -> None:
    with pytest.raises(MissingYear, match=r"工作日历缺少 2027 年.*放假和补班安排") as error:
        due(at("12-25 10:00"), Duration(10, "workdays"), CALENDAR)

    assert error.value.year == 2027


def test_a_half_filled_year_is_missing() -> None:
    calendar = calendar_from_rows([(date(2026, 1, 1), False, "元旦")])

    assert calendar.missing_years(date(2026, 1, 1), date(2027, 1, 1)) == (2026, 2027)


def test_with_named_years_only_the_exceptions_are_rows() -> None:
    calendar = calendar_from_rows(
        [(date(2026, 10, 10), True, ""), (date(2026, 10, 1), False, "国庆节")], years=[2026]
    )

    assert calendar.is_workday(date(2026, 10, 10))
    assert calendar.is_holiday(date(2026, 10, 1))
    assert not calendar.is_holiday(date(2026, 10, 11))


def test_contradictory_rows_are_refused() -> None:
    with pytest.raises(ContradictoryDay, match="2026-10-10"):
        calendar_from_rows([(date(2026, 10, 10), True, ""), (date(2026, 10, 10), False, "")])
