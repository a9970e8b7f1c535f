"""A case that comes back: an empty reply buys no time, and what was late stays late."""

from __future__ import annotations

from datetime import datetime

from huiyin.cases import indicators
from huiyin.cases.models import Case
from huiyin.cases.services import sweeping
from huiyin.indicators.registry import Slice
from huiyin.indicators.services import computing
from tests.cast import Cast, at


def reply(cast: Cast, case: Case, when: datetime, text: str = "已修好") -> Case:
    return cast.act(case, "submit_result", cast.handler, when, reply=text)


def sent_back(cast: Cast, case: Case, when: datetime) -> Case:
    return cast.act(case, "send_back", cast.reviewer, when, note="没写做了什么")


def on_time(cast: Cast) -> tuple[int, int | None]:
    part = Slice(cast.city.path, at("2026-09-01 00:00"), at("2026-12-01 00:00"))
    value = computing.compute(indicators.ON_TIME, part)
    return value.n, value.hits


def test_an_empty_reply_buys_no_time(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    due_at = case.due_at
    case = reply(cast, case, at("2026-10-12 10:00"), "。")

    case = sent_back(cast, case, at("2026-10-12 11:00"))

    assert case.due_at == due_at
    assert case.deadlines.filter(what="handle").count() == 2
    assert case.deadlines.filter(what="handle", met_at=None).get().due_at == due_at


def test_the_second_reply_is_measured_by_the_first_due_time(cast: Cast) -> None:
    case = reply(cast, cast.case_at("in_progress"), at("2026-10-12 10:00"), "。")
    case = sent_back(cast, case, at("2026-10-12 11:00"))

    case = reply(cast, case, at("2026-10-15 10:00"))

    assert case.met_deadline is False
    assert on_time(cast) == (1, 0)


def test_an_extension_granted_before_still_holds_after_it_was_sent_back(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    case = cast.act(case, "ask_extension", cast.handler, at("2026-10-08 10:00"), amount=3,
                    note="等配件", reply="配件在途")  # fmt: skip
    case = reply(cast, case, at("2026-10-09 09:00"), "。")
    case = cast.act(case, "grant_extension", cast.supervisor, at("2026-10-09 10:00"))

    case = sent_back(cast, case, at("2026-10-09 11:00"))

    assert case.due_at is not None
    assert case.due_at.date().isoformat() == "2026-10-16"


def test_a_clock_that_runs_on_is_marked_overdue_once(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    sweeping.sweep(at=at("2026-10-14 08:00"))
    case = reply(cast, Case.objects.get(pk=case.pk), at("2026-10-14 09:00"))
    sent_back(cast, case, at("2026-10-14 10:00"))

    sweeping.sweep(at=at("2026-10-14 10:05"))

    marks = [e for e in case.events.filter(action="overdue") if e.data["what"] == "handle"]
    assert len(marks) == 1


def test_a_late_first_reply_is_not_washed_by_a_quick_second_one(cast: Cast) -> None:
    case = reply(cast, cast.case_at("in_progress"), at("2026-10-20 10:00"))
    case = cast.act(case, "approve", cast.reviewer, at("2026-10-20 11:00"))
    case = cast.act(case, "call_back", cast.callback, at("2026-10-20 12:00"), channel="phone",
                    outcome="reached", resolved=False)  # fmt: skip
    case = cast.act(case, "rework", cast.callback, at("2026-10-20 12:05"), note="还在漏")
    assert case.met_deadline is False

    case = reply(cast, case, at("2026-10-20 15:00"))

    assert case.met_deadline is False
    assert on_time(cast) == (1, 0)


def test_a_rework_after_a_callback_has_a_limit_of_its_own(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")
    case = cast.act(case, "call_back", cast.callback, at("2026-10-20 12:00"), channel="phone",
                    outcome="reached", resolved=False)  # fmt: skip

    case = cast.act(case, "rework", cast.callback, at("2026-10-20 12:05"), note="还在漏")

    assert case.due_at is not None
    assert case.due_at.date().isoformat() == "2026-10-27"
    assert reply(cast, case, at("2026-10-26 10:00")).met_deadline is True
    assert on_time(cast) == (1, 1)


def test_another_unit_is_judged_by_its_own_clock(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    sweeping.sweep(at=at("2026-10-20 08:00"))
    case = cast.act(case, "redispatch", cast.dispatcher, at("2026-10-20 09:00"),
                    lead=cast.police.pk, note="属公安")  # fmt: skip
    case = cast.act(case, "accept", cast.police_handler, at("2026-10-20 09:10"))

    case = cast.act(
        case, "submit_result", cast.police_handler, at("2026-10-20 10:00"), reply="已劝离"
    )

    assert case.met_deadline is True


def test_the_line_of_a_rework_begins_with_what_started_it(cast: Cast) -> None:
    """…through an extension and a reply that the reviewer sends back, too."""
    case = cast.case_at("awaiting_callback")
    case = cast.act(case, "call_back", cast.callback, at("2026-10-08 09:00"), channel="phone",
                    outcome="reached", resolved=False)  # fmt: skip

    case = cast.act(case, "rework", cast.callback, at("2026-10-08 09:30"), note="还在漏")
    first = case.deadlines.get(what="handle", met_at=None)
    cast.act(case, "ask_extension", cast.handler, at("2026-10-08 10:00"), amount=2,
             note="等配件", reply="配件在途")  # fmt: skip
    case = cast.act(case, "grant_extension", cast.supervisor, at("2026-10-08 11:00"))
    longer = case.deadlines.get(what="handle", met_at=None)
    case = sent_back(cast, reply(cast, case, at("2026-10-09 10:00")), at("2026-10-09 11:00"))
    going_on = case.deadlines.get(what="handle", met_at=None)

    assert first.explanation == "10-08 发回重办 → 10-10 补班计入 → 10-14"
    assert longer.explanation == "10-08 发回重办 → 10-08 延期 2 个工作日 → 10-10 补班计入 → 10-16"
    assert going_on.explanation == longer.explanation
