"""Time limits: when is it due, and how much of the clock has run. One family, replaying history.

Nothing counts down in the database: pauses, changes and extensions are facts, and both answers
are computed from all of them, so the order in which they were recorded cannot matter (a running
counter that was stopped, changed and extended in another order gives another date: Zammad and
GLPI carry the scars).

Rules
- Days (民法典 art. 201): the day on which the clock starts is not counted, the day after it is
  day 1. A limit in days runs out at the end of its last day, 23:59:59 (`end_of_day` says why).
- Workdays: 国办's calendar with make-up days. A workday counts if the clock runs when it ends;
  so a pause within one day moves nothing, and one from Thursday evening to Friday morning moves
  one day.
- Calendar days 天: every day counts; a last day that is a rest day moves to the next workday
  (民法典 art. 203).
- Hours and minutes (民法典 art. 201): counted from the moment itself, through nights, weekends
  and holidays. Only a pause stops them.
- Working hours: only within the calendar's sessions of workdays.
- A change (category, urgency) replaces the limit, counted from the same start; the last by
  effective time holds. An extension adds. What was granted in another unit than the limit's is
  counted after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from huiyin.base.rules.durations import (
    DAY_UNITS,
    FOREVER,
    NATURAL,
    UNIT_WORDS,
    Change,
    ClockError,
    ClockHistory,
    Due,
    Duration,
    Extension,
    Pause,
    Unit,
    merged,
    standing_at,
)
from huiyin.base.rules.explanations import explain, remaining_words
from huiyin.base.rules.workday_calendar import (
    DEFAULT_SESSIONS,
    ONE_DAY,
    SHANGHAI,
    ContradictoryDay,
    MissingYear,
    WorkdayCalendar,
    calendar_from_rows,
    end_of_day,
    local_date,
    start_of_day,
)

__all__ = [
    "DEFAULT_SESSIONS",
    "SHANGHAI",
    "UNIT_WORDS",
    "Change",
    "ClockError",
    "ClockHistory",
    "ContradictoryDay",
    "Due",
    "Duration",
    "Extension",
    "MissingYear",
    "Pause",
    "Unit",
    "WorkdayCalendar",
    "calendar_from_rows",
    "due",
    "elapsed",
    "remaining_words",
    "replay",
]

Window = tuple[datetime, datetime]


def due(
    start: datetime,
    duration: Duration,
    calendar: WorkdayCalendar,
    *,
    pauses: Iterable[Pause] = (),
    changes: Iterable[Change] = (),
    extensions: Iterable[Extension] = (),
    word: str = "派出",
) -> Due:
    """When a limit that started at `start` (aware) runs out, with its explanation line.

    `word` names the event that started the clock. Raises MissingYear when the counting reaches a
    year without calendar, ClockError for an impossible history.
    """
    history = ClockHistory(start, duration, tuple(pauses), tuple(changes), tuple(extensions))
    return replay(history, calendar, word=word)


def replay(history: ClockHistory, calendar: WorkdayCalendar, *, word: str = "派出") -> Due:
    """`due` for a history that is already a value."""
    limit = history.effective
    plain = limit.unit in DAY_UNITS and not (
        history.pauses or history.changes or history.extensions
    )
    if not plain:
        return _replay(history, calendar, word)
    key = (local_date(history.start), limit.amount, limit.unit, word)
    if key not in calendar.memo:
        answer = _replay(history, calendar, word)
        assert answer.at is not None  # nothing stops a plain clock
        calendar.memo[key] = answer.at, answer.explanation
    return Due(*calendar.memo[key])


def elapsed(
    start: datetime,
    until: datetime,
    unit: Unit,
    calendar: WorkdayCalendar,
    pauses: Iterable[Pause] = (),
) -> Fraction:
    """How many units of the clock ran between both moments; whole for days and workdays.

    The counterpart of `due`: at the due moment it equals the limit, a moment before it is less.
    0 when `until` is before `start`. Raises MissingYear.
    """
    standing = merged(pauses)
    if unit in DAY_UNITS:
        return Fraction(_count_days(start, until, unit, calendar, standing))
    ran = sum(
        (end - begin for begin, end in _running(start, until, unit, calendar, standing)),
        timedelta(0),
    )
    tick = timedelta(microseconds=1)
    return Fraction(ran // tick, NATURAL[unit] // tick)


def _replay(history: ClockHistory, calendar: WorkdayCalendar, word: str) -> Due:
    pauses = merged(history.pauses)
    at: datetime | None = history.start
    nominal: date | None = None
    for segment in history.segments():
        if at is None:
            break
        if segment.unit in DAY_UNITS:
            at, nominal = _after_days(at, segment, calendar, pauses)
        else:
            at, nominal = _after_time(at, segment, calendar, pauses), None
    deferred = nominal if at is not None and nominal != local_date(at) else None
    line = explain(history, at, calendar, word=word, deferred_from=deferred)
    return Due(at=None if at is None else at.astimezone(SHANGHAI), explanation=line)


def _after_days(
    start: datetime, duration: Duration, calendar: WorkdayCalendar, pauses: Sequence[Pause]
) -> tuple[datetime | None, date | None]:
    """The due moment and the nominal last day; both None when the clock stopped before for good."""
    day, left = local_date(start), duration.amount
    while left:
        day += ONE_DAY
        pause = standing_at(pauses, end_of_day(day))
        if pause is not None and pause.end is None:
            return None, None
        if pause is None and (duration.unit == "days" or calendar.is_workday(day)):
            left -= 1
    nominal = day
    while True:
        pause = standing_at(pauses, end_of_day(day))
        if pause is not None and pause.end is None:
            return None, None
        if pause is None and calendar.is_workday(day):
            return end_of_day(day), nominal
        day += ONE_DAY


def _after_time(
    start: datetime, duration: Duration, calendar: WorkdayCalendar, pauses: Sequence[Pause]
) -> datetime | None:
    left = duration.amount * NATURAL[duration.unit]
    for begin, end in _running(start, FOREVER, duration.unit, calendar, pauses):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return None


def _count_days(
    start: datetime,
    until: datetime,
    unit: Unit,
    calendar: WorkdayCalendar,
    pauses: Sequence[Pause],
) -> int:
    n, day = 0, local_date(start) + ONE_DAY
    while end_of_day(day) <= until:
        counts = unit == "days" or calendar.is_workday(day)
        n += counts and standing_at(pauses, end_of_day(day)) is None
        day += ONE_DAY
    return n


def _running(
    start: datetime,
    until: datetime,
    unit: Unit,
    calendar: WorkdayCalendar,
    pauses: Sequence[Pause],
) -> Iterator[Window]:
    """The stretches between both moments in which the clock of that unit runs, in order."""
    if pauses and pauses[-1].end is None:
        until = min(until, pauses[-1].begin)
    if unit == "working_hours":
        windows = _office_windows(start, until, calendar)
    else:
        windows = iter([(start, until)])
    for begin, end in windows:
        for pause in pauses:
            if pause.until <= begin or pause.begin >= end:
                continue
            if begin < pause.begin:
                yield begin, pause.begin
            begin = min(pause.until, end)
        if begin < end:
            yield begin, end


def _office_windows(
    start: datetime, until: datetime, calendar: WorkdayCalendar
) -> Iterator[Window]:
    day = local_date(start)
    while start_of_day(day) < until:
        for begin, end in calendar.sessions_on(day):
            if end > start and begin < until:
                yield max(begin, start), min(end, until)
        day += ONE_DAY
