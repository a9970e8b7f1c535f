"""huiyin import KIND FILE: rows of a table become cases or rows of a ledger, each with its receipt."""

from __future__ import annotations

import argparse
import os
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.config.command import (
    DONE,
    FINDINGS,
    Answer,
    CouldNot,
    ready,
    ready_without_database,
    say,
)
from huiyin.config.commands import ledgers

if TYPE_CHECKING:
    from huiyin.intake.services.importing import Counts, Imported
    from huiyin.org.models import Area

KINDS = {"reports": "诉求（留言、工单、来信来访登记）"}


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument(
        "kind", nargs="?", metavar="KIND", help="reports = 诉求；或台账代码，--list 列出"
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE",
                        help=".xlsx、.xls、.et、.csv 或 .csv.gz")  # fmt: skip
    parser.add_argument("--map", action="append", default=[], metavar="field=列名",
                        help="指明某一列，可写多次，如 --map text=反映内容")  # fmt: skip
    parser.add_argument("--sheet", metavar="工作表", help="工作簿里不止一张表时指明")
    parser.add_argument("--place", metavar="CODE", help="区划代码，这份表是哪里的；不写 = 全市")
    parser.add_argument("--as", dest="login", default="", metavar="LOGIN",
                        help="导入台账时：以谁的账号登记")  # fmt: skip
    parser.add_argument("--source", default="", metavar="系统名",
                        help="编号来自哪个系统；两个系统的编号会重复时写明")  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="只试读，不写入")
    parser.add_argument("--list", action="store_true", help="列出能导入的种类")


def run(options: argparse.Namespace) -> Answer:
    if options.list:
        kinds = KINDS | _ledgers()
        return Answer({"kinds": kinds}, [f"{code:<14}{label}" for code, label in kinds.items()])
    if options.kind not in KINDS | _ledgers() or options.file is None:
        raise CouldNot("用法：huiyin import reports 文件；huiyin import --list 列出能导入的种类")
    if not options.file.is_file():
        raise CouldNot(f"没有这个文件：{options.file}")
    mapping = _mapping(options.map)
    ready()
    from huiyin.base import clock

    at = clock.now()
    place = _place(options.place, at) if options.kind in KINDS else None
    receipt = _receipt_path(options.file, at)
    if options.kind not in KINDS:
        return ledgers.import_rows(options, mapping, receipt)
    assert place is not None
    done = _import(options, mapping, place, receipt, at)
    return _answer(done, place, receipt, options)


def _ledgers() -> dict[str, str]:
    """Ledgers that people keep, by code."""
    ready_without_database()
    from huiyin.registers import registry

    return {r.code: r.label for r in registry.all_registers() if r.kept}


def _import(
    options: argparse.Namespace,
    mapping: dict[str, str],
    place: Area,
    receipt: Path,
    at: datetime,
) -> Imported:
    from huiyin.documents.rules.sheets import HeaderNotFound, UnknownColumn, UnreadableTable
    from huiyin.intake.services import import_hints, importing

    job = importing.Job(
        path=options.file, place=place, receipt=receipt, recorded_at=at, mapping=mapping,
        sheet=options.sheet, source=options.source, suggest=import_hints.suggest_rows,
    )  # fmt: skip
    carry_out = importing.try_reports if options.dry_run else importing.import_reports
    try:
        return carry_out(job, progress=_Progress())
    except (UnreadableTable, HeaderNotFound, UnknownColumn, importing.MissingColumns) as error:
        receipt.unlink(missing_ok=True)
        raise CouldNot(f"{error}{_what_next(error)}") from None


def _what_next(error: Exception) -> str:
    """After a header with other names: how to say which column is which."""
    from huiyin.documents.rules.report_columns import REPORT_FIELDS
    from huiyin.documents.rules.sheets import HeaderNotFound

    if not isinstance(error, HeaderNotFound):
        return ""
    needed = " ".join(f"--map {f.name}=表里的列名" for f in REPORT_FIELDS if f.required)
    return (
        f"。表头用的是别的名字时，加 {needed} 指明；也可以在网页“表格导入”里上传，逐列选好后会记住"
    )


def _answer(done: Imported, place: Area, receipt: Path, options: argparse.Namespace) -> Answer:
    c = done.counts
    verb = "试读（没有写入）" if options.dry_run else "读入"
    lines = [
        f"{verb} {c.read} 行：新增 {c.new}（其中已办结的历史件 {done.histories}），相同 {c.same}，"
        f"拒绝 {c.refused}",
        f"登记到：{place.name}" + ("" if options.place else "（没有写 --place）"),
        f"逐行回单（含个人信息，看完请妥善处理）：{receipt}",
    ]
    if done.skipped:
        lines.append(f"跳过合计、签名、重复表头 {done.skipped} 行")
    if done.unknown:
        lines.append(f"没有用到的列：{'、'.join(done.unknown)}")
    if done.other_sheets:
        lines.append(f"没有读的工作表：{'、'.join(done.other_sheets)}（用 --sheet 指明再导入）")
    data: dict[str, Any] = {
        "read": c.read, "new": c.new, "same": c.same, "refused": c.refused,
        "receipt": str(receipt), "histories": done.histories, "skipped": done.skipped,
        "columns": dict(done.columns), "place": place.code, "dry_run": options.dry_run,
    }  # fmt: skip
    return Answer(data, lines, FINDINGS if c.refused else DONE)


def _mapping(said: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in said]
    if any(not field or not column for field, _, column in pairs):
        raise CouldNot("--map 的写法是 字段=列名，如 --map text=反映内容 --map at=来电时间")
    return {field.strip(): column.strip() for field, _, column in pairs}


def _place(code: str | None, at: datetime) -> Area:
    """The area that the file is of; a new installation gets its areas and calendar first."""
    from django.utils import timezone

    from huiyin.config.commands.seed import seed_base
    from huiyin.org import selectors as org
    from huiyin.org.selectors import mapping
    from huiyin.org.services.seeding import DivisionListMissing

    if mapping.city() is None:
        say("这里还没有区划和日历，先装入基础数据…")
        try:
            seed_base(at)
        except DivisionListMissing as error:
            raise CouldNot(str(error)) from None
    try:
        area = org.area_at(code, timezone.localdate(at)) if code else mapping.city()
    except org.AreaNotFound as error:
        raise CouldNot(str(error)) from None
    assert area is not None
    return area


def _receipt_path(file: Path, at: datetime) -> Path:
    """A file of its own that only this user can read: receipts repeat the rows."""
    from django.utils import timezone

    from huiyin.base import pg

    folder = pg.home() / "receipts"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"{timezone.localtime(at):%Y%m%d-%H%M%S-%f}-{file.name.split('.')[0][:40]}"
    path = folder / f"{stem}-回单.xlsx"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    return path


class _Progress:
    """A line on stderr every two seconds at most."""

    def __init__(self) -> None:
        self.last = time.monotonic()

    def __call__(self, counts: Counts) -> None:
        if time.monotonic() - self.last < 2:
            return
        self.last = time.monotonic()
        of = f" / {counts.total:,}" if counts.total else ""
        say(
            f"已读 {counts.read:,}{of} 行：新增 {counts.new:,}，相同 {counts.same:,}，拒绝 {counts.refused:,}"
        )
