"""A year's days off and make-up workdays 调休 as somebody types them or pastes the notice of the
State Council's general office, read into the days of that year.

Takes one range a line (`2027-01-01至2027-01-03 放假 元旦`, `2027-01-04 上班`) and the notice's own
sentences (`一、元旦：1月1日（周五）至3日（周日）放假，共3天。1月4日（周一）上班。`). Nothing is guessed: what
cannot be read is named with its line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.base.rules.dates import UnreadableDate, parse_date
from huiyin.base.rules.times import long_date
from huiyin.base.rules.workday_calendar import ONE_DAY

REST_WORD, WORK_WORD = "放假", "上班"
#: Holidays of every year (全国年节及纪念日放假办法): one that is not named is worth a second look.
YEARLY = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
#: Nobody has a holiday of more days; a longer range is a slip of the finger.
LONGEST = 31


class UnreadableEntry(ValueError):
    """Lines that could not be read; the message names each, in Chinese."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("；".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of the calendar: `name` only where there is something to say."""

    day: date
    is_workday: bool
    name: str = ""

    @property
    def word(self) -> str:
        """“放假 元旦”, “调休上班 元旦补班”, “周末”, “上班”."""
        weekend = self.day.isoweekday() > 5
        if self.is_workday:
            return f"调休上班 {self.name}".strip() if weekend else "上班"
        return "周末" if weekend and not self.name else f"放假 {self.name}".strip()


@dataclass(frozen=True, slots=True)
class DayChange:
    """What a day was (None: nobody had entered it) and what it becomes."""

    before: CalendarDay | None
    after: CalendarDay


_PARENTHESES = re.compile(r"\([^()]*\)")
_HEAD = re.compile(
    r"^\s*(?:[一二三四五六七八九十\d]{1,2}[、.]\s*)?([\u4e00-\u9fff、]{2,12}?)\s*:\s*(?=\S)"
)
_KIND = re.compile(r"调休上班|补休上班|上班|补班|放假调休|调休放假|放假|休息|休假")
_NOTHING = re.compile(r"共\s*\d+\s*天|连休|调休|与周末|期间|为?[法公]定节?假日|，|,|。")
_RANGE = re.compile(r"\s*(?:至|到|—+|–|~+|\s-\s|-(?=\d{4}\s*[-/.年])|-(?=\d{8})|(?<=[日号])-)\s*")
_LIST = re.compile(r"(?:、|,|，|和|及|\s)\s*(?=\d{1,2}月|\d{4}\s*[-/.年]|\d{8}|\d{1,2}[日号])")
_DAY_ONLY = re.compile(r"\d{1,2}[日号]?")


def read(text: str, *, year: int) -> list[CalendarDay]:
    """The days that the text names, by date. Raises UnreadableEntry."""
    found: dict[date, CalendarDay] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            for day in _read_line(line, year):
                other = found.setdefault(day.day, day)
                if other.is_workday != day.is_workday:
                    raise ValueError(f"{long_date(day.day)}既写了放假又写了上班，请删去错的一处")
        except ValueError as error:
            problems.append(f"第 {number} 行“{_short(line)}”：{error}")
    if problems:
        raise UnreadableEntry(problems)
    if not found:
        raise UnreadableEntry(["还没有写哪几天放假，请每行写一段，如 1月1日至3日 放假 元旦"])
    return sorted(found.values(), key=lambda d: d.day)


def whole_year(year: int, named: Iterable[CalendarDay]) -> list[CalendarDay]:
    """Every day of the year: those named as they are, the others Monday to Friday work."""
    by_day = {d.day: d for d in named}
    day, days = date(year, 1, 1), []
    while day.year == year:
        days.append(by_day.get(day) or CalendarDay(day, day.isoweekday() <= 5))
        day += ONE_DAY
    return days


def changes(standing: Mapping[date, CalendarDay], wanted: Iterable[CalendarDay]) -> list[DayChange]:
    """Days that are new or become something else."""
    return [DayChange(standing.get(d.day), d) for d in wanted if standing.get(d.day) != d]


def as_text(days: Sequence[CalendarDay]) -> str:
    """The days that differ from Monday to Friday, one range a line: “1月1日至3日 放假 元旦”; `read`
    reads it back."""
    return "\n".join(
        f"{_range_words(first.day, last.day)} {WORK_WORD if first.is_workday else REST_WORD}"
        f" {first.name}".rstrip()
        for first, last in _runs([d for d in days if d.word not in ("上班", "周末")])
    )


def _range_words(first: date, last: date) -> str:
    words = f"{first.month}月{first.day}日"
    if first == last:
        return words
    month = f"{last.month}月" if last.month != first.month else ""
    return f"{words}至{month}{last.day}日"


def unnamed_holidays(days: Iterable[CalendarDay]) -> list[str]:
    """Holidays of every year that no day off names."""
    said = "".join({d.name for d in days if not d.is_workday})
    return [name for name in YEARLY if name not in said]


def _runs(days: Sequence[CalendarDay]) -> list[tuple[CalendarDay, CalendarDay]]:
    runs: list[tuple[CalendarDay, CalendarDay]] = []
    for day in days:
        if runs:
            first, last = runs[-1]
            alike = (first.is_workday, first.name) == (day.is_workday, day.name)
            if alike and last.day + ONE_DAY == day.day:
                runs[-1] = (first, day)
                continue
        runs.append((day, day))
    return runs


def _read_line(line: str, year: int) -> list[CalendarDay]:
    text = unicodedata.normalize("NFKC", line)
    while _PARENTHESES.search(text):
        text = _PARENTHESES.sub("", text)
    holiday = ""
    if head := _HEAD.match(text):
        holiday, text = head[1], text[head.end() :]
    days: list[CalendarDay] = []
    for part in re.split(r"[。;]", text):
        if part.strip():
            days += _read_part(part, holiday, year)
    return days


def _read_part(part: str, holiday: str, year: int) -> list[CalendarDay]:
    kind = _KIND.search(part)
    if kind is None:
        raise ValueError("没有写“放假”还是“上班”")
    works = kind[0].endswith(("上班", "补班"))
    said = _NOTHING.sub(" ", part[kind.end() :]).split()
    name = said[0][:30] if said else holiday
    if works and name and not name.endswith("补班"):
        name = f"{name}补班"
    name = name or ("补班" if works else "放假")
    return [
        CalendarDay(day, works, "" if works and day.isoweekday() <= 5 else name)
        for day in _dates(part[: kind.start()].strip(" ,，:"), year)
    ]


def _dates(text: str, year: int) -> list[date]:
    if not text:
        raise ValueError("没有写日期")
    days: list[date] = []
    month = ""
    for piece in _LIST.split(text):
        ends = []
        for end in _RANGE.split(piece.strip()):
            if _DAY_ONLY.fullmatch(end) and month:
                end = f"{month}月{end}"
            ends.append(_date(end, year))
            month = str(ends[-1].month)
        days += _between(ends)
    return days


def _date(text: str, year: int) -> date:
    try:
        day = parse_date(text, year=year)
    except UnreadableDate as error:
        raise ValueError(str(error)) from None
    if day.year != year:
        raise ValueError(f"{long_date(day)}不在 {year} 年，请到 {day.year} 年的日历里改")
    return day


def _between(ends: Sequence[date]) -> list[date]:
    if len(ends) > 2:
        raise ValueError("一段只写起止两个日期")
    first, last = ends[0], ends[-1]
    n = (last - first).days
    if n < 0:
        raise ValueError("起止日期颠倒了")
    if n >= LONGEST:
        raise ValueError(f"一段有 {n + 1} 天，请核对起止日期")
    return [first + ONE_DAY * i for i in range(n + 1)]


def _short(line: str) -> str:
    text = line.strip()
    return text if len(text) <= 30 else f"{text[:30]}…"
