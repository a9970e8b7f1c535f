"""A blank form as a grid: what stands in each cell, what is merged, where there are lines.

The same grid is read from a sheet of a workbook and from a table of a document, so that what a form
asks is understood once (form_layout). Nothing here knows what the words mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_ROWS, MOST_COLUMNS = 2000, 200
#: What offices put into a cell that nobody is to fill.
VOID = frozenset({"-", "--", "—", "——", "－", "/", "\\", "×", "x", "X", "*", "＊", "…", "……"})
_PLACEHOLDER = re.compile(r"[_＿﹍\s　]*")


@dataclass(frozen=True)
class FormCell:
    """The anchor of a merge, or a plain cell. Rows and columns count from 1; `indent` in characters
    (of the alignment, or of blanks in front); `lined`: has a border at one of its sides."""

    row: int
    column: int
    text: str
    value: Any = None
    formula: bool = False
    lined: bool = False
    indent: int = 0
    down: int = 1
    across: int = 1
    number_format: str = "General"
    bold: bool = False
    align: str = ""

    @property
    def blank(self) -> bool:
        """Nothing in it, or only the line on which something is to be written."""
        return not self.formula and _PLACEHOLDER.fullmatch(self.text) is not None

    @property
    def void(self) -> bool:
        """Crossed out: nobody is to fill it."""
        return self.text.strip() in VOID

    @property
    def number(self) -> bool:
        """Holds a figure: an example, or last period's."""
        if isinstance(self.value, (int, float)) and not isinstance(self.value, bool):
            return True
        return re.fullmatch(r"[-+]?[\d,]+(?:\.\d+)?%?", self.text.strip()) is not None

    @property
    def worded(self) -> bool:
        """Holds words: a heading, a label, a note."""
        return not (self.blank or self.formula or self.void or self.number)

    @property
    def last_row(self) -> int:
        return self.row + self.down - 1

    @property
    def last_column(self) -> int:
        return self.column + self.across - 1


@dataclass
class Grid:
    """One sheet or one table. `above` and `below` are lines around a table of a document."""

    name: str
    n_rows: int
    n_columns: int
    cells: dict[tuple[int, int], FormCell]
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    widths: dict[int, float] = field(default_factory=dict)

    def at(self, row: int, column: int) -> FormCell:
        """The cell that covers this place."""
        key = self.anchors.get((row, column), (row, column))
        found = self.cells.get(key)
        return found if found is not None else FormCell(row, column, "")

    def anchored(self, row: int, column: int) -> bool:
        """Whether the cell of this place begins here (is not covered by a merge)."""
        return self.anchors.get((row, column), (row, column)) == (row, column)

    def row(self, row: int, first: int = 1, last: int = 0) -> list[FormCell]:
        """Cells that a row shows between two columns, each once, those merged from above too."""
        found: list[FormCell] = []
        for column in range(first, (last or self.n_columns) + 1):
            cell = self.at(row, column)
            if not found or (found[-1].row, found[-1].column) != (cell.row, cell.column):
                found.append(cell)
        return found

    def texts(self) -> Iterator[FormCell]:
        """Cells with words, in reading order."""
        for key in sorted(self.cells):
            if self.cells[key].worded:
                yield self.cells[key]


def plain(text: str) -> str:
    """Half width, without blanks and line breaks: what is compared."""
    return re.sub(r"[\s　_＿]", "", unicodedata.normalize("NFKC", text))


def read_worksheet(sheet: Any) -> Grid:
    """The grid of an openpyxl worksheet. Cells without value and line outside merges are left out."""
    merged = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
    cells: dict[tuple[int, int], FormCell] = {}
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), area in merged.items():
        for r in range(area.min_row, min(area.max_row, MOST_ROWS) + 1):
            for c in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                anchors[(r, c)] = (row, column)
    n_rows = n_columns = 0
    for line in sheet.iter_rows(
        max_row=min(sheet.max_row, MOST_ROWS), max_col=min(sheet.max_column, MOST_COLUMNS)
    ):
        for cell in line:
            place = (cell.row, cell.column)
            area = merged.get(place)
            if area is None and place in anchors:
                continue
            found = _cell(sheet, cell, area)
            if found.text or found.lined or area is not None:
                cells[place] = found
                n_rows, n_columns = (
                    max(n_rows, found.last_row),
                    max(n_columns, found.last_column),
                )
    return Grid(
        sheet.title, n_rows, n_columns, cells, anchors,
        hidden_rows=frozenset(r for r, d in sheet.row_dimensions.items() if d.hidden),
        hidden_columns=_hidden_columns(sheet), widths=_widths(sheet),
    )  # fmt: skip


def _widths(sheet: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    for dimension in sheet.column_dimensions.values():
        if dimension.width and dimension.min:
            for column in range(dimension.min, min(dimension.max, MOST_COLUMNS) + 1):
                found[column] = dimension.width
    return found


def _hidden_columns(sheet: Any) -> frozenset[int]:
    found: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min:
            found.update(range(dimension.min, min(dimension.max, MOST_COLUMNS) + 1))
    return frozenset(found)


def _cell(sheet: Any, cell: Any, area: Any) -> FormCell:
    value = cell.value
    formula = cell.data_type == "f" or (isinstance(value, str) and value.startswith("=") and len(value) > 1)  # fmt: skip
    text = "" if value is None else ("" if formula else _text(value))
    lined = _lined(cell)
    if area is not None and not lined:
        lined = _lined(sheet.cell(area.max_row, area.max_col))
    lead = len(text) - len(text.lstrip(" 　\u00a0"))
    wide = text[:lead].count("　") * 2 + (lead - text[:lead].count("　"))
    return FormCell(
        cell.row, cell.column, text, value, formula, lined,
        int((cell.alignment.indent or 0) * 2) + wide,
        area.max_row - area.min_row + 1 if area is not None else 1,
        area.max_col - area.min_col + 1 if area is not None else 1,
        cell.number_format or "General", bool(cell.font and cell.font.b),
        cell.alignment.horizontal or "",
    )  # fmt: skip


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _lined(cell: Any) -> bool:
    border = cell.border
    if border is None:
        return False
    sides = (border.left, border.right, border.top, border.bottom)
    return sum(1 for side in sides if side is not None and side.style) >= 2
