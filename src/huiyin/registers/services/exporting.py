"""Rows of a register as a workbook: 上报版 masked, 内部版 in clear with reason, watermark and audit.

The habits of a ledger (practice.md §8.2): merged title, 填报单位 / 日期, 序号, 合计 with 含约数,
signatures, A4 landscape, header on every page. Every text is written as text, never as formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db.models import QuerySet

from huiyin.base.rules.encryption import EncryptionError
from huiyin.base.rules.times import long_date
from huiyin.base.rules.workdays import SHANGHAI
from huiyin.base.services import audit
from huiyin.org.rules.grants import ActingPost
from huiyin.registers import selectors
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import MASKS, Approximate, Column
from huiyin.registers.services import writing

ABOVE, INTERNAL = "above", "internal"
VERSIONS = {ABOVE: "上报版（脱敏）", INTERNAL: "内部版"}
#: More rows than this belong into the command, which streams.
MOST_ROWS = 100_000
HIDDEN = "已隐去"


class ExportRefused(ValueError):
    """Why nothing is handed out, in words for the page."""


@dataclass(frozen=True)
class Order:
    """What is to be handed out: to whom, why, by whom, over which part (in words)."""

    version: str
    by: ActingPost
    at: datetime
    reason: str = ""
    part: str = ""
    address: str = ""


def export(register: Register, rows: QuerySet[Any], order: Order) -> bytes:
    """The workbook. An internal one needs a reason and is audited; so is one for above."""
    if order.version not in VERSIONS:
        raise ExportRefused("请选择上报版或内部版")
    if order.version == INTERNAL and len(order.reason.strip()) < 4:
        raise ExportRefused("内部版含个人信息，请写明用途（至少 4 个字）")
    total = rows.order_by().count()
    if total > MOST_ROWS:
        raise ExportRefused(f"有 {total:,} 行，一次最多导出 {MOST_ROWS:,} 行，请缩小范围")
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False,
                                      "strings_to_urls": False}) as book:  # fmt: skip
        _sheet(book, register, rows, order)
    audit.record(
        at=order.at, person_id=order.by.person_id, person_name=order.by.person_name,
        post_id=order.by.post_id, address=order.address, action="exported",
        subject=f"register:{register.code}",
        fields=[col.label for col in register.personal] if order.version == INTERNAL else [],
        reason=f"{VERSIONS[order.version]} {total} 行；{order.part}；{order.reason}".strip("；"),
    )  # fmt: skip
    return buffer.getvalue()


def cell_of(register: Register, row: Any, column: Column, *, clear: bool = False) -> Any:
    """What a cell shows: text, number, day or moment; personal values masked unless `clear`."""
    if column.show is not None:
        value = column.show(row)
    elif column.personal:
        return _personal(register, row, column, clear=clear)
    elif column.kind in c.REFERENCES:
        value = getattr(row, column.name)
    elif column.kind == c.QUANTITY:
        number = getattr(row, column.name)
        value = None if number is None else Approximate(
            number, getattr(row, f"{column.name}_bound"), getattr(row, f"{column.name}_raw")
        )  # fmt: skip
    else:
        value = getattr(row, column.name)
    if value is None or value == "":
        return ""
    if column.kind == c.CHOICE:
        return column.choices.get(value, value)
    if column.kind == c.YES_NO:
        return "是" if value else "否"
    if column.kind in c.REFERENCES and not isinstance(value, str):
        return value.name
    return value


def words_of(value: Any) -> str:
    """A cell as text on a page."""
    if isinstance(value, Approximate):
        return value.words
    if isinstance(value, datetime):
        return f"{long_date(value)} {value.astimezone(SHANGHAI):%H:%M}"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return c.number_words(value)
    return str(value)


def _personal(register: Register, row: Any, column: Column, *, clear: bool) -> str:
    try:
        value = writing.clear_value(register, row, column)
    except EncryptionError:
        return HIDDEN
    return value if clear else MASKS[column.personal](value)


def _sheet(book: Any, register: Register, rows: QuerySet[Any], order: Order) -> None:
    columns = register.columns
    last = len(columns)
    page = book.add_worksheet(register.label[:31])
    big = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_row(0, 30)
    title = register.label + ("" if order.version == ABOVE else "（内部资料）")
    page.merge_range(0, 0, 0, last, title, big)
    page.write_string(1, 0, f"填报单位：{order.by.unit_name}")
    day = order.at.astimezone(SHANGHAI)
    page.write_string(1, max(last - 1, 1), f"填报日期：{day.year}年{day.month}月{day.day}日")
    page.write_string(
        2, 0, f"{VERSIONS[order.version]}；{order.part or '全部'}；口径：{register.basis}"
    )
    if order.version == INTERNAL:
        mark = (
            f"{order.by.person_name} {order.by.unit_name} {day:%Y-%m-%d %H:%M} 用途：{order.reason}"
        )
        page.write_string(3, 0, f"内部资料，不得外传　{mark}")
        page.set_header(f"&C&KC0C0C0{mark}")
    page.set_footer("&C第 &P 页 共 &N 页")
    top = 4
    page.write_string(top, 0, "序号", head)
    page.set_column(0, 0, 6)
    for at, col in enumerate(columns, start=1):
        page.set_column(at, at, col.width)
        page.write_string(top, at, col.heading, head)
    page.freeze_panes(top + 1, 1)
    page.repeat_rows(top)
    bottom = _body(book, page, register, rows, top + 1, clear=order.version == INTERNAL)
    _foot(book, page, register, rows, bottom)


def _body(
    book: Any, page: Any, register: Register, rows: QuerySet[Any], first: int, *, clear: bool
) -> int:
    text = book.add_format({"border": 1, "num_format": "@", "valign": "top", "text_wrap": True})
    number = book.add_format({"border": 1, "num_format": "#,##0.##", "valign": "top"})
    at = first
    for n, row in enumerate(in_order(register, rows), start=1):
        page.write_number(at, 0, n, number)
        for column, col in enumerate(register.columns, start=1):
            value = cell_of(register, row, col, clear=clear)
            if isinstance(value, Approximate) and value.bound == "exact":
                page.write_number(at, column, float(value.value), number)
            elif isinstance(value, int) and not isinstance(value, bool):
                page.write_number(at, column, value, number)
            else:
                page.write_string(at, column, words_of(value), text)
        at += 1
    return at


def in_order(register: Register, rows: QuerySet[Any]) -> Iterable[Any]:
    """Rows oldest first with what their columns show, in few queries."""
    related = [*register.related,
               *(col.name for col in register.columns if col.kind in c.REFERENCES and not col.show)]  # fmt: skip
    found = rows.select_related(*related) if related else rows
    return found.order_by(register.column(register.day).path, "pk").iterator(chunk_size=500)


def _foot(book: Any, page: Any, register: Register, rows: QuerySet[Any], at: int) -> None:
    bold = book.add_format({"border": 1, "bold": True})
    totals = {s.column.name: s for s in selectors.sums(register, rows)}
    page.write_string(at, 0, "合计", bold)
    for column, col in enumerate(register.columns, start=1):
        page.write_string(at, column, totals[col.name].words if col.name in totals else "", bold)
    page.write_string(at + 1, 0, "填报人：            审核人：            联系电话：")


def columns_listed(register: Register) -> Sequence[Column]:
    """Columns of the list page, in order."""
    return [col for col in register.columns if col.listed]
