"""The clock in words: how a due date came about, and how much time is left.

A clerk who is asked “why the 13th?” reads this line out; so it names what moved the date and
leaves out what everybody knows (plain weekends).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from huiyin.base.rules.durations import DAY_UNITS, ClockHistory, Pause, merged, standing_at
from huiyin.base.rules.workday_calendar import (
    ONE_DAY,
    WorkdayCalendar,
    end_of_day,
    local,
    local_date,
    start_of_day,
)

Step = tuple[datetime, str]

ARROW = " → "


def explain(
    history: ClockHistory,
    at: datetime | None,
    calendar: WorkdayCalendar,
    *,
    word: str = "派出",
    deferred_from: date | None = None,
) -> str:
    """“09-30 派出 → 10-01 至 10-07 放假 → 10-10 补班计入 → 10-13”.

    `at` is the due moment that was computed, None while the clock stands still; `word` names the
    event that started the clock; `deferred_from` the nominal last day of a period in calendar
    days that ended on a rest day. Times of day appear when the limit is in hours or minutes.
    """
    timed = any(segment.unit not in DAY_UNITS for segment in history.segments())
    stamp = _Stamp(year=local(history.start).year, timed=timed)
    last = _last_moment(history, at)
    first = f"{stamp(history.start)} {word}"
    if timed:
        first += f" + {history.duration.words()}"
    steps: list[Step] = [
        *(
            (change.at, f"{stamp(change.at)} 改为 {change.duration.words()}")
            for change in history.changes
        ),
        *(
            (more.at, f"{stamp(more.at)} 延期 {more.duration.words()}")
            for more in history.extensions
        ),
    ]
    pauses = tuple(
        pause
        for pause in merged(history.pauses)
        if pause.until > history.start and (pause.begin < last or at is None)
    )
    units = {segment.unit for segment in history.segments()}
    if units & {"workdays", "working_hours"}:
        days = _days(history.start, last, include_first="working_hours" in units)
        steps += _holiday_steps(days, calendar, stamp)
        steps += _makeup_steps(days, calendar, pauses, stamp)
    if deferred_from is not None and at is not None:
        days = _days(end_of_day(deferred_from - ONE_DAY), at)
        steps.append((start_of_day(deferred_from), f"{stamp.span(days[0], days[-2])} 休息顺延"))
    for pause in pauses:
        steps.append(_pause_step(pause, history, last, calendar, stamp))
    steps.sort()
    end = "停表中" if at is None else stamp(at)
    return ARROW.join([first, *(text for _, text in steps), end])


def remaining_words(now: datetime, due: datetime | None) -> str:
    """“还剩 2 天 3 小时”, “超 5 小时”; the two largest of days, hours, minutes. Natural time.

    `due` None (the clock stands still) gives “停表中”.
    """
    if due is None:
        return "停表中"
    late = now > due
    minutes = (now - due if late else due - now) // timedelta(minutes=1)
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        parts = [f"{days} 天"] + [f"{hours} 小时"] * bool(hours)
    elif hours:
        parts = [f"{hours} 小时"] + [f"{minutes} 分钟"] * bool(minutes)
    else:
        parts = [f"{minutes} 分钟"] if minutes else ["不到 1 分钟"]
    gap = " " if minutes or hours or days else ""
    return ("超" if late else "还剩") + gap + " ".join(parts)


class _Stamp:
    """Writes days and moments; the year only where it is not the year of the start."""

    def __init__(self, *, year: int, timed: bool) -> None:
        self.year, self.timed = year, timed

    def day(self, day: date) -> str:
        return f"{day:%m-%d}" if day.year == self.year else f"{day:%Y-%m-%d}"

    def __call__(self, at: datetime) -> str:
        there = local(at)
        return f"{self.day(there.date())} {there:%H:%M}" if self.timed else self.day(there.date())

    def span(self, first: date, last: date) -> str:
        return self.day(first) if first == last else f"{self.day(first)} 至 {self.day(last)}"


def _last_moment(history: ClockHistory, at: datetime | None) -> datetime:
    """Up to where the explanation looks: the due moment, else where the clock stopped for good."""
    if at is not None:
        return at
    standing = next(pause for pause in history.pauses if pause.end is None)
    return max(standing.begin, history.start)


def _days(start: datetime, last: datetime, *, include_first: bool = False) -> list[date]:
    day = local_date(start) + (timedelta(0) if include_first else ONE_DAY)
    n_days = (local_date(last) - day).days + 1
    return [day + timedelta(days=n) for n in range(n_days)]


def _runs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Consecutive days as (first, last)."""
    first = previous = None
    for day in days:
        if first is None or previous is None or day - previous != ONE_DAY:
            if first is not None and previous is not None:
                yield first, previous
            first = day
        previous = day
    if first is not None and previous is not None:
        yield first, previous


def _holiday_steps(days: Sequence[date], calendar: WorkdayCalendar, stamp: _Stamp) -> list[Step]:
    off = [day for day in days if calendar.is_holiday(day)]
    return [(start_of_day(a), f"{stamp.span(a, b)} 放假") for a, b in _runs(off)]


def _makeup_steps(
    days: Sequence[date], calendar: WorkdayCalendar, pauses: Sequence[Pause], stamp: _Stamp
) -> list[Step]:
    worked = [
        day
        for day in days
        if calendar.is_makeup(day) and standing_at(pauses, end_of_day(day)) is None
    ]
    return [(start_of_day(a), f"{stamp.span(a, b)} 补班计入") for a, b in _runs(worked)]


def _pause_step(
    pause: Pause, history: ClockHistory, last: datetime, calendar: WorkdayCalendar, stamp: _Stamp
) -> Step:
    if pause.end is None:
        return pause.begin, f"{stamp(pause.begin)} 起停表"
    if stamp.timed:
        begin, end = local(pause.begin), local(pause.end)
        until = f"{end:%H:%M}" if begin.date() == end.date() else stamp(end)
        return pause.begin, f"{stamp(begin)} 至 {until} 停表"
    whole_days = history.effective.unit == "days"
    lost = [
        day
        for day in _days(max(history.start, pause.begin - ONE_DAY), min(last, pause.end))
        if pause.begin <= end_of_day(day) < pause.end and (whole_days or calendar.is_workday(day))
    ]
    if lost:
        return start_of_day(lost[0]), f"{stamp.span(lost[0], lost[-1])} 停表"
    span = stamp.span(local_date(pause.begin), local_date(pause.end))
    return pause.begin, f"{span} 停表，未占{'整日' if whole_days else '工作日'}"
