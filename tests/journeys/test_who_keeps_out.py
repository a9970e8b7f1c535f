"""Recusal and handover: who keeps out of a case, and who takes it on by name."""

from __future__ import annotations

import pytest

from tests.journeys import resident as residents
from tests.journeys.town import Town

pytestmark = pytest.mark.journey


def test_a_recusal_is_entered_and_obeyed(town: Town) -> None:
    case = town.case_at("awaiting_acceptance")
    colleague = town.staff(town.colleague("孙承办", town.cast.housing, "handler"))
    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.may("签收")

    supervisor = town.staff(town.cast.supervisor)
    supervisor.go("/work/recusals/")
    supervisor.sees("还没有回避登记")
    supervisor.fill("回避人员", "卫承办")
    supervisor.fill("对哪个小区", "新天地小区")
    supervisor.fill("事由", "本人家住该小区")
    supervisor.press("登记回避")
    supervisor.told("回避已登记，从现在起生效")
    supervisor.sees("卫承办", "新天地小区", "本人家住该小区")
    supervisor.looks_right()

    with handler.refused(404):
        handler.press("签收")
    with handler.refused(404):
        handler.go(f"/work/cases/{case.number}/")
        handler.sees("不在您能看到的范围里")
    colleague.opens(case.number)
    colleague.act("签收", then="办理中")


def test_a_post_that_ends_hands_its_cases_over_by_name(town: Town) -> None:
    case = town.case_at("in_progress")
    town.account(town.cast.handler)
    colleague = town.colleague("孙承办", town.cast.housing, "handler")
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees("卫承办")
    administrator = town.staff(town.colleague("李系统", town.cast.centre, "system_admin"))
    administrator.go("/work/accounts/")
    administrator.follow("卫承办")
    administrator.confirm("结束岗位", {"最后一天": "2026-09-30"})
    administrator.told("岗位已结束")
    town.clock.set("2026-10-08 09:00")

    taker = town.staff(colleague)
    taker.go("/work/handovers/")
    taker.sees("卫承办", "待接手", case.number)
    taker.looks_right()
    taker.press("由我接手")
    taker.told("已接手 1 件")
    taker.sees("已接手")

    taker.opens(case.number)
    taker.sees("承办人 孙承办", "卫承办 市住建局·承办人")
    taker.act("登记首次联系", {"怎样联系的": "到场见面"}, then="办理中")
    residents.follow(resident, case.number, tail="1234")
    resident.sees("孙承办", "承办人已更换")
