"""Where the tables of a form are: offices draw them with lines."""

from __future__ import annotations

from huiyin.documents.rules import form_words as words
from huiyin.documents.rules.form_grid import FormCell, Grid

#: First row, first column, last row, last column.
Box = tuple[int, int, int, int]


def tables_of(grid: Grid) -> list[Box]:
    """Bounding boxes of what is lined and hangs together; of all that stands there without lines."""
    lined = {
        (r, c)
        for cell in grid.cells.values()
        if cell.lined
        for r in range(cell.row, cell.last_row + 1)
        for c in range(cell.column, cell.last_column + 1)
    }
    boxes: list[Box] = []
    left = set(lined)
    while left:
        todo = [left.pop()]
        part = set(todo)
        while todo:
            r, c = todo.pop()
            for near in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
                if near in left:
                    left.remove(near)
                    part.add(near)
                    todo.append(near)
        rows, columns = [p[0] for p in part], [p[1] for p in part]
        if max(columns) > min(columns) and max(rows) > min(rows):
            boxes.append((min(rows), min(columns), max(rows), max(columns)))
    if boxes:
        return sorted(boxes)
    return _unlined(grid)


def _unlined(grid: Grid) -> list[Box]:
    """Without lines: from the first row of several words that is no line of 填报单位, to the last row
    with a word that is no note."""
    by_row: dict[int, list[FormCell]] = {}
    for cell in grid.texts():
        by_row.setdefault(cell.row, []).append(cell)
    rows = [
        r for r, cells in by_row.items()
        if not words.is_note(cells[0].text) and not words.is_signature(cells[0].text)
    ]  # fmt: skip
    tops = [
        r for r in rows
        if len(by_row[r]) >= 2 and not words.is_info_row([c.text for c in by_row[r]])
    ]  # fmt: skip
    if not tops:
        return []
    top, bottom = min(tops), max(rows)
    inside = [c for r in rows if r >= top for c in by_row[r]]
    return [(top, min(c.column for c in inside), bottom, max(c.last_column for c in inside))]
