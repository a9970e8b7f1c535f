"""Writing values into a form: every style, width, merge, print setting, border and formula stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from huiyin.documents.rules import docx_forms
from huiyin.documents.rules.form_files import DOCX, Form

PROVENANCE = "数据来源"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Entry:
    """A value for one cell: a number, or text."""

    sheet: str
    row: int
    column: int
    value: Any


def put(form: Form, entries: Sequence[Entry]) -> None:
    """Write values. A text is never taken for a formula."""
    if form.kind == DOCX:
        tables = docx_forms.tables_of(form.book)
        for entry in entries:
            docx_forms.write(tables[entry.sheet], entry.row, entry.column, _words(entry.value))
        return
    for entry in entries:
        cell = form.book[entry.sheet].cell(entry.row, entry.column)
        cell.value = _plain(entry.value)
        if isinstance(entry.value, str):
            cell.data_type = "s"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _words(value: Any) -> str:
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else value.normalize()
    return str(value)


def add_rows(form: Form, sheet: str, after: int, n: int) -> None:
    """n rows below row `after`, in its look; everything below moves down with its merges, heights,
    validations, print area and the formulas that point to it."""
    if form.kind == DOCX:
        docx_forms.add_rows(docx_forms.tables_of(form.book)[sheet], after, n)
        return
    page = form.book[sheet]
    merges = [CellRange(r.coord) for r in page.merged_cells.ranges]
    for area in merges:
        page.unmerge_cells(area.coord)
    heights = {r: d.height for r, d in page.row_dimensions.items() if d.height is not None}
    last, width = page.max_row, page.max_column
    for row in range(last, after, -1):
        for column in range(1, width + 1):
            _move(page, row, column, row + n)
    for row in range(after + 1, after + n + 1):
        for column in range(1, width + 1):
            _style(page.cell(after, column), page.cell(row, column))
            page.cell(row, column).value = None
    for row in range(last, after, -1):
        page.row_dimensions[row + n].height = heights.get(row)
    for row in range(after + 1, after + n + 1):
        page.row_dimensions[row].height = heights.get(after)
    for area in merges:
        _merge_again(page, area, after, n)
    _shift_formulas(page, after, n)
    _shift_ranges(page, after, n)


def _move(page: Any, row: int, column: int, to: int) -> None:
    old, new = page.cell(row, column), page.cell(to, column)
    new.value = old.value
    _style(old, new)
    old.value = None


def _style(old: Any, new: Any) -> None:
    if old.has_style:
        new._style = copy(old._style)


def _merge_again(page: Any, area: CellRange, after: int, n: int) -> None:
    if area.min_row > after:
        area.shift(row_shift=n)
    elif area.max_row > after:
        area.expand(down=n)
    page.merge_cells(area.coord)
    if area.min_row == area.max_row == after:
        for more in range(1, n + 1):
            page.merge_cells(start_row=after + more, end_row=after + more,
                             start_column=area.min_col, end_column=area.max_col)  # fmt: skip


_REFERENCE = re.compile(
    r"(?<![A-Za-z_.\d])(\$?[A-Z]{1,3}\$?)(\d{1,7})(?::(\$?[A-Z]{1,3}\$?)(\d{1,7}))?(?![\d(])"
)


def _shift_formulas(page: Any, after: int, n: int) -> None:
    """References of formulas of this sheet to rows below move; a range over the listed rows grows."""

    def moved(m: re.Match[str]) -> str:
        first = int(m[2])
        text = f"{m[1]}{first + n if first > after else first}"
        if m[3]:
            last = int(m[4])
            text += f":{m[3]}{last + n if last >= after else last}"
        return text

    for line in page.iter_rows():
        for cell in line:
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = _REFERENCE.sub(moved, cell.value)


def _shift_ranges(page: Any, after: int, n: int) -> None:
    """Validations, conditional formats and the print area."""
    for validation in page.data_validations.dataValidation:
        for area in validation.sqref.ranges:
            if area.min_row > after:
                area.shift(row_shift=n)
            elif area.max_row >= after:
                area.expand(down=n)
    if page.print_area:
        areas = []
        for text in str(page.print_area).split(","):
            area = CellRange(text.split("!")[-1].replace("$", ""))
            if area.max_row >= after:
                area.expand(down=n)
            areas.append(area.coord)
        page.print_area = ",".join(areas)


def add_provenance(form: Form, rows: Sequence[Sequence[Any]], heads: Sequence[str], notes: Sequence[str]) -> None:  # fmt: skip
    """The sheet (or the table at the end) that says where each value comes from."""
    if form.kind == DOCX:
        _provenance_table(form.book, rows, heads, notes)
        return
    name = PROVENANCE
    while name in form.book.sheetnames:
        name += "1"
    page = form.book.create_sheet(name)
    for line, note in enumerate(notes, start=1):
        page.cell(line, 1, note).data_type = "s"
    top = len(notes) + 2
    for column, head in enumerate(heads, start=1):
        cell = page.cell(top, column, head)
        cell.font = Font(b=True)
        page.column_dimensions[get_column_letter(column)].width = 18
    for line, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row, start=1):
            cell = page.cell(line, column, _plain(value))
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(value, str):
                cell.data_type = "s"
    page.freeze_panes = page.cell(top + 1, 1)
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0


def _provenance_table(document: Any, rows: Sequence[Sequence[Any]], heads: Sequence[str], notes: Sequence[str]) -> None:  # fmt: skip
    document.add_page_break()
    document.add_paragraph(PROVENANCE)
    for note in notes:
        document.add_paragraph(note)
    table = document.add_table(rows=1, cols=len(heads))
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in rows:
        cells = table.add_row().cells
        for cell, value in zip(cells, row, strict=True):
            cell.text = _words(value)


def save(form: Form) -> bytes:
    """The file as bytes."""
    out = BytesIO()
    form.book.save(out)
    return out.getvalue()
