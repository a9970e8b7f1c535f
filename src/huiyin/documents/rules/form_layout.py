"""What a blank form asks for, cell by cell: over each blank its headings, beside it its labels.

A form is lines above (title, 填报单位 / 日期 / 单位), one or more tables of one to four header rows,
rows with labels or blank rows to be listed into, notes and signatures. Offices draw tables with
borders, so a table is what is lined and hangs together; without any line it is everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from huiyin.documents.rules import form_words as words
from huiyin.documents.rules.form_boxes import Box, tables_of
from huiyin.documents.rules.form_grid import FormCell, Grid, plain

CROSS, LISTED = "cross", "list"
MOST_HEADER_ROWS = 5


@dataclass(frozen=True)
class Label:
    """A text beside a blank, with what stands over its column."""

    text: str
    head: str = ""
    row: int = 0
    column: int = 0
    indent: int = 0


@dataclass(frozen=True)
class Field:
    """A blank to be filled. `header` from the top down, `labels` from the outside in. `parents`:
    what an 其中 or an indentation hangs on; `perhaps`: what it may hang on. `measure`: the unit of
    counting that its row states in a column of its own. `aside`: remarks, signatures."""

    sheet: str
    row: int
    column: int
    header: tuple[str, ...]
    labels: tuple[Label, ...]
    parents: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    section: str = ""
    measure: str = ""
    aside: bool = False
    number_format: str = "General"

    @property
    def label(self) -> str:
        """The row in words: 云富街道 / 团结路社区."""
        return " / ".join(plain(label.text) for label in self.labels)

    @property
    def heading(self) -> str:
        """The column in words: 受理 / 其中 / 投诉."""
        return " / ".join(plain(text) for text in self.header)


@dataclass
class Block:
    """One table of a form. `rows` are its body rows, for a list the blank ones; `columns` = (column,
    header path) from the left."""

    sheet: str
    number: int
    box: Box
    kind: str = CROSS
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    columns: tuple[tuple[int, tuple[str, ...]], ...] = ()
    rows: tuple[int, ...] = ()
    fields: tuple[Field, ...] = ()


@dataclass
class _Reader:
    """Walks one table from the top down and remembers what still holds."""

    grid: Grid
    box: Box
    number: int
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    all_headers: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    section: str = ""
    above: list[Label] = field(default_factory=list)

    # -- rows -------------------------------------------------------------------------------------
    def read(self) -> Block:
        top, left, bottom, right = self.box
        for row in range(top, bottom + 1):
            if row in self.grid.hidden_rows:
                continue
            self._row(row, self.grid.row(row, left, right))
        bare = [f for f in self.fields if not f.labels]
        listed = (
            bool(self.all_headers)
            and bool(bare)
            and all(words.is_total(f.labels[-1].text) for f in self.fields if f.labels)
        )
        if not listed and self.all_headers:  # spare rows of a table whose other rows are named
            self.fields = [f for f in self.fields if f.labels or not f.header]
        return Block(
            self.grid.name, self.number, self.box, LISTED if listed else CROSS,
            tuple(self.lines), tuple(self.notes), tuple(self.all_headers),
            tuple((c, self.path(c)) for c in range(left, right + 1) if self._own_column(c)),
            tuple(self.body), tuple(self.fields),
        )  # fmt: skip

    def _row(self, row: int, cells: list[FormCell]) -> None:
        own = [c for c in cells if c.row == row]
        if not own:
            return
        started = bool(self.body)
        whole = len(cells) == 1 and cells[0].row == row
        texts = [c for c in own if c.worded]
        if whole or self._is_wide_band(texts, own):
            if texts:
                self._band(texts[0].text, started)
            return
        if texts and words.is_note(texts[0].text) and texts[0] is own[0]:
            self.notes += [c.text for c in texts]
            return
        if not self.headers and not started and words.is_info_row([c.text for c in texts]):
            self.lines += [c.text for c in texts]
            return
        numbered = words.is_numbering([c.text for c in own if not c.blank])
        if numbered and self.headers and not started:
            return
        if self._is_heading_row(own):
            self.section, self.above = texts[0].text, []
            return
        if self._is_header(row, own, cells):
            if started and self.headers and self.headers[-1] < self.body[-1]:
                self.headers, self.above = [], []
            self.headers.append(row)
            self.all_headers.append(row)
            return
        self._body_row(row, own, cells)

    def _is_wide_band(self, texts: list[FormCell], own: list[FormCell]) -> bool:
        """One wide section or note at the left, and nothing beside it."""
        if len(texts) != 1 or len(own) <= 2 or texts[0].across == 1:
            return False
        text = texts[0]
        alone = all(c.blank for c in own if c is not text)
        said = words.is_section(text.text) or words.is_note(text.text)
        return alone and said and text.column == self.box[1]

    def _band(self, text: str, started: bool) -> None:
        if words.is_note(text) or (started and words.is_signature(text)):
            self.notes.append(text)
        elif started or self.headers:
            self.section, self.above = text, []
        else:
            self.lines.append(text)

    def _is_heading_row(self, own: list[FormCell]) -> bool:
        """一、办理情况 with blanks beside it, that only groups the rows below: its column of measures
        is blank, or it is called 情况."""
        texts = [c for c in own if c.worded]
        if len(texts) != 1 or not self.headers:
            return False
        text = texts[0]
        if words.is_section(text.text) and words.is_grouping(text.text):
            return True
        measured = [c for c in own if words.is_measure_head((self.path(c.column) or ("",))[-1])]
        return bool(measured) and all(c.blank for c in measured) and words.is_section(text.text)

    def _is_header(self, row: int, own: list[FormCell], cells: list[FormCell]) -> bool:
        texts = [c for c in own if c.worded]
        blanks = [c for c in own if c.blank]
        if not texts or any(c.number or c.formula or c.void for c in own):
            return False
        if words.is_example(texts[0].text):
            return False
        fresh = not self.headers or (self.body and self.headers[-1] < self.body[-1])
        if len(self.headers) >= MOST_HEADER_ROWS and not fresh:
            return False
        if fresh:
            if self.headers and len(texts) < max(2, 0.6 * len(cells)):
                return False
            if not blanks:
                return len(texts) >= 2
            if self.headers:
                return False
            return len(texts) >= 2 and (len(texts) > len(blanks) + 1 or self._continued(row, own)) and not (
                texts[0] is own[0] and len(blanks) >= 2 and not self._continued(row, own)
                and own[-1].blank
            )  # fmt: skip
        if self.headers[-1] != row - 1:
            return False
        if not blanks:
            return True
        first_text = min(c.column for c in texts)
        return all(c.column < first_text for c in blanks) and self._under_text(blanks)

    def _under_text(self, blanks: list[FormCell]) -> bool:
        """Blanks of a header row that only continue what stands over them (not merged)."""
        return all(any(self.grid.at(r, c.column).worded for r in self.headers) for c in blanks)

    def _continued(self, row: int, own: list[FormCell]) -> bool:
        """A header whose wide headings are not merged: the row below names each column."""
        _, left, bottom, right = self.box
        if row >= bottom:
            return False
        blank = [c.column for c in own if c.blank]
        below = [c for c in self.grid.row(row + 1, left, right) if c.row == row + 1]
        return bool(blank) and all(self.grid.at(row + 1, c).worded for c in blank) and not any(
            c.number for c in below
        )  # fmt: skip

    # -- headings ---------------------------------------------------------------------------------
    def _own_column(self, column: int) -> bool:
        if column in self.grid.hidden_columns:
            return False
        return not self.body or any(self.grid.anchored(r, column) for r in self.body)

    def path(self, column: int) -> tuple[str, ...]:
        """The headings over a column, from the top; an 其中 hangs on the heading to its left."""
        found: list[FormCell] = []
        for row in self.headers or self.all_headers:
            cell = self.grid.at(row, column)
            if cell.blank and row != (self.headers or self.all_headers)[-1]:
                cell = self._from_left(row, column)
            if cell.worded and (not found or found[-1] is not cell):
                found.append(cell)
        texts = [c.text for c in found]
        for n, cell in enumerate(found):
            if words.is_of_which(cell.text):
                before = self._before(cell)
                if before:
                    return (*texts[:n], *[t for t in before if t not in texts[:n]], *texts[n:])
        return tuple(texts)

    def _from_left(self, row: int, column: int) -> FormCell:
        """Above a column, where nothing stands: the unmerged heading to its left continues, unless
        a heading of the same column stands in another header row as its only one."""
        below = [r for r in self.headers if r > row]
        if not any(self.grid.at(r, column).worded for r in below):
            return self.grid.at(row, column)
        for c in range(column - 1, self.box[1] - 1, -1):
            cell = self.grid.at(row, c)
            if cell.worded:
                under = self.grid.at(row + 1, c) if row + 1 in self.headers else cell
                return cell if cell.last_row == row and under.worded else self.grid.at(row, column)
            if not cell.blank:
                break
        return self.grid.at(row, column)

    def _before(self, cell: FormCell) -> tuple[str, ...]:
        """The path of the column left of an 其中, without its own 其中."""
        column = cell.column - 1
        while column >= self.box[1]:
            path = self.path(column)
            if path and not any(words.is_of_which(t) for t in path):
                return path
            if not path:
                return ()
            column -= 1
        return ()

    # -- body -------------------------------------------------------------------------------------
    def _body_row(self, row: int, own: list[FormCell], cells: list[FormCell]) -> None:
        self.body.append(row)
        if own and own[0].worded and words.is_example(own[0].text):
            return
        seen: dict[tuple[int, ...], tuple[tuple[str, ...], tuple[str, ...]]] = {}
        last: tuple[Label, ...] = ()
        for cell in own:
            if not cell.blank or cell.column in self.grid.hidden_columns:
                continue
            header = self.path(cell.column)
            if header and words.is_ruled_head(header[-1]):
                continue
            labels, measure = self._labels(row, cell, cells)
            if not header and not labels:
                continue
            key = tuple(label.column for label in labels)
            if key not in seen:
                seen[key] = self._parents(labels)
            parents, perhaps = seen[key]
            last = labels or last
            self.fields.append(Field(
                self.grid.name, row, cell.column, header, labels, parents, perhaps, self.section,
                measure, self._aside(header, labels), cell.number_format,
            ))  # fmt: skip
        if not last:
            last = tuple(Label(c.text, "", c.row, c.column, c.indent) for c in cells if c.worded)[
                :2
            ]
        self._remember(last)

    def _labels(self, row: int, cell: FormCell, cells: list[FormCell]) -> tuple[tuple[Label, ...], str]:  # fmt: skip
        """The nearest run of words left of a blank, and the unit of counting that it states."""
        found: list[Label] = []
        measure = ""
        for left in reversed([c for c in cells if c.column < cell.column]):
            head = self.path(left.column)
            inner = head[-1] if head else ""
            if words.is_serial_head(inner) and not (left.worded and words.is_total(left.text)):
                continue
            if not left.worded:
                if found:
                    break
                continue
            if words.is_measure_head(inner):
                measure = left.text
                continue
            if words.is_aside_head(inner) and found:
                continue
            found.append(Label(left.text, inner, left.row, left.column, left.indent))
        return tuple(reversed(found)), measure

    def _aside(self, header: tuple[str, ...], labels: tuple[Label, ...]) -> bool:
        if header and words.is_aside_head(header[-1]):
            return True
        return not header and bool(labels) and words.is_signature(labels[-1].text)

    def _parents(self, labels: tuple[Label, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(what the innermost label hangs on, what it may hang on)."""
        if not labels:
            return (), ()
        inner = labels[-1]
        of_which = words.is_of_which(inner.text) or any(
            words.is_of_which(x.text) for x in labels[:-1]
        )
        if of_which:
            for earlier in reversed(self.above):
                if not words.is_of_which(earlier.text):
                    return (earlier.text,), ()
            return (), ()
        chain: list[str] = []
        level = inner.indent
        for earlier in reversed(self.above):
            if earlier.indent < level and not words.is_total(earlier.text):
                level = earlier.indent
                text = words.after_of_which(earlier.text)
                if words.is_of_which(earlier.text):
                    # Deeper than an 其中 line: a sister of it, written under its words.
                    owner = self._owner(earlier)
                    return ((owner,) if owner else (text,)), ()
                chain.append(text)
            if level == 0:
                break
        if chain:
            return tuple(reversed(chain)), ()
        for earlier in reversed(self.above):
            if words.is_of_which(earlier.text):
                owner = self._owner(earlier)
                return (), ((owner,) if owner else ())
        return (), ()

    def _owner(self, of_which: Label) -> str:
        before = self.above[: self.above.index(of_which)]
        for earlier in reversed(before):
            if not words.is_of_which(earlier.text):
                return earlier.text
        return ""

    def _remember(self, labels: tuple[Label, ...]) -> None:
        if not labels:
            return
        inner = labels[-1]
        if any(words.is_of_which(x.text) for x in labels[:-1]):
            inner = replace(inner, text="其中：" + inner.text)
        self.above.append(inner)
        self.above = self.above[-80:]


def blocks_of(grid: Grid) -> list[Block]:
    """The tables of a sheet with what each blank in them asks, from the top down."""
    boxes = tables_of(grid)
    found: list[Block] = []
    used = 0
    for number, box in enumerate(boxes):
        block = _Reader(grid, box, number).read()
        before = _outside(grid, used + 1, box[0] - 1)
        if number == 0:
            before = [*grid.above, *before]
        elif not any(words.is_title(t) for t in before) and found:
            before = [*found[0].lines[:1], *before]
        nearest = min((b[0] for b in boxes if b[0] > box[2]), default=grid.n_rows + 1)
        after = _outside(grid, box[2] + 1, nearest - 1)
        notes = [t for t in after if words.is_note(t) or words.is_signature(t)]
        block.lines = (*before, *block.lines)
        block.notes = (*block.notes, *notes, *(grid.below if number == len(boxes) - 1 else ()))
        used = max(used, box[2])
        if block.fields:
            found.append(block)
    return found


def _outside(grid: Grid, first: int, last: int) -> list[str]:
    return [c.text.strip() for c in grid.texts() if first <= c.row <= last]
