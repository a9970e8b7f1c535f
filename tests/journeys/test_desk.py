"""The phone desk by keyboard, findings on the spot, and a workbook: three ways in beside the web."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Locator, expect

from huiyin.cases.models import Case
from huiyin.intake import tasks
from huiyin.intake.models import ImportRun
from tests.journeys import resident as residents
from tests.journeys.town import Town
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

SAID = "我家楼下下水道堵了，污水漫到门口，今天早上开始的"


def test_a_call_is_taken_down_without_the_mouse(town: Town) -> None:
    desk = town.staff(town.cast.desk)
    desk.go("/work/desk/")
    desk.looks_right()

    _take_a_call(desk, phone="13900005678", name="丁居民", place="新天地", at="七栋楼下", said=SAID)
    desk.sees("念给来电人听", "您反映的事已经登记")
    desk.looks_right()
    number = Case.objects.get().number
    assert number in desk.main.inner_text()

    desk.page.keyboard.press("n")
    expect(_field(desk, "电话")).to_be_focused()
    desk.page.keyboard.type("13900005678")
    desk.sees("来过 1 次", "1 件在办", "上次登记 丁", "还是新天地小区？填上")
    desk.looks_right()

    resident = town.passer_by()
    residents.follow(resident, number)
    resident.sees("已受理，正在确定由谁来办")


def _take_a_call(desk: Visitor, *, phone: str, name: str, place: str, at: str, said: str) -> None:
    """From the focused phone field to the end page, keys only."""
    keys = desk.page.keyboard
    expect(_field(desk, "电话")).to_be_focused()
    keys.type(phone)
    keys.press("Enter")
    expect(_field(desk, "称呼")).to_be_focused()
    keys.type(name)
    _on_to(desk, "地点")
    keys.type(place)
    expect(desk.page.get_by_role("option", name="新天地小区")).to_be_visible()
    keys.press("Enter")
    expect(_field(desk, "具体位置")).to_be_focused()
    keys.type(at)
    _on_to(desk, "来电人原话")
    with desk.page.expect_response("**/work/desk/hints/"):
        keys.type(said)
    keys.press("Control+Enter")
    expect(desk.main.get_by_role("heading", name="已登记并受理")).to_be_visible()


def _field(desk: Visitor, label: str) -> Locator:
    return desk.main.get_by_label(re.compile(rf"^\s*{label}")).first


def _on_to(desk: Visitor, label: str) -> None:
    """Tab until that field has the focus."""
    for _ in range(6):
        if _field(desk, label).evaluate("e => e === document.activeElement"):
            return
        desk.page.keyboard.press("Tab")
    expect(_field(desk, label)).to_be_focused()


def test_danger_on_the_phone_is_said_before_anything_else(town: Town) -> None:
    desk = town.staff(town.cast.desk)
    desk.go("/work/desk/")

    desk.fill("来电人原话", "楼道里有浓烟，好像着火了")

    expect(desk.main.get_by_role("alert")).to_contain_text("119")
    expect(desk.main.get_by_role("alert")).to_contain_text("先请来电人打这个电话，再登记")
    desk.looks_right()


def test_what_is_put_right_on_the_spot_and_what_is_passed_on(town: Town) -> None:
    worker = town.staff(town.colleague("秦网格", town.cast.neighbours, "grid_worker"))
    worker.go("/work/on-spot/")
    worker.looks_right()
    worker.fill("在哪里", "新天地小区")
    worker.fill("看到什么", "二栋楼道堆了旧沙发，挡住消防门")
    worker.press("已当场办好")
    expect(worker.page.get_by_role("alert")).to_contain_text("怎么办好的")
    worker.fill("怎么办好的", "和住户一起搬走了")
    worker.press("已当场办好")
    expect(worker.page).to_have_url(re.compile("/on-spot/done/"))
    worker.looks_right()
    solved = Case.objects.get()
    assert (solved.status, solved.assignments.count()) == ("closed", 0)

    worker.go("/work/on-spot/")
    worker.fill("在哪里", "新天地小区")
    worker.fill("看到什么", "小区围墙裂了一道缝，往外斜")
    worker.press("没办好，上报")
    expect(worker.page).to_have_url(re.compile("/on-spot/done/"))

    passed_on = Case.objects.exclude(pk=solved.pk).get()
    desk = town.staff(town.cast.desk)
    desk.sees("待受理", passed_on.number)
    desk.opens(passed_on.number)
    desk.act("受理", then="待派单")


ROWS = (
    ("编号", "来电时间", "诉求内容", "联系电话", "姓名", "小区"),
    (
        "A-1",
        "2026年9月28日",
        "三单元电梯停了两天，老人下不了楼",
        "13900001111",
        "戊居民",
        "新天地小区",
    ),
    ("A-2", "2026.9.29", "小区门口垃圾三天没有清运", "13900002222", "己居民", "新天地小区"),
    ("A-3", "2026-09-29", "", "13900003333", "庚居民", "新天地小区"),
)


def test_a_workbook_is_looked_at_imported_and_receipted(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "九月来电.xlsx"
    _workbook(path)
    clerk = town.staff(town.colleague("许统计", town.cast.centre, "statistician"))
    clerk.go("/work/import/")
    clerk.fill("表格文件", path)
    clerk.press("上传并核对")
    clerk.sees("核对后再登记", "三单元电梯停了两天", "拒绝")
    clerk.sees_not("13900001111")
    clerk.looks_right()
    clerk.press("开始导入")
    clerk.sees("可以离开这一页")

    tasks.import_reports(run=ImportRun.objects.get().pk)

    link = clerk.main.get_by_role("link", name="下载逐行回单")
    expect(link).to_be_visible()
    clerk.looks_right()
    with clerk.page.expect_download() as download:
        link.click()
    receipt = tmp_path / "回单.xlsx"
    download.value.save_as(receipt)
    sheets = load_workbook(receipt).worksheets
    told = "\n".join(
        "\t".join(str(c) for c in row if c) for s in sheets for row in s.iter_rows(values_only=True)
    )
    for number in Case.objects.values_list("number", flat=True):
        assert number in told
    assert Case.objects.count() == 2 and "A-3" in told


def _workbook(path: Path) -> None:
    """As offices make them: a merged title above the header, a total below."""
    book = Workbook()
    sheet = book.active
    sheet.append(["九月群众来电登记表"])
    sheet.merge_cells("A1:F1")
    for row in ROWS:
        sheet.append(row)
    sheet.append(["合计", "", "3 件"])
    book.save(path)
