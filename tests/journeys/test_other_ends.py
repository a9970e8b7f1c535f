"""Ends beside the sign-off, and help from above: answered, told, declined, terminated, escalated, split."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.cases.models import Case
from tests.journeys import resident as residents
from tests.journeys.town import Town
from tests.journeys.visitor import sender

pytestmark = pytest.mark.journey

REPLY = "物业维修资金由业主大会决定，请先向业委会提出。"
ENDS: list[tuple[str, dict[str, Any], str, str]] = [
    ("当场答复", {"答复内容": REPLY}, "即时答复", "已当场答复"),
    ("告知法定途径", {"法定途径": "行政复议", "告知内容": REPLY}, "告知法定途径", "已告知"),
    ("不予受理", {"原因": "超出政府职责", "给诉求人的解释": REPLY}, "不予受理", "已说明原因"),
]


@pytest.mark.parametrize(
    ("action", "answers", "then", "told"), ENDS, ids=["answered", "told", "declined"]
)
def test_the_desk_ends_what_needs_no_unit(
    town: Town, action: str, answers: dict[str, Any], then: str, told: str
) -> None:
    case = town.case_at("registered")
    desk = town.staff(town.cast.desk)
    desk.opens(case.number)

    desk.act(action, answers, then=then)

    desk.looks_right()
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees(told, REPLY)
    resident.sees_not("解决了吗？")
    resident.looks_right()


def test_a_termination_is_asked_granted_and_explained(town: Town) -> None:
    case = town.case_at("in_progress")
    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.act("申请终止", {
        "原因": "诉求人拒配合致无法办理", "依据": "热线管理办法第二十条", "给诉求人的书面说明": REPLY,
    }, then="办理中")  # fmt: skip
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees_not(REPLY)

    supervisor = town.staff(town.cast.supervisor)
    supervisor.sees("待裁定终止")
    supervisor.opens(case.number)
    supervisor.act("同意终止", {}, then="终止")

    supervisor.looks_right()
    residents.follow(resident, case.number, tail="1234")
    resident.sees("已终止办理，已说明原因", REPLY)


def test_a_case_is_consulted_upon_and_escalated(town: Town) -> None:
    case = town.case_at("in_progress")
    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.opens(case.number)
    dispatcher.act(
        "会商纪要", {"参加单位": ["市公安局", "云富街道"], "会商结论": "由住建牵头，街道配合"},
        then="办理中",
    )  # fmt: skip
    leader = town.staff(town.cast.leader)
    leader.opens(case.number)
    leader.sees("由住建牵头，街道配合", "市公安局")
    leader.act("提级", {"提级理由": "涉及三个单位"}, then="办理中")

    leader.may_not("提级")
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees("已提级协调")


def test_a_parent_is_not_signed_off_silently_over_its_child(town: Town) -> None:
    case = town.case_at("in_progress")
    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.opens(case.number)
    dispatcher.act("拆出下级件", {"下级件要办的事": "请供水公司检修主管阀门"}, then="办理中")
    child = Case.objects.get(parent=case)
    dispatcher.opens(child.number)
    dispatcher.sees("请供水公司检修主管阀门", case.number)
    dispatcher.sees_not("138****1234")
    at = town.clock.now()
    town.cast.act(case, "submit_result", town.cast.handler, at, reply="已换管")
    town.cast.act(case, "approve", town.cast.reviewer, at)
    town.cast.act(case, "call_back", town.cast.callback, at, channel="phone", outcome="reached",
                  resolved=True, satisfied="satisfied")  # fmt: skip

    callback = town.staff(town.cast.callback)
    callback.opens(case.number)
    form = callback.form_of("销号")
    callback.fill("销号类型", "满意销号", within=form)
    with callback.refused(422):
        sender(form, "销号").click()
        callback.sees("请确认这件下级件继续单独办理")
    callback.looks_right()
    callback.fill(child.number, True)
    callback.press("销号")
    callback.told("现在是“办结”")

    dispatcher.opens(child.number)
    dispatcher.may("派单")
