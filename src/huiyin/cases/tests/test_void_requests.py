"""What a unit asked for ends with its part in the case: nothing of it is granted to the next unit."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.cases.models import Case
from huiyin.cases.rules.timeline import facts
from huiyin.cases.services import performing
from huiyin.cases.services.steps import ActionRefused
from tests.cast import Cast, at

ASKED, GIVEN = at("2026-09-30 10:00"), at("2026-09-30 11:00")
REQUESTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "extension": ("ask_extension", "grant_extension",
                  {"amount": 3, "note": "等配件", "reply": "配件在途"}),
    "suspend": ("ask_suspension", "grant_suspension",
                {"reason": "money", "basis": "分管副局长", "note": "先围挡", "reply": "等资金",
                 "expected_on": at("2026-12-01 00:00").date()}),
    "terminate": ("ask_termination", "grant_termination",
                  {"reason": "same_facts", "basis": "条例第二十条", "reply": "已依法办结"}),
}  # fmt: skip


def _asked(cast: Cast, kind: str) -> Case:
    ask, _, given = REQUESTS[kind]
    return cast.act(cast.case_at("in_progress"), ask, cast.handler, ASKED, **given)


@pytest.mark.parametrize("kind", REQUESTS)
def test_a_redispatch_voids_what_the_former_unit_asked_for(cast: Cast, kind: str) -> None:
    case = _asked(cast, kind)

    case = cast.act(case, "redispatch", cast.dispatcher, GIVEN, lead=cast.police.pk, note="属公安")
    case = cast.act(case, "accept", cast.police_handler, at("2026-09-30 11:10"))

    request = case.requests.get(kind=kind)
    assert (request.decided_at, request.granted, request.decided_by) == (GIVEN, None, None)
    with pytest.raises(ActionRefused, match="没有待裁定的"):
        cast.act(case, REQUESTS[kind][1], cast.supervisor, at("2026-09-30 11:20"))


def test_the_timeline_says_that_the_request_is_void(cast: Cast) -> None:
    case = _asked(cast, "extension")

    case = cast.act(case, "redispatch", cast.dispatcher, GIVEN, lead=cast.police.pk, note="属公安")

    moved = case.events.get(action="redispatched")
    assert facts("redispatched", moved.data, {cast.police.pk: "市公安局"}) == [
        "主办：市公安局", "原单位未裁定的申请作废：延期",
    ]  # fmt: skip


def test_the_next_unit_may_ask_for_itself(cast: Cast) -> None:
    case = _asked(cast, "extension")
    case = cast.act(case, "redispatch", cast.dispatcher, GIVEN, lead=cast.police.pk, note="属公安")

    case = cast.act(case, "ask_extension", cast.police_handler, at("2026-09-30 11:30"), amount=2,
                    note="需现场取证", reply="正在取证")  # fmt: skip
    case = cast.act(case, "grant_extension", cast.supervisor, at("2026-09-30 11:40"))

    assert [r.granted for r in case.requests.order_by("id")] == [None, True]


def test_a_granted_return_voids_the_other_requests_of_the_unit(cast: Cast) -> None:
    case = _asked(cast, "extension")
    case = cast.act(case, "return_case", cast.handler, at("2026-09-30 10:10"), reason="wrong_duty",
                    basis="三定", proposed_unit=cast.police.pk, note="不归我管")  # fmt: skip

    case = cast.act(case, "grant_return", cast.arbiter, GIVEN, lead=cast.police.pk, note="同意")

    assert case.requests.get(kind="return").granted is True
    assert case.requests.get(kind="extension").granted is None
    assert case.events.get(action="return_granted").data["voided"] == ["extension"]


def test_an_exclusion_is_about_the_report_and_goes_on_with_another_unit(cast: Cast) -> None:
    case = cast.act(cast.case_at("in_progress"), "ask_exclusion", cast.handler, ASKED,
                    reason="malicious", basis="报警回执", note="重复虚报", files=[1])  # fmt: skip

    case = cast.act(case, "redispatch", cast.dispatcher, GIVEN, lead=cast.police.pk, note="属公安")

    assert case.requests.get(kind="exclude").decided_at is None
    assert not case.events.get(action="redispatched").data.get("voided")


def test_nothing_of_a_former_round_is_granted_in_the_next(cast: Cast) -> None:
    case = _asked(cast, "extension")
    case = cast.act(case, "submit_result", cast.handler, at("2026-09-30 10:20"), reply="修好了")
    case = cast.act(case, "approve", cast.reviewer, at("2026-09-30 10:30"))
    case = cast.act(case, "call_back", cast.callback, at("2026-09-30 10:40"), channel="phone",
                    outcome="reached", resolved=True, satisfied="fair")  # fmt: skip
    case = cast.act(case, "sign_off", cast.callback, at("2026-09-30 10:50"), code="satisfied")
    case = cast.act(case, "reopen", cast.callback, at("2026-10-12 10:00"), note="又漏")
    case = cast.act(case, "dispatch", cast.dispatcher, at("2026-10-12 10:10"), lead=cast.police.pk)

    offered = {b.action for b in performing.buttons(case, [cast.supervisor], case.opened_at)}
    assert "grant_extension" not in offered
