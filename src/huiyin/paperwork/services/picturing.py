"""A form in its own look for a page: merges, widths, what each blank was taken for, by sign and word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from huiyin.documents.rules.form_grid import FormCell, Grid
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.rules.links import ASIDE, KNOWN, STATUS_LABELS, UNKNOWN, UNSURE
from huiyin.paperwork.services import filling, values
from huiyin.paperwork.services.filling import Cell, Proposal

ROWS, COLUMNS = 200, 60
#: Each value is a query or two: beyond so many blanks of a page the values come with the file.
COMPUTED = 400
FORBIDDEN, NONE = "forbidden", "none"
SIGNS = {KNOWN: "✓", UNSURE: "?", UNKNOWN: "—", FORBIDDEN: "×", NONE: "○", ASIDE: ""}
LABELS = {**STATUS_LABELS, FORBIDDEN: values.FORBIDDEN, NONE: "无数可出"}


@dataclass
class Box:
    """A cell of the page. `number` = of the blank in the form; 0 = no blank to settle."""

    text: str
    across: int = 1
    down: int = 1
    head: bool = False
    align: str = ""
    lined: bool = False
    status: str = ""
    words: str = ""
    value: str = ""
    address: str = ""
    number: int = 0
    reason: str = ""
    where: str = ""

    @property
    def sign(self) -> str:
        return SIGNS.get(self.status, "")

    @property
    def label(self) -> str:
        return LABELS.get(self.status, "")


@dataclass
class Picture:
    """One sheet, a page of it."""

    name: str
    rows: list[list[Box]]
    first_row: int
    last_row: int
    n_rows: int
    first_column: int
    last_column: int
    n_columns: int
    widths: list[int] = field(default_factory=list)


def picture(
    proposal: Proposal, grid: Grid, posts: Sequence[ActingPost], *, top: int = 1, left: int = 1
) -> Picture:
    """The rows from `top` and columns from `left`, at most ROWS × COLUMNS."""
    blanks = {
        (c.field.row, c.field.column): (n, c)
        for n, c in enumerate(proposal.cells, start=1)
        if c.field.sheet == grid.name
    }
    bottom = min(top + ROWS - 1, grid.n_rows)
    right = min(left + COLUMNS - 1, grid.n_columns)
    shown = {key: pair for key, pair in blanks.items()
             if top <= key[0] <= bottom and left <= key[1] <= right}  # fmt: skip
    boxes = _boxes(proposal, shown, posts)
    rows = []
    for row in range(top, bottom + 1):
        if row in grid.hidden_rows:
            continue
        line: list[Box] = []
        for column in range(left, right + 1):
            if column in grid.hidden_columns:
                continue
            cell = grid.at(row, column)
            begins = (max(cell.row, top), max(cell.column, left))
            if begins != (row, column):
                continue
            line.append(_box(cell, boxes.get((row, column)), bottom, right, begins))
        rows.append(line)
    visible = [c for c in range(left, right + 1) if c not in grid.hidden_columns]
    widths = [round(grid.widths.get(c, 9)) for c in visible]
    return Picture(grid.name, rows, top, bottom, grid.n_rows, left, right, grid.n_columns, widths)


def _box(cell: FormCell, blank: Box | None, bottom: int, right: int, begins: tuple[int, int]) -> Box:  # fmt: skip
    box = blank or Box(cell.text if not cell.formula else "公式")
    box.across = max(1, min(cell.last_column, right) - begins[1] + 1)
    box.down = max(1, min(cell.last_row, bottom) - begins[0] + 1)
    box.head, box.lined = cell.bold, cell.lined
    box.align = {"center": "center", "right": "end", "centerContinuous": "center"}.get(cell.align, "")  # fmt: skip
    return box


def _boxes(
    proposal: Proposal, shown: Mapping[tuple[int, int], tuple[int, Cell]], posts: Sequence[ActingPost]
) -> dict[tuple[int, int], Box]:  # fmt: skip
    computer = filling.computer_for(proposal, posts)
    compute = len(shown) <= COMPUTED
    found: dict[tuple[int, int], Box] = {}
    for key, (number, cell) in shown.items():
        status = cell.reading.status
        if status == ASIDE:
            continue
        box = Box("", status=status, number=number, reason=cell.reading.reason, where=cell.address)
        link = cell.link
        if link is not None:
            box.words = values.words_of(link)
            if not link.register and compute:
                got = computer.of(link)
                box.address = got.address
                if got.refusal == values.FORBIDDEN:
                    box.status, box.words = FORBIDDEN, ""
                elif got.refusal:
                    box.status, box.reason = NONE, got.refusal
                elif got.value is not None:
                    box.value = f"{got.value:,}{'余' if got.approximate else ''}"
        found[key] = box
    return found
