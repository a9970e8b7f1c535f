"""A table of people's own making becomes rows of a register, with a receipt for each row.

Never a whole-file refusal for one bad cell; the same file twice changes nothing; a row that says
something new of a matter that stands already changes it, and the receipt says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from huiyin.documents.rules import receipts
from huiyin.documents.rules.sheets import FieldSpec, Row, Table, read_table
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.services import writing
from huiyin.registers.services.reading import Reader, known_of
from huiyin.registers.services.writing import RowRefused, Source

#: One file; who has more rows splits it.
MOST_ROWS = 200_000
#: What the receipt says of a row of a month that is closed, or of a locked period by allowance.
LATE = "补录"


class MissingColumns(ValueError):
    """Required columns that the table does not have. The message names them and what there is."""


@dataclass
class Imported:
    """What one file came to. `receipt` = the workbook with each row and its fate."""

    read: int = 0
    new: int = 0
    same: int = 0
    changed: int = 0
    refused: int = 0
    skipped: int = 0
    unknown: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()
    columns: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Job:
    """One import: the file, where its rows belong, who answers for it."""

    path: Path
    receipt: Path
    within: Area
    source: Source
    mapping: Mapping[str, str] | None = None
    sheet: str | None = None
    name: str = ""


Progress = Callable[[Imported, int | None], None]
#: each(row, outcome, reason): told of every row, beside the receipt.
Each = Callable[[Row, str, str], None]


def fields_of(register: Register) -> tuple[FieldSpec, ...]:
    """What an import looks for: each column by label, heading and aliases."""
    return tuple(
        FieldSpec(
            col.name, col.label, tuple(dict.fromkeys((col.label, col.heading, *col.aliases))),
            required=col.required,
        )
        for col in register.columns
    )  # fmt: skip


def carry_out(
    register: Register,
    job: Job,
    *,
    progress: Progress | None = None,
    each: Each | None = None,
    try_only: bool = False,
) -> Imported:
    """Read the file row by row into the register. With `try_only` nothing is written.

    Raises UnreadableTable, HeaderNotFound, UnknownColumn (documents.rules.sheets), MissingColumns.
    """
    done = Imported()
    with read_table(job.path, fields_of(register), job.mapping, sheet=job.sheet) as table:
        _refuse_missing(register, table, job)
        done.unknown, done.other_sheets = table.unknown, table.other_sheets
        done.columns = dict(table.columns)
        reader = Reader(register, job.within, job.source.at.date(), year=table.year)
        known = known_of(register, _post(job), job.within, job.source.at.date())
        with receipts.ReceiptWriter(
            job.receipt, columns=table.headings, source=job.name or job.path.name
        ) as receipt:
            for row in table.rows:
                if not any(value != "" for value in row.values.values()):
                    continue  # a row of the template with nothing but its 序号
                done.read += 1
                outcome, reason, number = _one(register, reader, row, known, job, try_only=try_only)
                setattr(done, outcome, getattr(done, outcome) + 1)
                receipt.write(row.number, row.cells, outcome, reason=reason, number=number)
                if each:
                    each(row, outcome, reason)
                if progress and done.read % 200 == 0:
                    progress(done, table.n_rows)
                if done.read >= MOST_ROWS:
                    break
        done.skipped = len(table.skipped)
    return done


def _one(
    register: Register,
    reader: Reader,
    row: Row,
    known: Mapping[str, object],
    job: Job,
    *,
    try_only: bool,
) -> tuple[str, str, str]:
    """(outcome, reason, row's number) of one row of the table."""
    raw = {name: value if value != "" else known.get(name) for name, value in row.values.items()}
    for name, value in known.items():
        raw.setdefault(name, value)
    values, area_id, problems = reader.row(raw)
    problems = [*row.problems, *problems, *_merged_numbers(register, row)]
    if area_id is None and not problems:
        problems.append("没有写明地方")
    if problems:
        return receipts.REFUSED, "；".join(problems), ""
    assert area_id is not None
    try:
        if try_only:
            wrong = writing.refusal(register, values, area_id=area_id, source=job.source)
            return (receipts.REFUSED, wrong, "") if wrong else (receipts.NEW, "", "")
        written = writing.write(register, values, area_id=area_id, source=job.source)
    except RowRefused as error:
        return receipts.REFUSED, str(error), ""
    return written.outcome, LATE if written.late else "", str(written.row.pk)


def _merged_numbers(register: Register, row: Row) -> list[str]:
    """A number in a cell merged over several rows belongs to none of them."""
    return [
        f"“{register.column(name).label}”是合并单元格，请拆开逐行填写"
        for name in row.from_above if register.column(name).kind in c.NUMBERS
    ]  # fmt: skip


def _refuse_missing(register: Register, table: Table, job: Job) -> None:
    known = known_of(register, _post(job), job.within, job.source.at.date())
    missing = [f.label for f in table.missing if f.name not in known]
    if missing:
        there = "、".join(t for t in table.headings if t)
        raise MissingColumns(f"表里没有这些必需的列：{'、'.join(missing)}；有：{there}")


def _post(job: Job) -> ActingPost:
    assert job.source.by is not None
    return job.source.by
