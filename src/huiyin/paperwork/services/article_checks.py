"""Keeping a check: made, looked at again, a link confirmed or changed, the text cleared in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from huiyin.base import selectors as base
from huiyin.base.services import audit
from huiyin.indicators import registry
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.models import ArticleCheck, CheckedFigure
from huiyin.paperwork.rules.readings import HOW_LABELS
from huiyin.paperwork.services import article_links, checking
from huiyin.paperwork.services.article_values import Computed, Evidence
from huiyin.paperwork.services.checking import Checked, Choice, Report

#: What a person may say of a figure besides a number of ours.
NONE = "none"


class NoSuchChoice(ValueError):
    """The chosen link is no number that this person may see. The message is fit for the screen."""


@dataclass(frozen=True)
class By:
    """Who acts and from where. `posts` = all posts in which values may be seen."""

    post: ActingPost
    posts: Sequence[ActingPost]
    at: datetime
    address: str = ""


def check_article(
    *, text: str, title: str, place: Area, as_of: date, by: By
) -> ArticleCheck:  # fmt: skip
    """Check a text and keep it with its figures. UnfitArticle when it cannot be checked."""
    report = _report(text, place, as_of, by)
    with transaction.atomic():
        check = ArticleCheck.objects.create(
            title=title.strip()[:80] or title_of(text), text=text, place=place, as_of=as_of,
            unit_id=by.post.unit_id, person_id=by.post.person_id, post_id=by.post.post_id,
            made_at=by.at, checked_at=by.at, sums=_sums(report),
        )  # fmt: skip
        _write(check, report)
        _audit(check, by, f"核对 {len(report.figures)} 个数")
    return check


def check_again(*, check: ArticleCheck, by: By) -> ArticleCheck:
    """Compute everything anew: rows may have changed since, and links were chosen. What somebody
    confirmed stays confirmed where the figure and its verdict are the same."""
    if check.cleared_at:
        raise checking.UnfitArticle("原文已到期清除，请重新粘贴再核对")
    chosen = {f.start: _read_choice(f.chosen) for f in check.figures.exclude(chosen="")}
    report = _report(check.text, check.place, check.as_of, by, chosen)
    with transaction.atomic():
        check = ArticleCheck.objects.select_for_update().get(pk=check.pk)
        before = {f.ordinal: f for f in check.figures.all()}
        check.figures.all().delete()
        check.sums, check.checked_at = _sums(report), by.at
        check.save(update_fields=["sums", "checked_at"])
        for figure in _write(check, report):
            _keep_confirmation(figure, before.get(figure.ordinal))
        _audit(check, by, f"重新核对 {len(report.figures)} 个数")
    return check


def choose(*, figure: CheckedFigure, choice: str, by: By) -> CheckedFigure:
    """A person confirms the link ('' = as it stands) or says what the figure is: 'code',
    'code|dimension:value' or 'none'. It is remembered for these words. NoSuchChoice."""
    wanted = _choice(choice or _link_of(figure), by)
    check, found = figure.article, None
    if choice and not check.cleared_at:
        report = _report(check.text, check.place, check.as_of, by, {figure.start: wanted})
        found = next((f for f in report.figures if _same(f, figure)), None)
    with transaction.atomic():
        figure = CheckedFigure.objects.select_for_update().get(pk=figure.pk)
        if found is not None:
            _fill(figure, found)
        figure.chosen = choice or figure.chosen
        figure.confirmed_at, figure.confirmed_by_id = by.at, by.post.person_id
        figure.save()
        article_links.remember(
            key=figure.key, unit=figure.unit, choice=wanted, by=by.post, at=by.at
        )  # fmt: skip
        _audit(check, by, f"确认第 {figure.ordinal + 1} 个数的对应")
    return figure


def clear_expired(*, at: datetime) -> int:
    """Empty the texts whose time is over (本地参数 稿件原文保存); figures and verdicts stay."""
    days = int(base.local_value(checking.KEEP_DAYS.code))
    old = ArticleCheck.objects.filter(
        cleared_at__isnull=True, made_at__lt=at - timedelta(days=days)
    )
    return old.update(text="", cleared_at=at)


def title_of(text: str) -> str:
    """The first line that says something; of a line that is a paragraph, its beginning."""
    lines = (line.strip(" \u3000\t\ufeff") for line in text.splitlines())
    line = next((line for line in lines if line), "未命名")
    return line if len(line) <= 40 else line[:20] + "…"


def _report(
    text: str, place: Area, as_of: date, by: By,
    chosen: dict[int, Choice] | None = None,
) -> Report:  # fmt: skip
    return checking.check_text(
        text, place=place, as_of=as_of, posts=by.posts, remembered=article_links.choices(),
        chosen=chosen,
    )  # fmt: skip


def _same(found: Checked, figure: CheckedFigure) -> bool:
    """2+3 is two figures at one spot: the value tells them apart."""
    return found.figure.start == figure.start and found.figure.value == figure.value


def _read_choice(text: str) -> Choice:
    code, _, value = text.partition("|")
    return None if code in (NONE, "") else (code, article_links.split_by(value))


def _choice(text: str, by: By) -> Choice:
    choice = _read_choice(text)
    if choice is None:
        return None
    code = choice[0]
    try:
        indicator = registry.get(code)
    except KeyError:
        raise NoSuchChoice("没有这个指标，请从列表里选") from None
    if not any(p.may(indicator.grant) for p in by.posts):
        raise NoSuchChoice(f"您的岗位看不到“{indicator.label}”，请选别的")
    return choice


def _link_of(figure: CheckedFigure) -> str:
    """The link that a figure has, as `choose` takes it."""
    if not figure.indicator:
        return NONE
    return f"{figure.indicator}|{figure.by}" if figure.by else figure.indicator


def _keep_confirmation(figure: CheckedFigure, before: CheckedFigure | None) -> None:
    if before is None or before.text != figure.text or before.confirmed_at is None:
        return
    if (before.verdict, before.indicator, before.by) != (
        figure.verdict,
        figure.indicator,
        figure.by,
    ):
        return
    figure.chosen, figure.confirmed_at = before.chosen, before.confirmed_at
    figure.confirmed_by_id = before.confirmed_by_id
    figure.save(update_fields=["chosen", "confirmed_at", "confirmed_by"])


def _sums(report: Report) -> list[dict[str, Any]]:
    return [{"words": s.words, "holds": s.holds} for s in report.sums]


def _write(check: ArticleCheck, report: Report) -> list[CheckedFigure]:
    rows = []
    for ordinal, found in enumerate(report.figures):
        row = CheckedFigure(
            article=check, ordinal=ordinal, start=found.figure.start, end=found.figure.end,
            text="".join(found.figure.text.split())[:60], value=found.figure.value,
            unit=found.figure.unit, bound=found.figure.bound, kind=found.figure.kind,
        )  # fmt: skip
        _fill(row, found)
        rows.append(row)
    return CheckedFigure.objects.bulk_create(rows)


def _fill(row: CheckedFigure, found: Checked) -> None:
    """What the check says of a figure."""
    best = found.best
    row.subject, row.key = found.subject[:60], found.key[:60]
    row.verdict, row.reason = found.verdict, found.reason[:400]
    row.indicator = best.reading.code if best else ""
    row.by = article_links.joined_by(best.reading.operands[0].by) if best else ""
    row.computed = _rounded(best.computed) if best and best.computed else None
    row.evidence = [_entry(e) for e in best.computed.evidence] if best and best.computed else []
    row.candidates = [
        {"code": c.reading.code, "by": article_links.joined_by(c.reading.operands[0].by),
         "label": registry.get(c.reading.code).label, "how": HOW_LABELS[c.reading.how],
         "words": c.words, "known": c.agrees is not None}
        for c in found.candidates
    ]  # fmt: skip


def _rounded(computed: Computed) -> Decimal:
    return computed.value.quantize(Decimal("0.0001"))


def _entry(evidence: Evidence) -> dict[str, Any]:
    return {
        "code": evidence.code, "label": evidence.label,
        "by": article_links.joined_by(evidence.by), "place": evidence.place,
        "place_code": evidence.place_code, "unit_id": evidence.unit_id,
        "period": evidence.period, "period_label": evidence.period_label,
        "value": str(evidence.value.quantize(Decimal("0.01")).normalize()), "unit": evidence.unit,
        "n": evidence.n, "lower_bound": evidence.lower_bound,
        "published_on": evidence.published_on.isoformat() if evidence.published_on else "",
    }  # fmt: skip


def _audit(check: ArticleCheck, by: By, reason: str) -> None:
    audit.record(
        at=by.at, person_id=by.post.person_id, person_name=by.post.person_name,
        post_id=by.post.post_id, address=by.address, action="figures_checked",
        subject=f"article:{check.pk}", reason=reason,
    )  # fmt: skip
