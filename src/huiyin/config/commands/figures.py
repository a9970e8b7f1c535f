"""huiyin figures FILE.txt|.docx [--place CODE] [--as-of DATE] [--as LOGIN]: an article's figures checked.

Acts as the named account, else as the system person 系统核对, who has no party grant (design §6).
Findings (a figure that differs) end with 1.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.config.command import DONE, FINDINGS, Answer, CouldNot, ready

if TYPE_CHECKING:
    from huiyin.org.models import Area
    from huiyin.org.rules.grants import ActingPost
    from huiyin.paperwork.services.article_values import Evidence
    from huiyin.paperwork.services.checking import Candidate, Checked

SYSTEM_PERSON = "系统核对"


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("file", metavar="FILE", help=".txt 或 .docx")
    parser.add_argument("--place", default="", metavar="CODE", help="稿件说的地方（区划代码）")
    parser.add_argument(
        "--as-of", default="", metavar="DATE", help="稿件的日期，如 2026-11-24（默认今天）"
    )
    parser.add_argument("--as", dest="login", default="", metavar="LOGIN", help="以谁的账号")


def run(options: argparse.Namespace) -> Answer:
    raw = _text(options.file)
    as_of = _day(options.as_of)
    ready()
    from huiyin.base import clock
    from huiyin.base.services import audit
    from huiyin.paperwork.services import article_links, checking

    posts = _posts(options.login)
    day = as_of or clock.today()
    place = _place(options.place, posts, day)
    try:
        report = checking.check_text(
            raw, place=place, as_of=day, posts=posts, remembered=article_links.choices()
        )
    except checking.UnfitArticle as error:
        raise CouldNot(str(error)) from None
    first = posts[0] if posts else None
    audit.record(
        at=clock.now(), person_id=first.person_id if first else None,
        person_name=first.person_name if first else SYSTEM_PERSON,
        post_id=first.post_id if first else None, address="", action="figures_checked",
        subject=f"area:{place.code}", reason=f"命令行核对 {len(report.figures)} 个数",
    )  # fmt: skip
    data = {
        "figures": [_figure(f) for f in report.figures],
        "sums": [{"words": s.words, "holds": s.holds} for s in report.sums],
    }
    wrong = report.count("differs") + sum(1 for s in report.sums if not s.holds)
    lines = [_line(f) for f in report.figures] + [f"文中算式：{s.words}" for s in report.sums]
    return Answer(data, lines, FINDINGS if wrong else DONE)


def _text(name: str) -> str:
    from huiyin.documents.rules.article_files import UnreadableArticle, read_article

    try:
        return read_article(Path(name).read_bytes(), name)
    except OSError:
        raise CouldNot(f"读不到文件 {name}") from None
    except UnreadableArticle as error:
        raise CouldNot(str(error)) from None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CouldNot("日期请写成 2026-11-24") from None


def _posts(login: str) -> Sequence[ActingPost] | None:
    if not login:
        return None
    from huiyin.base import clock
    from huiyin.org import selectors
    from huiyin.org.models import Account

    account = Account.objects.filter(username=login, is_active=True).first()
    if account is None:
        raise CouldNot(f"没有账号 {login}，或已停用")
    posts = [
        p for p in selectors.posts_of(account.person_id, clock.today()) if p.may("articles.check")
    ]
    if not posts:
        raise CouldNot(f"账号 {login} 的岗位不能核对稿件")
    return posts


def _place(code: str, posts: Sequence[ActingPost] | None, day: date) -> Area:
    """The named place, else that of the first post, else the widest area that there is."""
    from huiyin.org import selectors
    from huiyin.org.models import Area

    if code:
        try:
            return selectors.area_at(code, day)
        except selectors.AreaNotFound as error:
            raise CouldNot(str(error)) from None
    if posts:
        return Area.objects.get(pk=posts[0].area_id)
    widest = Area.objects.filter(parent__isnull=True, valid_to__isnull=True).order_by("pk").first()
    if widest is None:
        raise CouldNot("还没有区划，请先运行 huiyin seed base")
    return widest


def _figure(found: Checked) -> dict[str, Any]:
    """As design §6 has it; `computed` of a derived figure says from which numbers."""
    figure, best = found.figure, found.best
    return {
        "text": figure.text, "start": figure.start, "end": figure.end,
        "value": _number(figure.value), "unit": figure.unit, "bound": figure.bound,
        "subject": found.subject, "indicator": best.reading.code if best else None,
        "computed": _computed(best), "verdict": found.verdict, "kind": figure.kind,
        "by": _by(best.reading.operands[0].by) if best else None,
        "place": best.computed.evidence[0].place_code if best and best.computed else None,
        "period": best.computed.evidence[0].period if best and best.computed else None,
        "reason": found.reason,
        "candidates": [c.reading.code for c in found.candidates] if len(found.candidates) > 1 else [],
    }  # fmt: skip


def _by(by: tuple[str, str] | None) -> str | None:
    return f"{by[0]}:{by[1]}" if by else None


def _computed(best: Candidate | None) -> Any:
    if best is None or best.computed is None:
        return None
    value = _number(best.computed.value)
    if best.reading.how == "value":
        return value
    return {
        "value": value, "how": best.reading.how,
        "from": [_from(e) for e in best.computed.evidence],
    }  # fmt: skip


def _from(evidence: Evidence) -> dict[str, Any]:
    return {
        "indicator": evidence.code, "by": _by(evidence.by), "place": evidence.place_code,
        "period": evidence.period, "value": _number(evidence.value),
    }  # fmt: skip


def _number(value: Any) -> int | float:
    whole = value == value.to_integral_value()
    return int(value) if whole else round(float(value), 4)


def _line(found: Checked) -> str:
    from huiyin.paperwork.rules.verdicts import LABELS

    text = "".join(found.figure.text.split())
    return f"{LABELS[found.verdict]:<4} {text}（{found.subject}）：{found.reason}"
