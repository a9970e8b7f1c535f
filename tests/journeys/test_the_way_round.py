"""One report all the way round: resident, desk, dispatcher, unit, support, reviewer, callback."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import resident as residents
from tests.journeys.town import Town

pytestmark = pytest.mark.journey

TEXT = "三栋一单元二楼管道漏水，水流到楼道里，老人走路怕滑倒"
REPLY = "已更换二楼破裂的水管，试压正常，楼道积水已清理。"


def test_a_report_comes_back_solved_and_verified(town: Town) -> None:
    resident = town.passer_by()
    number = residents.report(resident, TEXT, contact={"手机号": residents.PHONE_NUMBER, "怎么称呼您": "甲居民"})  # fmt: skip
    resident.looks_right()
    residents.follow(resident, number)
    resident.sees("已收到，等待受理", "水富市政务热线受理中心", "收到您的反映")
    resident.looks_right()

    desk = town.staff(town.cast.desk)
    desk.sees("待受理", number)
    desk.looks_right()
    desk.follow("三栋一单元二楼管道漏水")
    desk.sees(TEXT, "新天地小区")
    desk.looks_right()
    desk.press("受理")
    desk.told("现在是“待派单”")

    town.clock.later(minutes=10)
    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.follow("三栋一单元二楼管道漏水")
    expect(dispatcher.main.get_by_role("article", name=number)).to_be_visible()
    dispatcher.act("派单", {"主办单位": "市住建局", "协办单位": ["云富街道"]}, then="待签收")

    town.clock.later(minutes=20)
    handler = town.staff(town.cast.handler)
    handler.go(f"/work/cases/{number}/")
    handler.looks_right()
    handler.sees("139****5678")
    handler.act("签收", then="办理中")
    handler.act("登记首次联系", {"怎样联系的": "电话接通"}, then="办理中")
    residents.follow(resident, number)
    resident.sees("正在办理", "卫承办", "承办单位已联系", "由市住建局办理")

    supporter = town.staff(town.cast.other_handler)
    supporter.go(f"/work/cases/{number}/")
    supporter.may_not("提交办理结果")
    supporter.act("反馈协办结果", {"协办结果": "已疏通楼道，铺了防滑垫"}, then="办理中")

    town.clock.set("2026-10-08 10:00")
    handler.go(f"/work/cases/{number}/")
    handler.sees("已疏通楼道，铺了防滑垫")
    handler.act("提交办理结果", {"给诉求人的答复": REPLY}, then="待审核")
    residents.follow(resident, number)
    resident.sees("已办理，正在核对结果")
    resident.sees_not(REPLY)

    town.clock.later(minutes=30)
    reviewer = town.staff(town.cast.reviewer)
    reviewer.follow("三栋一单元二楼管道漏水")
    reviewer.sees(REPLY)
    reviewer.press("审核通过")
    reviewer.told("现在是“待回访”")

    residents.follow(resident, number)
    resident.sees("解决了吗？", REPLY)
    resident.looks_right()
    resident.press("已解决，满意")
    resident.told("记下了：已解决，满意")
    resident.looks_right()

    town.clock.later(hours=1)
    callback = town.staff(town.cast.callback)
    callback.sees("待销号")
    callback.go(f"/work/cases/{number}/")
    callback.act("销号", {"销号类型": "满意销号"}, then="办结")
    callback.looks_right()

    residents.follow(resident, number)
    resident.sees("已办结并核实", REPLY, "未被改动")
    expect(resident.main.get_by_role("heading", name="已办结并核实")).to_be_visible()
    resident.looks_right()


def test_a_report_without_javascript_is_followed_by_number_and_tail(town: Town) -> None:
    resident = town.passer_by(scripts=False)

    shown = residents.report(resident, "路灯坏了一个星期，晚上看不见路")

    resident.sees("接下来", "已收到")
    residents.follow(resident, shown)
    resident.sees("已收到，等待受理", "路灯坏了一个星期")


def test_a_report_without_a_phone_is_followed_by_its_code(town: Town) -> None:
    resident = town.passer_by()
    shown = residents.report(resident, "小区门口的井盖松了", contact={})
    code = residents.code_of(resident)

    another_browser = town.passer_by("at-home")
    residents.follow(another_browser, shown, tail=code)

    another_browser.sees("已收到，等待受理")


def test_a_wrong_tail_opens_nothing_and_says_what_to_do(town: Town) -> None:
    shown = residents.report(town.passer_by(), "小区门口的井盖松了")

    stranger = town.passer_by("stranger")
    stranger.go("/track/")
    stranger.fill("编号", shown)
    stranger.fill("手机号后四位", "0000")
    stranger.press("看进度")

    expect(stranger.page.get_by_role("alert")).to_contain_text("尾号")
    stranger.sees_not("井盖")
