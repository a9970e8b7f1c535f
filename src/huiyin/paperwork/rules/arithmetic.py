"""Sums that an article states itself: parts against their whole, per head against all.

28+4+25+28 against 85个小区; 15名 × 2+3 against 30个方面 and 45个方面; 其中 against the number before it.
A sum is only called wrong where the words leave no doubt that the parts make the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from huiyin.documents.rules.figures import Figure
from huiyin.documents.rules.running_text import Running
from huiyin.paperwork.rules.article_context import noun_after


@dataclass(frozen=True)
class Sum:
    """`parts` and `whole` are numbers of figures; `words` the sum as one reads it."""

    parts: tuple[int, ...]
    whole: int
    holds: bool
    words: str


def sums_of(text: Running, figures: Sequence[Figure]) -> list[Sum]:
    """All sums that the article states, those that hold and those that do not."""
    found = [
        *_totalled(text, figures),
        *_listed(text, figures),
        *_of_one_noun(text, figures),
        *_per_head(text, figures),
    ]
    kept: list[Sum] = []
    for one in found:
        if not any(set(one.parts) & set(k.parts) and one.whole == k.whole for k in kept):
            kept.append(one)
    return kept


def _plain(figure: Figure) -> bool:
    return figure.kind == "measured" and figure.bound == "exact" and figure.unit != "%"


def _listed(text: Running, figures: Sequence[Figure]) -> list[Sum]:
    """1320件，其中咨询412件、求助530件、投诉201件: more than the whole is wrong, the whole is noted."""
    found = []
    for marker in re.finditer("其中|包括|分为", text.text):
        before = [n for n, f in enumerate(figures) if f.last <= marker.start() and _plain(f)]
        if not before:
            continue
        parts = _list_from(text, figures, marker.end(), figures[before[-1]].unit)
        most = max((figures[n].value for n in parts), default=Decimal(0))
        wholes = [
            n for n in before[-3:]
            if figures[n].value > most and figures[n].unit == figures[before[-1]].unit
            and text.text[figures[n].last : marker.start()].count("。") < 2
        ]  # fmt: skip
        if not wholes:
            continue
        whole = wholes[-1]
        if len(parts) < 2 or _TOTAL_NEXT.match(text.text, figures[parts[-1]].last):
            continue
        total = sum((figures[n].value for n in parts), Decimal(0))
        if total > figures[whole].value or total == figures[whole].value:
            found.append(_sum(figures, parts, whole, total))
    return found


#: A list that ends with a total of its own says nothing of the number before it.
_TOTAL_NEXT = re.compile("[^，。；]{0,12}[，、](?:合计|总计|共计|一共)")


def _totalled(text: Running, figures: Sequence[Figure]) -> list[Sum]:
    """立行立改41个、限期整改29个、长期坚持17个，合计85个: the list right before is the whole of it."""
    found = []
    for whole, figure in enumerate(figures):
        before = text.text[max(0, figure.first - 4) : figure.first]
        if not _plain(figure) or not re.search("(?:合计|总计|共计|一共)(?:为|达)?$", before):
            continue
        parts: list[int] = []
        for n in range(whole - 1, -1, -1):
            same = text.sentence(figures[n].first) == text.sentence(figure.first)
            near = text.text[figures[n].last : figures[parts[-1]].first if parts else figure.first]
            if not same or not _plain(figures[n]) or figures[n].unit != figure.unit:
                break
            if re.search("[。；：]|其中", near):
                break
            parts.append(n)
        if len(parts) > 1:
            total = sum((figures[n].value for n in parts), Decimal(0))
            found.append(_sum(figures, parts[::-1], whole, total))
    return found


def _list_from(text: Running, figures: Sequence[Figure], at: int, unit: str) -> list[int]:
    """Figures of one unit after a marker, until the sentence ends or something else is counted."""
    parts: list[int] = []
    for n, figure in enumerate(figures):
        if figure.first < at:
            continue
        between = text.text[figures[parts[-1]].last if parts else at : figure.first]
        if (
            "。" in between
            or "；" in between
            or re.search("同比|环比|较|比上|分别派|合计|总计|共计|一共", between)
        ):
            break
        if not _plain(figure) or figure.unit != unit:
            if figure.unit == "%":
                continue
            break
        if parts and len(re.sub("[、，]", "", between)) > 12:
            break
        parts.append(n)
    return parts


def _of_one_noun(text: Running, figures: Sequence[Figure]) -> list[Sum]:
    """A paragraph that counts 85个小区 and then 28个, 4个, 25个, 28个 of them."""
    found = []
    nouns = [noun_after(text.text, f.last, min(f.last + 14, len(text.text))) for f in figures]
    for whole, figure in enumerate(figures):
        noun = nouns[whole][:2]
        if not _plain(figure) or len(noun) < 2:
            continue
        paragraph = text.paragraph(figure.first)
        parts = [
            n for n, f in enumerate(figures)
            if n > whole and _plain(f) and f.unit == figure.unit and f.value < figure.value
            and text.paragraph(f.first) == paragraph and noun in text.text[f.last : f.last + 24]
        ]  # fmt: skip
        total = sum((figures[n].value for n in parts), Decimal(0))
        if len(parts) >= 3 and abs(total - figure.value) * 20 <= figure.value:
            found.append(_sum(figures, parts, whole, total))
    return found


def _per_head(text: Running, figures: Sequence[Figure]) -> list[Sum]:
    """“2+3”模式，对15名…点出30个方面成绩、45个方面81个具体问题: so many for each."""
    found = []
    for n, each in enumerate(figures[:-1]):
        pair = figures[n + 1]
        if each.kind != "structure" or (pair.first, pair.last) != (each.first, each.last):
            continue
        sentence = text.sentence(each.first)
        later = [
            k for k in range(n + 2, len(figures)) if text.sentence(figures[k].first) == sentence
        ]
        heads = [k for k in later if figures[k].unit in ("名", "人", "位", "个", "家")]
        totals = [k for k in later if figures[k].unit == each.unit]
        if not heads or len(totals) < 2:
            continue
        head = figures[heads[0]].value
        for per, total in ((each, totals[0]), (pair, totals[1])):
            product = head * per.value
            holds = product == figures[total].value
            words = f"{head}×{per.value}={product}"
            words += "，与文中相符" if holds else f"，文中为 {figures[total].value}"
            found.append(Sum((heads[0],), total, holds, words))
    return found


def _sum(figures: Sequence[Figure], parts: Sequence[int], whole: int, total: Decimal) -> Sum:
    holds = total == figures[whole].value
    words = "+".join(f"{figures[n].value:f}" for n in parts) + f"={total:f}"
    words += "，与总数相符" if holds else f"，总数写的是 {figures[whole].value:f}"
    return Sum(tuple(parts), whole, holds, words)
