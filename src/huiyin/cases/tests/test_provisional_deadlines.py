"""A clock that runs into a year whose holidays are not announced yet: work does not stop (ADR 9)."""

from __future__ import annotations

from datetime import date, timedelta

from huiyin.base.kept import forget_all
from huiyin.base.models import Workday
from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases.models import Case
from huiyin.cases.services import sealing, sweeping
from tests.cast import Cast, at

DISPATCHED = at("2026-12-28 10:00")


def dispatched_before_new_year(cast: Cast) -> Case:
    case = cast.report(at=at("2026-12-28 09:00"), kind="complaint")
    return cast.act(case, "dispatch", cast.dispatcher, DISPATCHED, lead=cast.housing.pk)


def enter_2027() -> None:
    """As if announced: 1 January is a holiday, otherwise Mondays to Fridays."""
    day, rows = date(2027, 1, 1), []
    while day.year == 2027:
        rows.append(Workday(day=day, is_workday=day.weekday() < 5 and day != date(2027, 1, 1),
                            name="元旦" if day == date(2027, 1, 1) else "", source="测试"))  # fmt: skip
        day += timedelta(days=1)
    Workday.objects.bulk_create(rows)
    forget_all()


def test_an_unknown_year_is_counted_on_mondays_to_fridays_and_says_so(cast: Cast) -> None:
    case = dispatched_before_new_year(cast)

    handle = case.deadlines.get(what="handle")
    assert handle.provisional
    assert local_date(handle.due_at) == date(2027, 1, 11)
    assert handle.explanation.endswith("（2027 年放假安排尚未录入，暂按周一至周五推算）")


def test_a_known_year_is_never_provisional(cast: Cast) -> None:
    case = cast.case_at("awaiting_acceptance")

    assert not case.deadlines.filter(provisional=True).exists()


def test_the_sweep_counts_again_once_the_year_is_entered(cast: Cast) -> None:
    case = dispatched_before_new_year(cast)
    enter_2027()

    swept = sweeping.sweep(at=at("2026-12-28 11:00"))

    case.refresh_from_db()
    handle = case.deadlines.get(what="handle")
    assert swept.recounted == 1
    assert not handle.provisional
    assert local_date(handle.due_at) == date(2027, 1, 12)
    assert case.due_at == handle.due_at
    assert case.events.order_by("-seq").first().action == "due_recomputed"
    assert sealing.verify_case(case, list(case.events.order_by("seq"))) == []


def test_the_sweep_writes_nothing_while_the_year_is_still_missing(cast: Cast) -> None:
    case = dispatched_before_new_year(cast)

    swept = sweeping.sweep(at=at("2026-12-28 11:00"))

    assert swept.recounted == 0
    assert not case.events.filter(action="due_recomputed").exists()
