"""Escalation and supervision ask somebody for something: rows in an inbox, clocks, answers."""

from __future__ import annotations

import pytest

from huiyin.cases.selectors.waiting import inbox
from huiyin.cases.services import sweeping
from huiyin.cases.services.steps import ActionRefused
from tests.cast import Cast, at

NEXT = at("2026-10-08 10:00")


def _codes(cast: Cast, name: str) -> list[str]:
    return [row.waiting.code for row in inbox([getattr(cast, name)], now=NEXT).rows]


def test_an_escalated_case_waits_for_coordination_until_its_result_is_noted(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    case = cast.act(case, "escalate", cast.supervisor, NEXT, note="两家单位都说不归自己管")

    assert "coordinate" in _codes(cast, "leader")
    cast.act(case, "coordinate", cast.leader, at("2026-10-08 16:00"), note="住建牵头，公安配合")
    assert "coordinate" not in _codes(cast, "leader")
    assert case.deadlines.get(what="coordinate").met is True


def test_what_the_rule_escalated_waits_for_coordination_too(cast: Cast) -> None:
    cast.case_at("in_progress")

    sweeping.sweep(at=at("2026-12-30 10:00"))

    assert "coordinate" in _codes(cast, "supervisor")


def test_nothing_is_coordinated_that_nobody_escalated(cast: Cast) -> None:
    with pytest.raises(ActionRefused, match="没有等协调的提级"):
        cast.act(cast.case_at("in_progress"), "coordinate", cast.leader, NEXT, note="开了会")


@pytest.mark.parametrize("steps", [("remind",), ("remind", "supervise"), ("remind", "supervise", "admonish")])  # fmt: skip
def test_the_unit_finds_the_supervision_in_its_inbox_and_answers_it(
    cast: Cast, steps: tuple[str, ...]
) -> None:
    case = cast.case_at("in_progress")
    for step in steps:
        case = cast.act(case, step, cast.supervisor, NEXT, note="请说明为什么没有按时办")
    assert "answer_supervision" in _codes(cast, "handler")

    cast.act(case, "answer_supervision", cast.handler, at("2026-10-08 15:00"), note="等料，后天到")

    assert "answer_supervision" not in _codes(cast, "handler")
    assert all(d.met for d in case.deadlines.filter(what="supervision_answer"))


def test_another_unit_does_not_answer_for_the_lead(cast: Cast) -> None:
    case = cast.act(cast.case_at("in_progress"), "remind", cast.supervisor, NEXT)

    with pytest.raises(ActionRefused):
        cast.act(case, "answer_supervision", cast.police_handler, NEXT, note="不是我们的")


def test_an_unanswered_supervision_is_marked_when_its_time_is_over(cast: Cast) -> None:
    case = cast.act(cast.case_at("in_progress"), "remind", cast.supervisor, NEXT)

    sweeping.sweep(at=at("2026-10-12 18:00"))

    assert "supervision_answer" in [e.data["what"] for e in case.events.filter(action="overdue")]


def test_closing_the_case_ends_what_was_asked_from_above(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    cast.act(case, "escalate", cast.supervisor, NEXT, note="请协调")
    case = cast.act(case, "remind", cast.supervisor, NEXT)
    case = cast.act(case, "submit_result", cast.handler, NEXT, reply="已修好")
    case = cast.act(case, "approve", cast.reviewer, NEXT)
    case = cast.act(case, "call_back", cast.callback, NEXT, channel="phone", outcome="reached",
                    resolved=True, satisfied="satisfied")  # fmt: skip
    case = cast.act(case, "sign_off", cast.callback, NEXT, code="satisfied")

    running = case.deadlines.filter(met_at=None, cancelled_at=None).values_list("what", flat=True)
    assert list(running) == ["recheck"]
