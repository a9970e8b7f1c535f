"""One report all the way round, and the rules that bind on the way."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from huiyin.cases.models import Assignment, Case, CaseDuty, CaseEvent, CaseRequest
from huiyin.cases.rules import events, words
from huiyin.cases.services.steps import ActionRefused
from tests.cast import DAY, Cast, as_reporter, at


def replayed(case: Case) -> dict[str, object]:
    import json

    bodies = [json.loads(e.body) for e in case.events.order_by("seq")]
    return events.replay(bodies)


def test_a_report_goes_all_the_way_round(cast: Cast) -> None:
    case = cast.case_at("closed")

    assert case.status == words.CLOSED
    assert [e.action for e in case.events.order_by("seq")] == [
        "reported", "admitted", "dispatched", "accepted", "result_submitted", "approved",
        "called_back", "signed_off",
    ]  # fmt: skip
    assert case.met_deadline is True
    assert replayed(case) == events.projected(case)


def test_the_clock_runs_from_dispatch_over_the_holiday(cast: Cast) -> None:
    case = cast.report(at=at("2026-09-30 08:00"))

    case = cast.act(case, "dispatch", cast.dispatcher, at("2026-09-30 16:05"), lead=cast.housing.pk)

    handle = case.deadlines.get(what="handle")
    assert handle.due_at.astimezone(DAY.tzinfo).date().isoformat() == "2026-10-13"
    assert handle.explanation.startswith("09-30")
    assert "10-01 至 10-07 放假" in handle.explanation
    assert "10-10 补班计入" in handle.explanation
    assert case.due_at == handle.due_at


def test_who_handled_cannot_sign_off_even_in_another_post(cast: Cast) -> None:
    from dataclasses import replace

    case = cast.case_at("awaiting_callback")
    moonlighting = replace(cast.callback, person_id=cast.handler.person_id)

    with pytest.raises(ActionRefused, match="已承担“办理”"):
        cast.act(case, "call_back", moonlighting, channel="phone", outcome="unreachable")


def test_the_database_refuses_a_second_duty_of_one_person(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")

    with pytest.raises(IntegrityError, match="finder_handler_and_checker_are_distinct"):
        CaseDuty.objects.create(case=case, round=1, person_id=cast.handler.person_id, duty="check")


def test_an_event_without_its_duty_cannot_be_written(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")

    with pytest.raises(IntegrityError, match="an_event_stands_on_its_duty"):
        CaseEvent.objects.create(
            case=case, seq=99, action="signed_off", at=DAY, recorded_at=DAY, round=1,
            person_id=cast.handler.person_id, duty="check", body="{}", prev_hash="", hash="",
        )  # fmt: skip


@pytest.mark.parametrize(
    "change", ["UPDATE cases_event SET action = 'x'", "DELETE FROM cases_event"]
)
def test_the_ledger_refuses_change(cast: Cast, change: str) -> None:
    cast.report()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_community_never_leads(cast: Cast) -> None:
    case = cast.case_at("awaiting_dispatch")

    with pytest.raises(ActionRefused, match="只能协办"):
        cast.act(case, "dispatch", cast.dispatcher, lead=cast.neighbours.pk)
    with pytest.raises(IntegrityError, match="a_community_never_leads"):
        Assignment.objects.create(
            case=case, unit=cast.neighbours, unit_kind="community", role="lead", ordinal=1,
            dispatched_at=DAY,
        )  # fmt: skip


def test_a_returned_case_cannot_be_returned_twice_by_the_same_unit(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    ask = {"reason": "wrong_duty", "basis": "三定方案第三条", "proposed_unit": cast.police.pk,
           "note": "噪音由公安管"}  # fmt: skip
    case = cast.act(case, "return_case", cast.handler, at("2026-09-30 10:00"), **ask)
    case = cast.act(case, "refuse_return", cast.arbiter, at("2026-09-30 11:00"), note="属住建职责")

    assert case.status == words.IN_PROGRESS
    with pytest.raises(ActionRefused, match="只能退一次"):
        cast.act(case, "return_case", cast.handler, at("2026-09-30 12:00"), **ask)


def test_a_return_is_too_late_after_one_workday(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    with pytest.raises(ActionRefused, match="已过退单期限"):
        cast.act(
            case, "return_case", cast.handler, at("2026-10-09 09:00"), reason="wrong_duty",
            basis="三定", proposed_unit=cast.police.pk, note="不归我管",
        )  # fmt: skip


def test_a_granted_return_goes_to_another_unit_and_counts_as_a_transfer(cast: Cast) -> None:
    case = cast.case_at("awaiting_acceptance")
    case = cast.act(
        case, "return_case", cast.handler, at("2026-09-30 10:00"), reason="wrong_duty",
        basis="三定方案", proposed_unit=cast.police.pk, note="噪音",
    )  # fmt: skip

    case = cast.act(case, "grant_return", cast.arbiter, at("2026-09-30 11:00"),
                    lead=cast.police.pk, note="同意")  # fmt: skip

    assert (case.status, case.lead_id, case.transfers) == ("awaiting_acceptance", cast.police.pk, 1)
    assert case.assignments.get(unit=cast.housing).returned_at == at("2026-09-30 11:00")
    with pytest.raises(ActionRefused, match="退单已获准"):
        cast.act(case, "redispatch", cast.dispatcher, lead=cast.housing.pk, note="再派")


def test_an_extension_moves_the_due_date_and_is_granted_once(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    ask = {"amount": 3, "note": "等配件", "reply": "配件在途，最迟 10 月 16 日装好"}
    case = cast.act(case, "ask_extension", cast.handler, at("2026-10-08 10:00"), **ask)

    with pytest.raises(ActionRefused, match="您的岗位不能"):
        cast.act(case, "grant_extension", cast.handler, at("2026-10-08 11:00"))
    case = cast.act(case, "grant_extension", cast.dispatcher, at("2026-10-08 11:00"))

    assert case.due_at is not None
    assert case.due_at.astimezone(DAY.tzinfo).date().isoformat() == "2026-10-16"
    assert replayed(case) == events.projected(case)
    with pytest.raises(ActionRefused, match="一次为限"):
        cast.act(case, "ask_extension", cast.handler, at("2026-10-09 10:00"), **ask)


def test_a_suspended_case_stands_still_and_goes_on_with_what_was_left(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    case = cast.act(
        case, "ask_suspension", cast.handler, at("2026-10-08 09:00"), reason="money",
        basis="分管副局长", expected_on=at("2026-12-31 00:00").date(), note="临时围挡",
        reply="维修资金审批中",
    )  # fmt: skip
    case = cast.act(case, "grant_suspension", cast.supervisor, at("2026-10-08 10:00"))

    assert case.status == words.SUSPENDED
    case = cast.act(case, "resume", cast.supervisor, at("2026-10-12 10:00"))

    assert case.status == words.IN_PROGRESS
    assert "停表" in case.deadlines.get(what="handle").explanation
    assert case.due_at is not None
    assert case.due_at > at("2026-10-13 23:59")
    assert replayed(case) == events.projected(case)


def test_an_exclusion_takes_two_reviewers_and_only_leaves_scoring(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    case = cast.act(case, "ask_exclusion", cast.handler, reason="own_dispute", basis="合同纠纷",
                    note="属民事", files=[1])  # fmt: skip
    case = cast.act(case, "first_exclusion", cast.reviewer)

    with pytest.raises(ActionRefused, match="不能由同一人"):
        cast.act(case, "second_exclusion", cast.reviewer)
    case = cast.act(case, "second_exclusion", cast.supervisor)

    assert (case.excluded, case.status) == (True, "in_progress")
    with pytest.raises(IntegrityError, match="an_exclusion_takes_two_reviewers"):
        CaseRequest.objects.filter(case=case).update(first_by=None)


def test_unsatisfied_goes_back_and_the_third_rework_is_escalated(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")

    for _ in range(3):
        case = cast.act(case, "call_back", cast.callback, channel="phone", outcome="reached",
                        resolved=False, satisfied="dissatisfied")  # fmt: skip
        case = cast.act(case, "rework", cast.callback, note="还在漏")
        case = cast.act(case, "submit_result", cast.handler, reply="重新修过")
        case = cast.act(case, "approve", cast.reviewer)

    assert (case.reworks, case.escalated) == (3, True)
    assert case.events.filter(action="escalated_by_rule").count() == 1
    assert replayed(case) == events.projected(case)


def test_satisfied_sign_off_needs_the_reporters_word(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")

    with pytest.raises(ActionRefused, match="须回访已解决"):
        cast.act(case, "sign_off", cast.callback, code="satisfied")


def test_the_reporter_can_say_solved_in_one_tap(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")

    case = cast.act(case, "answer_as_reporter", as_reporter(), resolved=True, satisfied="satisfied")
    case = cast.act(case, "sign_off", cast.callback, code="satisfied")

    assert case.status == words.CLOSED


def test_a_relapse_opens_a_new_round(cast: Cast) -> None:
    case = cast.case_at("closed")
    case = cast.act(case, "report_relapse", as_reporter(), note="又漏了")

    case = cast.act(case, "reopen", cast.callback, note="属实")

    assert (case.status, case.round, case.closed_at) == ("awaiting_dispatch", 2, None)
    assert replayed(case) == events.projected(case)


def test_merged_reports_keep_their_number_and_can_be_taken_apart(cast: Cast) -> None:
    first, second = cast.report(), cast.report("同一处漏水")

    second = cast.act(second, "merge", cast.dispatcher, into=first.pk)

    assert (second.status, second.merged_into_id) == ("merged", first.pk)
    second = cast.act(second, "unmerge", cast.dispatcher, note="不是同一处")
    assert (second.status, second.merged_into_id) == ("awaiting_dispatch", None)


def test_whom_a_case_is_about_neither_sees_nor_leads_it(cast: Cast) -> None:
    from huiyin.cases import selectors

    case = cast.report("物业乱收费", about_unit_id=cast.firm.pk, kind="complaint")

    with pytest.raises(ActionRefused, match="不能由它主办"):
        cast.act(case, "dispatch", cast.dispatcher, lead=cast.firm.pk)
    case = cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk)
    assert not selectors.visible_to([cast.firm_manager], day=DAY.date()).filter(pk=case.pk).exists()
    assert selectors.visible_to([cast.handler], day=DAY.date()).filter(pk=case.pk).exists()


def test_two_people_at_once_one_wins_and_the_other_is_told(cast: Cast) -> None:
    from huiyin.cases.services import performing
    from huiyin.cases.services.steps import CaseChanged, in_post

    case = cast.case_at("awaiting_dispatch")
    seen = case.version
    cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk)

    with pytest.raises(CaseChanged, match="吴派单刚刚处理过此件，现在是“待签收”"):
        performing.perform(case=case.pk, action="dispatch", by=in_post(cast.arbiter), at=DAY,
                           given={"lead": cast.police.pk}, seen_version=seen)  # fmt: skip


def test_another_units_handler_cannot_accept(cast: Cast) -> None:
    case = cast.case_at("awaiting_acceptance")

    with pytest.raises(ActionRefused, match="不在您的岗位范围内"):
        cast.act(case, "accept", cast.police_handler)
