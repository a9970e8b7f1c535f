"""Filling a blank form: what each blank asks, what the system knows of it, and the filled file.

Values come only from the registry of numbers and from the ledgers' selectors, with the rights of the
posts that ask. What is not known stays empty and is listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from huiyin.documents.rules import form_files, form_writing
from huiyin.documents.rules.form_files import DOCX, Form
from huiyin.documents.rules.form_layout import Block, Field
from huiyin.documents.rules.form_writing import Entry
from huiyin.indicators import registry
from huiyin.indicators.rules.periods import Period
from huiyin.org.models import Area, Unit
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.rules import reading
from huiyin.paperwork.rules.catalogue import Spot
from huiyin.paperwork.rules.fragments import Cutter
from huiyin.paperwork.rules.links import ASIDE, KNOWN, UNKNOWN, UNSURE, Link, Reading
from huiyin.paperwork.services import listing, values, vocabulary
from huiyin.paperwork.services.values import CivicEyes, Got, PostsEyes, Values

#: Where a value comes from, one row a value.
HEADS = (
    "格",
    "行",
    "列",
    "数据",
    "口径",
    "数值",
    "单位",
    "明细行数",
    "期间",
    "明细链接",
    "取数时间",
)
FILLED, EMPTY = "filled", "empty"


@dataclass
class Cell:
    """A blank with what it was taken for. `by` = who settled it, '' = the machine."""

    field: Field
    reading: Reading
    alone: bool
    by: str = ""
    moved: int = 0

    @property
    def address(self) -> str:
        """As the spreadsheet program shows it, after rows were added above."""
        f = self.field
        return form_files.address(f.sheet, f.row + self.moved, f.column, alone=self.alone)

    @property
    def link(self) -> Link | None:
        """What will be filled in, if anything."""
        return self.reading.link if self.reading.status == KNOWN else None

    @property
    def spot(self) -> Spot:
        f = self.field
        return Spot(f.sheet, f.row, f.column, f.heading[:300], f.label[:300], self.reading.status,
                    self.link.as_json() if self.link else None)  # fmt: skip


@dataclass
class Proposal:
    """A form for a place and a period, with all its blanks."""

    form: Form
    place: Area
    period: Period
    cells: list[Cell]
    lists: dict[tuple[str, int], list[Cell]] = field(default_factory=dict)

    @property
    def asked(self) -> list[Cell]:
        """Blanks that ask for something (no remarks, no signatures)."""
        return [c for c in self.cells if c.reading.status != ASIDE]

    def of_status(self, status: str) -> list[Cell]:
        return [c for c in self.cells if c.reading.status == status]


@dataclass
class Filled:
    """The filled file and what was put into it."""

    content: bytes
    kind: str
    entries: list[tuple[Cell, Got]]
    rows: int
    empty: list[tuple[Cell, str]]

    @property
    def filled(self) -> int:
        """Blanks that have a value now."""
        return len(self.entries)


Settled = Mapping[tuple[str, int, int], tuple[Link | None, str]]


def propose(
    content: bytes,
    name: str,
    *,
    place: Area,
    period: Period,
    day: date,
    settled: Settled | None = None,
) -> Proposal:
    """Read a form and say of each blank what it is. Raises form_files.UnreadableForm.

    `settled`: what people decided for a blank (None = stays empty), with their name.
    """
    form = form_files.open_form(content, name)
    return propose_form(form, place=place, period=period, day=day, settled=settled)


def propose_form(
    form: Form, *, place: Area, period: Period, day: date, settled: Settled | None = None
) -> Proposal:
    """The same for an opened form."""
    cutter = Cutter(vocabulary.for_place(place, day))
    alone = len(form.grids) == 1 and form.kind != DOCX
    cells: list[Cell] = []
    lists: dict[tuple[str, int], list[Cell]] = {}
    for block in form.blocks:
        for blank, read in reading.read_block(block, cutter, period.first, period.last):
            cell = _with_decision(Cell(blank, read, alone), settled or {})
            cells.append(cell)
            if cell.reading.status != ASIDE and (cell.link and cell.link.register):
                lists.setdefault((block.sheet, block.number), []).append(cell)
    return Proposal(form, place, period, cells, lists)


def _with_decision(cell: Cell, settled: Settled) -> Cell:
    f = cell.field
    if (f.sheet, f.row, f.column) not in settled:
        return cell
    link, by = settled[(f.sheet, f.row, f.column)]
    if link is None:
        cell.reading = Reading(UNKNOWN, reason=f"{by}确认：这一格不由系统填")
    else:
        cell.reading = Reading(KNOWN, link, 1.0, f"{by}确认")
    cell.by = by
    return cell


def accept(proposal: Proposal) -> list[Cell]:
    """Take the first candidate of each unsure blank, and give those blanks back."""
    taken = []
    for cell in proposal.of_status(UNSURE):
        if cell.reading.candidates:
            link, confidence, why = cell.reading.candidates[0]
            cell.reading = Reading(KNOWN, link, confidence, f"按首选填：{why}")
            taken.append(cell)
            if link.register:
                block = _block_of(proposal.form, cell.field)
                proposal.lists.setdefault((block.sheet, block.number), []).append(cell)
    return taken


def computer_for(proposal: Proposal, posts: Sequence[ActingPost]) -> Values:
    """What these posts may see of it; without posts what the system person of a command may."""
    eyes = PostsEyes(posts) if posts else CivicEyes()
    return Values(proposal.place, proposal.period.first, proposal.period.last, eyes)


def fill(proposal: Proposal, *, posts: Sequence[ActingPost], at: datetime) -> Filled:
    """The form with its values, every style as it was, and the sheet 数据来源."""
    computer = computer_for(proposal, posts)
    entries: list[tuple[Cell, Got]] = []
    empty: list[tuple[Cell, str]] = []
    put: list[Entry] = []
    for cell in proposal.asked:
        link = cell.link
        if link is None:
            empty.append((cell, cell.reading.reason))
        elif not link.register:
            got = computer.of(link)
            if got.refusal:
                empty.append((cell, got.refusal))
            else:
                entries.append((cell, got))
                put.append(Entry(cell.field.sheet, cell.field.row, cell.field.column,
                                 _written(proposal.form, cell, link, got)))  # fmt: skip
    form_writing.put(proposal.form, put)
    numbers, rows, sources = list(entries), 0, []
    for (sheet, number), cells in sorted(proposal.lists.items(), reverse=True):
        block = next(b for b in proposal.form.blocks if (b.sheet, b.number) == (sheet, number))
        listed = listing.fill_list(proposal.form, block, cells, proposal.place, proposal.period, posts, at)  # fmt: skip
        rows += listed.rows
        for cell in proposal.cells:
            if cell.field.sheet == sheet and cell.field.row > listed.after > 0:
                cell.moved += listed.added
        empty += [(cell, listed.refusal) for cell in cells if listed.refusal]
        entries += [(cell, Got(None, listed.rows)) for cell in listed.filled]
        sources.append((sheet, "", "", *listed.provenance, f"{at:%Y-%m-%d %H:%M}"))
    lines = [*(_provenance(cell, got, at) for cell, got in numbers), *reversed(sources)]
    notes = _notes(proposal, empty, at)
    form_writing.add_provenance(proposal.form, lines, HEADS, notes)
    return Filled(form_writing.save(proposal.form), proposal.form.kind, entries, rows, empty)


def _block_of(form: Form, blank: Field) -> Block:
    return next(b for b in form.blocks if blank in b.fields)


def _written(form: Form, cell: Cell, link: Link, got: Got) -> Any:
    """The value as it stands in the cell: a share where the cell shows percent, with % where nothing
    around says so, with 余 where it is a lower bound and no formula reckons with it."""
    assert got.value is not None
    value = got.value
    if values.measure_of(link) == "%":
        if "%" in cell.field.number_format:
            return value / 100
        around = "".join((*cell.field.header, *(x.text for x in cell.field.labels), cell.field.measure))  # fmt: skip
        if not any(mark in around for mark in ("%", "％", "百分")):
            return f"{_short(value)}%"
        return value
    if got.approximate and not any(c.formula for c in form.grid(cell.field.sheet).cells.values()):
        return f"{_short(value)}余"
    return value


def _short(value: Decimal) -> str:
    return f"{int(value)}" if value == value.to_integral_value() else f"{value.normalize():f}"


def _provenance(cell: Cell, got: Got, at: datetime) -> tuple[Any, ...]:
    link = cell.link
    assert link is not None
    indicator = registry.get(link.indicator)
    unit = Unit.objects.filter(pk=link.unit).values_list("short_name", flat=True).first() if link.unit else ""  # fmt: skip
    return (
        cell.address, cell.field.label, cell.field.heading, values.words_of(link, unit or ""),
        indicator.formula, got.value, values.measure_of(link) + ("（含约数）" if got.approximate else ""),
        got.n, got.period, got.address, f"{at:%Y-%m-%d %H:%M}",
    )  # fmt: skip


def _notes(proposal: Proposal, empty: Sequence[tuple[Cell, str]], at: datetime) -> list[str]:
    """What stands over the table of sources: place, period, and what was left empty and why."""
    lines = [
        f"{proposal.place.name}，{proposal.period.label}，取数时间 {at.year}年{at.month}月{at.day}日 {at:%H:%M}",
        f"系统填 {len(proposal.asked) - len(empty)} 格，留空 {len(empty)} 格",
    ]
    reasons: dict[str, list[str]] = {}
    for cell, why in empty:
        reasons.setdefault(why or "没有数据", []).append(cell.address)
    for why, cells in reasons.items():
        said = "、".join(cells[:40]) + (f" 等 {len(cells)} 格" if len(cells) > 40 else "")
        lines.append(f"留空：{said}（{why}）")
    return lines
