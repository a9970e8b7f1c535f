"""Imports that somebody starts on a page: the file, its columns, the run, the receipt.

File and receipt lie in media under random names, readable by the service alone; no page serves
them but the one that asks whose they are.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from huiyin.base.rules.local_defaults import LocalDefaultSeed
from huiyin.base.rules.masking import mask_text
from huiyin.base.selectors import local_value
from huiyin.base.services import jobs
from huiyin.base.services.defaults import declare_local_defaults
from huiyin.documents.rules.cells import RoundedNumber, read_cell, shown
from huiyin.documents.rules.headers import SEARCHED_ROWS, normal_heading
from huiyin.documents.rules.report_columns import REPORT_FIELDS
from huiyin.documents.rules.row_sources import open_sheets
from huiyin.documents.rules.sheets import (
    HeaderNotFound,
    UnknownColumn,
    UnreadableTable,
    read_table,
)
from huiyin.intake.models import ImportMapping, ImportRun
from huiyin.intake.rules import import_states as states
from huiyin.intake.services import importing
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost

GRANT = "case.import"
FOLDER = "imports"
JOB = "intake.import_reports"
RECEIPT_DAYS = "import.receipt_days"
#: Rows that are looked at for a value of each column, and how much of it is shown.
SAMPLED, SAMPLE_LENGTH = 5, 24

declare_local_defaults(
    LocalDefaultSeed(RECEIPT_DAYS, "导入回单保存天数", 30, "天",
                     "个人信息保护法第十九条：保存期为实现目的的最短时间", most=365),
)  # fmt: skip


class ImportRefused(Exception):
    """What was asked of an import cannot be done. The message is for the screen."""


@dataclass(frozen=True)
class Columns:
    """What was found in a file's header: `found` field → heading, `missing` labels of fields that
    are needed, `problem` why the table cannot be read as it stands."""

    headings: tuple[str, ...]
    found: Mapping[str, str]
    missing: tuple[str, ...] = ()
    problem: str = ""
    samples: tuple[tuple[str, str], ...] = ()  # heading and what its first rows say

    @property
    def ready(self) -> bool:
        return not self.missing and not self.problem


# -- reads -----------------------------------------------------------------------------------------
def runs_of(posts: Sequence[ActingPost]) -> QuerySet[ImportRun]:
    """Imports into the areas of these posts, newest first."""
    areas = Area.objects.filter(pk__in=[p.area_id for p in posts if p.may(GRANT)])
    within = Q(pk__in=[])
    for path in areas.values_list("path", flat=True):
        within |= Q(place__path__startswith=path)
    return ImportRun.objects.filter(within).select_related("place", "made_by").order_by("-pk")


def get_run(posts: Sequence[ActingPost], pk: int) -> ImportRun:
    """One of them. ImportRun.DoesNotExist when it is not there or not theirs to see."""
    return runs_of(posts).get(pk=pk)


def columns_of(run: ImportRun) -> Columns:
    """The columns as found by their names, as remembered, or as chosen."""
    path = location(run.file_path)
    fields, mapping = importing.chosen_fields(run.mapping)
    try:
        with read_table(path, fields, mapping) as table:
            return Columns(
                tuple(h for h in table.headings if h), dict(table.columns),
                tuple(f.label for f in table.missing), samples=_under(
                    table.headings,
                    [[shown(c) for c in row.cells] for row in islice(table.rows, SAMPLED)],
                ),
            )  # fmt: skip
    except UnknownColumn as error:
        headings, samples = _likely(path)
        return Columns(headings, {}, problem=str(error), samples=samples)
    except HeaderNotFound:
        needed = tuple(f.label for f in REPORT_FIELDS if f.required)
        headings, samples = _likely(path)
        return Columns(headings, {}, needed, samples=samples)


def _under(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """What the first rows say under each heading, one value of each: enough to know the column."""
    found = []
    for at, heading in enumerate(headings):
        said = next((row[at] for row in rows if at < len(row) and row[at]), "")
        if heading:
            found.append((heading, mask_text(said)[:SAMPLE_LENGTH]))
    return tuple(found)


def job_of(run: ImportRun, *, at: datetime) -> importing.Job:
    """The import as importing.py carries it out; `at` where it was not started yet."""
    return importing.Job(
        path=location(run.file_path), place=run.place, receipt=location(run.receipt_path),
        recorded_at=run.started_at or at, mapping=run.mapping, source=run.source,
        file_name=run.file_name,
    )  # fmt: skip


def location(relative: str) -> Path:
    """Where a file of an import lies."""
    return Path(settings.MEDIA_ROOT) / relative


# -- writes ----------------------------------------------------------------------------------------
def take_file(
    *,
    chunks: Iterable[bytes],
    name: str,
    place: Area,
    source: str,
    post: ActingPost,
    at: datetime,
) -> ImportRun:
    """Keep an uploaded file as a draft, with the columns that were chosen for its header before.

    ImportRefused when it is no table or too large; then nothing is kept.
    """
    relative = _new_path("table")
    size = _write(location(relative), chunks)
    try:
        if size > states.MAX_BYTES:
            raise ImportRefused(too_large(size))
        mapping = _remembered(location(relative))
        return ImportRun.objects.create(
            place=place, file_name=Path(name).name[-120:], file_path=relative, size=size,
            source=source, mapping=mapping, state=states.DRAFT, made_by_id=post.person_id,
            post_id=post.post_id, made_at=at,
        )  # fmt: skip
    except UnreadableTable as error:
        location(relative).unlink(missing_ok=True)
        raise ImportRefused(str(error)) from None
    except BaseException:
        location(relative).unlink(missing_ok=True)
        raise


def too_large(size: int) -> str:
    """What to say of a file above MAX_BYTES."""
    most = states.MAX_BYTES // 1024 // 1024
    return (
        f"文件有 {size / 1024 / 1024:.0f} MB，超过 {most} MB：请拆成几个文件，或另存为 .xlsx 再上传"
    )


def choose_columns(
    *, run: ImportRun, mapping: Mapping[str, str], by: ActingPost, at: datetime
) -> Columns:
    """Use these columns (field → heading, "" = the file has none) and remember them for the header.

    ImportRefused once it was started.
    """
    with transaction.atomic():
        locked = _locked(run, by)
        if locked.state != states.DRAFT:
            raise ImportRefused("已经开始导入，不能再改列的对应")
        locked.mapping = dict(mapping)
        locked.save(update_fields=["mapping"])
        columns = columns_of(locked)
        if columns.ready:
            ImportMapping.objects.update_or_create(
                header_hash=header_hash(columns.headings),
                defaults={"mapping": dict(mapping), "chosen_at": at, "chosen_by_id": by.person_id},
            )
    return columns


def start(*, run: ImportRun, by: ActingPost, at: datetime) -> ImportRun:
    """Queue it. One that broke off or was stopped goes on: what is there already stays there."""
    with transaction.atomic():
        locked = _locked(run, by)
        if not locked.startable:
            raise ImportRefused("这次导入已经开始或结束，请刷新页面查看")
        columns = columns_of(locked)
        if not columns.ready:
            raise ImportRefused("还有列没有对上，请先选好每一列")
        locked.state, locked.stop_asked, locked.problem = states.WAITING, False, ""
        locked.ended_at = None
        locked.started_at = locked.started_at or at
        locked.receipt_path = locked.receipt_path or _new_path("xlsx")
        locked.save()
        jobs.defer(JOB, run=locked.pk)
    return locked


def stop(*, run: ImportRun, by: ActingPost, at: datetime) -> ImportRun:
    """Discard a draft; ask one that waits or runs to stop after its present block."""
    with transaction.atomic():
        locked = _locked(run, by)
        if locked.state == states.DRAFT:
            locked.state, locked.ended_at = states.DISCARDED, at
            _remove(locked, "file_path")
        elif locked.moving:
            locked.stop_asked = True
        else:
            raise ImportRefused("这次导入已经结束")
        locked.save()
    return locked


def carry_out(*, run_id: int, suggest: importing.Suggest | None = None) -> ImportRun:
    """The job: import the file, counting on the row. Started anew after a kill it takes up its own
    rows as new; `started_at` is the moment at which all of them are recorded.

    The end of it is written by `ended`, with the time of the clock's owner.
    """
    run = ImportRun.objects.select_related("place").get(pk=run_id)
    if not run.moving:
        return run
    ImportRun.objects.filter(pk=run.pk).update(state=states.RUNNING)
    assert run.started_at is not None
    receipt = location(run.receipt_path)
    receipt.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(receipt, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    job = job_of(run, at=run.started_at)

    def progress(counts: importing.Counts) -> None:
        _count(run.pk, counts)
        if ImportRun.objects.filter(pk=run.pk, stop_asked=True).exists():
            raise importing.ImportStopped

    try:
        done = importing.import_reports(replace(job, suggest=suggest), progress=progress)
    except (UnreadableTable, HeaderNotFound, UnknownColumn, importing.MissingColumns) as error:
        run.state, run.problem = states.FAILED, str(error)[:300]
    else:
        _count(run.pk, done.counts)
        run.refresh_from_db()
        run.histories = done.histories
        run.state = states.STOPPED if done.stopped else states.DONE
    return run


def ended(*, run: ImportRun, at: datetime) -> None:
    """Write how it ended; the file goes when nothing is left to do with it."""
    if run.state == states.DONE:
        _remove(run, "file_path")
    run.ended_at = at
    run.save(update_fields=["state", "problem", "histories", "ended_at", "file_path"])


def broken_off(*, run_id: int, at: datetime) -> None:
    """An error that nobody foresaw: say what to do; the file stays so that it can go on."""
    ImportRun.objects.filter(pk=run_id).update(
        state=states.FAILED, ended_at=at,
        problem="导入中断，已经入库的行都在。点“继续导入”从头核对，已有的不会重复登记。",
    )  # fmt: skip


def forget(*, at: datetime) -> tuple[int, int]:
    """Remove files that nobody starts and receipts whose term is over; how many of each."""
    old = ImportRun.objects.exclude(file_path="").exclude(state__in=states.MOVING)
    files = 0
    for run in old.filter(made_at__lt=at - timedelta(hours=states.DRAFT_HOURS)):
        _remove(run, "file_path")
        if run.state == states.DRAFT:
            run.state, run.ended_at = states.DISCARDED, at
        run.save(update_fields=["file_path", "state", "ended_at"])
        files += 1
    receipts = 0
    over = at - timedelta(days=receipt_days())
    for run in ImportRun.objects.exclude(receipt_path="").filter(ended_at__lt=over):
        _remove(run, "receipt_path")
        run.save(update_fields=["receipt_path"])
        receipts += 1
    return files, receipts


def receipt_days() -> int:
    """How long receipts are kept (本地参数)."""
    try:
        return int(local_value(RECEIPT_DAYS))
    except KeyError:  # not seeded yet
        return 30


def header_hash(headings: Iterable[str]) -> str:
    """By what a header is known again: its names in order, however they are spaced."""
    text = "\x1f".join(normal_heading(h) for h in headings)
    return hashlib.sha256(text.encode()).hexdigest()


def _locked(run: ImportRun, by: ActingPost) -> ImportRun:
    locked = (
        ImportRun.objects.select_for_update(of=("self",)).select_related("place").get(pk=run.pk)
    )
    if locked.made_by_id != by.person_id:
        raise ImportRefused("只有上传文件的人能操作这次导入")
    return locked


def _count(pk: int, c: importing.Counts) -> None:
    ImportRun.objects.filter(pk=pk).update(
        total=c.total, read=c.read, new=c.new, same=c.same, refused=c.refused
    )


def _remembered(path: Path) -> dict[str, str]:
    """The columns chosen for this header before; {} when none were. Raises UnreadableTable."""
    try:
        with read_table(path, REPORT_FIELDS) as table:
            headings = tuple(h for h in table.headings if h)
    except HeaderNotFound:
        headings = _likely(path)[0]
    row = ImportMapping.objects.filter(pk=header_hash(headings)).first()
    return dict(row.mapping) if row else {}


def _likely(path: Path) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The likely header where none of its names is known, the first row that is about as full as the
    fullest, and what stands below."""
    for sheet in open_sheets(path):
        top = [[_text(cell) for cell in cells] for cells in islice(sheet.rows(), SEARCHED_ROWS)]
        full = [sum(map(bool, texts)) for texts in top]
        widest = max(full, default=0)
        if widest:
            at = next(n for n, filled in enumerate(full) if filled >= widest * 0.6)
            headings = tuple(dict.fromkeys(text for text in top[at] if text))
            return headings, _under(top[at], top[at + 1 : at + 1 + SAMPLED])
    return (), ()


def _text(cell: object) -> str:
    try:
        return shown(read_cell(cell))[:60]
    except RoundedNumber as error:
        return error.shown


def _new_path(extension: str) -> str:
    return f"{FOLDER}/{secrets.token_hex(16)}.{extension}"


def _write(path: Path, chunks: Iterable[bytes]) -> int:
    """To the disk in pieces (0600); its size."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    size = 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            size += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size


def _remove(run: ImportRun, field: str) -> None:
    relative = getattr(run, field)
    if relative:
        location(relative).unlink(missing_ok=True)
        setattr(run, field, "")
