"""The official workday calendar with make-up workdays 调休 as a value, and local time.

Source of the days: the yearly holiday notice of the State Council's general office 国办放假通知.
Nothing here guesses: a year that was not recorded is an error, never "Monday to Friday".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Local time. A fixed offset: the daylight saving time of 1986–91 is ignored (house style)."""

ONE_DAY = timedelta(days=1)

Session = tuple[time, time]

DEFAULT_SESSIONS: tuple[Session, ...] = (
    (time(9, 0), time(12, 0)),
    (time(13, 30), time(17, 30)),
)
"""Office hours by which working hours 工作小时 are counted: 待本地确认 (no local document yet)."""


class MissingYear(LookupError):
    """The calendar was asked about a year whose holiday notice nobody has recorded."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"工作日历缺少 {year} 年，不能计算时限："
            "请先在“工作日历”录入国务院办公厅公布的该年放假和补班安排"
        )
        self.year = year


class ContradictoryDay(ValueError):
    """Two rows disagree about one date."""

    def __init__(self, day: date) -> None:
        super().__init__(f"工作日历中 {day:%Y-%m-%d} 有两行且互相矛盾，请删去错误的一行")


@dataclass(frozen=True, slots=True)
class WorkdayCalendar:
    """Which days are workdays, for the years that are covered.

    `marked` holds the dates that rows name (all days of a year, or only those that differ from
    Monday–Friday); `names` the holiday names; `years` the years that may be asked about. `memo`
    remembers limits in days that were already counted (first day, amount, unit, word): rows of an
    import share their days, and counting anew costs 60 µs a row.
    """

    marked: Mapping[date, bool]
    names: Mapping[date, str]
    years: frozenset[int]
    sessions: tuple[Session, ...] = DEFAULT_SESSIONS
    memo: dict[tuple[date, int, str, str], tuple[datetime, str]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day. Raises MissingYear."""
        if day.year not in self.years:
            raise MissingYear(day.year)
        known = self.marked.get(day)
        return day.weekday() < 5 if known is None else known

    def is_holiday(self, day: date) -> bool:
        """A rest day that is more than a plain weekend: named, or a Monday–Friday off."""
        return not self.is_workday(day) and (day.isoweekday() <= 5 or bool(self.names.get(day)))

    def is_makeup(self, day: date) -> bool:
        """A Saturday or Sunday on which people work 补班."""
        return day.isoweekday() > 5 and self.is_workday(day)

    def first_workday(self, day: date) -> date:
        """That day if it is a workday, else the next one. Raises MissingYear."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def missing_years(self, first: date, last: date) -> tuple[int, ...]:
        """Years between both dates that are not covered: the alarm 缺少年份 asks this."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)

    def sessions_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The office hours of that day as aware moments; nothing on rest days."""
        if self.is_workday(day):
            for begin, end in self.sessions:
                yield (
                    datetime.combine(day, begin, SHANGHAI),
                    datetime.combine(day, end, SHANGHAI),
                )


def calendar_from_rows(
    rows: Iterable[tuple[date, bool, str]],
    *,
    years: Iterable[int] | None = None,
    sessions: tuple[Session, ...] = DEFAULT_SESSIONS,
) -> WorkdayCalendar:
    """Build the calendar from rows (date, is_workday, name; name may be empty).

    Without `years`, a year is covered when each of its days has a row, so a half-filled table
    never passes for a whole year. With `years`, rows need only name the days that differ from
    Monday–Friday. Raises ContradictoryDay.
    """
    marked: dict[date, bool] = {}
    names: dict[date, str] = {}
    for day, is_workday, name in rows:
        if marked.setdefault(day, is_workday) != is_workday:
            raise ContradictoryDay(day)
        if name:
            names[day] = name
    covered = _full_years(marked) if years is None else frozenset(years)
    return WorkdayCalendar(marked=marked, names=names, years=covered, sessions=sessions)


def local(at: datetime) -> datetime:
    """The moment in Asia/Shanghai. Raises ValueError for a moment without time zone."""
    if at.tzinfo is None:
        raise ValueError("时间缺少时区")
    return at.astimezone(SHANGHAI)


def local_date(at: datetime) -> date:
    """The local day of a moment."""
    return local(at).date()


def start_of_day(day: date) -> datetime:
    """00:00 local."""
    return datetime.combine(day, time(0), SHANGHAI)


def end_of_day(day: date) -> datetime:
    """23:59:59 local, the moment at which time limits in days run out.

    民法典 art. 203: a period's last day ends at 24:00, or when business stops where there are
    business hours. The hotline and the platform take answers round the clock, so it is 24:00, and
    an announced due date does not move when a unit changes its office hours. It is stored as
    23:59:59 and not as the next midnight, so that its date is the day that everybody names.
    """
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)


def _full_years(marked: Mapping[date, bool]) -> frozenset[int]:
    counts: dict[int, int] = {}
    for day in marked:
        counts[day.year] = counts.get(day.year, 0) + 1
    return frozenset(
        y for y, n in counts.items() if n == (date(y, 12, 31) - date(y, 1, 1)).days + 1
    )
