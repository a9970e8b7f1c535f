"""The blank workbook: what is filled into it goes in, and it is offered above the list of cases."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.test import Client
from python_calamine import CalamineWorkbook

from huiyin.cases.models import Case
from huiyin.documents.rules.report_columns import REPORT_FIELDS
from huiyin.documents.rules.sheets import read_table
from huiyin.intake.models import ImportRun
from huiyin.intake.rules import import_template
from huiyin.intake.tests.test_import_pages import browser, browser_of, media, send  # noqa: F401
from tests.cast import Cast

ROW = {
    "编号": "A1", "受理时间": "2026年9月1日 10:00", "诉求内容": "三栋水管漏水", "诉求人": "甲居民",
    "联系电话": "13800001234", "小区": "新天地小区",
}  # fmt: skip


def headings(data: bytes) -> list[str]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return [str(cell) for cell in book.get_sheet_by_name(import_template.SHEET).to_python()[0]]


def filled(data: bytes) -> bytes:
    """The workbook with one row written below its headings."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet(import_template.SHEET)
        sheet.write_row(0, 0, headings(data))
        sheet.write_row(1, 0, [ROW.get(heading, "") for heading in headings(data)])
    return buffer.getvalue()


def test_every_heading_is_one_that_the_import_knows(browser: Client, tmp_path: Path) -> None:  # noqa: F811
    answer = browser.get("/work/import/template/")

    assert "attachment" in answer.headers["Content-Disposition"]
    file = tmp_path / "模板.xlsx"
    file.write_bytes(filled(answer.content))
    with read_table(file, REPORT_FIELDS) as table:
        assert sorted(table.columns) == sorted(import_template.HINTS)
        assert table.missing == ()
        assert len(list(table.rows)) == 1


def test_the_blank_file_itself_has_no_row_and_says_how_to_fill_it(browser: Client) -> None:  # noqa: F811
    data = browser.get("/work/import/template/").content
    book = CalamineWorkbook.from_filelike(BytesIO(data))

    assert book.sheet_names == [import_template.SHEET, "填写说明"]
    assert len(book.get_sheet_by_name(import_template.SHEET).to_python()) == 1
    notes = {str(row[0]): str(row[1]) for row in book.get_sheet_by_name("填写说明").to_python()}
    assert (notes["诉求内容"], notes["受理时间"], notes["编号"]) == ("必填", "必填", "选填")


def test_a_filled_template_is_registered(browser: Client, cast: Cast) -> None:  # noqa: F811
    data = filled(browser.get("/work/import/template/").content)

    send(browser, cast, data, "诉求导入模板.xlsx")

    preview = browser.get(f"/work/import/{ImportRun.objects.get().pk}/").content.decode()
    assert "三栋水管漏水" in preview
    assert not Case.objects.exists()


@pytest.mark.parametrize(("role", "offered"), [("statistician", True), ("dispatcher", False)])
def test_import_and_template_stand_above_the_list_for_who_may(
    cast: Cast, role: str, offered: bool
) -> None:
    cast.report()
    client = browser_of(cast.centre, role, "甲某")

    html = client.get("/work/cases/").content.decode()

    assert ('href="/work/import/template/"' in html) == offered
    assert "data-print" in html
    assert (client.get("/work/import/template/").status_code == 200) == offered
