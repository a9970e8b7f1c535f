"""A blank form and its truth drawn together: what is put into a cell, and what the cell asks for.

Nothing of the product is imported. Addresses: `Sheet!C7` of a workbook, `T1!R3C2` of a Word table
(grid coordinates from 1, a merged cell by its top left).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

#: Faces as offices have them; a machine without them shows another face, the file keeps the name.
TITLE = Font(name="方正小标宋简体", size=20)
PLAIN_TITLE = Font(name="宋体", size=18, bold=True)
HEAD = Font(name="黑体", size=11)
BODY = Font(name="仿宋_GB2312", size=12)
SMALL = Font(name="宋体", size=10)
EXAMPLE = Font(name="楷体_GB2312", size=11, italic=True, color="FF808080")

_THIN, _MEDIUM = Side(style="thin"), Side(style="medium")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
GREY = PatternFill("solid", fgColor="FFD9D9D9")
YELLOW = PatternFill("solid", fgColor="FFFFF2CC")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center")

Link = Mapping[str, Any]


@dataclass
class Form:
    """One form: the file it becomes and the truth about its cells."""

    number: str
    name: str
    suffix: str
    place: str
    period: str
    kind: str = "cells"
    book: Workbook = field(default_factory=Workbook)
    word: Any = None
    header_rows: dict[str, list[list[int]]] = field(default_factory=dict)
    cells: dict[str, dict[str, Any]] = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)
    empty: dict[str, str] = field(default_factory=dict)
    ask: dict[str, dict[str, Any]] = field(default_factory=dict)
    keep: list[str] = field(default_factory=list)
    listing: dict[str, Any] | None = None

    @property
    def file(self) -> str:
        return f"{self.number}-{self.name}.{self.suffix}"

    def sheet(self, title: str) -> Worksheet:
        """The first call names the sheet that a new workbook has."""
        first = self.book.worksheets[0]
        if first.title == "Sheet" and not self.header_rows and first.max_row == 1:
            first.title = title
            return first
        return self.book.create_sheet(title)

    def headers(self, where: str, first: int, last: int) -> None:
        self.header_rows.setdefault(where, []).append([first, last])

    def truth(self) -> dict[str, Any]:
        """As it is kept in truth/NN.json; empty parts are left out."""
        told: dict[str, Any] = {
            "file": self.file, "place": self.place, "period": self.period, "kind": self.kind,
            "header_rows": self.header_rows,
        }  # fmt: skip
        parts = {
            "cells": self.cells, "sum": self.totals, "empty": self.empty, "ask": self.ask,
            "keep": sorted(self.keep), "list": self.listing,
        }  # fmt: skip
        return told | {part: value for part, value in parts.items() if value}

    def say(self, address: str, row: Link, column: Link) -> None:
        """What one cell asks, by its row and its column. A row that nobody knows goes before."""
        for line in (row, column):
            if "empty" in line:
                self.empty[address] = line["empty"]
                return
        for line in (row, column):
            if "ask" in line:
                self.ask[address] = {
                    "why": line["ask"], "candidates": list(line.get("candidates", ())),
                }  # fmt: skip
                return
        both = {**row, **column}
        for key in ("place", "period", "unit", "by"):
            if row.get(key) and not column.get(key):
                both[key] = row[key]
        self.cells[address] = link(self, both)


def link(form: Form, said: Link) -> dict[str, Any]:
    return {
        "indicator": said["indicator"],
        "place": said.get("place") or form.place,
        "period": said.get("period") or form.period,
        "by": said.get("by"),
        "unit": said.get("unit"),
    }


def knows(indicator: str, **more: Any) -> dict[str, Any]:
    """A row or column that is a known number."""
    return {"indicator": indicator, **more}


def nobody(why: str) -> dict[str, Any]:
    """A row or column that no record answers."""
    return {"empty": why}


def unsure(why: str, *candidates: str) -> dict[str, Any]:
    """A row or column that a person has to settle: to fill it silently is wrong."""
    return {"ask": why, "candidates": candidates}


def derived(how: str, *columns: str) -> dict[str, Any]:
    """yoy and mom: (first - second) / second; share: first / second. A letter = same row."""
    return {"derived": how, "of": columns}


# -- workbooks ---------------------------------------------------------------------------------


def put(
    sheet: Worksheet, where: str, text: object = None, font: Font = BODY,
    align: Alignment = CENTRE, boxed: bool = True,
) -> Cell:  # fmt: skip
    """Text in a cell or merged range, with the line around all its cells."""
    first = where.split(":")[0]
    left, top, right, bottom = range_boundaries(where)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            cell = sheet.cell(row, column)
            cell.font, cell.alignment = font, align
            if boxed:
                cell.border = BOX
    if ":" in where:
        sheet.merge_cells(where)
    sheet[first].value = None if text == "" else text
    return sheet[first]


def title(sheet: Worksheet, where: str, text: str, font: Font = TITLE) -> None:
    put(sheet, where, text, font, CENTRE, boxed=False)
    sheet.row_dimensions[range_boundaries(where)[1]].height = 34


def line(
    sheet: Worksheet, where: str, text: str, font: Font = SMALL, align: Alignment = LEFT
) -> None:
    """A line outside the ruled table: 附件, 填报单位, notes, signatures."""
    put(sheet, where, text, font, align, boxed=False)


def heads(sheet: Worksheet, texts: Mapping[str, str], font: Font = HEAD) -> None:
    """The header rows; a row in which a cell of its own breaks its text is higher."""
    heights: dict[int, int] = {}
    for where, text in texts.items():
        put(sheet, where, text, font)
        _, top, _, bottom = range_boundaries(where)
        for row in range(top, bottom + 1):
            broken = top == bottom and ("\n" in text or len(text) > 6)
            heights[row] = max(heights.get(row, 0), 34 if broken else 20)
    for row, height in heights.items():
        sheet.row_dimensions[row].height = height


def framed(sheet: Worksheet, where: str) -> None:
    """A medium line around the whole table, as many offices draw it."""
    left, top, right, bottom = range_boundaries(where)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            sheet.cell(row, column).border = Border(
                left=_MEDIUM if column == left else _THIN,
                right=_MEDIUM if column == right else _THIN,
                top=_MEDIUM if row == top else _THIN,
                bottom=_MEDIUM if row == bottom else _THIN,
            )


def widths(sheet: Worksheet, sizes: Mapping[str, float]) -> None:
    for letter, size in sizes.items():
        sheet.column_dimensions[letter].width = size


def printed(sheet: Worksheet, repeat: str | None = None, landscape: bool = True) -> None:
    """A4, one page wide, in the middle; `repeat` = rows on every page."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.47
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    if repeat:
        sheet.print_title_rows = repeat


def table(
    form: Form, sheet: Worksheet, first: int, rows: Sequence[tuple[Mapping[str, object], Link]],
    columns: Mapping[str, Link], height: float = 24, formats: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Rows of (labels by column letter, what the row means) under columns of meanings.

    A label that stands in an asked column is kept (“—”, an example, a formula).
    """
    for number, (labels, meaning) in enumerate(rows, first):
        sheet.row_dimensions[number].height = height
        for letter, text in labels.items():
            put(sheet, f"{letter}{number}", text)
        for letter, column in columns.items():
            address = f"{sheet.title}!{letter}{number}"
            if letter in labels:
                form.keep.append(address)
                continue
            cell = put(sheet, f"{letter}{number}")
            if formats and letter in formats:
                cell.number_format = formats[letter]
            _meant(form, sheet.title, letter, number, meaning, column)


def _meant(form: Form, where: str, letter: str, number: int, row: Link, column: Link) -> None:
    address = f"{where}!{letter}{number}"
    if "derived" in column and not {"empty", "ask"} & set(row):
        cells = [
            f"{where}!{name if name[-1].isdigit() else f'{name}{number}'}" for name in column["of"]
        ]
        form.cells[address] = {"derived": column["derived"], "of": cells}
        return
    form.say(address, row, column)


def formula(form: Form, sheet: Worksheet, where: str, text: str) -> None:
    """A formula that the form brings and that has to stay."""
    put(sheet, where, text)
    address = f"{sheet.title}!{where}"
    form.totals[address] = "formula stays"
    for part in (form.cells, form.empty, form.ask):
        part.pop(address, None)


def total_of(form: Form, sheet: Worksheet, row: int, first: int, last: int, at: str) -> None:
    """Notes on the blank cells of a total row that they are a number of the place above."""
    for address in form.cells:
        where, _, cell = address.partition("!")
        letter = cell.rstrip("0123456789")
        if where == sheet.title and cell == f"{letter}{row}":
            form.totals[address] = f"total of {letter}{first}:{letter}{last} by indicator at {at}"


def letters(first: str, last: str) -> Iterator[str]:
    for index in range(column_index_from_string(first), column_index_from_string(last) + 1):
        yield get_column_letter(index)


# -- Word --------------------------------------------------------------------------------------


def word_table(form: Form, rows: int, columns: int) -> Any:
    made = form.word.add_table(rows, columns)
    made.style = "Table Grid"
    return made


def word_put(
    made: Any, where: tuple[int, int], text: str, to: tuple[int, int] | None = None
) -> None:
    """Text in grid coordinates from 1, merged to a second corner when one is given."""
    cell = made.cell(where[0] - 1, where[1] - 1)
    if to:
        cell = cell.merge(made.cell(to[0] - 1, to[1] - 1))
    cell.text = text
    for paragraph in cell.paragraphs:
        paragraph.alignment = 1
        for run in paragraph.runs:
            run.font.name = "仿宋_GB2312"


def word_rows(
    form: Form, number: int, made: Any, first: int,
    rows: Sequence[tuple[Mapping[int, str], Link]], columns: Mapping[int, Link],
) -> None:  # fmt: skip
    """The same as `table` for the table T`number` of a Word file."""
    for at, (labels, meaning) in enumerate(rows, first):
        for column, text in labels.items():
            word_put(made, (at, column), text)
        for column, asked in columns.items():
            address = f"T{number}!R{at}C{column}"
            if column in labels:
                form.keep.append(address)
            elif "derived" in asked and "empty" not in meaning:
                cells = [f"T{number}!R{at}C{c}" for c in asked["of"]]
                form.cells[address] = {"derived": asked["derived"], "of": cells}
            else:
                form.say(address, meaning, asked)
