"""A form from above comes in, one blank is settled, it goes out filled; the next month is one click."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import FilePayload

from huiyin.paperwork.tests.conftest import workbook
from tests.journeys.town import Town

pytestmark = pytest.mark.journey

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_form_is_settled_once_and_filled_every_month(town: Town) -> None:
    town.case_at("awaiting_acceptance")
    statistician = town.staff(town.colleague("卫统计", town.cast.centre, "statistician"))
    content = workbook(
        [["诉求月报表"], ["项目", "数量"], ["诉求受理"], ["接件规模"], ["充电桩"]], box="A2:B5"
    )
    statistician.go("/work/forms/")
    statistician.looks_right()
    statistician.press("登记一张表")
    statistician.looks_right()
    file: FilePayload = {"name": "月报.xlsx", "mimeType": XLSX, "buffer": content}
    statistician.fill("空表", [file])
    statistician.press("登记并查看")
    statistician.sees("没有文号，可拒填")
    statistician.looks_right()

    statistician.page.locator("a[title^='B4']").click()
    statistician.looks_right()
    statistician.fill("这一格填", "自己选指标、地点、期间")
    statistician.fill("指标", "诉求受理（件）")
    statistician.press("确认，以后照这个填")
    statistician.sees("已确认 1 格")

    statistician.fill("期间", town.clock.today().strftime("%Y-%m"))
    statistician.press("换一期")
    with statistician.page.expect_download() as waiting:
        statistician.press("填好下载")
    sheet = openpyxl.load_workbook(BytesIO(waiting.value.path().read_bytes())).worksheets[0]

    assert [sheet[f"B{row}"].value for row in (3, 4, 5)] == [1, 1, None]
