"""The blank workbook 模板 of a register, in the habits of a ledger (practice.md §8.2).

Merged title, 填报单位 / 填报日期, header of one or two rows, then rows to fill, 合计, signatures; A4
landscape with the header on every page. What an import reads back is exactly this file, filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import xlsxwriter

from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Column

#: Rows to fill; who needs more inserts them, the reader finds the last one by itself.
BLANK_ROWS = 200
TITLE_ROW, GIVEN_ROW = 0, 1
SIGNATURE = "填报人：            审核人：            联系电话："


def template(register: Register, *, unit: str, known: Mapping[str, Any]) -> bytes:
    """The workbook as bytes; columns whose value is `known` of the post are left out."""
    columns = [col for col in register.columns if col.name not in known]
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet(register.label[:31])
        first = _head(book, page, register.label, columns, unit)
        _rows(book, page, columns, first)
        _advice(book, register, columns)
    return buffer.getvalue()


def _head(book: Any, page: Any, title: str, columns: list[Column], unit: str) -> int:
    """Title, 填报单位 row, header; returns the first row to fill (from 0)."""
    last = max(len(columns), 1)
    big = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    plain, needed = book.add_format(head), book.add_format({**head, "bg_color": "#DCE6F4"})
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_row(TITLE_ROW, 30)
    page.merge_range(TITLE_ROW, 0, TITLE_ROW, last, title, big)
    page.write_string(GIVEN_ROW, 0, f"填报单位：{unit}")
    page.write_string(GIVEN_ROW, max(last - 1, 1), "填报日期：")
    two = any(col.group for col in columns)
    top = GIVEN_ROW + 1
    low = top + 1 if two else top
    _span(page, top, low, 0, "序号", plain)
    page.set_column(0, 0, 6)
    for at, col in enumerate(columns, start=1):
        style = needed if col.required else plain
        page.set_column(at, at, col.width)
        if col.group:
            page.write_string(low, at, col.heading, style)
        else:
            _span(page, top, low, at, col.heading, style)
    _groups(page, columns, top, plain)
    page.freeze_panes(low + 1, 1)
    page.repeat_rows(0, low)
    return low + 1


def _span(page: Any, top: int, low: int, at: int, text: str, style: Any) -> None:
    if low > top:
        page.merge_range(top, at, low, at, text, style)
    else:
        page.write_string(top, at, text, style)


def _groups(page: Any, columns: list[Column], top: int, style: Any) -> None:
    """Upper header cells over neighbouring columns of one group."""
    at = 0
    while at < len(columns):
        group, end = columns[at].group, at
        while group and end + 1 < len(columns) and columns[end + 1].group == group:
            end += 1
        if group and end > at:
            page.merge_range(top, at + 1, top, end + 1, group, style)
        elif group:
            page.write_string(top, at + 1, group, style)
        at = end + 1


def _rows(book: Any, page: Any, columns: list[Column], first: int) -> None:
    cell = {"border": 1, "valign": "top", "text_wrap": True}
    text = book.add_format({**cell, "num_format": "@"})
    free = book.add_format(cell)
    index = book.add_format({"border": 1, "align": "center"})
    last = first + BLANK_ROWS - 1
    for row in range(first, last + 1):
        page.write_formula(row, 0, f"=ROW()-{first}", index, row - first + 1)
        for at, col in enumerate(columns, start=1):
            page.write_blank(row, at, None, free if col.kind in c.NUMBERS else text)
    for at, col in enumerate(columns, start=1):
        choices = list(col.choices.values()) if col.kind == c.CHOICE else ["是", "否"]
        if col.kind in (c.CHOICE, c.YES_NO) and len(",".join(choices)) <= 255:
            page.data_validation(first, at, last, at, {
                "validate": "list", "source": choices, "error_title": "请从列表里选",
                "error_message": f"可填：{'、'.join(choices)}"[:255],
            })  # fmt: skip
    bold = book.add_format({"border": 1, "bold": True, "align": "center"})
    page.write_string(last + 1, 0, "合计", bold)
    for at, col in enumerate(columns, start=1):
        if col.kind in c.NUMBERS:
            letter = xlsxwriter.utility.xl_col_to_name(at)
            page.write_formula(last + 1, at, f"=SUM({letter}{first + 1}:{letter}{last + 1})", bold)
        else:
            page.write_blank(last + 1, at, None, bold)
    page.write_string(last + 2, 0, SIGNATURE)


def _advice(book: Any, register: Register, columns: list[Column]) -> None:
    """A second sheet: what belongs into each column."""
    page = book.add_worksheet("填写说明")
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 8)
    page.set_column(2, 2, 90)
    page.write_string(0, 0, f"{register.label}：{register.basis}")
    page.write_string(
        1, 0, "只填第一张表；错了的行会在回单里写明原因，改好再传，已收的行不会重复。"
    )
    for at, title in enumerate(("列", "要求", "怎么填")):
        page.write_string(3, at, title, bold)
    for row, col in enumerate(columns, start=4):
        page.write_string(row, 0, col.heading)
        page.write_string(row, 1, "必填" if col.required else "选填")
        page.write_string(row, 2, how_to_fill(col), wrap)


def how_to_fill(column: Column) -> str:
    """One sentence on what belongs into the column."""
    said = {
        c.DAY: "日期，如 2026-11-24、2026.11.24、2026年11月24日",
        c.YES_NO: "填 是 或 否",
        c.WHOLE: "确数",
        c.QUANTITY: "数字；只知道大概的照实写 300余、约2万",
        c.AREA: "社区（村）名称；有重名的写明街道",
        c.COMPOUND: "小区名称，与小区名册一致",
        c.UNIT: "单位全称或简称",
    }.get(column.kind, "")
    if column.kind == c.CHOICE:
        said = "填其中一个：" + "、".join(column.choices.values())
    return "。".join(part for part in (column.help, said) if part)
