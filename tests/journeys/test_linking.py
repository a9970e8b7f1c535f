"""Cases that belong together, are filed wrongly, or are about somebody: merge, reclassify, statement."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiyin.cases.services.filing import Contact
from tests.cast import at
from tests.journeys import resident as residents
from tests.journeys.town import Town

pytestmark = pytest.mark.journey


def test_a_copy_is_merged_and_taken_out_again(town: Town) -> None:
    first = town.case_at("in_progress")
    second = town.cast.report(
        "三栋一单元水管漏水，楼道都是水", at=at("2026-09-30 09:55"),
        contacts=(Contact(name="乙居民", phone="13700004321", choice="direct"),),
    )  # fmt: skip
    desk = town.staff(town.cast.desk)
    desk.opens(second.number)
    desk.act("并入另一件", {"并入哪一件": first.number, "理由": "同一处漏水"}, then="已并单")
    desk.looks_right()

    neighbour = town.passer_by("neighbour")
    residents.follow(neighbour, second.number, tail="4321")
    neighbour.sees("和同一个问题合在一起办", "与同一问题合并办理，仍会单独向您回访")
    neighbour.sees_not("甲居民", "1234", first.number)
    neighbour.looks_right()

    town.clock.later(minutes=30)
    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.opens(first.number)
    dispatcher.sees(second.number)
    dispatcher.opens(second.number)
    dispatcher.act("拆出单独办", {"理由": "漏的是另一根管"}, then="待派单")
    residents.follow(neighbour, second.number, tail="4321")
    neighbour.sees("已受理，正在确定由谁来办", "已拆出单独办理")


def test_a_merged_reporter_is_asked_apart(town: Town) -> None:
    first = town.case_at("in_progress")
    second = town.cast.report(
        "三栋一单元水管漏水，楼道都是水", at=at("2026-09-30 09:55"),
        contacts=(Contact(name="乙居民", phone="13700004321", choice="direct"),),
    )  # fmt: skip
    town.cast.act(second, "merge", town.cast.desk, town.clock.now(), into=first.pk)
    neighbour = town.passer_by("neighbour")
    residents.follow(neighbour, second.number, tail="4321")
    neighbour.sees_not("解决了吗？")
    town.cast.act(first, "submit_result", town.cast.handler, town.clock.now(), reply="修好了")
    town.cast.act(first, "approve", town.cast.reviewer, town.clock.now())

    residents.follow(neighbour, second.number, tail="4321")
    neighbour.press("没有解决")
    neighbour.told("记下了：没有解决")
    neighbour.looks_right()

    resident = town.passer_by()
    residents.follow(resident, first.number, tail="1234")
    resident.sees("解决了吗？")


def test_a_corrected_kind_moves_the_date(town: Town) -> None:
    """Help has five workdays from 09-30: 10-13; a complaint has ten: 10-20."""
    case = town.case_at("in_progress")
    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.opens(case.number)
    dispatcher.act(
        "更正性质或紧急度", {"诉求性质": "投诉", "紧急度": "一般", "理由": "投诉物业不管"},
        then="办理中",
    )  # fmt: skip

    dispatcher.sees("投诉")
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees("10月20日（周二）前答复您")


def test_the_firm_that_a_case_is_about_explains_without_seeing_it(town: Town) -> None:
    words = "物业收了维修费不修，找了三次都推脱"
    case = town.cast.report(words, kind="complaint", about_unit_id=town.cast.firm.pk)
    town.cast.act(case, "admit", town.cast.desk)
    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.opens(case.number)
    dispatcher.act(
        "请被反映单位书面说明", {"请说明的事项": "请说明今年公共部位维修费的收支"}, then="待派单"
    )

    firm = town.staff(town.cast.firm_manager)
    with firm.refused(404):
        firm.go(f"/work/cases/{case.number}/")
        expect(firm.page.get_by_text(words)).to_have_count(0)
        firm.go(f"/work/?case={case.number}")
        firm.sees_not(words)
    firm.go("/work/statements/")
    firm.sees("请说明今年公共部位维修费的收支")
    firm.sees_not("推脱", case.number)
    firm.looks_right()
    firm.fill("说明", "收支明细见附表，二号楼已排期维修。")
    firm.press("送出说明")
    firm.told("说明已送出")

    dispatcher.opens(case.number)
    dispatcher.sees("收支明细见附表，二号楼已排期维修。")
    dispatcher.act("派单", {"主办单位": "市住建局"}, then="待签收")


def test_the_firm_that_a_case_is_about_cannot_be_chosen(town: Town) -> None:
    case = town.cast.report("物业不修电梯", kind="complaint", about_unit_id=town.cast.firm.pk)
    town.cast.act(case, "admit", town.cast.desk)
    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.opens(case.number)

    box = dispatcher.form_of("派单").get_by_role("combobox", name="主办单位")
    box.fill("安居物业")

    option = dispatcher.page.get_by_role("option", name="安居物业（此件反映的单位）")
    expect(option).to_have_attribute("aria-disabled", "true")
