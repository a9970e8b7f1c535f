"""The workday calendar by hand: a year that is missing, a day that was announced otherwise.

Each change stands on a document 文号 and in the audit. What was computed keeps its date and its
explanation line; new entries count for what is computed from now on. So a past day over which a
time limit was counted is not rewritten; clocks that were counted on plain Mondays to Fridays while
the year was missing are counted again by the sweep, each as an event (ADR 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huiyin.base import selectors
from huiyin.base.kept import forget_all
from huiyin.base.models import CalendarYear, Workday
from huiyin.base.rules import calendar_entry as entry
from huiyin.base.rules.calendar_entry import CalendarDay, DayChange
from huiyin.base.rules.times import long_date
from huiyin.base.rules.workday_calendar import local_date
from huiyin.base.services import audit
from huiyin.base.services.defaults import DefaultRow, DefaultsProvider, register_defaults
from huiyin.base.services.seeding import whole_years
from huiyin.org import registry
from huiyin.org.rules.grants import ActingPost

#: The page 本地参数 lists this many years, the newest: older ones are history.
LISTED = 3


class DayAlreadyUsed(ValueError):
    """Past days over which time limits were counted; Chinese, for the screen."""

    def __init__(self, days: Sequence[date]) -> None:
        named = "、".join(long_date(day) for day in days[:5])
        more = f"等 {len(days)} 天" if len(days) > 5 else ""
        super().__init__(f"{named}{more}已过去，有工单的时限按它推算过，不能再改")


def planned(year: int, text: str) -> list[DayChange]:
    """What entering these words would change. Raises UnreadableEntry."""
    wanted = entry.whole_year(year, entry.read(text, year=year))
    return entry.changes(selectors.calendar_days(year), wanted)


def closed_days(changes: Sequence[DayChange], *, today: date) -> list[date]:
    """Past days among these changes that are not rewritten."""
    return [
        c.after.day
        for c in changes
        if c.before is not None
        and c.after.day < today
        and c.before.is_workday != c.after.is_workday
        and registry.day_is_used(c.after.day)
    ]


@transaction.atomic
def enter_year(
    *, year: int, text: str, document: str, by: ActingPost, at: datetime, address: str
) -> list[DayChange]:
    """Write a year's days under its document, which confirms it; the days that changed.

    Raises UnreadableEntry, DayAlreadyUsed.
    """
    changes = planned(year, text)
    closed = closed_days(changes, today=local_date(at))
    if closed:
        raise DayAlreadyUsed(closed)
    _write([c.after for c in changes], document)
    confirm(key=str(year), document=document, confirmed_on=local_date(at), by_name=by.person_name)
    new = sum(c.before is None for c in changes)
    what = f"新录入 {new} 天，改 {len(changes) - new} 天，{document}"
    _audit("calendar_entered", str(year), what, by, at, address)
    return changes


@transaction.atomic
def change_day(
    *, day: date, is_workday: bool, name: str, document: str, by: ActingPost, at: datetime,
    address: str,
) -> DayChange | None:  # fmt: skip
    """Make one day a workday or a day off under a document; None when it was so already.

    Raises ValueError for a day of a missing year, DayAlreadyUsed.
    """
    before = selectors.calendar_days(day.year).get(day)
    if before is None:
        raise ValueError(f"{day.year} 年还没有录入，请先录入这一年")
    change = DayChange(before, CalendarDay(day, is_workday, name.strip()))
    if change.before == change.after:
        return None
    closed = closed_days([change], today=local_date(at))
    if closed:
        raise DayAlreadyUsed(closed)
    _write([change.after], document)
    what = f"{before.word} → {change.after.word}，{document}"
    _audit("calendar_changed", f"{day:%Y-%m-%d}", what, by, at, address)
    return change


def rows() -> list[DefaultRow]:
    """The newest years as the page 本地参数 shows them."""
    years = whole_years()[-LISTED:]
    confirmed = selectors.calendar_years(*years)
    days = selectors.calendar_days(*years)
    sources = selectors.calendar_sources(*(date(year, 1, 1) for year in years))
    return [
        _row([d for d in days.values() if d.day.year == year], year, confirmed.get(year),
             sources.get(date(year, 1, 1), ""))
        for year in years
    ]  # fmt: skip


def _row(
    days: Sequence[CalendarDay], year: int, known: CalendarYear | None, origin: str
) -> DefaultRow:
    makeup = sum(d.is_workday and d.day.isoweekday() > 5 for d in days)
    off = sum(not d.is_workday and (bool(d.name) or d.day.isoweekday() <= 5) for d in days)
    return DefaultRow(
        key=str(year), label=f"{year} 年", value=f"放假 {off} 天，调休上班 {makeup} 天",
        origin=origin,
        document=known.document if known else "",
        confirmed_on=known.confirmed_on if known else None,
        confirmed_by_name=known.confirmed_by_name if known else "", group="工作日历",
    )  # fmt: skip


def confirm(*, key: str, document: str, confirmed_on: date, by_name: str) -> None:
    """Write 文号 and date under a year as it stands. Raises ValueError in Chinese."""
    if not document.strip():
        raise ValueError("请填写文号")
    if len(document.strip()) > 60:
        raise ValueError("文号请控制在 60 字以内")
    CalendarYear.objects.update_or_create(
        year=int(key),
        defaults={"document": document.strip(), "confirmed_on": confirmed_on,
                  "confirmed_by_name": by_name},
    )  # fmt: skip


def _write(days: Sequence[CalendarDay], document: str) -> None:
    Workday.objects.bulk_create(
        [Workday(day=d.day, is_workday=d.is_workday, name=d.name, source=document.strip())
         for d in days],
        update_conflicts=True, unique_fields=["day"], update_fields=["is_workday", "name", "source"],
    )  # fmt: skip
    transaction.on_commit(forget_all)


def _audit(
    action: str, subject: str, what: str, by: ActingPost, at: datetime, address: str
) -> None:
    audit.record(
        at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
        address=address, action=action, subject=f"calendar:{subject}", reason=what,
    )  # fmt: skip


PROVIDER = register_defaults(
    DefaultsProvider("calendar", "工作日历", rows, confirm, page="calendar_year")
)
