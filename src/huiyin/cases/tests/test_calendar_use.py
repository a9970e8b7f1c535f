"""What a change of the calendar does to time limits: nothing silently (ADR 9)."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.base.kept import forget_all
from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases.selectors.counted import day_is_counted
from huiyin.cases.services import sweeping
from huiyin.org.services import calendar
from huiyin.org.services.calendar import DayAlreadyUsed
from tests.cast import Cast, at

DOCUMENT = "国办发明电〔2026〕8号"


def change(cast: Cast, day: date, *, when: str, is_workday: bool = False) -> None:
    calendar.change_day(
        day=day, is_workday=is_workday, name="", document=DOCUMENT, by=cast.supervisor,
        at=at(when), address="",
    )  # fmt: skip
    forget_all()


def test_a_past_day_between_start_and_due_is_closed(cast: Cast) -> None:
    cast.case_at("awaiting_acceptance")  # dispatched on 09-30, due on 10-13

    assert day_is_counted(date(2026, 10, 9))
    assert not day_is_counted(date(2026, 12, 9))
    with pytest.raises(DayAlreadyUsed, match="2026年10月9日已过去"):
        change(cast, date(2026, 10, 9), when="2026-10-20 09:00")


def test_a_change_counts_for_what_is_computed_from_then_on(cast: Cast) -> None:
    before = cast.case_at("awaiting_acceptance")
    standing = before.deadlines.get(what="handle")

    change(cast, date(2026, 10, 12), when="2026-10-08 09:00")

    after = cast.case_at("awaiting_acceptance")
    kept = before.deadlines.get(what="handle")
    assert (kept.due_at, kept.explanation) == (standing.due_at, standing.explanation)
    assert local_date(kept.due_at) == date(2026, 10, 13)
    assert local_date(after.deadlines.get(what="handle").due_at) == date(2026, 10, 14)


def test_entering_the_missing_year_counts_provisional_clocks_again(cast: Cast) -> None:
    case = cast.report(at=at("2026-12-28 09:00"), kind="complaint")
    cast.act(case, "dispatch", cast.dispatcher, at("2026-12-28 10:00"), lead=cast.housing.pk)
    assert case.deadlines.get(what="handle").provisional

    calendar.enter_year(
        year=2027, text="1月1日至3日 放假 元旦", document=DOCUMENT, by=cast.supervisor,
        at=at("2026-12-28 11:00"), address="",
    )  # fmt: skip
    forget_all()
    swept = sweeping.sweep(at=at("2026-12-28 11:05"))

    handle = case.deadlines.get(what="handle")
    assert swept.recounted == 1
    assert (handle.provisional, local_date(handle.due_at)) == (False, date(2027, 1, 12))
