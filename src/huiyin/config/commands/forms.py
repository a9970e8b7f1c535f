"""huiyin fill BLANK --place CODE --period P -o OUT [--accept] [--as LOGIN]: a form from above, filled.

Without --as only civic numbers are filled in, no ledger rows, and nothing is remembered.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.config.command import DONE, FINDINGS, Answer, CouldNot, ready, say

if TYPE_CHECKING:
    from huiyin.indicators.rules.periods import Period
    from huiyin.org.models import Area
    from huiyin.org.rules.grants import ActingPost
    from huiyin.paperwork.models import FormTemplate
    from huiyin.paperwork.services.filling import Cell, Proposal


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("blank", type=Path, metavar="BLANK", help=".xlsx、.xls、.et 或 .docx")
    parser.add_argument("--place", required=True, metavar="CODE", help="区划代码")
    parser.add_argument("--period", required=True, metavar="P", help="如 2026-10、2026Q3")
    parser.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT")
    parser.add_argument("--accept", action="store_true", help="拿不准的按首选填，并记住")
    parser.add_argument("--as", dest="login", default="", metavar="LOGIN", help="以谁的账号")


def run(options: argparse.Namespace) -> Answer:
    ready()
    from huiyin.base import clock
    from huiyin.documents.rules.form_files import UnreadableForm
    from huiyin.paperwork.services import filling, remembering

    post = _post(options.login)
    area, period = _where_and_when(options.place, options.period)
    posts = [post] if post else []
    at = clock.now()
    template = None
    try:
        content = options.blank.read_bytes()
        if post:
            upload = remembering.Upload(content, options.blank.name, area, period, post, at, {})
            template, _ = remembering.take_in(upload, posts)
        proposal = filling.propose(
            content, options.blank.name, place=area, period=period, day=at.date(),
            settled=remembering.settled_of(template) if template else None,
        )  # fmt: skip
    except OSError as error:
        raise CouldNot(f"文件读不了：{error.strerror or error}") from None
    except UnreadableForm as error:
        raise CouldNot(str(error)) from None
    for lost in proposal.form.lost:
        say(f"带不过去：{lost}")
    unsure = _unsure(proposal)
    if options.accept:
        taken = filling.accept(proposal)
        if template and post:
            remembering.settle(template, [(c, c.link) for c in taken], by=post, at=at)
    if template and post:
        done = remembering.fill(template, proposal, posts=posts, by=post, at=at)
    else:
        done = filling.fill(proposal, posts=posts, at=at)
    options.out.write_bytes(done.content)
    return _answer(proposal, done.filled, [] if options.accept else unsure, template, options.out)


def _answer(
    proposal: Proposal, filled: int, unsure: list[dict[str, Any]], template: FormTemplate | None, out: Path
) -> Answer:  # fmt: skip
    kept = {"id": template.pk, "title": template.title} if template else None
    data = {"cells": len(proposal.asked), "filled": filled, "unsure": unsure, "template": kept,
            "lost": list(proposal.form.lost), "file": str(out)}  # fmt: skip
    lines = [f"要填 {data['cells']} 格，已填 {filled} 格，拿不准 {len(unsure)} 格：{out}"]
    lines += [f"  {u['cell']}（{u['row']}，{u['column']}）：{u['reason']}" for u in unsure[:50]]
    return Answer(data, lines, FINDINGS if unsure else DONE)


def _unsure(proposal: Proposal) -> list[dict[str, Any]]:
    from huiyin.paperwork.rules.links import UNSURE

    return [
        {"cell": c.address, "row": c.field.label, "column": c.field.heading,
         "reason": c.reading.reason, "candidates": _candidates(c)}
        for c in proposal.of_status(UNSURE)
    ]  # fmt: skip


def _candidates(cell: Cell) -> list[dict[str, Any]]:
    return [
        {**link.as_json(), "confidence": confidence, "reason": why}
        for link, confidence, why in cell.reading.candidates
    ]


def _post(login: str) -> ActingPost | None:
    from huiyin.base import clock
    from huiyin.org import selectors
    from huiyin.org.models import Account
    from huiyin.paperwork.selectors.catalogue import GRANT

    if not login:
        return None
    account = Account.objects.filter(username=login, is_active=True).first()
    if account is None:
        raise CouldNot(f"没有账号 {login}，或已停用")
    able = [p for p in selectors.posts_of(account.person_id, clock.today()) if p.may(GRANT)]
    if not able:
        raise CouldNot(f"账号 {login} 的岗位不能填上级报表")
    return able[0]


def _where_and_when(place: str, period: str) -> tuple[Area, Period]:
    from huiyin.base import clock
    from huiyin.indicators.rules import periods
    from huiyin.org import selectors

    try:
        return selectors.area_at(place, clock.today()), periods.parse(period)
    except (selectors.AreaNotFound, periods.UnknownPeriod) as error:
        raise CouldNot(str(error)) from None
