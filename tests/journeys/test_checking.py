"""What checks the work: callback and rework, exclusion by two, supervision step by step, relapse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.journeys import resident as residents
from tests.journeys.town import Town

pytestmark = pytest.mark.journey


def test_an_unsatisfied_callback_sends_the_work_back_until_it_is_solved(town: Town) -> None:
    case = town.case_at("awaiting_callback")
    callback = town.staff(town.cast.callback)
    callback.sees("待回访")
    callback.opens(case.number)
    callback.act("登记回访", {
        "回访方式": "电话", "结果": "已联系上", "问题解决了吗": "否", "满意吗": "不满意",
        "诉求人的话": "换了管子还是漏",
    }, then="待回访")  # fmt: skip
    callback.act("发回重办", {"重办要求": "三楼接头仍在漏，请一并处理"}, then="办理中")
    callback.looks_right()
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees("正在办理", "您反映尚未解决，已发回重办")

    town.clock.later(days=8)
    handler = town.staff(town.cast.handler)
    handler.sees("待重办")
    handler.opens(case.number)
    handler.sees("三楼接头仍在漏，请一并处理", "换了管子还是漏")
    handler.act("提交办理结果", {"给诉求人的答复": "三楼接头已更换，两层都试压。"}, then="待审核")
    reviewer = town.staff(town.cast.reviewer)
    reviewer.opens(case.number)
    reviewer.act("审核通过", then="待回访")
    residents.follow(resident, case.number, tail="1234")
    resident.sees("三楼接头已更换")
    resident.press("已解决，基本满意")
    resident.told("记下了")

    callback.opens(case.number)
    callback.act("销号", {"销号类型": "满意销号"}, then="办结")
    residents.follow(resident, case.number, tail="1234")
    resident.sees("已办结并核实")


def test_not_solved_in_one_tap_comes_back_to_the_unit(town: Town) -> None:
    case = town.case_at("awaiting_callback")
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.press("没有解决")
    resident.told("记下了：没有解决")
    resident.sees("没有解决的发回重办")

    callback = town.staff(town.cast.callback)
    callback.opens(case.number)
    callback.sees("未解决")
    callback.act("发回重办", {"重办要求": "请再到现场查看"}, then="办理中")

    residents.follow(resident, case.number, tail="1234")
    resident.sees("正在办理")
    town.cast.act(case, "submit_result", town.cast.handler, town.clock.now(), reply="已重新做防水")
    town.cast.act(case, "approve", town.cast.reviewer, town.clock.now())
    residents.follow(resident, case.number, tail="1234")
    resident.sees("解决了吗？", "已重新做防水")
    resident.press("已解决，满意")
    resident.told("记下了：已解决，满意")


def test_exclusion_takes_two_people_and_the_resident_is_still_answered(
    town: Town, tmp_path: Path
) -> None:
    proof = tmp_path / "灾情通报.jpg"
    Image.new("RGB", (40, 30), "gray").save(proof)
    case = town.case_at("in_progress")
    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.act("申请剔除", {
        "类别": "不可抗力", "依据": "水富市防汛指挥部第 3 号令", "说明": "汛期道路中断",
        "依据附件": proof,
    }, then="办理中")  # fmt: skip

    reviewer = town.staff(town.cast.reviewer)
    reviewer.sees("待剔除初审")
    reviewer.opens(case.number)
    reviewer.sees("剔除待裁定", "不可抗力")
    reviewer.act("剔除初审同意", then="办理中")
    reviewer.may_not("剔除复审同意")

    supervisor = town.staff(town.cast.supervisor)
    supervisor.sees("待剔除复审")
    supervisor.opens(case.number)
    supervisor.sees("初审已由 王审核 同意")
    supervisor.act("剔除复审同意", then="办理中")
    supervisor.looks_right()

    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees("正在办理")
    resident.sees_not("剔除")
    handler.opens(case.number)
    handler.may("提交办理结果")


def test_supervision_goes_from_reminder_to_writing_to_letter(town: Town) -> None:
    case = town.case_at("in_progress")
    town.clock.set("2026-10-14 09:30")
    supervisor = town.staff(town.cast.supervisor)
    supervisor.go("/work/supervision/")
    supervisor.sees(case.number, "市住建局")
    supervisor.looks_right()
    supervisor.follow(case.number)
    supervisor.may("催办")
    supervisor.may_not("书面督办", "发提醒函")
    supervisor.act("催办", then="办理中")
    supervisor.may_not("催办", "发提醒函")
    supervisor.act("书面督办", {"督办要求": "10 月 16 日前回复进展"}, then="办理中")
    town.clock.later(days=3)
    supervisor.opens(case.number)
    supervisor.act("发提醒函", {"提醒函内容": "逾期未复，请主要负责人阅处"}, then="办理中")
    supervisor.may_not("催办", "书面督办", "发提醒函")

    handler = town.staff(town.cast.handler)
    handler.opens(case.number)
    handler.sees("10 月 16 日前回复进展", "逾期未复，请主要负责人阅处", "提醒函")
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.sees("已超过答复时间")
    resident.sees_not("提醒函", "督办")


def test_a_relapse_reported_by_the_resident_reopens_the_case(town: Town) -> None:
    case = town.case_at("closed")
    town.clock.set("2026-10-15 20:00")
    resident = town.passer_by()
    residents.follow(resident, case.number, tail="1234")
    resident.main.get_by_text("问题又出现了").click()
    resident.fill("现在是什么情况", "昨晚二楼又开始滴水")
    resident.press("告诉你们又出现了")
    resident.told("记下了")
    resident.sees("您反映问题又出现了，正在核实")
    resident.looks_right()

    town.clock.set("2026-10-16 09:00")
    callback = town.staff(town.cast.callback)
    callback.sees("待核实反弹")
    callback.opens(case.number)
    callback.sees("昨晚二楼又开始滴水")
    callback.act("反弹重开", {"复查或反映的情况": "电话核实，确实又漏"}, then="待派单")

    residents.follow(resident, case.number, tail="1234")
    resident.sees("复查发现问题又出现，已重新办理")
    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.sees("待派单")
    dispatcher.opens(case.number)
    dispatcher.may("派单")
