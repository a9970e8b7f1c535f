"""List-like forms: the rows of a ledger for the place and period, masked as the export for above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from huiyin.base.services import audit
from huiyin.documents.rules import form_words, form_writing
from huiyin.documents.rules.form_files import DOCX, Form
from huiyin.documents.rules.form_layout import Block
from huiyin.documents.rules.form_writing import Entry
from huiyin.indicators.rules.periods import Period
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.registers import registry, selectors
from huiyin.registers.registry import Register
from huiyin.registers.rules.columns import Approximate
from huiyin.registers.selectors import Narrow
from huiyin.registers.services import exporting

if TYPE_CHECKING:
    from huiyin.paperwork.services.filling import Cell

#: More rows than this are no form but an export.
MOST_ROWS = 500


@dataclass
class Listed:
    """What was put into a list: how many rows, or why none."""

    rows: int
    filled: list[Cell]
    refusal: str = ""
    provenance: tuple[Any, ...] = ()
    after: int = 0
    added: int = 0


def fill_list(
    form: Form, block: Block, cells: Sequence[Cell], place: Area, period: Period,
    posts: Sequence[ActingPost], at: datetime,
) -> Listed:  # fmt: skip
    """Write the ledger's rows into the blank rows, adding rows where there are more."""
    link = cells[0].link
    assert link is not None
    register = registry.get(link.register)
    able = [p for p in posts if register.take_out and p.may(register.take_out)]
    if not able:
        return Listed(0, [], "无权导出这本台账", _source(register, period, 0))
    days = link.days(period.first, period.last) or (period.first, period.last)
    rows = selectors.visible(register, able, day=at.date())
    rows = selectors.narrowed(register, rows, _narrow(register, place, days, dict(link.chosen)))
    total = rows.order_by().count()
    if total > MOST_ROWS:
        return Listed(0, [], f"有 {total} 行，一张表最多填 {MOST_ROWS} 行，请用台账导出", _source(register, period, total))  # fmt: skip
    columns = {c.field.column: c.link.column for c in cells if c.link}
    blanks = sorted({c.field.row for c in cells if not c.field.labels})
    found = list(exporting.in_order(register, rows))
    last, more = blanks[-1], max(0, len(found) - len(blanks))
    if more:
        form_writing.add_rows(form, block.sheet, last, more)
        blanks += range(last + 1, last + 1 + more)
    form_writing.put(form, _entries(form, block, register, columns, found, blanks))
    by = able[0]
    audit.record(
        at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id, address="",
        action="exported", subject=f"register:{register.code}",
        reason=f"{exporting.VERSIONS[exporting.ABOVE]} {total} 行；{place.name} {period.label}；填报表",
    )  # fmt: skip
    used = set(blanks[: len(found)])
    filled = [c for c in cells if c.field.row in used]
    return Listed(len(found), filled, "", _source(register, period, len(found)), last, more)


def _source(register: Register, period: Period, n: int) -> tuple[Any, ...]:
    return (f"{register.label}（上报版，脱敏）", register.basis, "", "行", n, period.code, f"/work/registers/{register.code}/")  # fmt: skip


def _narrow(register: Register, place: Area, days: tuple[date, date], chosen: dict[str, str]) -> Narrow:  # fmt: skip
    """What happened in the period; of what is valid from – to, what held on its last day."""
    if register.ends:
        return Narrow(area_id=place.pk, as_of=days[1], chosen=chosen)
    return Narrow(area_id=place.pk, first=days[0], last=days[1], chosen=chosen)


def _entries(
    form: Form, block: Block, register: Register, columns: dict[int, str], rows: Sequence[Any],
    blanks: Sequence[int],
) -> list[Entry]:  # fmt: skip
    serial = [c for c, path in block.columns if path and form_words.is_serial_head(path[-1])]
    grid = form.grid(block.sheet)
    put: list[Entry] = []
    for n, (at, row) in enumerate(zip(blanks, rows, strict=False), start=1):
        for column in serial[:1]:
            if grid.at(at, column).blank or at > block.box[2]:
                put.append(Entry(block.sheet, at, column, n))
        for column, name in columns.items():
            value = exporting.cell_of(register, row, register.column(name))
            put.append(Entry(block.sheet, at, column, _written(form, value)))
    return put


def _written(form: Form, value: Any) -> Any:
    if isinstance(value, Approximate):
        return value.value if value.bound == "exact" and form.kind != DOCX else value.words
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return exporting.words_of(value)
