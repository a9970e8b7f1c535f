"""Values of the clock: how long, from when, and what happened to it on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from huiyin.base.rules.workday_calendar import local

Unit = Literal["minutes", "hours", "days", "workdays", "working_hours"]

UNIT_WORDS: dict[str, str] = {
    "minutes": "分钟",
    "hours": "小时",
    "days": "天",
    "workdays": "个工作日",
    "working_hours": "个工作小时",
}
"""minutes and hours are natural time; days are calendar days; the others need the calendar."""

UNITS: tuple[Unit, ...] = ("minutes", "hours", "days", "workdays", "working_hours")
DAY_UNITS = frozenset({"days", "workdays"})
NATURAL: dict[str, timedelta] = {
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "working_hours": timedelta(hours=1),
}
"""The length of one unit of running time."""

FOREVER = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
"""Where a pause without end is taken to end. A day short, so that it exists in local time too."""


class ClockError(ValueError):
    """A history that cannot have happened. The message is Chinese and fit for the screen."""


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """A time limit: whole units. 0 days or workdays means the end of the same day (当日)."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in UNIT_WORDS:
            raise ClockError(f"未知的时限单位：{self.unit}")
        if self.amount < 0:
            raise ClockError("时限不能是负数")

    def words(self) -> str:
        """“5 个工作日”, “2 小时”."""
        return f"{self.amount} {UNIT_WORDS[self.unit]}"


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still 停表 from `begin` on, until `end`; without end it still stands."""

    begin: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        local(self.begin)
        if self.end is not None and local(self.end) < self.begin:
            raise ClockError("停表的结束早于开始")

    @property
    def until(self) -> datetime:
        """The end, or a moment after everything."""
        return FOREVER if self.end is None else self.end


@dataclass(frozen=True, slots=True)
class Change:
    """From `at` on another time limit holds (category or urgency changed).

    `seq` orders changes that bear the same time: the ledger's sequence number.
    """

    at: datetime
    duration: Duration
    seq: int = 0

    def __post_init__(self) -> None:
        local(self.at)


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension 延期 granted at `at`; it adds its duration."""

    at: datetime
    duration: Duration

    def __post_init__(self) -> None:
        local(self.at)


@dataclass(frozen=True, slots=True)
class Due:
    """When it is due, and the line that says how that came about.

    `at` is local time (Asia/Shanghai), None while the clock stands still without an end.
    """

    at: datetime | None
    explanation: str


@dataclass(frozen=True, slots=True)
class ClockHistory:
    """All that decides a due date. Two histories with the same facts are equal in whatever order
    the facts were given, because they are sorted here.
    """

    start: datetime
    duration: Duration
    pauses: tuple[Pause, ...] = ()
    changes: tuple[Change, ...] = ()
    extensions: tuple[Extension, ...] = ()

    def __post_init__(self) -> None:
        local(self.start)
        if self.pauses or self.changes or self.extensions:  # most clocks have none: keep it cheap
            put = object.__setattr__
            put(self, "pauses", tuple(sorted(self.pauses, key=lambda p: (p.begin, p.until))))
            put(self, "changes", tuple(sorted(self.changes, key=_by_effect)))
            put(
                self, "extensions", tuple(sorted(self.extensions, key=lambda e: (e.at, e.duration)))
            )

    @property
    def effective(self) -> Duration:
        """The time limit that holds: the last change by effective time, else the first one."""
        return self.changes[-1].duration if self.changes else self.duration

    def segments(self) -> tuple[Duration, ...]:
        """What is counted one after another: the limit together with extensions of its own unit,
        then what was granted in other units, in the fixed order of UNITS.
        """
        if not self.extensions:
            return (self.effective,)
        total = dict.fromkeys(UNITS, 0)
        for extension in self.extensions:
            total[extension.duration.unit] += extension.duration.amount
        base = self.effective
        first = Duration(base.amount + total.pop(base.unit), base.unit)
        return (first, *(Duration(amount, unit) for unit, amount in total.items() if amount))

    def paused(self, at: datetime) -> ClockHistory:
        """The same history, standing still from `at` on. Raises ClockError if it already does."""
        if self._open is not None:
            raise ClockError("时钟已经停着，不能再次停表")
        return replace(self, pauses=(*self.pauses, Pause(at)))

    def resumed(self, at: datetime) -> ClockHistory:
        """The same history, running again from `at` on. Raises ClockError if it never stopped."""
        standing = self._open
        if standing is None:
            raise ClockError("时钟没有停，不能恢复计时")
        others = tuple(pause for pause in self.pauses if pause is not standing)
        return replace(self, pauses=(*others, Pause(standing.begin, at)))

    def changed(self, at: datetime, duration: Duration, *, seq: int = 0) -> ClockHistory:
        """The same history with another time limit from `at` on, counted from the same start."""
        return replace(self, changes=(*self.changes, Change(at, duration, seq)))

    def extended(self, at: datetime, duration: Duration) -> ClockHistory:
        """The same history with an extension granted at `at`."""
        return replace(self, extensions=(*self.extensions, Extension(at, duration)))

    @property
    def _open(self) -> Pause | None:
        return next((pause for pause in self.pauses if pause.end is None), None)


def _by_effect(change: Change) -> tuple[datetime, int, Duration]:
    return change.at, change.seq, change.duration


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The union of the pauses, in order, none touching the next."""
    union: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: (p.begin, p.until)):
        if union and pause.begin <= union[-1].until:
            if pause.until > union[-1].until:
                union[-1] = Pause(union[-1].begin, pause.end)
        else:
            union.append(pause)
    return tuple(union)


def standing_at(pauses: Sequence[Pause], at: datetime) -> Pause | None:
    """The pause during which `at` falls (begin included, end not), if any. Takes merged pauses."""
    return next((pause for pause in pauses if pause.begin <= at < pause.until), None)
