"""How a case ends that the resident does not call solved, and what the office may not shorten."""

from __future__ import annotations

import pytest

from tests.journeys import resident as residents
from tests.journeys.town import Town

pytestmark = pytest.mark.journey

NO = {"回访方式": "电话", "结果": "已联系上", "问题解决了吗": "否", "满意吗": "不满意"}


def test_handed_on_only_after_a_rework_and_the_resident_reads_to_whom(town: Town) -> None:
    case = town.case_at("awaiting_callback")
    callback = town.staff(town.cast.callback)
    callback.opens(case.number)
    callback.act("登记回访", NO, then="待回访")
    callback.act("发回重办", {"重办要求": "三楼接头仍在漏"}, then="办理中")
    town.clock.later(hours=2)
    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.act("提交办理结果", {"给诉求人的答复": "已再次更换接头"}, then="待审核")
    reviewer = town.staff(town.cast.reviewer)
    reviewer.opens(case.number)
    reviewer.act("审核通过", then="待回访")
    callback.opens(case.number)
    callback.act("登记回访", NO, then="待回访")
    callback.looks_right()
    callback.act("销号", {
        "销号类型": "移交销号", "移交销号：移交给谁": "水富市供水公司", "依据": "属市政管网",
    }, then="办结")  # fmt: skip

    callback.sees("移交销号", "移交：水富市供水公司")
    callback.may_not("复查：稳固", "归档")
    callback.looks_right()
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees("已结束办理，结果见经过", "已移交水富市供水公司继续办理")
    resident.looks_right()


def test_three_calls_in_vain_take_three_times_of_day_and_end_in_the_sign_off(town: Town) -> None:
    case = town.case_at("awaiting_callback")
    callback = town.staff(town.cast.callback)
    vain = {"回访方式": "电话", "结果": "未联系上"}
    for _ in range(3):
        callback.go("/work/")
        callback.sees("待回访")
        callback.opens(case.number)
        callback.act("登记回访", vain, then="待回访")
        town.clock.later(hours=2)

    callback.go("/work/")
    callback.sees("待销号")
    callback.opens(case.number)
    callback.may_not("登记回访")
    callback.looks_right()
    callback.act("销号", {"销号类型": "未联系上"}, then="办结")
    callback.sees("未联系上")


def test_a_lead_goes_on_without_the_support_that_let_its_time_go_by(town: Town) -> None:
    case = town.case_at("awaiting_dispatch")
    cast = town.cast
    case = cast.act(case, "dispatch", cast.dispatcher, town.clock.now(), lead=cast.housing.pk,
                    support=[cast.street.pk])  # fmt: skip
    cast.act(case, "accept", cast.handler, town.clock.now())
    town.clock.set("2026-10-12 09:00")
    handler = town.staff(cast.handler)
    handler.opens(case.number)
    handler.act("提交办理结果", {"给诉求人的答复": "已更换管道"}, then="待审核")

    handler.sees("协办未按时反馈：云富街道")
    handler.looks_right()
