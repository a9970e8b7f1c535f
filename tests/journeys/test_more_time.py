"""Extension and suspension: asked by the unit, decided by somebody else, and the date moves."""

from __future__ import annotations

import pytest

from tests.journeys import resident as residents
from tests.journeys.town import Town

pytestmark = pytest.mark.journey

PLEA = "配件要从昆明调，先用抱箍临时止漏。"


def test_a_granted_extension_moves_the_date_on_both_screens(town: Town) -> None:
    """Dispatched on 09-30, five workdays: 10-13. Three more: 10-16 (golden vector of deadlines)."""
    case = town.case_at("in_progress")
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees("10月13日（周二）前答复您")
    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.act(
        "申请延期", {"延长多少": "3", "理由": "等配件", "告知诉求人的话": PLEA}, then="办理中"
    )
    residents.follow(resident, case.number, tail="1234")
    resident.sees_not(PLEA)

    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.sees("待裁定延期")
    dispatcher.opens(case.number)
    dispatcher.sees("延长 3")
    dispatcher.act("同意延期", then="办理中")

    residents.follow(resident, case.number, tail="1234")
    resident.sees("10月16日（周五）前答复您", "办理时间已延长，原因见说明", PLEA)
    handler.opens(case.number)
    handler.may_not("申请延期")
    handler.main.get_by_text("还剩").first.click()
    handler.sees("到期 10-16")


def test_a_suspension_stops_the_clock_until_it_is_resumed(town: Town) -> None:
    """Five workdays from 09-30: 10-08 counts, then it stands until 11-09, then four more: 11-12."""
    case = town.case_at("in_progress")
    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.act("申请挂账", {
        "原因": "资金", "责任领导": "分管副市长", "预计解决日期": "2026-12-31",
        "阶段性措施": "先用抱箍止漏，每周巡查一次", "告知诉求人的话": "整栋换管要列入明年预算。",
    }, then="办理中")  # fmt: skip

    town.clock.set("2026-10-09 10:00")
    supervisor = town.staff(town.cast.supervisor)
    supervisor.opens(case.number)
    supervisor.sees("挂账待裁定", "资金")
    supervisor.act("同意挂账", {}, then="挂账")
    supervisor.looks_right()

    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees("暂时无法解决，已列入跟踪", "整栋换管要列入明年预算。")
    resident.looks_right()
    handler.opens(case.number)
    handler.sees("停表中")
    handler.may_not("提交办理结果")

    town.clock.set("2026-11-09 10:00")
    supervisor.opens(case.number)
    supervisor.act("恢复办理", then="办理中")
    residents.follow(resident, case.number, tail="1234")
    resident.sees("正在办理", "条件具备，恢复办理", "11月12日（周四）前答复您")
    handler.opens(case.number)
    handler.may("提交办理结果")
