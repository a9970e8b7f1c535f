"""A month's file goes in: columns, preview, the job, its receipt; the same file again brings nothing."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload
from python_calamine import CalamineWorkbook

from huiyin.intake import tasks
from huiyin.intake.models import ImportRun
from tests.journeys.town import Town
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

#: A header that nobody finds by itself, a row that cannot be filed, one that ended elsewhere.
ROWS = """单据,何时,讲了什么,谁,在哪,怎么办的,办好了
A1,2026.9.1 10:00,三栋水管漏水,甲居民 13800001234,新天地小区3栋,已更换水管,2026.9.3
A2,昨天,路灯不亮,乙居民,人民路,,
A3,2026.9.5 08:00,举报违规装修砸承重墙,丙居民,新天地小区,,
"""
COLUMNS = {"诉求内容": "讲了什么", "受理时间": "何时", "编号": "单据", "诉求人": "谁",
           "地址": "在哪", "答复意见": "怎么办的", "答复时间": "办好了"}  # fmt: skip


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def choose(visitor: Visitor) -> None:
    visitor.go("/work/import/")
    visitor.looks_right()
    file: FilePayload = {"name": "九月.csv", "mimeType": "text/csv", "buffer": ROWS.encode()}
    visitor.fill("表格文件", [file])
    visitor.press("上传并核对")


def carry_out(visitor: Visitor) -> ImportRun:
    """Start, look at the page while it waits, and let the worker do its part."""
    visitor.press("开始导入")
    visitor.sees("排队中")
    visitor.looks_right()
    run = ImportRun.objects.latest("pk")
    tasks.import_reports(run=run.pk)
    run.refresh_from_db()
    return run


def test_a_file_goes_in_once_and_each_row_is_receipted(town: Town) -> None:
    statistician = town.staff(town.colleague("卫统计", town.cast.centre, "statistician"))
    choose(statistician)
    statistician.sees("没有认出“诉求内容”“受理时间”是哪一列")
    statistician.looks_right()

    for field, column in COLUMNS.items():
        statistician.fill(field, column)
    statistician.press("用这些列，看前 20 行")
    statistician.sees("前 3 行这样登记", "已办结的历史件", "举报（保密）", "看不懂的日期“昨天”")
    statistician.sees_not("13800001234", "甲居民")
    statistician.looks_right()

    first = carry_out(statistician)
    statistician.sees("已完成", "其中历史件 1")  # the page asked by itself
    statistician.looks_right()
    assert (first.new, first.refused) == (2, 1)

    with statistician.page.expect_download() as downloading:
        statistician.follow("下载逐行回单")
    with CalamineWorkbook.from_filelike(BytesIO(downloading.value.path().read_bytes())) as book:
        rows = book.get_sheet_by_name("全部").to_python()
    assert [row[-3] for row in rows[1:]] == ["新增", "拒绝", "新增"]

    town.clock.later(minutes=30)
    choose(statistician)
    statistician.sees("前 3 行这样登记")  # the columns are remembered
    second = carry_out(statistician)
    assert (second.new, second.same, second.refused) == (0, 2, 1)


def test_whoever_has_no_scripts_imports_too(town: Town) -> None:
    post = town.colleague("蒋统计", town.cast.centre, "statistician")
    statistician = town.passer_by("plain", scripts=False)
    town.sign_in(statistician, town.account(post))
    choose(statistician)
    for field, column in COLUMNS.items():
        statistician.fill(field, column)
    statistician.press("用这些列，看前 20 行")

    carry_out(statistician)
    statistician.press("刷新进度")

    statistician.sees("已完成", "下载逐行回单")
