"""A unit hands a case back, once; the arbiter decides, and it stays decided."""

from __future__ import annotations

import pytest

from tests.journeys import resident as residents
from tests.journeys.town import Town
from tests.journeys.visitor import sender

pytestmark = pytest.mark.journey

PLEA = {
    "退单理由": "职责不符",
    "法条或三定依据": "市住建局三定规定第四条",
    "建议承办单位": "市公安局",
    "说明": "属于治安管理，不在本单位职责内",
}


def test_a_refused_return_is_not_offered_again(town: Town) -> None:
    case = town.case_at("awaiting_acceptance")
    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.act("退单", PLEA, then="退单待审")

    arbiter = town.staff(town.cast.arbiter)
    arbiter.sees("待裁定退单")
    arbiter.opens(case.number)
    arbiter.sees("退单待裁定", "职责不符", "建议由 市公安局 承办")
    arbiter.looks_right()
    arbiter.act("驳回退单", {"驳回理由": "管道属房屋共用部位，归住建"}, then="待签收")

    handler.opens(case.number)
    handler.sees("管道属房屋共用部位，归住建")
    handler.may("签收")
    handler.may_not("退单")


def test_a_granted_return_moves_the_case_and_keeps_it_from_coming_back(town: Town) -> None:
    case = town.case_at("awaiting_acceptance")
    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.act("退单", PLEA, then="退单待审")
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees("正在确定由谁来办")

    arbiter = town.staff(town.cast.arbiter)
    arbiter.opens(case.number)
    arbiter.act("准予退单并改派", {"主办单位": "市公安局", "裁定说明": "按职责改派"}, then="待签收")

    police = town.staff(town.cast.police_handler)
    police.sees(case.number)
    police.opens(case.number)
    police.act("签收", then="办理中")
    arbiter.opens(case.number)
    with arbiter.refused(409):
        form = arbiter.form_of("改派")
        arbiter.fill("主办单位", "市住建局", within=form)
        arbiter.fill("改派理由", "再请住建", within=form)
        sender(form, "改派").click()
        arbiter.sees("市住建局的退单已获准，不能再派给它")
