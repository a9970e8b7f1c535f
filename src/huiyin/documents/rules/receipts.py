"""The receipt 回单 of an import: each row as it was sent, what became of it, and why.

    with ReceiptWriter(path, columns=table.headings) as receipt:
        for row in table.rows:
            receipt.write(row.number, row.cells, NEW, number="L2025000123")

Written row by row (constant memory). Sheet 全部 has every row in the order of the file, sheet 拒绝 the
refused ones with their reason before the columns, so that they can be put right and sent again; it
is the one shown on opening when there are any. Sheet 汇总 counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import xlsxwriter

from huiyin.documents.rules.cells import Value, shown

NEW, SAME, CHANGED, REFUSED = "new", "same", "changed", "refused"
RESULT_WORDS: dict[str, str] = {NEW: "新增", SAME: "相同", CHANGED: "更新", REFUSED: "拒绝"}

MAX_TEXT = 32_000
"""Excel holds 32,767 characters in a cell; what is longer is cut and says so."""
MAX_ROWS = 1_048_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class ReceiptWriter:
    """Writes a receipt workbook; a context manager. `counts` has new, same, changed and refused so far.

    Every text is written as text: a cell that begins with = + - @ is no formula, and keeps the
    mark of a text (as if typed with ') when somebody edits it.
    """

    def __init__(self, path: Path, *, columns: Sequence[str], source: str = "") -> None:
        self.counts: dict[str, int] = dict.fromkeys(RESULT_WORDS, 0)
        self._source = source
        self._columns = [str(column) for column in columns]
        self._book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.use_zip64()
        self._head = self._book.add_format({"bold": True, "bg_color": "#E7E6E6", "text_wrap": True})
        self._text = self._book.add_format({"num_format": "@"})
        self._quoted = self._book.add_format({"num_format": "@", "quote_prefix": True})
        self._all = _Page(self, "全部", ["行号", *self._columns, "结果", "原因", "编号"])
        self._refused = _Page(self, "拒绝", ["原因", "行号", *self._columns])

    def write(
        self,
        row_number: int,
        cells: Sequence[Value],
        result: str,
        *,
        reason: str = "",
        number: str = "",
    ) -> None:
        """One row: `result` is a key of RESULT_WORDS (another raises KeyError), `number` the public
        number of the case. Cells beyond the header are kept, missing ones left blank.
        """
        word = RESULT_WORDS[result]
        self.counts[result] += 1
        width = len(self._columns)
        own = [*cells[:width], *[""] * (width - len(cells))]
        self._all.add([row_number, *own, word, reason, number])
        if result == REFUSED:
            self._refused.add([reason, row_number, *own])

    def close(self) -> None:
        """Write the summary and finish the file."""
        summary = self._book.add_worksheet("汇总")
        summary.set_column(0, 1, 24)
        lines: list[tuple[str, Any]] = [
            ("文件", self._source),
            ("读入", sum(self.counts.values())),
            *((word, self.counts[r]) for r, word in RESULT_WORDS.items() if _said(r, self.counts)),
        ]
        for at, (label, value) in enumerate(lines):
            summary.write_string(at, 0, label, self._head)
            self.put(summary, at, 1, value)
        if self.counts[REFUSED]:
            self._refused.show_first()
        self._book.close()

    def put(self, sheet: Any, row: int, column: int, value: Value | int) -> None:
        """Write one cell as number or as text, never as formula."""
        if isinstance(value, int):
            sheet.write_number(row, column, value)
            return
        text = shown(value) if isinstance(value, (datetime, date)) else value
        if not text:
            return
        if len(text) > MAX_TEXT:
            text = text[:MAX_TEXT] + "…（原文过长，回单中已截短）"
        style = self._quoted if text.startswith(_FORMULA_STARTS) else self._text
        sheet.write_string(row, column, text, style)

    def new_sheet(self, name: str, headings: Sequence[str]) -> Any:
        """A sheet with a header row that stays in view and repeats in print."""
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_column(0, len(headings) - 1, 16)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, self._head)
        return sheet

    def __enter__(self) -> ReceiptWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Page:
    """A sheet that goes on under a second name when Excel's last row is reached."""

    def __init__(self, writer: ReceiptWriter, name: str, headings: Sequence[str]) -> None:
        self._writer, self._name, self._headings = writer, name, headings
        self._parts = [writer.new_sheet(name, headings)]
        self._row = 0

    def add(self, values: Sequence[Value | int]) -> None:
        if self._row == MAX_ROWS:
            name = f"{self._name}{len(self._parts) + 1}"
            self._parts.append(self._writer.new_sheet(name, self._headings))
            self._row = 0
        self._row += 1
        for column, value in enumerate(values):
            self._writer.put(self._parts[-1], self._row, column, value)

    def show_first(self) -> None:
        self._parts[0].activate()


def summary_words(counts: Mapping[str, int]) -> str:
    """“读入 3000 行：新增 2998，相同 0，拒绝 2”."""
    each = "，".join(
        f"{word} {counts[result]}" for result, word in RESULT_WORDS.items() if _said(result, counts)
    )
    return f"读入 {sum(counts.values())} 行：{each}"


def _said(result: str, counts: Mapping[str, int]) -> bool:
    """Reports are never changed by an import: 更新 is said only where it happened."""
    return result != CHANGED or bool(counts.get(CHANGED))
