"""A material sheet 素材单: last year's headings with the numbers of the asked place and period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from huiyin.documents.rules.official import Heading, Paper, Paragraph, docx_of
from huiyin.indicators import registry
from huiyin.indicators.registry import Indicator, Slice
from huiyin.indicators.services import computing
from huiyin.indicators.services.computing import Value
from huiyin.paperwork.models import Phrase
from huiyin.paperwork.services.telling import amount

#: Where the number stands in a wording.
NUMBER = "{数}"
#: A heading with more numbers than this is a ledger.
MOST_LINES = 200


@dataclass(frozen=True)
class Line:
    """One number under its part. `value` None: this post may not see it, or the number is gone."""

    part: str
    named: str
    indicator: Indicator | None
    value: Value | None
    words: str


def find_number(named: str) -> Indicator | None:
    """The number of that code or that name; None when there is none."""
    text = named.strip()
    for indicator in registry.all_indicators():
        if text in (indicator.code, indicator.label):
            return indicator
    return None


def frames(day: date) -> list[str]:
    """Headings in use on that day, in the order in which they were entered."""
    rows = _in_use(day).order_by("pk").values_list("frame", flat=True)
    return list(dict.fromkeys(rows))


def lines(frame: str, part: Slice, *, may: Iterable[str], day: date) -> list[Line]:
    """The numbers of one heading. `may`: grants of the post; what lies beyond them says so."""
    granted = set(may)
    rows = _in_use(day).filter(frame=frame).order_by("pk")[:MOST_LINES]
    return [_line(row, part, granted) for row in rows]


def docx(frame: str, found: Sequence[Line], *, where: str, when: str, note: str) -> bytes:
    """The sheet as a Word draft: a heading for each part, a sentence for each number."""
    blocks: list[Heading | Paragraph] = []
    last = ""
    for line in found:
        if line.part != last:
            blocks.append(Heading(line.part))
            last = line.part
        blocks.append(Paragraph(line.words))
    return docx_of(Paper(f"{where}{frame}素材（{when}）", blocks, note=note))


def _in_use(day: date) -> QuerySet[Phrase]:
    return Phrase.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), withdrawn_at__isnull=True, valid_from__lte=day,
    )  # fmt: skip


def _line(row: Phrase, part: Slice, granted: set[str]) -> Line:
    indicator = find_number(row.indicator)
    if indicator is None:
        return Line(row.part, row.indicator, None, None, f"{row.indicator}：这个指标已经没有了")
    if indicator.grant not in granted:
        return Line(
            row.part, row.indicator, indicator, None, f"{indicator.label}：您的岗位无权查看"
        )
    value = computing.compute(indicator, part)
    number = amount(indicator, value)
    wording = row.wording.strip() or f"{indicator.label}{NUMBER}"
    words = wording.replace(NUMBER, number) if NUMBER in wording else f"{wording}{number}"
    return Line(row.part, row.indicator, indicator, value, words.rstrip("。") + "。")
