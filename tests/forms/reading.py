"""What stands in a cell of a blank form, by the address that the truth uses; for the tests only."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import xlrd
from openpyxl.utils import coordinate_to_tuple

BLANK = Path(__file__).parent / "blank"


class NoSuchCell(KeyError):
    """The form has no cell of that address, or it lies inside a merged cell and is not its top left."""


@cache
def _opened(name: str) -> Any:
    file = BLANK / name
    if file.suffix == ".docx":
        return docx.Document(str(file))
    if file.suffix == ".xls":
        return xlrd.open_workbook(str(file), formatting_info=True)
    return openpyxl.load_workbook(file)


def content(name: str, address: str) -> str:
    """The text of that cell, "" for a blank one; a formula as its text."""
    where, cell = address.split("!")
    opened = _opened(name)
    if name.endswith(".docx"):
        return _of_word(opened, where, cell)
    row, column = coordinate_to_tuple(cell)
    if name.endswith(".xls"):
        return _of_xls(opened, where, row, column)
    if where not in opened.sheetnames:
        raise NoSuchCell(address)
    sheet = opened[where]
    inside = any(
        cell in merged and (merged.min_row, merged.min_col) != (row, column)
        for merged in sheet.merged_cells.ranges
    )
    if inside or row > sheet.max_row or column > sheet.max_column:
        raise NoSuchCell(address)
    value = sheet[cell].value
    return "" if value is None else str(value)


def _of_word(document: Any, where: str, cell: str) -> str:
    match = re.fullmatch(r"R(\d+)C(\d+)", cell)
    number = int(where.removeprefix("T")) - 1
    if match is None or number >= len(document.tables):
        raise NoSuchCell(f"{where}!{cell}")
    row, column = int(match[1]) - 1, int(match[2]) - 1
    made = document.tables[number]
    if row >= len(made.rows) or column >= len(made.columns):
        raise NoSuchCell(f"{where}!{cell}")
    found = made.cell(row, column)
    above = row and made.cell(row - 1, column)._tc is found._tc
    before = column and made.cell(row, column - 1)._tc is found._tc
    if above or before:
        raise NoSuchCell(f"{where}!{cell}")
    return found.text.strip()


def _of_xls(book: Any, where: str, row: int, column: int) -> str:
    if where not in book.sheet_names():
        raise NoSuchCell(where)
    sheet = book.sheet_by_name(where)
    inside = any(
        top <= row - 1 < bottom
        and left <= column - 1 < right
        and (top, left) != (row - 1, column - 1)
        for top, bottom, left, right in sheet.merged_cells
    )
    if inside or row > sheet.nrows or column > sheet.ncols:
        raise NoSuchCell(f"{where}!{row},{column}")
    return str(sheet.cell_value(row - 1, column - 1)).strip()
