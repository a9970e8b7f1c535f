"""The clock's history as a value: built in turn, and in whatever order its facts are given."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.base.rules.workdays import (
    Change,
    ClockError,
    ClockHistory,
    Duration,
    Extension,
    Pause,
    due,
    elapsed,
    remaining_words,
    replay,
)
from huiyin.base.tests.official_days import CALENDAR, WORKDAYS_5, at, end_of

MOMENTS = st.integers(0, 20 * 24).map(lambda hours: at("09-28 08:00") + timedelta(hours=hours))
PAUSES = st.lists(
    st.tuples(MOMENTS, st.integers(1, 90)).map(lambda p: Pause(p[0], p[0] + timedelta(hours=p[1]))),
    max_size=4,
)
DURATIONS = st.builds(
    Duration, st.integers(1, 12), st.sampled_from(["hours", "days", "workdays", "working_hours"])
)
CHANGES = st.lists(st.builds(Change, MOMENTS, DURATIONS), max_size=3)
EXTENSIONS = st.lists(st.builds(Extension, MOMENTS, DURATIONS), max_size=3)
EXACT = settings(derandomize=True, deadline=None, max_examples=150)


@EXACT
@given(MOMENTS, DURATIONS, PAUSES, CHANGES, EXTENSIONS, st.data())
def test_the_order_in_which_facts_are_given_never_moves_the_date(
    start: datetime,
    limit: Duration,
    pauses: list[Pause],
    changes: list[Change],
    extensions: list[Extension],
    data: st.DataObject,
) -> None:
    straight = due(start, limit, CALENDAR, pauses=pauses, changes=changes, extensions=extensions)

    shuffled = due(
        start,
        limit,
        CALENDAR,
        pauses=data.draw(st.permutations(pauses)),
        changes=data.draw(st.permutations(changes)),
        extensions=data.draw(st.permutations(extensions)),
    )

    assert shuffled == straight


@EXACT
@given(start=MOMENTS, limit=DURATIONS, pauses=PAUSES)
def test_at_the_due_moment_the_whole_limit_has_run_and_not_before(
    start: datetime, limit: Duration, pauses: list[Pause]
) -> None:
    moment = due(start, limit, CALENDAR, pauses=pauses).at
    assert moment is not None

    ran = elapsed(start, moment, limit.unit, CALENDAR, pauses)
    before = elapsed(start, moment - timedelta(seconds=1), limit.unit, CALENDAR, pauses)

    if limit.unit == "days":  # a last day on a rest day was moved on
        assert before < ran and ran >= limit.amount
    else:
        assert before < limit.amount == ran


def test_a_history_is_built_from_events_in_turn() -> None:
    history = (
        ClockHistory(at("09-30 16:05"), Duration(24, "hours"))
        .paused(at("10-08 09:00"))
        .resumed(at("10-10 09:00"))
        .changed(at("09-30 17:00"), WORKDAYS_5)
        .extended(at("10-14 09:00"), Duration(2, "workdays"))
    )

    assert replay(history, CALENDAR).at == end_of("10-19")


def test_the_same_facts_make_equal_histories() -> None:
    first, second = Pause(at("10-08 09:00"), at("10-08 10:00")), Pause(at("10-12 09:00"))

    assert ClockHistory(at("09-30 16:05"), WORKDAYS_5, pauses=(second, first)) == ClockHistory(
        at("09-30 16:05"), WORKDAYS_5, pauses=(first, second)
    )


def test_a_stopped_clock_cannot_be_stopped_again() -> None:
    history = ClockHistory(at("09-30 16:05"), WORKDAYS_5).paused(at("10-08 09:00"))

    with pytest.raises(ClockError, match="已经停着"):
        history.paused(at("10-09 09:00"))


def test_a_running_clock_cannot_be_resumed() -> None:
    with pytest.raises(ClockError, match="没有停"):
        ClockHistory(at("09-30 16:05"), WORKDAYS_5).resumed(at("10-08 09:00"))


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="时区"):
        ClockHistory(datetime(2026, 9, 30), WORKDAYS_5)


def test_a_pause_cannot_end_before_it_began() -> None:
    with pytest.raises(ClockError, match="早于"):
        Pause(at("10-09 09:00"), at("10-08 09:00"))


# --- words


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("10-08 07:00", "还剩 2 天 3 小时"),
        ("10-08 10:00", "还剩 2 天"),
        ("10-10 05:30", "还剩 4 小时 30 分钟"),
        ("10-10 09:35", "还剩 25 分钟"),
        ("10-10 10:00", "还剩不到 1 分钟"),
        ("10-10 15:00", "超 5 小时"),
        ("10-12 12:30", "超 2 天 2 小时"),
    ],
)
def test_what_remains_is_said_in_two_units(now: str, words: str) -> None:
    assert remaining_words(at(now), at("10-10 10:00")) == words


def test_a_standing_clock_has_no_remaining_time() -> None:
    assert remaining_words(at("10-10 10:00"), None) == "停表中"
