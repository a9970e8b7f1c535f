"""Tables of a .docx as grids, and writing into their cells without touching their look."""

from __future__ import annotations

import re
from copy import deepcopy
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from huiyin.documents.rules.form_grid import FormCell, Grid

#: Sheets are named by the number of their table.
NAME = "表{}"


def read(content: bytes, names: set[str]) -> tuple[Any, tuple[Grid, ...], tuple[str, ...]]:
    """(document, one grid a table, what filling cannot carry)."""
    from huiyin.documents.rules.form_files import UnreadableForm

    try:
        document = docx.Document(BytesIO(content))
    except Exception as error:
        raise UnreadableForm("文档打不开，可能已损坏或加了密码，请另存为 .docx 再上传") from error
    grids: list[Grid] = []
    above: list[str] = []
    number = 0
    for child in document.element.body.iterchildren():
        if child.tag == qn("w:p"):
            text = Paragraph(child, document).text.strip()
            if text:
                above.append(text)
        elif child.tag == qn("w:tbl"):
            number += 1
            grids.append(_grid(Table(child, document), NAME.format(number), tuple(above)))
            above = []
    if grids:
        grids[-1].below = tuple(above)
    return document, tuple(grids), ()


def _grid(table: Table, name: str, above: tuple[str, ...]) -> Grid:
    cells: dict[tuple[int, int], FormCell] = {}
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    spots = places(table)
    extent: dict[int, list[tuple[int, int]]] = {}
    first: dict[int, tuple[int, int]] = {}
    for (r, c), tc in spots.items():
        extent.setdefault(id(tc), []).append((r, c))
        first.setdefault(id(tc), (r, c))
    for (r, c), tc in spots.items():
        top = first[id(tc)]
        if len(extent[id(tc)]) > 1:
            anchors[(r, c)] = top
        if (r, c) != top:
            continue
        text = "\n".join(p.text for p in _Cell(tc, table).paragraphs)
        rows = [p[0] for p in extent[id(tc)]]
        columns = [p[1] for p in extent[id(tc)]]
        lead = re.match(r"[ 　\u00a0]*", text)
        indent = sum(2 if ch == "　" else 1 for ch in (lead[0] if lead else ""))
        indent += _indent(tc)
        cells[(r, c)] = FormCell(
            r, c, text, text or None, False, True, indent,
            max(rows) - min(rows) + 1, max(columns) - min(columns) + 1,
        )  # fmt: skip
    n_rows = max((r for r, _ in spots), default=0)
    n_columns = max((c for _, c in spots), default=0)
    return Grid(name, n_rows, n_columns, cells, anchors, above)


def places(table: Table) -> dict[tuple[int, int], Any]:
    """(row, column) from 1 → the w:tc that shows there; merged cells more than once."""
    found: dict[tuple[int, int], Any] = {}
    for r, tr in enumerate(table._tbl.tr_lst, start=1):
        c = 1 + tr.grid_before
        for tc in tr.tc_lst:
            span = tc.grid_span
            shown = tc
            if tc.vMerge == "continue" and (r - 1, c) in found:
                shown = found[(r - 1, c)]
            for n in range(span):
                found[(r, c + n)] = shown
            c += span
    return found


def _indent(tc: Any) -> int:
    for p in tc.p_lst:
        ind = p.pPr.find(qn("w:ind")) if p.pPr is not None else None
        if ind is not None:
            chars = ind.get(qn("w:firstLineChars")) or ind.get(qn("w:leftChars"))
            if chars and chars.lstrip("-").isdigit():
                return int(chars) // 50
            twips = ind.get(qn("w:left")) or ind.get(qn("w:start"))
            if twips and twips.lstrip("-").isdigit():
                return int(twips) // 105
        return 0
    return 0


def tables_of(document: Any) -> dict[str, Table]:
    """Tables by the names that their grids bear."""
    found = [Table(child, document) for child in document.element.body.iterchildren(qn("w:tbl"))]
    return {NAME.format(n): table for n, table in enumerate(found, start=1)}


def write(table: Table, row: int, column: int, text: str) -> None:
    """Put a text into a cell: into its first paragraph, in the look of its run or paragraph mark."""
    tc = places(table)[(row, column)]
    paragraph = Paragraph(tc.p_lst[0], _Cell(tc, table))
    runs = paragraph.runs
    if runs:
        runs[0].text = text
        for run in runs[1:]:
            run.text = ""
        return
    run = paragraph.add_run(text)
    mark = paragraph._p.pPr.find(qn("w:rPr")) if paragraph._p.pPr is not None else None
    if mark is not None:
        look = deepcopy(mark)
        for tag in ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange"):
            for found in look.findall(qn(tag)):
                look.remove(found)
        run._r.insert(0, look)


def add_rows(table: Table, after: int, n: int) -> None:
    """More rows like the one of that number, blank, below it."""
    model = table._tbl.tr_lst[after - 1]
    for _ in range(n):
        new = deepcopy(model)
        for text in new.iter(qn("w:t")):
            text.text = ""
        model.addnext(new)
