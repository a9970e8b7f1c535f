"""Reclassify, children, links, statements."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from huiyin.cases import selectors
from huiyin.cases.models import Case, StatementRequest
from huiyin.cases.rules import events
from huiyin.cases.selectors.waiting import inbox
from huiyin.cases.services import linking, sealing
from huiyin.cases.services.steps import ActionRefused
from huiyin.org.rules.grants import ActingPost
from tests.cast import DAY, Cast, as_reporter, at


def local_day(case: Case) -> str:
    assert case.due_at is not None
    return case.due_at.astimezone(DAY.tzinfo).date().isoformat()


def test_a_corrected_kind_moves_the_due_date_counted_from_the_same_dispatch(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    assert local_day(case) == "2026-10-13"

    case = cast.act(case, "reclassify", cast.dispatcher, at("2026-10-08 10:00"), kind="complaint",
                    urgency="normal", note="实为投诉")  # fmt: skip

    assert local_day(case) == "2026-10-20"
    bodies = [json.loads(e.body) for e in case.events.order_by("seq")]
    assert events.replay(bodies) == events.projected(case)


def test_the_order_of_extension_and_correction_makes_no_difference(cast: Cast) -> None:
    def extended(case: Case) -> Case:
        case = cast.act(case, "ask_extension", cast.handler, at("2026-10-08 10:00"), amount=2,
                        note="等料", reply="等料")  # fmt: skip
        return cast.act(case, "grant_extension", cast.supervisor, at("2026-10-08 11:00"))

    def corrected(case: Case) -> Case:
        return cast.act(case, "reclassify", cast.dispatcher, at("2026-10-08 12:00"),
                        kind="complaint", urgency="normal", note="实为投诉")  # fmt: skip

    first = corrected(extended(cast.case_at("in_progress")))
    second = extended(corrected(cast.case_at("in_progress")))

    assert local_day(first) == local_day(second) == "2026-10-22"


def test_a_parent_asks_about_each_open_child_before_it_closes(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    case = cast.act(case, "split", cast.dispatcher, text="请供水公司先关阀门")
    child = Case.objects.get(parent=case)
    assert (child.status, child.contacts.count()) == ("awaiting_dispatch", 0)
    case = cast.act(case, "submit_result", cast.handler, reply="已修好")
    case = cast.act(case, "approve", cast.reviewer)
    case = cast.act(case, "call_back", cast.callback, channel="phone", outcome="reached",
                    resolved=True, satisfied="satisfied")  # fmt: skip

    with pytest.raises(ActionRefused, match="还有 1 件下级件未办结"):
        cast.act(case, "sign_off", cast.callback, code="satisfied")
    case = cast.act(case, "sign_off", cast.callback, code="satisfied", children={child.pk: "keep"})

    child.refresh_from_db()
    assert (case.status, child.status) == ("closed", "awaiting_dispatch")


def test_whom_a_case_is_about_explains_itself_without_seeing_the_case(cast: Cast) -> None:
    case = cast.report("物业乱收费，张三说的", about_unit_id=cast.firm.pk, kind="complaint")
    case = cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk)
    case = cast.act(case, "ask_statement", cast.dispatcher, question="请说明停车费公示情况")
    asked = StatementRequest.objects.get()

    linking.answer_statement(request=asked, text="已在公示栏张贴", by=cast.firm_manager, at=DAY)

    received = case.events.get(action="statement_received")
    assert received.data["by"] == "杨经理"
    assert case.words.get(key="statement").text == "已在公示栏张贴"
    assert not selectors.visible_to([cast.firm_manager], day=DAY.date()).exists()
    with pytest.raises(ActionRefused, match="已经答复过"):
        linking.answer_statement(request=asked, text="再说", by=cast.firm_manager, at=DAY)


def test_a_statement_is_asked_only_of_whom_the_case_is_about(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    with pytest.raises(ActionRefused, match="没有登记被反映的单位"):
        cast.act(case, "ask_statement", cast.dispatcher, question="请说明")


def _answered_with_a_merged_case(cast: Cast) -> tuple[Case, Case]:
    host, other = cast.case_at("in_progress"), cast.report("同一处漏水，三栋都没水了")
    other = cast.act(other, "merge", cast.dispatcher, into=host.pk)
    host = cast.act(host, "submit_result", cast.handler, reply="已修好")
    return cast.act(host, "approve", cast.reviewer), other


def _asked(cast: Cast, post: ActingPost) -> list[tuple[str, int]]:
    return [(row.waiting.code, row.case.pk) for row in inbox([post], now=DAY).rows]


def test_each_merged_reporter_waits_for_a_callback_of_the_own(cast: Cast) -> None:
    host, other = _answered_with_a_merged_case(cast)
    assert ("call_back_merged", other.pk) in _asked(cast, cast.callback)
    host = cast.act(host, "call_back", cast.callback, channel="phone", outcome="reached",
                    resolved=True, satisfied="satisfied")  # fmt: skip

    with pytest.raises(ActionRefused, match=f"并入的 {other.number} 还没有回访"):
        cast.act(host, "sign_off", cast.callback, code="satisfied")

    cast.act(other, "call_back", cast.callback, channel="phone", outcome="reached", resolved=True,
             satisfied="fair")  # fmt: skip
    assert ("call_back_merged", other.pk) not in _asked(cast, cast.callback)
    assert cast.act(host, "sign_off", cast.callback, code="satisfied").status == "closed"


def test_a_merged_reporter_who_says_no_sends_the_case_back(cast: Cast) -> None:
    host, other = _answered_with_a_merged_case(cast)
    host = cast.act(host, "call_back", cast.callback, channel="phone", outcome="reached",
                    resolved=True, satisfied="satisfied")  # fmt: skip
    cast.act(other, "answer_as_reporter", as_reporter(), resolved=False)

    with pytest.raises(ActionRefused, match=f"并入的 {other.number} 说没有解决"):
        cast.act(host, "sign_off", cast.callback, code="satisfied")
    host = cast.act(host, "rework", cast.callback, note="三栋还没有水")
    assert host.status == "in_progress"

    host = cast.act(
        host, "submit_result", cast.handler, DAY + timedelta(hours=2), reply="三栋也通了"
    )
    cast.act(host, "approve", cast.reviewer, DAY + timedelta(hours=3))
    assert ("call_back_merged", other.pk) in _asked(cast, cast.callback)


def test_a_merged_reporter_is_heard_when_the_host_was_answered(cast: Cast) -> None:
    host, other = cast.case_at("in_progress"), cast.report("同一处漏水")
    other = cast.act(other, "merge", cast.dispatcher, into=host.pk)
    with pytest.raises(ActionRefused, match="还没有答复"):
        cast.act(other, "answer_as_reporter", as_reporter(), resolved=True)
    host = cast.act(host, "submit_result", cast.handler, reply="修好了")
    cast.act(host, "approve", cast.reviewer)

    other = cast.act(other, "answer_as_reporter", as_reporter(), resolved=False)

    assert (other.status, other.resolved) == ("merged", False)
    assert other.callbacks.get().outcome == "reached"


def test_a_voice_report_is_written_down_by_a_person_once(cast: Cast) -> None:
    case = cast.report("（语音，待听写）", channel="voice")

    case = cast.act(case, "write_down", cast.desk, text="我家楼上漏水，电话 13800001234")

    assert case.title == "我家楼上漏水，电话 138****1234"
    assert case.words.filter(key="text").order_by("-seq").first().public is True
    assert sealing.verify_case(case, list(case.events.order_by("seq"))) == []
    with pytest.raises(ActionRefused, match="已写成文字"):
        cast.act(case, "write_down", cast.desk, text="再写")
