"""A 临时统计 as a workbook and as a Word draft: title, 口径, table, totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from huiyin.base.rules.workdays import SHANGHAI
from huiyin.documents.rules.official import Paper, Paragraph, Sheet, docx_of
from huiyin.registers.services.tallying import Amount, Tally

TOTAL = "合计"
#: More columns than this do not fit an upright page.
UPRIGHT = 6


@dataclass(frozen=True)
class Printed:
    """What stands around the table: its title, whose it is, the line of 口径, when it was counted."""

    title: str
    unit_name: str
    basis: str
    at: datetime

    @property
    def when(self) -> str:
        local = self.at.astimezone(SHANGHAI)
        return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def table_of(tally: Tally, label: str) -> tuple[list[str], list[list[str]]]:
    """(head, rows) as words, totals last; `label` stands over the rows."""
    two = len(tally.asked.by) > 1
    columns = [*(head.words for head in tally.columns), TOTAL] if two else [f"数量（{tally.unit}）"]
    rows = []
    for row in tally.rows:
        cells = [_words(tally.cells.get((row.value, col.value))) for col in tally.columns]
        rows.append([row.words, *cells, *([tally.row_totals[row.value].words] if two else [])])
    last = [tally.column_totals.get(col.value, Amount()).words for col in tally.columns]
    rows.append([TOTAL, *last, *([tally.total.words] if two else [])])
    return [label, *columns], rows


def docx(tally: Tally, printed: Printed) -> bytes:
    """A draft of one page or a few: paragraph of 口径 and the table."""
    head, rows = table_of(tally, tally.asked.by[0].label)
    sheet = Sheet(head, rows, numbers=range(1, len(head)))
    return docx_of(Paper(
        printed.title, [Paragraph(printed.basis), sheet], issuer=printed.unit_name,
        on=printed.at.astimezone(SHANGHAI).date(), note=f"统计于 {printed.when}。",
        landscape=len(head) > UPRIGHT,
    ))  # fmt: skip


def xlsx(tally: Tally, printed: Printed) -> bytes:
    """The same as a workbook; numbers are numbers, lower bounds are text."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False,
                                      "strings_to_urls": False}) as book:  # fmt: skip
        _sheet(book, tally, printed)
    return buffer.getvalue()


def _sheet(book: Any, tally: Tally, printed: Printed) -> None:
    page = book.add_worksheet("统计")
    head, rows = table_of(tally, tally.asked.by[0].label)
    big = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    top = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    last = len(head) - 1
    page.set_paper(9)
    if len(head) > UPRIGHT:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_row(0, 30)
    page.set_column(0, 0, 24)
    page.set_column(1, max(last, 1), 12)
    page.merge_range(0, 0, 0, max(last, 1), printed.title, big)
    page.set_row(1, 48)
    page.merge_range(1, 0, 1, max(last, 1), printed.basis, wrapped)
    page.write_row(2, 0, head, top)
    _body(book, page, tally, rows)
    page.repeat_rows(2)
    page.freeze_panes(3, 1)
    page.write_string(len(rows) + 3, 0, f"{printed.unit_name}　统计于 {printed.when}")
    page.set_footer("&C第 &P 页 共 &N 页")


def _body(book: Any, page: Any, tally: Tally, rows: Sequence[Sequence[str]]) -> None:
    text = book.add_format({"border": 1, "num_format": "@"})
    number = book.add_format({"border": 1, "num_format": "#,##0.##", "align": "right"})
    for at, row in enumerate(rows, start=3):
        page.write_string(at, 0, row[0], text)
        for column, words in enumerate(row[1:], start=1):
            plain = words.replace(",", "")
            if plain.replace(".", "", 1).isdigit():
                page.write_number(at, column, float(plain), number)
            else:
                page.write_string(at, column, words, number)


def _words(amount: Amount | None) -> str:
    return amount.words if amount else "0"
