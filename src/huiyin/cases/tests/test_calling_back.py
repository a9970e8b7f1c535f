"""Each reply is asked about anew: what was said of the last one counts no more after a rework."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from huiyin.base.kept import forget_all
from huiyin.base.models import LocalDefault
from huiyin.base.services.defaults import defaults_provider
from huiyin.cases import indicators
from huiyin.cases.models import Case
from huiyin.cases.selectors.waiting import inbox
from huiyin.cases.services import performing
from huiyin.cases.services.steps import ActionRefused, CaseChanged, in_post
from huiyin.indicators.registry import Slice
from huiyin.indicators.services import computing
from tests.cast import DAY, Cast, as_reporter, at


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
        case = cast.act(case, "call_back", cast.callback, DAY + timedelta(hours=2 * n + 2),
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


# -- which answers give rates ------------------------------------------------------------------
def _mode(mode: str) -> None:
    change = defaults_provider("local").change
    assert change is not None
    change(key="callback.mode", raw=mode, from_day=DAY.date())


def _rate(cast: Cast) -> tuple[object, int]:
    part = Slice(cast.city.path, at("2026-09-01 00:00"), at("2026-11-01 00:00"))
    value = computing.compute(indicators.RESOLUTION, part)
    return value.value, value.n


@pytest.mark.parametrize(
    ("mode", "sample", "n"), [("all", "all", 1), ("second_look", "second_look", 0)]
)
def test_the_reporters_own_answer_belongs_to_the_sample_of_the_mode(
    cast: Cast, mode: str, sample: str, n: int
) -> None:
    _mode(mode)
    case = cast.case_at("awaiting_callback")

    case = cast.act(case, "answer_as_reporter", as_reporter(), resolved=True, satisfied="satisfied")

    assert case.callbacks.get().sample == sample
    assert _rate(cast)[1] == n


def _drawn(cast: Cast, drawn: bool) -> Case:
    """A case of a random sample in which everybody is drawn, or nobody."""
    _mode("random")
    LocalDefault.objects.filter(pk="callback.sample_percent").update(value=100 if drawn else 0)
    case = cast.case_at("awaiting_callback")
    assert case.sampled is drawn
    return case


def test_who_was_not_drawn_and_answers_moves_the_case_but_no_rate(cast: Cast) -> None:
    case = _drawn(cast, False)

    case = cast.act(case, "answer_as_reporter", as_reporter(), resolved=True, satisfied="satisfied")

    assert case.callbacks.get().sample == "self"
    assert _rate(cast) == (None, 0)
    assert cast.act(case, "sign_off", cast.callback, code="satisfied").status == "closed"


def test_ringing_somebody_who_was_not_drawn_is_no_random_sample(cast: Cast) -> None:
    case = _drawn(cast, False)

    case = cast.act(case, "call_back", cast.callback, channel="phone", outcome="reached",
                    resolved=True, satisfied="satisfied")  # fmt: skip

    assert case.callbacks.get().sample == "self"


@pytest.mark.parametrize("drawn", [True, False])
def test_a_reworked_case_stays_in_the_sample_or_out_of_it(cast: Cast, drawn: bool) -> None:
    case = _drawn(cast, drawn)
    LocalDefault.objects.filter(pk="callback.sample_percent").update(value=0 if drawn else 100)
    forget_all()
    case = cast.act(case, "answer_as_reporter", as_reporter(), resolved=False)
    case = cast.act(case, "rework", cast.callback, note="请再看")
    case = cast.act(case, "submit_result", cast.handler, reply="再次修好")

    case = cast.act(case, "approve", cast.reviewer)

    assert case.sampled is drawn
    assert case.events.filter(action="approved").last().data["drawn"] is drawn


@pytest.mark.parametrize("drawn", [True, False])
def test_a_relapsed_case_stays_in_the_sample_or_out_of_it(cast: Cast, drawn: bool) -> None:
    case = _drawn(cast, drawn)
    LocalDefault.objects.filter(pk="callback.sample_percent").update(value=0 if drawn else 100)
    forget_all()
    case = cast.act(case, "answer_as_reporter", as_reporter(), resolved=True, satisfied="satisfied")
    case = cast.act(case, "sign_off", cast.callback, at("2026-10-01 09:00"), code="satisfied")
    later = at("2026-10-12 10:00")
    case = cast.act(case, "report_relapse", as_reporter(), later, note="又漏了")
    case = cast.act(case, "reopen", cast.callback, later, note="确实又漏")
    assert (case.round, case.sampled) == (2, None)

    case = cast.act(case, "dispatch", cast.dispatcher, later, lead=cast.housing.pk)
    case = cast.act(case, "accept", cast.handler, later)
    case = cast.act(case, "submit_result", cast.handler, later, reply="换了整段管子")
    case = cast.act(case, "approve", cast.reviewer, later)

    assert case.sampled is drawn


def test_the_drawn_reporters_own_answer_counts(cast: Cast) -> None:
    case = _drawn(cast, True)

    case = cast.act(case, "answer_as_reporter", as_reporter(), resolved=True, satisfied="satisfied")

    assert case.callbacks.get().sample == "random"
    assert _rate(cast)[1] == 1


def test_a_merged_reporter_was_drawn_with_the_case_that_theirs_runs_with(cast: Cast) -> None:
    host = _drawn(cast, False)
    other = Case.objects.get(pk=cast.report("同一处漏水").pk)
    other = cast.act(other, "merge", cast.dispatcher, into=host.pk)

    other = cast.act(other, "answer_as_reporter", as_reporter(), resolved=True)

    assert other.callbacks.get().sample == "self"


# -- how often, and who is left alone ----------------------------------------------------------
def _in_vain(cast: Cast, case: Case, when: datetime) -> Case:
    return cast.act(case, "call_back", cast.callback, when, channel="phone", outcome="unreachable")


def _tasks(cast: Cast, now: datetime) -> dict[str, int]:
    return {c.waiting.code: c.n for c in inbox([cast.callback], now=now).counts}


def test_three_attempts_are_not_three_entries_in_a_minute(cast: Cast) -> None:
    case = _in_vain(cast, cast.case_at("awaiting_callback"), at("2026-09-30 10:00"))

    with pytest.raises(ActionRefused, match="09-30 10:00，请 09-30 12:00 以后换个时段再试"):
        _in_vain(cast, case, at("2026-09-30 10:01"))

    assert case.callbacks.count() == 1


def test_who_rings_back_in_between_is_heard_at_once(cast: Cast) -> None:
    case = _in_vain(cast, cast.case_at("awaiting_callback"), at("2026-09-30 10:00"))

    case = cast.act(case, "call_back", cast.callback, at("2026-09-30 10:05"), channel="phone",
                    outcome="reached", resolved=True, satisfied="fair")  # fmt: skip

    assert case.resolved is True


def test_after_three_attempts_the_case_waits_for_sign_off_and_for_no_more_calls(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")
    for hour in (10, 12, 15):
        assert _tasks(cast, at(f"2026-09-30 {hour}:00")) == {"call_back": 1}
        case = _in_vain(cast, case, at(f"2026-09-30 {hour}:00"))

    now = at("2026-09-30 15:05")
    assert _tasks(cast, now) == {"sign_off": 1}
    assert "call_back" not in {b.action for b in performing.buttons(case, [cast.callback], now)}
    assert cast.act(case, "sign_off", cast.callback, now, code="unreachable").status == "closed"


def test_attempts_before_a_rework_count_no_more_in_the_inbox(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")
    for hour in (10, 12):
        case = _in_vain(cast, case, at(f"2026-09-30 {hour}:00"))
    case = cast.act(
        case, "answer_as_reporter", as_reporter(), at("2026-09-30 14:00"), resolved=False
    )
    case = cast.act(case, "rework", cast.callback, at("2026-09-30 14:10"), note="请再看")
    case = cast.act(case, "submit_result", cast.handler, at("2026-09-30 15:00"), reply="再次修好")
    case = cast.act(case, "approve", cast.reviewer, at("2026-09-30 15:10"))

    case = _in_vain(cast, case, at("2026-09-30 16:00"))

    assert _tasks(cast, at("2026-09-30 16:05")) == {"call_back": 1}


def test_who_refuses_to_answer_is_left_alone_and_in_no_denominator(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")
    case = cast.act(case, "call_back", cast.callback, at("2026-09-30 10:00"), channel="phone",
                    outcome="refused")  # fmt: skip

    now = at("2026-09-30 15:00")
    assert _tasks(cast, now) == {"sign_off": 1}
    with pytest.raises(ActionRefused, match="不再打扰"):
        _in_vain(cast, case, now)
    with pytest.raises(ActionRefused, match="请按“拒绝评价”销号"):
        cast.act(case, "sign_off", cast.callback, now, code="unreachable")
    assert _rate(cast) == (None, 0)
    case = cast.act(case, "sign_off", cast.callback, now, code="refused")
    assert (case.status, case.sign_off_code) == ("closed", "refused")


def test_who_says_solved_and_will_not_rate_it_is_signed_off_as_that(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")
    case = cast.act(case, "call_back", cast.callback, channel="phone", outcome="reached",
                    resolved=True)  # fmt: skip

    with pytest.raises(ActionRefused, match="满意销号须"):
        cast.act(case, "sign_off", cast.callback, code="satisfied")
    assert cast.act(case, "sign_off", cast.callback, code="refused").status == "closed"


def test_nobody_is_signed_off_as_refusing_who_was_not_asked_or_said_no(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")

    with pytest.raises(ActionRefused, match="才能按“拒绝评价”销号"):
        cast.act(case, "sign_off", cast.callback, code="refused")
    case = cast.act(case, "answer_as_reporter", as_reporter(), resolved=False)
    with pytest.raises(ActionRefused, match="才能按“拒绝评价”销号"):
        cast.act(case, "sign_off", cast.callback, code="refused")
