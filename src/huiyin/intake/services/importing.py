"""Import of reports from a file: row by row into cases, with a receipt for each row.

Idempotent: a row is known again by the number that its source gave it, else by a keyed digest of
its content, never by the name of the file. Read, filed and receipted in blocks, so that 100,000
rows need no more memory than one block (and what the file itself takes while it is open).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from huiyin.base.rules.masking import mask_text
from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases.models import Case, CaseEvent, CaseWords
from huiyin.cases.services import filing
from huiyin.documents.rules.receipts import NEW, REFUSED, SAME, ReceiptWriter
from huiyin.documents.rules.report_columns import REPORT_FIELDS
from huiyin.documents.rules.sheets import FieldSpec, Row, Table, read_table
from huiyin.intake.rules.import_rows import ReportRow, RowRefused, understand
from huiyin.intake.services.import_places import Placed, Placer
from huiyin.intake.services.row_reports import external_key, report_of
from huiyin.org.models import Area

BLOCK = 1000
CASE_TYPE = "report"
#: Advisory lock key (any fixed number): two imports file their blocks in turn, so that the same
#: file sent twice at once is one import and one “nothing new”.
IMPORT_LOCK = 7_040_011


class MissingColumns(ValueError):
    """Required columns were not found. `missing` are their labels, `headings` what the file has."""

    def __init__(self, table: Table) -> None:
        self.missing = tuple(f.label for f in table.missing)
        self.headings = tuple(h for h in table.headings if h)
        super().__init__(
            f"没有找到列：{'、'.join(self.missing)}。表头有：{'、'.join(self.headings)}。"
            f"请指明，如 --map {table.missing[0].name}={self.headings[0] if self.headings else '列名'}"
        )


class ImportStopped(Exception):
    """Raised by `progress` to stop: what was filed stays, the receipt ends with that block."""


@dataclass(frozen=True)
class Counts:
    """Rows so far; `total` where the format tells it."""

    read: int = 0
    new: int = 0
    same: int = 0
    refused: int = 0
    total: int | None = None


@dataclass(frozen=True)
class Imported:
    """What an import did. `columns` = field → heading; `histories` of the new ones are closed."""

    counts: Counts
    sheet: str
    columns: Mapping[str, str]
    unknown: tuple[str, ...]
    other_sheets: tuple[str, ...]
    skipped: int
    histories: int
    stopped: bool = False


Progress = Callable[[Counts], None]
Suggest = Callable[[Sequence[ReportRow]], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Job:
    """What is to be imported. `place` = the area that the file is of; `recorded_at` = now, the same
    for all rows and again when a broken-off job starts anew; `source` tells apart two systems whose
    numbers overlap; `suggest` gives a hint per row (triage), no category.
    """

    path: Path
    place: Area
    receipt: Path
    recorded_at: datetime
    mapping: Mapping[str, str] | None = None
    sheet: str | None = None
    source: str = ""
    suggest: Suggest | None = None
    file_name: str = ""


@dataclass(frozen=True)
class Understood:
    """A row of the preview: its number in the file, and how it is read or why it is refused."""

    number: int
    row: ReportRow | None = None
    placed: Placed | None = None
    refused: str = ""

    @property
    def remarks(self) -> list[str]:
        own = [*self.row.remarks] if self.row else []
        return [*own, self.placed.remark] if self.placed and self.placed.remark else own


@dataclass
class _Seen:
    """Rows of this file so far: digest of the key → digest of the content and number of the row."""

    rows: dict[bytes, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class _Outcome:
    result: str
    reason: str = ""
    number: str = ""


@dataclass(frozen=True)
class _Pending:
    """A row that was understood, on its way to be filed. `again`: it stood further up already."""

    row: ReportRow
    placed: Placed
    report: filing.NewReport
    again: bool


_File = Callable[[Sequence[filing.NewReport]], list[filing.Filed]]


def import_reports(job: Job, *, progress: Progress = lambda counts: None) -> Imported:
    """File the rows of a table; the receipt is written to `job.receipt`.

    `progress` is called after each block of BLOCK rows, each of them committed. Raises
    UnreadableTable, HeaderNotFound, UnknownColumn, MissingColumns before anything is filed.
    """

    def file(reports: Sequence[filing.NewReport]) -> list[filing.Filed]:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
            return list(filing.file_reports(reports, recorded_at=job.recorded_at))

    return _run(job, file, progress)


def try_reports(job: Job, *, progress: Progress = lambda counts: None) -> Imported:
    """The same without filing anything: the receipt says what would become of each row."""

    def look(reports: Sequence[filing.NewReport]) -> list[filing.Filed]:
        known = _known([r.external_key for r in reports if r.external_key])
        return [
            filing.Filed(*known.get(r.external_key or "", ("", 0)), new=r.external_key not in known)
            for r in reports
        ]

    return _run(job, look, progress)


def preview(job: Job, *, rows: int = 20) -> list[Understood]:
    """The first rows as they are understood; nothing is filed. Raises as `import_reports`."""
    with open_table(job) as table:
        placer = Placer(job.place, day=local_date(job.recorded_at))
        shown = []
        for row in islice(table.rows, rows):
            try:
                read = _understood(row, table, job)
                shown.append(Understood(row.number, read, placer.place(read.place)))
            except RowRefused as error:
                shown.append(Understood(row.number, refused=str(error)))
        return shown


def chosen_fields(
    mapping: Mapping[str, str] | None,
) -> tuple[tuple[FieldSpec, ...], dict[str, str]]:
    """The fields to look for and the columns to use for some of them.

    A mapping says field → heading, or field → "" where the file has no such column although one
    bears its name; a required field is looked for whatever was said.
    """
    said = mapping or {}
    without = {name for name, heading in said.items() if not heading}
    fields = tuple(f for f in REPORT_FIELDS if f.required or f.name not in without)
    return fields, {name: heading for name, heading in said.items() if heading}


def open_table(job: Job) -> Table:
    """The table with its columns found. Raises as `import_reports`."""
    fields, mapping = chosen_fields(job.mapping)
    table = read_table(job.path, fields, mapping or None, sheet=job.sheet)
    if table.missing:
        table.close()
        raise MissingColumns(table)
    return table


def _run(job: Job, file: _File, progress: Progress) -> Imported:
    with open_table(job) as table:
        placer = Placer(job.place, day=local_date(job.recorded_at))
        seen, histories, stopped = _Seen(), 0, False
        name = job.file_name or job.path.name
        with ReceiptWriter(job.receipt, columns=table.headings, source=name) as receipt:
            for rows in _blocks(table.rows):
                outcomes, closed = _block(rows, table, job, placer, seen, file)
                histories += closed
                for row, outcome in zip(rows, outcomes, strict=True):
                    receipt.write(row.number, row.cells, outcome.result, reason=outcome.reason,
                                  number=outcome.number)  # fmt: skip
                try:
                    progress(_counts(receipt, table.n_rows))
                except ImportStopped:
                    stopped = True
                    break
            counts = _counts(receipt, table.n_rows)
        return Imported(
            counts=counts, sheet=table.sheet, columns=table.columns, unknown=table.unknown,
            other_sheets=table.other_sheets, skipped=len(table.skipped), histories=histories,
            stopped=stopped,
        )  # fmt: skip


def _blocks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while block := list(islice(rows, BLOCK)):
        yield block


def _counts(receipt: ReceiptWriter, total: int | None) -> Counts:
    c = receipt.counts
    return Counts(sum(c.values()), c[NEW], c[SAME], c[REFUSED], total)


def _block(
    rows: Sequence[Row], table: Table, job: Job, placer: Placer, seen: _Seen, file: _File
) -> tuple[list[_Outcome], int]:
    """What became of each row of a block, and how many of the new ones are closed histories."""
    outcomes: list[_Outcome | None] = [None] * len(rows)
    pending: dict[int, _Pending] = {}
    for at, row in enumerate(rows):
        try:
            read = _understood(row, table, job)
            pending[at] = _pending(read, row.number, placer, job, seen)
        except RowRefused as error:
            outcomes[at] = _Outcome(REFUSED, str(error))
    if job.suggest is not None and pending:
        _add_suggestions(pending, job.suggest)
    filed = file([p.report for p in pending.values()]) if pending else []
    known = [
        (p, f) for p, f in zip(pending.values(), filed, strict=True) if not f.new and f.case_id
    ]
    before = _Before.of([f.case_id for _, f in known], job.recorded_at)
    histories = 0
    for (at, p), f in zip(pending.items(), filed, strict=True):
        outcome = _outcome(p, f, before)
        histories += outcome.result == NEW and p.row.ending is not None
        outcomes[at] = outcome
    return [o for o in outcomes if o is not None], histories


def _understood(row: Row, table: Table, job: Job) -> ReportRow:
    return understand(
        row.values, row.problems, headings=table.columns, year=table.year, now=job.recorded_at
    )


def _pending(read: ReportRow, row_number: int, placer: Placer, job: Job, seen: _Seen) -> _Pending:
    """RowRefused when its number stood further up with other content."""
    key = external_key(read, source=job.source)
    content = _digest("\x1f".join(read.content))
    was = seen.rows.get(_digest(key))
    if was is None:
        seen.rows[_digest(key)] = content + row_number.to_bytes(4, "big")
    elif was[:-4] != content:
        raise RowRefused(
            f"编号 {read.number} 与第 {int.from_bytes(was[-4:], 'big')} 行相同而内容不同，"
            "请核对编号后再导入"
        )
    placed = placer.place(read.place)
    report = report_of(read, placed, key=key, now=job.recorded_at)
    return _Pending(read, placed, report, again=was is not None)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _add_suggestions(pending: dict[int, _Pending], suggest: Suggest) -> None:
    """Hints for what is open and not there already: whoever imports the same file again waits less."""
    known = _known([p.report.external_key or "" for p in pending.values()])
    open_ones = [
        at for at, p in pending.items()
        if p.row.ending is None and p.report.external_key not in known
    ]  # fmt: skip
    found = suggest([pending[at].row for at in open_ones]) if open_ones else ()
    for at, said in zip(open_ones, found, strict=True):
        p = pending[at]
        both = {**said, **p.report.suggestion}
        pending[at] = replace(p, report=replace(p.report, suggestion=both))


@dataclass(frozen=True)
class _Before:
    """Of cases that are there already: their text as filed (None = erased), whether this very job
    filed them before it was broken off, whether they are still open."""

    texts: Mapping[int, str | None]
    own: frozenset[int]
    open: frozenset[int]

    @classmethod
    def of(cls, ids: Sequence[int], recorded_at: datetime) -> _Before:
        if not ids:
            return cls({}, frozenset(), frozenset())
        words = CaseWords.objects.filter(case__in=ids, seq=1, key="text")
        own = CaseEvent.objects.filter(case__in=ids, seq=1, recorded_at=recorded_at)
        still = Case.objects.filter(pk__in=ids, closed_at__isnull=True)
        return cls(
            dict(words.values_list("case", "text")), frozenset(own.values_list("case", flat=True)),
            frozenset(still.values_list("pk", flat=True)),
        )  # fmt: skip


def _outcome(p: _Pending, filed: filing.Filed, before: _Before) -> _Outcome:
    remarks = "；".join([*p.row.remarks, *([p.placed.remark] if p.placed.remark else [])])
    if filed.new and not p.again:
        return _Outcome(NEW, remarks, filed.number)
    text = before.texts.get(filed.case_id)
    if p.row.number and text is not None and text != mask_text(p.row.text):
        return _Outcome(
            REFUSED, f"编号 {p.row.number} 已导入为 {filed.number}，内容不同；"
            "若来自另一个系统，请注明来源系统后再导入，若是改过的内容，请在该件上补充"
        )  # fmt: skip
    if p.again:
        return _Outcome(SAME, "本文件前面已有同一行", filed.number)
    if filed.case_id in before.own:
        return _Outcome(NEW, remarks, filed.number)
    if p.row.ending is not None and filed.case_id in before.open:
        return _Outcome(SAME, "此件还在办理，文件里的答复没有写入，请在该件上办理", filed.number)
    return _Outcome(SAME, "", filed.number)


def _known(keys: Sequence[str]) -> dict[str, tuple[str, int]]:
    rows = Case.objects.filter(type=CASE_TYPE, external_key__in=keys).values_list(
        "external_key", "number", "pk"
    )
    return {key or "": (number, pk) for key, number, pk in rows}
