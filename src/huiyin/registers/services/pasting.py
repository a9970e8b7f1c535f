"""Rows copied in WPS or Excel and pasted: the same reading, checks and receipt as a file.

What is pasted is the clipboard's own shape: cells between tabs, rows between line ends, a cell with
line ends or tabs of its own in quotes.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from huiyin.documents.rules.headers import normal_heading
from huiyin.documents.rules.receipts import REFUSED
from huiyin.documents.rules.sheets import Row, shown
from huiyin.org.models import Area
from huiyin.registers.registry import Register
from huiyin.registers.services import importing
from huiyin.registers.services.importing import Imported, Job
from huiyin.registers.services.writing import Source

#: Rows of one paste; who has more sends the file.
MOST_ROWS = 500
MOST_CHARACTERS = 200_000


class NothingPasted(ValueError):
    """No row in what was pasted, or too many. The message says what to do."""


@dataclass(frozen=True)
class Line:
    """One pasted row: its number as pasted (the header is row 1), its cells, and what became of it."""

    number: int
    cells: tuple[str, ...]
    outcome: str
    reason: str = ""

    @property
    def refused(self) -> bool:
        return self.outcome == REFUSED


@dataclass
class Pasted:
    """What a paste came to. `left` = the text with the refused rows only, to be mended and sent
    again; `receipt` = the workbook, once rows were written."""

    headings: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)
    done: Imported = field(default_factory=Imported)
    left: str = ""
    receipt: bytes = b""


def order_of(register: Register, known: Mapping[str, object]) -> list[str]:
    """Headings of the columns in the order of the template: how a paste without a header is read."""
    return [col.heading for col in register.columns if col.name not in known]


def take(
    register: Register, text: str, *, within: Area, source: Source, known: Mapping[str, object],
    try_only: bool,
) -> Pasted:  # fmt: skip
    """Read pasted rows; with `try_only` nothing is written. Raises NothingPasted, and what
    importing.carry_out raises of a header."""
    grid = _grid(text)
    headed = _has_header(register, grid[0])
    if not headed:
        grid.insert(0, order_of(register, known))
        _refuse_wide(grid)
    shift = 0 if headed else 1
    found = Pasted()

    def each(row: Row, outcome: str, reason: str) -> None:
        cells = tuple(shown(cell) for cell in row.cells)
        found.lines.append(Line(row.number - shift, cells, outcome, reason))

    with tempfile.TemporaryDirectory() as folder:
        path, receipt = Path(folder) / "pasted.csv", Path(folder) / "receipt.xlsx"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(grid)
        job = Job(path, receipt, within, source, name="粘贴")
        found.done = importing.carry_out(register, job, try_only=try_only, each=each)
        found.receipt = b"" if try_only else receipt.read_bytes()
    found.headings = tuple(grid[0])
    refused = [list(line.cells) for line in found.lines if line.refused]
    found.left = _text([grid[0], *refused]) if refused else ""
    return found


def _grid(text: str) -> list[list[str]]:
    """Rows and cells as the clipboard has them, blank rows left out."""
    if len(text) > MOST_CHARACTERS:
        raise NothingPasted(f"一次最多粘贴 {MOST_CHARACTERS:,} 字，请分几次，或存成文件导入")
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:
        raise NothingPasted(
            "这段内容不是从表格里复制的，请在 WPS 或 Excel 里选中几行再复制"
        ) from None
    grid = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if not grid:
        raise NothingPasted("还没有粘贴内容：在 WPS 或 Excel 里选中几行，复制，再贴到框里")
    if len(grid) > MOST_ROWS + 1:
        raise NothingPasted(f"一次最多粘贴 {MOST_ROWS} 行，请分几次，或存成文件导入")
    return grid


def _has_header(register: Register, row: list[str]) -> bool:
    """Whether the first row names columns: two of its cells, or its only one, are known names."""
    names = {normal_heading(n) for f in importing.fields_of(register) for n in f.names}
    hits = sum(normal_heading(cell) in names for cell in row if cell)
    return hits >= min(2, sum(bool(cell) for cell in row))


def _refuse_wide(grid: list[list[str]]) -> None:
    widest = max(len(row) for row in grid[1:])
    if widest > len(grid[0]):
        raise NothingPasted(
            f"没有看到表头，而有的行有 {widest} 列，台账只有 {len(grid[0])} 列："
            f"请连表头一起复制，或按这个顺序排列：{'、'.join(grid[0])}"
        )


def _text(rows: list[list[str]]) -> str:
    out = StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()
