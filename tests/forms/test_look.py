"""Filling changes nothing but the blanks that are filled: every form, cell by cell.

Workbooks are compared by style, text, formula, merges, widths, heights, print set-up, validations
and conditional formats; .xls with what the old file says of itself; Word by its XML without the texts.
"""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
import xlrd
from docx.oxml.ns import qn
from openpyxl.cell.cell import MergedCell

from huiyin.config.commands.seed import seed_base
from huiyin.drill.services import building
from huiyin.indicators.rules import periods
from huiyin.org.models import Post
from huiyin.org.selectors import acting, area_at
from huiyin.paperwork.services import filling
from huiyin.paperwork.services.filling import Filled
from tests.cast import DAY
from tests.forms import reading, scoring

pytestmark = pytest.mark.slow
SIDES = ("left", "right", "top", "bottom")


@pytest.fixture
def city(db: None) -> None:
    """The real divisions and the units of the demonstration; no case, so numbers are 0 or none."""
    seed_base(DAY)
    building.build(at=DAY)


def filled(truth: dict[str, Any], at: datetime) -> Filled:
    """The form as the statisticians of the three counties together would fill it."""
    rows = Post.objects.filter(role="statistician").select_related("person", "unit")
    content = (reading.BLANK / truth["file"]).read_bytes()
    found = filling.propose(
        content, truth["file"], place=area_at(truth["place"], at.date()),
        period=periods.parse(truth["period"]), day=at.date(),
    )  # fmt: skip
    return filling.fill(found, posts=[acting(row) for row in rows], at=at)


def test_no_form_loses_its_look(city: None) -> None:
    truths = scoring.truths()
    n_cells = 0

    for truth in truths:
        done = filled(truth, DAY)
        put = {(c.field.sheet, c.field.row, c.field.column) for c, _ in done.entries}
        kind = truth["file"].rpartition(".")[2]
        n_cells += {"xlsx": _xlsx, "xls": _xls, "docx": _docx}[kind](truth["file"], done, put)

    assert len(truths) == 18
    assert n_cells > 2000


def look(cell: Any) -> list[str]:
    return [repr(getattr(cell, name)) for name in
            ("font", "border", "fill", "alignment", "number_format", "protection")]  # fmt: skip


def _xlsx(name: str, done: Filled, put: set[tuple[str, int, int]]) -> int:
    before = openpyxl.load_workbook(reading.BLANK / name)
    after = openpyxl.load_workbook(BytesIO(done.content))
    assert after.sheetnames[: len(before.sheetnames)] == before.sheetnames, name
    n = 0
    for old in before:
        new = after[old.title]
        for line in old.iter_rows():
            for cell in line:
                where = f"{name} {old.title}!{cell.coordinate}"
                other = new[cell.coordinate]
                assert look(other) == look(cell), where
                if (old.title, cell.row, cell.column) not in put:
                    assert other.value == cell.value, where
                n += 1
        assert _sheet(new) == _sheet(old), f"{name} {old.title}"
    return n


def _sheet(sheet: Any) -> dict[str, Any]:
    """What a sheet is beside its cells."""
    return {
        "merged": sorted(str(m) for m in sheet.merged_cells.ranges),
        "widths": {k: (d.width, d.hidden, d.min, d.max) for k, d in sheet.column_dimensions.items()},
        "heights": {
            k: (d.height, d.hidden)
            for k, d in sheet.row_dimensions.items()
            if d.height is not None or d.hidden
        },
        "print": [
            repr(sheet.page_setup), repr(sheet.page_margins), repr(sheet.print_options),
            sheet.print_title_rows, sheet.print_title_cols, sheet.print_area,
            str(sheet.oddHeader), str(sheet.oddFooter), sheet.freeze_panes, sheet.sheet_state,
        ],
        "validations": sorted(
            (str(v.sqref), v.type, v.formula1) for v in sheet.data_validations.dataValidation
        ),
        "conditional": sorted(str(area.sqref) for area in sheet.conditional_formatting),
    }  # fmt: skip


def _xls(name: str, done: Filled, put: set[tuple[str, int, int]]) -> int:
    book = xlrd.open_workbook(str(reading.BLANK / name), formatting_info=True)
    after = openpyxl.load_workbook(BytesIO(done.content))
    n = 0
    for old in book.sheets():
        new = after[old.name]
        merged = {
            (m.min_row - 1, m.max_row, m.min_col - 1, m.max_col) for m in new.merged_cells.ranges
        }
        assert merged == set(old.merged_cells), name
        for r in range(old.nrows):
            for c in range(old.row_len(r)):
                cell, other = old.cell(r, c), new.cell(r + 1, c + 1)
                if isinstance(other, MergedCell):
                    continue
                where = f"{name} {old.name}!{other.coordinate}"
                _same_as_old(book, book.xf_list[cell.xf_index], other, where)
                if (old.name, r + 1, c + 1) not in put and cell.ctype != xlrd.XL_CELL_DATE:
                    assert (other.value or "") == (cell.value or ""), where
                n += 1
        for c, info in old.colinfo_map.items():
            if c <= 255:
                letter = openpyxl.utils.get_column_letter(c + 1)
                assert new.column_dimensions[letter].width == pytest.approx(info.width / 256)
        for r, row in old.rowinfo_map.items():
            if row.height and not row.has_default_height:
                assert new.row_dimensions[r + 1].height == pytest.approx(row.height / 20)
    return n


def _same_as_old(book: Any, xf: Any, cell: Any, where: str) -> None:
    font = book.font_list[xf.font_index]
    assert (cell.font.name, cell.font.sz, bool(cell.font.b)) == (
        font.name, font.height / 20, bool(font.bold or font.weight >= 600),
    ), where  # fmt: skip
    for side in SIDES:
        assert bool(getattr(cell.border, side).style) == bool(getattr(xf.border, f"{side}_line_style")), where  # fmt: skip
    assert bool(cell.fill.patternType) == bool(xf.background.fill_pattern), where
    assert bool(cell.alignment.wrap_text) == bool(xf.alignment.text_wrapped), where
    assert cell.number_format.lower() == book.format_map[xf.format_key].format_str.lower(), where


def _docx(name: str, done: Filled, put: set[tuple[str, int, int]]) -> int:
    before = docx.Document(str(reading.BLANK / name))
    after = docx.Document(BytesIO(done.content))
    n = 0
    for number, (old, new) in enumerate(zip(before.tables, after.tables, strict=False), start=1):
        for r, (row, other) in enumerate(zip(old._tbl.tr_lst, new._tbl.tr_lst, strict=True), 1):
            for tc, tc2 in zip(row.tc_lst, other.tc_lst, strict=True):
                where = f"{name} table {number} row {r}"
                assert _bare(tc2) == _bare(tc), where
                n += 1
    paragraphs = [p.text for p in before.paragraphs]
    assert [p.text for p in after.paragraphs][: len(paragraphs)] == paragraphs, name
    assert len(before.sections) == len(after.sections)
    assert before.sections[0].page_width == after.sections[0].page_width
    return n


def _bare(tc: Any) -> str:
    """The cell's XML without its runs: widths, merges, borders, shading, paragraph marks."""
    bare = deepcopy(tc)
    for run in list(bare.iter(qn("w:r"))):
        run.getparent().remove(run)
    return re.sub(r"\s+", " ", bare.xml)
