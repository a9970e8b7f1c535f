"""The sweep does each thing once, and catches up after downtime."""

from __future__ import annotations

import json

from huiyin.base.services.defaults import defaults_provider
from huiyin.cases.rules import events
from huiyin.cases.services import sweeping
from tests.cast import Cast, at


def test_an_overdue_clock_is_marked_once_with_the_time_at_which_it_ran_out(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    due_at = case.deadlines.get(what="handle").due_at

    first = sweeping.sweep(at=at("2026-10-20 08:00"))
    second = sweeping.sweep(at=at("2026-10-20 08:05"))

    marks = [e for e in case.events.filter(action="overdue") if e.data["what"] == "handle"]
    assert [m.at for m in marks] == [due_at]
    assert marks[0].recorded_at == at("2026-10-20 08:00")
    assert first.overdue == 2
    assert second.overdue == 0
    case.refresh_from_db()
    assert case.met_deadline is False


def test_a_case_late_by_its_own_length_is_escalated_by_rule_after_downtime(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    sweeping.sweep(at=at("2026-12-01 08:00"))
    sweeping.sweep(at=at("2026-12-01 08:05"))

    case.refresh_from_db()
    assert case.escalated is True
    assert case.events.filter(action="escalated_by_rule").count() == 1
    bodies = [json.loads(e.body) for e in case.events.order_by("seq")]
    assert events.replay(bodies) == (events.projected(case))


def test_the_unit_is_reminded_when_a_fifth_is_left(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    assert sweeping.sweep(at=at("2026-10-09 08:00")).reminded == 0
    assert sweeping.sweep(at=at("2026-10-12 12:00")).reminded == 1
    assert sweeping.sweep(at=at("2026-10-12 12:05")).reminded == 0
    assert case.events.filter(action="reminded").count() == 1


def test_a_closed_case_is_left_alone(cast: Cast) -> None:
    cast.case_at("closed")

    assert sweeping.sweep(at=at("2026-10-20 08:00")).overdue == 0


def change_default(**given: object) -> None:
    change = defaults_provider("local").change
    assert change is not None
    change(**given)


def test_the_share_that_is_left_at_the_reminder_is_a_local_default(cast: Cast) -> None:
    cast.case_at("in_progress")
    change_default(
        key="escalation.remind_percent", raw="50", from_day=at("2026-09-30 00:00").date()
    )

    assert sweeping.sweep(at=at("2026-10-09 08:00")).reminded == 1


def test_at_how_many_transfers_a_case_is_escalated_is_a_local_default(cast: Cast) -> None:
    change_default(key="escalation.times", raw="1", from_day=at("2026-09-30 00:00").date())
    case = cast.case_at("awaiting_acceptance")

    cast.act(case, "redispatch", cast.dispatcher, at("2026-09-30 12:00"), lead=cast.police.pk,
             note="属公安职责")  # fmt: skip

    case.refresh_from_db()
    assert case.escalated is True
