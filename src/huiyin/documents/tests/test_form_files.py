"""Opening and writing blank forms: what is refused, what is carried, what is lost is said."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import xlrd
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Border, Side
from openpyxl.worksheet.datavalidation import DataValidation

from huiyin.documents.rules import form_files, form_writing
from huiyin.documents.rules.form_files import UnreadableForm, open_form
from huiyin.documents.rules.form_writing import Entry

FORMS = Path(__file__).parents[5] / "shared/data/forms"
_LINE = Side(style="thin")


def packed(**files: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def table() -> Any:
    """A list with a formula below it, a validation and a print area."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = (
        ["名册", None],
        ["编号", "数"],
        [None, None],
        [None, None],
        ["合计", "=SUM(B3:B4)"],
        ["注", "=B5"],
    )
    for row in rows:
        sheet.append(row)
    for line in sheet["A2:B5"]:
        for cell in line:
            cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[4].height = 30
    sheet.row_dimensions[5].height = 40
    check = DataValidation(type="whole", operator="greaterThan", formula1="0")
    check.add("B3:B4")
    sheet.add_data_validation(check)
    sheet.print_area = "A1:B6"
    return book


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "文件是空的"),
        (packed(xl__workbook="x", xl__vbaProject="x").replace(b"vbaProject", b"vbaProject"), "a.xlsm", "带宏"),
        (packed(a="x"), "a.xlsx", "不是表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"WpsEt", "a.et", "另存为 .xlsx"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_says_what_to_do(content: bytes, name: str, words: str) -> None:
    with pytest.raises(UnreadableForm, match=words):
        open_form(content, name)


def test_macros_are_refused_whatever_the_name() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
        archive.writestr("xl/vbaProject.bin", "x")

    with pytest.raises(UnreadableForm, match="有宏"):
        open_form(out.getvalue(), "a.xlsx")


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_files, "MOST_UNPACKED", 1000)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "0" * 100_000)

    with pytest.raises(UnreadableForm, match="展开后过大"):
        open_form(out.getvalue(), "a.xlsx")


def test_shapes_and_charts_are_named_before_filling() -> None:
    content = BytesIO(saved(table()))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", "<x/>")

    assert open_form(content.getvalue(), "a.xlsx").lost == ("文本框、图形或图片",)


def test_added_rows_push_down_everything_below() -> None:
    form = open_form(saved(table()), "a.xlsx")

    form_writing.add_rows(form, "Sheet", 4, 2)

    sheet = openpyxl.load_workbook(BytesIO(form_writing.save(form))).worksheets[0]
    assert [sheet.cell(r, 1).value for r in range(1, 9)] == ["名册", "编号", None, None, None, None, "合计", "注"]  # fmt: skip
    assert (sheet["B7"].value, sheet["B8"].value) == ("=SUM(B3:B6)", "=B7")
    assert [sheet.row_dimensions[r].height for r in (4, 5, 6, 7)] == [30, 30, 30, 40]
    assert sheet["B6"].border.left.style == "thin"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "B3:B6"
    assert sheet.print_area.endswith("$A$1:$B$8")


def test_a_text_is_never_a_formula() -> None:
    form = open_form(saved(table()), "a.xlsx")

    form_writing.put(form, [Entry("Sheet", 3, 1, '=HYPERLINK("x")')])

    cell = openpyxl.load_workbook(BytesIO(form_writing.save(form))).worksheets[0]["A3"]
    assert cell.data_type == "s"


def test_a_table_of_a_document_is_filled_in_its_own_look() -> None:
    document = docx.Document()
    document.add_paragraph("诉求情况表")
    grid = document.add_table(rows=2, cols=3)
    for cell, text in zip(grid.rows[0].cells, ("地区", "受理", "办结"), strict=True):
        cell.text = text
    grid.rows[1].cells[0].text = "云富街道"
    mark = grid.rows[1].cells[1].paragraphs[0]
    mark.add_run("　").bold = True
    form = open_form(saved(document), "a.docx")

    form_writing.put(form, [Entry("表1", 2, 2, 7), Entry("表1", 2, 3, 5)])

    after = docx.Document(BytesIO(form_writing.save(form)))
    cells = after.tables[0].rows[1].cells
    assert [c.text for c in cells] == ["云富街道", "7", "5"]
    assert cells[1].paragraphs[0].runs[0].bold is True
    assert form.blocks[0].lines == ("诉求情况表",)


@pytest.mark.skipif(not FORMS.exists(), reason="../shared is not here")
def test_an_old_workbook_keeps_its_look() -> None:
    content = next(FORMS.glob("*.xls")).read_bytes()
    old = xlrd.open_workbook(file_contents=content, formatting_info=True).sheet_by_index(0)

    form = open_form(content, "a.xls")

    new = openpyxl.load_workbook(BytesIO(form_writing.save(form))).worksheets[0]
    assert {(m.min_row - 1, m.max_row, m.min_col - 1, m.max_col) for m in new.merged_cells.ranges} == set(old.merged_cells)  # fmt: skip
    for r in range(old.nrows):
        for c in range(old.ncols):
            cell = old.cell(r, c)
            if cell.value != "":
                assert new.cell(r + 1, c + 1).value == cell.value
            new_cell = new.cell(r + 1, c + 1)
            if isinstance(new_cell, MergedCell):
                continue
            xf = old.book.xf_list[cell.xf_index]
            font = old.book.font_list[xf.font_index]
            assert new_cell.font.name == font.name
            assert new_cell.font.sz == font.height / 20
            assert bool(new_cell.border.top.style) == bool(xf.border.top_line_style)
