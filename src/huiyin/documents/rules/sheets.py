"""Reading a table of people's own making: any header, merged cells, totals and signatures.

    with read_table(path, REPORT_FIELDS) as table:
        for row in table.rows:
            row.number, row.values["text"], row.problems

Rows come one by one; nothing is refused as a whole because one cell is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from huiyin.documents.rules.cells import RoundedNumber, Value, read_cell, shown
from huiyin.documents.rules.headers import (
    SEARCHED_ROWS,
    FieldSpec,
    Header,
    HeaderNotFound,
    UnknownColumn,
    find_header,
    normal_heading,
)
from huiyin.documents.rules.row_sources import Sheet, UnreadableTable, open_sheets

__all__ = [
    "FieldSpec",
    "HeaderNotFound",
    "Row",
    "Skipped",
    "Table",
    "UnknownColumn",
    "UnreadableTable",
    "Value",
    "read_table",
    "shown",
]

LONGEST_LABEL = 40
"""What begins a total, signature or header row is short; most rows are told by that alone."""
_TOTAL = re.compile(r"(?:合计|总计|小计|累计|共计)(?:[:：(（\d].*)?")
_SIGNATURE = re.compile(
    r"(?:填报|填表|制表|审核|审批|复核|负责|联系|经办)(?:人|单位|时间|日期|电话|说明)|备注[:：]|注[:：]|说明[:：]"
)


class Row(NamedTuple):
    """One row of data.

    `number` is the row as the spreadsheet program shows it, from 1. `values` has each found field
    (text, or date/datetime where the cell is one; '' for blank); `problems` are sentences about
    cells that must not be used (their value is ''). `cells` is the whole row for the receipt.
    `from_above` names fields whose cell is merged with the row above: the value is repeated, which
    is right for a name and wrong for an amount that is to be summed.
    """

    number: int
    values: dict[str, Value]
    problems: tuple[str, ...]
    cells: list[Value]
    from_above: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """A row that is no data, and why: 合计行, 签名行, 重复的表头."""

    number: int
    why: str


@dataclass(slots=True)
class Table:
    """An opened table. `rows` can be walked once; close it (or use `with`) when done.

    `header_row` counts from 1 (the lower one of two); `columns` is field → heading as written;
    `missing` are required fields without a column; `unknown` are headings of no field;
    `other_sheets` are sheets with the same kind of table that were not read; `n_rows` is the
    number of rows below the header where the format tells it, for progress; `skipped` grows while
    `rows` is walked.
    """

    sheet: str
    title: str
    header_row: int
    headings: tuple[str, ...]
    columns: dict[str, str]
    unknown: tuple[str, ...]
    missing: tuple[FieldSpec, ...]
    other_sheets: tuple[str, ...]
    n_rows: int | None
    rows: Iterator[Row]
    skipped: list[Skipped] = field(default_factory=list)
    _stack: ExitStack = field(default_factory=ExitStack, repr=False)

    @property
    def year(self) -> int | None:
        """The one year that the rows above the header name, for dates like 3月1日."""
        years = set(re.findall(r"(?<!\d)((?:19|20)\d\d)\s*(?:年|(?!\d))", self.title))
        return int(years.pop()) if len(years) == 1 else None

    def close(self) -> None:
        """Close the file behind the rows."""
        self._stack.close()

    def __enter__(self) -> Table:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def read_table(
    path: Path,
    fields: Sequence[FieldSpec],
    mapping: Mapping[str, str] | None = None,
    *,
    sheet: str | None = None,
) -> Table:
    """Open the sheet whose header has the most of these fields (or the one named).

    .xlsx, .xls, .et, .csv and .csv.gz, told apart by content. `mapping` is field → heading for
    columns under names of their own. Raises UnreadableTable, HeaderNotFound, UnknownColumn; a
    missing required column is not an error here but in `Table.missing`, for a mapping page.
    """
    best: tuple[Sheet, Header, list[list[str]]] | None = None
    equal: list[str] = []
    failure: HeaderNotFound | UnknownColumn | None = None
    for candidate in open_sheets(path):
        if sheet is not None and candidate.name != sheet:
            continue
        top = [_texts(cells) for cells in islice(candidate.rows(), SEARCHED_ROWS + 1)]
        try:
            header = find_header(top, fields, merges=candidate.merges, mapping=mapping)
        except (HeaderNotFound, UnknownColumn) as error:
            failure = failure or error
            continue
        if best is None or len(header.columns) > len(best[1].columns):
            best, equal = (candidate, header, top), []
        elif len(header.columns) == len(best[1].columns):
            equal.append(candidate.name)
    if best is None:
        raise failure or UnreadableTable(f"没有工作表“{sheet}”" if sheet else "工作簿里没有数据")
    return _table(*best, fields, tuple(equal))


def _table(
    sheet: Sheet,
    header: Header,
    top: Sequence[Sequence[str]],
    fields: Sequence[FieldSpec],
    other_sheets: tuple[str, ...],
) -> Table:
    skipped: list[Skipped] = []
    labels = {header.columns[f.name]: f.label for f in fields if f.name in header.columns}
    rows = _data_rows(sheet, header, labels, skipped)
    stack = ExitStack()
    stack.callback(rows.close)
    taken = set(header.columns.values())
    return Table(
        sheet=sheet.name,
        title=" ".join(text for row in top[: header.first_row] for text in row if text),
        header_row=header.last_row + 1,
        headings=header.headings,
        columns={name: header.headings[column] for name, column in header.columns.items()},
        unknown=tuple(t for n, t in enumerate(header.headings) if t and n not in taken),
        missing=tuple(f for f in fields if f.required and f.name not in header.columns),
        other_sheets=other_sheets,
        n_rows=None if sheet.n_rows is None else max(sheet.n_rows - header.last_row - 1, 0),
        rows=rows,
        skipped=skipped,
        _stack=stack,
    )


def _data_rows(
    sheet: Sheet, header: Header, labels: Mapping[int, str], skipped: list[Skipped]
) -> Generator[Row, None, None]:
    merged = _Merged(sheet)
    source = sheet.rows()
    try:
        for index, raw in enumerate(source):
            if index <= header.last_row:
                continue
            repeated = merged.fill(index, raw)
            cells, wrong = _read_cells(raw, labels)
            if not any(cells):
                continue
            why = _no_data(cells, header)
            if why:
                skipped.append(Skipped(index + 1, why))
                continue
            values = {
                name: cells[column] if column < len(cells) and column not in wrong else ""
                for name, column in header.columns.items()
            }
            above = tuple(n for n, c in header.columns.items() if c in repeated) if repeated else ()
            yield Row(index + 1, values, tuple(wrong.values()), cells, above)
    finally:
        close = getattr(source, "close", None)
        if close:
            close()


def _read_cells(
    raw: Sequence[Any], labels: Mapping[int, str]
) -> tuple[list[Value], dict[int, str]]:
    """The cells, and by column what is wrong with those that some field reads."""
    cells: list[Value] = []
    wrong: dict[int, str] = {}
    for column, cell in enumerate(raw):
        try:
            cells.append(read_cell(cell))
        except RoundedNumber as error:
            cells.append(error.shown)
            if column in labels:
                wrong[column] = f"{labels[column]}：{error}"
    return cells, wrong


def _no_data(cells: Sequence[Value], header: Header) -> str | None:
    """Why a row is not data, or None."""
    filled = [cell for cell in cells if cell]
    first = filled[0]
    if not isinstance(first, str) or len(first) > LONGEST_LABEL:
        return None
    text = re.sub(r"\s", "", first)
    if _TOTAL.fullmatch(text):
        return "合计行"
    if len(filled) <= max(3, len(cells) // 2) and _SIGNATURE.match(text):
        return "签名或说明行"
    headings = [text.rpartition("/")[2] for text in header.headings if text]
    if text[0] in {heading[:1] for heading in headings} and len(filled) >= 2:
        own = {normal_heading(heading) for heading in headings}
        if all(isinstance(cell, str) and normal_heading(cell) in own for cell in filled):
            return "重复的表头"
    return None


def _texts(cells: Sequence[Any]) -> list[str]:
    texts = []
    for cell in cells:
        try:
            texts.append(shown(read_cell(cell)))
        except RoundedNumber as error:
            texts.append(error.shown)
    return texts


class _Merged:
    """Fills cells that were merged downwards with the value of the uppermost."""

    def __init__(self, sheet: Sheet) -> None:
        self.starting: dict[int, list[tuple[int, int, int]]] = {}
        self.running: list[tuple[int, int, Any]] = []  # last row, column, value
        for row, left, bottom, right in sheet.merges or ():
            if bottom > row:
                self.starting.setdefault(row, []).append((bottom, left, right))

    def fill(self, row: int, cells: list[Any]) -> set[int]:
        """To be called for each row in order; changes the list, gives the columns it filled."""
        filled: set[int] = set()
        if self.running:
            self.running = [entry for entry in self.running if entry[0] >= row]
            for _, column, value in self.running:
                if column < len(cells) and cells[column] == "" and value != "":
                    cells[column] = value
                    filled.add(column)
        for bottom, left, right in self.starting.get(row, ()):
            value = cells[left] if 0 <= left < len(cells) else ""
            self.running += [(bottom, column, value) for column in range(max(left, 0), right + 1)]
        return filled
