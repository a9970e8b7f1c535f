"""huiyin export REGISTER --as LOGIN …, and what `huiyin import` does for registers.

Commands act as somebody with an account: the same permission, the same audit as on the pages.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.config.command import DONE, FINDINGS, Answer, CouldNot, ready, say

if TYPE_CHECKING:
    from huiyin.org.models import Area
    from huiyin.org.rules.grants import ActingPost
    from huiyin.registers.registry import Register
    from huiyin.registers.selectors import Narrow
    from huiyin.registers.services.importing import Imported


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("register", metavar="REGISTER", help="台账代码，如 service")
    parser.add_argument("--as", dest="login", required=True, metavar="LOGIN", help="以谁的账号")
    parser.add_argument("--place", metavar="CODE", help="区划代码；不写 = 该账号的全部范围")
    parser.add_argument("--period", metavar="P", help="期间，如 2026、2026Q3、2026-10")
    parser.add_argument("--for", dest="version", choices=["above", "internal"], default="above",
                        help="above 上报版（脱敏），internal 内部版")  # fmt: skip
    parser.add_argument("--reason", default="", help="内部版的用途，必填")
    parser.add_argument("-o", dest="file", type=Path, required=True, metavar="FILE")


def run(options: argparse.Namespace) -> Answer:
    ready()
    from huiyin.base import clock
    from huiyin.registers import selectors
    from huiyin.registers.services import exporting

    register = register_of(options.register)
    post = acting_as(options.login, register.take_out, "导出")
    rows = selectors.visible(register, [post], day=clock.today())
    rows = selectors.narrowed(register, rows, _narrow(options))
    order = exporting.Order(options.version, post, clock.now(), options.reason,
                            options.period or "", "命令行")  # fmt: skip
    try:
        content = exporting.export(register, rows, order)
    except exporting.ExportRefused as error:
        raise CouldNot(str(error)) from None
    options.file.write_bytes(content)
    n = rows.order_by().count()
    return Answer({"rows": n, "file": str(options.file)}, [f"导出 {n} 行：{options.file}"])


def register_of(code: str) -> Register:
    """The register of that code; CouldNot lists those that there are."""
    from huiyin.registers import registry

    try:
        return registry.get(code)
    except KeyError:
        known = "、".join(f"{r.code}（{r.label}）" for r in registry.all_registers())
        raise CouldNot(f"没有台账 {code}；有：{known}") from None


def acting_as(login: str, grant: str, verb: str) -> ActingPost:
    """The post of that account that may do it. CouldNot in words."""
    from huiyin.base import clock
    from huiyin.org import selectors
    from huiyin.org.models import Account

    account = Account.objects.filter(username=login, is_active=True).first()
    if account is None:
        raise CouldNot(f"没有账号 {login}，或已停用")
    posts = selectors.posts_of(account.person_id, clock.today())
    able = [p for p in posts if grant and p.may(grant)]
    if not able:
        raise CouldNot(f"账号 {login} 的岗位不能{verb}这本台账")
    return able[0]


def import_rows(options: argparse.Namespace, mapping: dict[str, str], receipt: Path) -> Answer:
    """Rows of a file into a register; called by `huiyin import`."""
    from huiyin.base import clock
    from huiyin.documents.rules.sheets import HeaderNotFound, UnknownColumn, UnreadableTable
    from huiyin.registers.services import importing
    from huiyin.registers.services.writing import Source

    register = register_of(options.kind)
    if not register.kept:
        raise CouldNot(f"{register.label}由办件自动生成，不能导入")
    post = acting_as(options.login, register.keep, "登记")
    job = importing.Job(options.file, receipt, _place(options.place, post),
                        Source(post, clock.now(), f"import:{options.file.name[:60]}"), mapping,
                        options.sheet)  # fmt: skip
    try:
        done = importing.carry_out(register, job, try_only=options.dry_run, progress=_told)
    except (UnreadableTable, HeaderNotFound, UnknownColumn, importing.MissingColumns) as error:
        receipt.unlink(missing_ok=True)
        raise CouldNot(str(error)) from None
    data = {"read": done.read, "new": done.new, "same": done.same, "changed": done.changed,
            "refused": done.refused, "receipt": str(receipt), "dry_run": options.dry_run}  # fmt: skip
    lines = [
        f"读入 {done.read} 行：新增 {done.new}，更新 {done.changed}，相同 {done.same}，拒绝 {done.refused}",
        f"逐行回单：{receipt}",
    ]
    return Answer(data, lines, FINDINGS if done.refused else DONE)


def _told(done: Imported, total: int | None) -> None:
    if done.read % 2000 == 0:
        say(f"已读 {done.read:,}{f' / {total:,}' if total else ''} 行")


def _place(code: str | None, post: ActingPost) -> Area:
    from huiyin.base import clock
    from huiyin.org import selectors
    from huiyin.org.models import Area

    own = Area.objects.get(pk=post.area_id)
    if not code:
        return own
    try:
        area = selectors.area_at(code, clock.today())
    except selectors.AreaNotFound as error:
        raise CouldNot(str(error)) from None
    if not area.path.startswith(own.path):
        raise CouldNot(f"{area.name}不在这个账号的范围内")
    return area


def _narrow(options: argparse.Namespace) -> Narrow:
    from huiyin.base import clock
    from huiyin.indicators.rules import periods
    from huiyin.org import selectors
    from huiyin.registers.selectors import Narrow

    given: dict[str, Any] = {}
    try:
        if options.period:
            period = periods.parse(options.period)
            given |= {"first": period.first, "last": period.last}
        if options.place:
            given["area_id"] = selectors.area_at(options.place, clock.today()).pk
    except (periods.UnknownPeriod, selectors.AreaNotFound) as error:
        raise CouldNot(str(error)) from None
    return Narrow(**given)
