"""Dates and times in the words of the screen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from huiyin.base.rules.times import (
    long_date,
    long_date_with_weekday,
    long_time,
    short_date,
    short_time,
    standing,
)

# 00:30 on the 25th in Shanghai
LATE = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)


def test_a_moment_is_written_in_local_time() -> None:
    assert short_time(LATE) == "11-25 00:30"
    assert long_time(LATE) == "2026年11月25日 00:30"


def test_a_moment_of_another_year_bears_its_year() -> None:
    assert short_time(LATE, now=LATE + timedelta(days=60)) == "2026年11月25日 00:30"
    assert short_time(LATE, now=LATE + timedelta(days=1)) == "11-25 00:30"


@pytest.mark.parametrize("day", [date(2026, 11, 25), LATE])
def test_a_day_is_written_without_leading_zeros_and_with_its_weekday(day: date) -> None:
    assert long_date(day) == "2026年11月25日"
    assert short_date(day) == "11-25"
    assert long_date_with_weekday(day) == "2026年11月25日 星期三"


@pytest.mark.parametrize(
    ("left", "word"),
    [
        (timedelta(hours=25), "running"),
        (timedelta(hours=24), "soon"),
        (timedelta(seconds=-1), "over"),
    ],
)
def test_a_clock_stands_by_what_is_left(left: timedelta, word: str) -> None:
    assert standing(LATE, LATE + left) == word


def test_a_clock_without_due_date_is_paused() -> None:
    assert standing(LATE, None) == "paused"
