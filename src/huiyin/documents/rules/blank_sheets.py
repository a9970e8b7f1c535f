"""The blank workbook 模板 of an import: the headings that the reader knows, and how to fill them.

Headings stand in the first row of the first sheet, nothing below them, so that the file can be sent
as it is once rows are written into it. Required columns are marked by colour there and by word on
the sheet 填写说明.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

from huiyin.documents.rules.headers import FieldSpec


@dataclass(frozen=True, slots=True)
class BlankColumn:
    """One column: its field, how wide, and how it is filled."""

    spec: FieldSpec
    hint: str
    width: int = 14


def blank_workbook(columns: Sequence[BlankColumn], *, sheet: str, advice: Sequence[str]) -> bytes:
    """The workbook as bytes. `advice` = sentences above the table of 填写说明."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        head = book.add_format({"bold": True, "bg_color": "#E7E6E6", "text_wrap": True})
        needed = book.add_format({"bold": True, "bg_color": "#DCE6F4", "text_wrap": True})
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.set_landscape()
        page.set_paper(9)  # A4
        for at, column in enumerate(columns):
            page.set_column(at, at, column.width, text)
            page.write_string(0, at, column.spec.label, needed if column.spec.required else head)
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 0, 14)
        notes.set_column(1, 1, 8)
        notes.set_column(2, 2, 90)
        for line, sentence in enumerate(advice):
            notes.write_string(line, 0, sentence)
        first = len(advice) + 1
        for at, title in enumerate(("这一列", "要求", "怎么填")):
            notes.write_string(first, at, title, head)
        for line, column in enumerate(columns, start=first + 1):
            notes.write_string(line, 0, column.spec.label, text)
            notes.write_string(line, 1, "必填" if column.spec.required else "选填", text)
            notes.write_string(line, 2, column.hint, text)
    return buffer.getvalue()
