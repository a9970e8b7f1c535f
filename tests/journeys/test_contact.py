"""Who may know who reported: three choices, each look recorded, and what nobody in line sees."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiyin.base.models import AuditRow
from huiyin.cases.models import Case
from huiyin.cases.services.filing import Contact
from tests.journeys import resident as residents
from tests.journeys.town import Town

pytestmark = pytest.mark.journey


def test_the_unit_sees_a_phone_only_with_a_reason_that_is_kept(town: Town) -> None:
    case = town.case_at("in_progress")
    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.sees("138****1234")
    handler.sees_not("13800001234")

    handler.main.get_by_text("查看姓名、电话、门牌").first.click()
    handler.fill("事由", "首次联系诉求人")
    handler.press("查看")
    handler.sees("13800001234", "甲居民", "本次查看已记入审计，事由：首次联系诉求人")
    handler.looks_right()

    handler.opens(case.number)
    handler.sees_not("13800001234")
    looked = AuditRow.objects.filter(subject=f"case:{case.number}").latest("pk")
    assert (looked.person_name, looked.reason) == ("卫承办", "首次联系诉求人")


def test_a_relayed_contact_is_hidden_from_the_unit_and_relayed_by_the_desk(town: Town) -> None:
    relayed = (Contact(name="辛居民", phone="13600007788", choice="relay"),)
    case = town.case_at("in_progress", contacts=relayed)
    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.sees_not("7788", "辛")
    expect(handler.main.get_by_text("查看姓名、电话、门牌")).to_have_count(0)

    desk = town.staff(town.cast.desk)
    desk.sees("待转接联系")
    desk.opens(case.number)
    desk.act("转接登记首次联系", then="办理中")

    handler.opens(case.number)
    handler.sees("转接登记首次联系")


def test_an_accusation_of_an_official_goes_to_nobody_in_line(town: Town) -> None:
    resident = town.passer_by()
    resident.go(f"/report/?place=c{town.cast.compound.pk}")
    resident.fill("一两句话就行", "举报某局局长收受贿赂，给亲戚批项目")
    asked = resident.main.get_by_role("heading", name="您反映的是公职人员贪污受贿")
    expect(asked).to_be_visible()
    resident.looks_right()
    resident.press("下一步：怎么联系您")
    resident.fill("手机号", residents.PHONE_NUMBER)
    resident.press("送出反映")

    resident.sees("这类问题请找专门的机关", "12388", "12380", "没有派给任何单位")
    resident.looks_right()
    number = Case.objects.get().number
    for post in (town.cast.desk, town.cast.dispatcher, town.cast.supervisor, town.cast.leader):
        visitor = town.staff(post)
        visitor.sees_not(number, "收受贿赂")
        with visitor.refused(404):
            visitor.go(f"/work/cases/{number}/")
        visitor.sees_not("收受贿赂")


def test_a_neighbour_adds_a_voice_without_reading_a_word(town: Town) -> None:
    case = town.case_at("in_progress", text="楼道灯坏了，晚上老人摔过跤", category="公共照明")
    neighbour = town.passer_by("neighbour")
    neighbour.go(f"/report/?place=c{town.cast.compound.pk}")
    neighbour.sees("这里正在办的", "公共照明", "1 人反映")
    neighbour.sees_not("摔过跤")
    neighbour.follow("同一个问题：加上我的声音")
    neighbour.looks_right()
    neighbour.fill("手机号", residents.PHONE_NUMBER)
    neighbour.main.get_by_role("button", name="加上").click()

    neighbour.sees("已加上您的声音")
    neighbour.sees_not(case.number, "摔过跤")
    neighbour.looks_right()
    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.sees("我也遇到")
