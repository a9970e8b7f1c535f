"""Each reply is asked about anew: what was said of the last one counts no more after a rework."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.cases.models import Case
from huiyin.cases.services import performing
from huiyin.cases.services.steps import ActionRefused, CaseChanged, in_post
from tests.cast import DAY, Cast, as_reporter


def _sent_back_and_answered_again(cast: Cast) -> Case:
    case = cast.case_at("awaiting_callback")
    case = cast.act(case, "answer_as_reporter", as_reporter(), resolved=False)
    case = cast.act(case, "rework", cast.callback, note="请再看")
    case = cast.act(case, "submit_result", cast.handler, reply="再次修好")
    return cast.act(case, "approve", cast.reviewer)


def test_the_reporter_answers_one_reply_once(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")
    case = cast.act(case, "answer_as_reporter", as_reporter(), resolved=True, satisfied="fair")

    with pytest.raises(ActionRefused, match="您已经确认过了"):
        cast.act(case, "answer_as_reporter", as_reporter(), resolved=False)

    assert case.callbacks.count() == 1


def test_staff_are_told_that_it_was_the_reporter_who_acted(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")
    seen = case.version
    cast.act(case, "answer_as_reporter", as_reporter(), resolved=False)

    with pytest.raises(CaseChanged, match="诉求人刚刚处理过此件"):
        performing.perform(
            case=case.pk, action="call_back", by=in_post(cast.callback), at=DAY, seen_version=seen,
            given={"channel": "phone", "outcome": "unreachable"},
        )  # fmt: skip


def test_after_a_rework_the_reporter_is_asked_again(cast: Cast) -> None:
    case = _sent_back_and_answered_again(cast)

    case = cast.act(case, "answer_as_reporter", as_reporter(), resolved=True, satisfied="satisfied")

    assert (case.resolved, case.satisfied) == (True, True)
    assert [c.ordinal for c in case.callbacks.order_by("id")] == [1, 2]


def test_after_a_rework_nobody_reworks_or_weighs_without_asking_again(cast: Cast) -> None:
    case = _sent_back_and_answered_again(cast)

    with pytest.raises(ActionRefused, match="请先登记回访"):
        cast.act(case, "rework", cast.callback, note="还是不行")
    with pytest.raises(ActionRefused, match="请先登记回访"):
        cast.act(case, "sign_off", cast.callback, code="ruled", note="研判")


def test_after_a_rework_three_attempts_are_made_again(cast: Cast) -> None:
    case = _sent_back_and_answered_again(cast)
    for n in range(3):
        case = cast.act(case, "call_back", cast.callback, DAY + timedelta(hours=n + 2),
                        channel="phone", outcome="unreachable")  # fmt: skip

    case = cast.act(case, "sign_off", cast.callback, code="unreachable")

    assert case.status == "closed"


def test_a_merged_reporter_answers_again_after_the_host_was_reworked(cast: Cast) -> None:
    host, other = cast.case_at("in_progress"), cast.report("同一处漏水")
    other = cast.act(other, "merge", cast.dispatcher, into=host.pk)
    for reply, resolved in (("修好了", False), ("再次修好", True)):
        host = cast.act(host, "submit_result", cast.handler, reply=reply)
        host = cast.act(host, "approve", cast.reviewer)
        other = cast.act(other, "answer_as_reporter", as_reporter(), resolved=resolved)
        if not resolved:
            host = cast.act(host, "answer_as_reporter", as_reporter(), resolved=False)
            host = cast.act(host, "rework", cast.callback, note="请再看")

    assert other.resolved is True
    assert other.callbacks.count() == 2
