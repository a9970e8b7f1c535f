"""Time limits: golden vectors of the official calendar, then one sentence for each rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from huiyin.base.rules.workdays import (
    SHANGHAI,
    Change,
    Duration,
    Extension,
    Pause,
    calendar_from_rows,
    due,
    elapsed,
)
from huiyin.base.tests.official_days import CALENDAR, WORKDAYS_5, at, end_of, official

# --- golden vectors


def test_five_workdays_from_the_eve_of_national_day_end_on_the_13th() -> None:
    answer = due(at("09-30 16:05"), WORKDAYS_5, CALENDAR)

    assert answer.at == end_of("10-13")
    assert answer.at is not None and answer.at.date() == date(2026, 10, 13)
    assert answer.explanation == "09-30 派出 → 10-01 至 10-07 放假 → 10-10 补班计入 → 10-13"


def nth_counted_day(start: date, n: int, counts: Callable[[date], bool]) -> date:
    day = start
    while n:
        day += timedelta(days=1)
        n -= counts(day)
    return day


@pytest.mark.parametrize(
    ("year", "n_deadlines", "monday_to_friday_wrong", "holidays_only_wrong"),
    [(2024, 1120, 262, 222), (2025, 1120, 219, 134), (2026, 1115, 231, 145)],
)
def test_simpler_calendars_are_wrong_as_often_as_was_measured(
    year: int, n_deadlines: int, monday_to_friday_wrong: int, holidays_only_wrong: int
) -> None:
    """anchors.md §0: every Mon–Fri workday from 1 January to 4 December, 1/3/5/10/15 workdays."""
    calendar = official(year)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    starts = [
        d for d in days if d <= date(year, 12, 4) and d.isoweekday() <= 5 and calendar.is_workday(d)
    ]
    wrong_weekday = wrong_holiday = n = 0

    for start in starts:
        for term in (1, 3, 5, 10, 15):
            moment = datetime(start.year, start.month, start.day, 10, tzinfo=SHANGHAI)
            ours = due(moment, Duration(term, "workdays"), calendar).at
            assert ours is not None
            n += 1
            wrong_weekday += (
                nth_counted_day(start, term, lambda d: d.isoweekday() <= 5) != ours.date()
            )
            wrong_holiday += (
                nth_counted_day(
                    start, term, lambda d: d.isoweekday() <= 5 and calendar.is_workday(d)
                )
                != ours.date()
            )

    assert (n, wrong_weekday, wrong_holiday) == (
        n_deadlines,
        monday_to_friday_wrong,
        holidays_only_wrong,
    )


def test_make_up_days_of_2026_are_the_announced_ones() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    assert [f"{d:%m-%d}" for d in days if CALENDAR.is_makeup(d)] == [
        "01-04",
        "02-14",
        "02-28",
        "05-09",
        "09-20",
        "10-10",
    ]


# --- units


def test_two_hours_run_from_the_moment_itself() -> None:
    answer = due(at("09-30 16:05"), Duration(2, "hours"), CALENDAR)

    assert answer.at == at("09-30 18:05")
    assert answer.explanation == "09-30 16:05 派出 + 2 小时 → 09-30 18:05"


def test_24_hours_do_not_stop_for_a_holiday() -> None:
    answer = due(at("09-30 16:05"), Duration(24, "hours"), CALENDAR)

    assert answer.at == at("10-01 16:05")


def test_hours_need_no_calendar() -> None:
    nothing = calendar_from_rows([])

    assert due(at("09-30 16:05"), Duration(30, "minutes"), nothing).at == at("09-30 16:35")


def test_working_hours_continue_after_the_holiday() -> None:
    answer = due(at("09-30 16:30"), Duration(4, "working_hours"), CALENDAR)

    assert answer.at == at("10-08 12:00")
    assert answer.explanation == (
        "09-30 16:30 派出 + 4 个工作小时 → 10-01 至 10-07 放假 → 10-08 12:00"
    )


def test_working_hours_skip_the_noon_break() -> None:
    answer = due(at("10-12 11:00"), Duration(2, "working_hours"), CALENDAR)

    assert answer.at == at("10-12 14:30")


def test_working_hours_given_at_night_start_in_the_morning() -> None:
    answer = due(at("10-12 22:00"), Duration(1, "working_hours"), CALENDAR)

    assert answer.at == at("10-13 10:00")


def test_a_make_up_saturday_has_office_hours() -> None:
    answer = due(at("10-10 09:00"), Duration(1, "working_hours"), CALENDAR)

    assert answer.at == at("10-10 10:00")
    assert "10-10 补班计入" in answer.explanation


def test_calendar_days_that_end_in_the_holiday_move_to_the_next_workday() -> None:
    answer = due(at("09-26 10:00"), Duration(7, "days"), CALENDAR)

    assert answer.at == end_of("10-08")
    assert answer.explanation == "09-26 派出 → 10-03 至 10-07 休息顺延 → 10-08"


def test_calendar_days_that_end_on_a_workday_stay() -> None:
    answer = due(at("10-12 10:00"), Duration(30, "days"), CALENDAR)

    assert answer.at == end_of("11-11")
    assert answer.explanation == "10-12 派出 → 11-11"


def test_zero_workdays_are_the_same_day() -> None:
    assert due(at("10-12 10:00"), Duration(0, "workdays"), CALENDAR).at == end_of("10-12")


def test_zero_workdays_on_a_sunday_are_the_monday() -> None:
    assert due(at("10-11 10:00"), Duration(0, "workdays"), CALENDAR).at == end_of("10-12")


def test_dispatch_on_a_make_up_saturday_counts_from_the_day_after() -> None:
    assert due(at("10-10 10:00"), Duration(1, "workdays"), CALENDAR).at == end_of("10-12")


def test_late_evening_local_time_decides_the_day_not_utc() -> None:
    evening = datetime(2026, 10, 12, 16, 30, tzinfo=UTC)  # 00:30 on the 13th in Shanghai

    assert due(evening, Duration(1, "workdays"), CALENDAR).at == end_of("10-14")


def test_the_year_is_written_where_it_changes() -> None:
    calendar = official(2025, 2026)
    start = datetime(2025, 12, 30, 10, tzinfo=SHANGHAI)

    assert due(start, Duration(3, "workdays"), calendar).explanation == (
        "12-30 派出 → 2026-01-01 至 2026-01-03 放假 → 2026-01-04 补班计入 → 2026-01-05"
    )


# --- pauses, changes, extensions


def test_a_pause_over_two_workdays_moves_two_workdays() -> None:
    pause = Pause(at("10-08 09:00"), at("10-10 09:00"))
    answer = due(at("09-30 16:05"), WORKDAYS_5, CALENDAR, pauses=[pause])

    assert answer.at == end_of("10-15")
    assert answer.explanation == (
        "09-30 派出 → 10-01 至 10-07 放假 → 10-08 至 10-09 停表 → 10-10 补班计入 → 10-15"
    )


def test_a_pause_within_one_day_moves_nothing_and_the_line_says_so() -> None:
    pause = Pause(at("10-08 09:00"), at("10-08 15:00"))
    answer = due(at("09-30 16:05"), WORKDAYS_5, CALENDAR, pauses=[pause])

    assert answer.at == end_of("10-13")
    assert "10-08 停表，未占工作日" in answer.explanation


def test_a_pause_over_the_holiday_takes_no_workday() -> None:
    pause = Pause(at("10-01 09:00"), at("10-08 09:00"))
    answer = due(at("09-30 16:05"), WORKDAYS_5, CALENDAR, pauses=[pause])

    assert answer.at == end_of("10-13")


def test_overlapping_pauses_count_once() -> None:
    pauses = [
        Pause(at("10-08 09:00"), at("10-09 18:00")),
        Pause(at("10-08 12:00"), at("10-10 09:00")),
    ]

    assert due(at("09-30 16:05"), WORKDAYS_5, CALENDAR, pauses=pauses).at == end_of("10-15")


def test_a_paused_make_up_day_is_not_counted() -> None:
    pause = Pause(at("10-10 08:00"), at("10-11 08:00"))
    answer = due(at("09-30 16:05"), WORKDAYS_5, CALENDAR, pauses=[pause])

    assert answer.at == end_of("10-14")
    assert answer.explanation == "09-30 派出 → 10-01 至 10-07 放假 → 10-10 停表 → 10-14"


def test_while_the_clock_stands_still_there_is_no_due_date() -> None:
    answer = due(at("09-30 16:05"), WORKDAYS_5, CALENDAR, pauses=[Pause(at("10-09 10:00"))])

    assert answer.at is None
    assert answer.explanation == "09-30 派出 → 10-01 至 10-07 放假 → 10-09 起停表 → 停表中"


def test_a_pause_after_the_limit_ran_out_changes_nothing() -> None:
    answer = due(at("09-30 16:05"), WORKDAYS_5, CALENDAR, pauses=[Pause(at("10-14 10:00"))])

    assert answer.at == end_of("10-13")
    assert "停表" not in answer.explanation


def test_a_pause_stops_hours_by_its_exact_length() -> None:
    pause = Pause(at("09-30 17:00"), at("09-30 18:30"))
    answer = due(at("09-30 16:05"), Duration(2, "hours"), CALENDAR, pauses=[pause])

    assert answer.at == at("09-30 19:35")
    assert answer.explanation == (
        "09-30 16:05 派出 + 2 小时 → 09-30 17:00 至 18:30 停表 → 09-30 19:35"
    )


def test_working_hours_stand_still_for_ever_under_an_open_pause() -> None:
    answer = due(
        at("09-30 16:05"),
        Duration(40, "working_hours"),
        CALENDAR,
        pauses=[Pause(at("10-08 10:00"))],
    )

    assert answer.at is None


def test_an_extension_adds_its_workdays() -> None:
    answer = due(
        at("09-30 16:05"),
        WORKDAYS_5,
        CALENDAR,
        extensions=[Extension(at("10-12 09:00"), WORKDAYS_5)],
    )

    assert answer.at == end_of("10-20")
    assert answer.explanation == (
        "09-30 派出 → 10-01 至 10-07 放假 → 10-10 补班计入 → 10-12 延期 5 个工作日 → 10-20"
    )


def test_the_last_change_by_effective_time_holds_from_the_same_start() -> None:
    changes = [
        Change(at("10-09 09:00"), Duration(10, "workdays")),
        Change(at("10-08 09:00"), Duration(1, "workdays")),
    ]
    answer = due(at("09-30 16:05"), WORKDAYS_5, CALENDAR, changes=changes)

    assert answer.at == end_of("10-20")
    assert "10-08 改为 1 个工作日 → 10-09 改为 10 个工作日" in answer.explanation


def test_of_two_changes_at_one_moment_the_later_in_the_ledger_holds() -> None:
    changes = [
        Change(at("10-09 09:00"), Duration(10, "workdays"), seq=7),
        Change(at("10-09 09:00"), Duration(1, "workdays"), seq=8),
    ]

    assert due(at("09-30 16:05"), WORKDAYS_5, CALENDAR, changes=changes).at == end_of("10-08")


def test_an_extension_in_workdays_of_a_limit_in_hours_is_counted_after_it() -> None:
    answer = due(
        at("09-30 16:05"),
        Duration(24, "hours"),
        CALENDAR,
        extensions=[Extension(at("10-01 09:00"), Duration(1, "workdays"))],
    )

    assert answer.at == end_of("10-08")


# --- elapsed


def test_elapsed_workdays_leave_out_the_first_day_and_the_holiday() -> None:
    assert elapsed(at("09-30 16:05"), at("10-12 10:00"), "workdays", CALENDAR) == 3


def test_the_thirteenth_is_one_workday_after_the_twelfth() -> None:
    """An extension is asked at least one workday before due."""
    assert elapsed(at("10-12 23:00"), end_of("10-13"), "workdays", CALENDAR) == 1
    assert elapsed(at("10-13 00:10"), end_of("10-13"), "workdays", CALENDAR) == 0


def test_elapsed_hours_are_exact_fractions() -> None:
    assert elapsed(at("10-08 09:00"), at("10-08 10:20"), "hours", CALENDAR) == Fraction(4, 3)


def test_elapsed_working_hours_of_the_return_arbiter() -> None:
    """退单 is decided within 4 working hours; the lunch break is not held against anybody."""
    assert elapsed(at("10-08 11:00"), at("10-08 15:30"), "working_hours", CALENDAR) == 3


def test_nothing_elapses_backwards() -> None:
    assert elapsed(at("10-08 11:00"), at("10-08 09:00"), "hours", CALENDAR) == 0
    assert elapsed(at("10-12 11:00"), at("10-08 09:00"), "workdays", CALENDAR) == 0
