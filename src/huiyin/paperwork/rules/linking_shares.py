"""Shares: a percentage without a rate of its own is a part of a whole, both of them numbers of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import rjieba

from huiyin.paperwork.rules import derived
from huiyin.paperwork.rules.article_terms import GENERAL, Found
from huiyin.paperwork.rules.framing import Framing
from huiyin.paperwork.rules.readings import Linked, Operand, Reading
from huiyin.paperwork.rules.surroundings import Article

#: 诉求中, 受理总量中: what follows is part of it.
_AMONG = re.compile("(?:总量|总数|件数|数|量)?[中里]|(?:总量|总数)")


class ShareLinker(Framing):
    """A figure that may be a share. `links` = the figures before it."""

    def __init__(self, article: Article, links: Sequence[Linked], n: int) -> None:
        super().__init__(article, n)
        self.links = links

    def _narrowed(self, term: Found, score: int) -> tuple[tuple[str, str] | None, int]:
        """(value of a dimension that is said with the figure, score)."""
        known = self.article.vocabulary.known[term.code]
        said = [v for v in self._own_values() if not (term.start <= v.start and v.end <= term.end)]
        if not said:
            return None, score
        fitting = [v for v in said if known.has((v.dimension, v.value))]
        if not fitting:
            return None, score - 40
        if len({v.value for v in fitting}) > 1:
            return None, score if self._listed() else score - 60
        return (fitting[0].dimension, fitting[0].value), score + 12

    def _shares(self) -> list[Reading]:
        """A part of a whole: of the whole that is named, else of the number that was said before."""
        span = derived.whole_of(self.article.text.text, self.regions)
        values = [v for v in self._own_values() if span is None or not span[0] <= v.start < span[1]]
        if len({(v.dimension, v.value) for v in values}) > 1:
            return []
        by = (values[0].dimension, values[0].value) if values else None
        named, said_so = self._whole_by_name(span)
        whole = named or self._whole(by)
        known = self.article.vocabulary.known
        if whole is not None and by is not None and known[whole.code].has(by):
            return [Reading("share", (replace(whole, by=by), whole), 80)]
        part, said_before = self._part(span, named)
        if part is None:
            return []
        if named is None:
            if part.by is not None:
                whole = replace(part, by=None)
            elif said_before:
                whole = self._whole_before(part)
            else:
                whole = None
        if whole is None or (whole.code == part.code and part.by is None):
            of_place = said_before or (span is not None and self._own_place())
            return self._share_of_place_around(part) if of_place else []
        if known[whole.code].unit != known[part.code].unit and not said_so:
            return []
        whole = replace(whole, places=part.places, periods=part.periods)
        return [Reading("share", (part, whole), 80)]

    def _whole_before(self, part: Operand) -> Operand | None:
        """1860名报到，其中新报到126名，占6.8%: another number of the same sentence."""
        for linked in reversed(self.links):
            if self.article.text.sentence(linked.figure.first) != self.setting.sentence:
                return None
            if linked.readings and linked.readings[0].how == "value":
                operand = linked.readings[0].operands[0]
                if operand.code != part.code and operand.by is None:
                    return operand
        return None

    def _share_of_place_around(self, part: Operand) -> list[Reading]:
        """云富街道560件，占全市的42.4%: the same number of the place around it."""
        own = part.places[0]
        named = [m.places[0] for m in reversed(self.article.places)] + [self.article.root]
        around = [
            p for p in dict.fromkeys(named) if own.path != p.path and own.path.startswith(p.path)
        ]
        around.sort(key=lambda p: -len(p.path))
        if not around:
            return []
        parts = replace(part, places=(own,) * len(around))
        return [Reading("share", (parts, replace(part, places=tuple(around))), 80)]

    def _whole_by_name(self, span: tuple[int, int] | None) -> tuple[Operand | None, bool]:
        """(the whole where it is named: behind 占, as 近六成的诉求, as 诉求中, whether behind 占)."""
        text = self.article.text.text
        for term in self._terms_of_sentence():
            behind = span is not None and span[0] <= term.start and term.end <= span[1]
            after = self.setting.after[0] <= term.start and term.end <= self.setting.after[1]
            after = after and not self._foreign(self.setting.after[0], term.start)
            among = term.end <= self.figure.first and bool(_AMONG.match(text, term.end))
            if term.term in GENERAL:
                continue
            ratio = self.article.vocabulary.known[term.code].kind == "ratio"
            if (behind or after or among) and not term.negated and not ratio:
                return self._operand(term.code, None), behind
        if span is not None:
            return self._shorthand(span), True
        return None, False

    def _shorthand(self, span: tuple[int, int], *, whole_paragraph: bool = False) -> Operand | None:
        """退单申请74次，准予退单15次，准予的占申请的…: a word that one number of the sentence has alone."""
        text = self.article.text
        told: dict[str, Operand] = {}
        for linked in self.links:
            near = text.paragraph(linked.figure.first) == self.setting.paragraph and (
                whole_paragraph or text.sentence(linked.figure.first) == self.setting.sentence
            )
            if near and linked.readings and linked.readings[0].how == "value":
                operand = linked.readings[0].operands[0]
                if operand.by is None:
                    told.setdefault(operand.code, operand)
        words = {w for w in rjieba.cut(text.text[slice(*span)]) if len(w) > 1}
        having = {c: self.article.vocabulary.words(c) & words for c in told}
        for code, operand in told.items():
            others = (
                set().union(*(having[c] for c in told if c != code)) if len(told) > 1 else set()
            )
            if having[code] - others:
                return operand
        return None

    def _whole(self, by: tuple[str, str] | None) -> Operand | None:
        """The last whole number that has the part's dimension, else the first declared one where
        the sentence tells several of its values apart."""
        vocabulary = self.article.vocabulary
        fits = [c for c, k in vocabulary.known.items()
                if k.kind != "ratio" and (by is None or k.has(by))]  # fmt: skip
        for linked in reversed(self.links):
            if self.article.text.paragraph(linked.figure.first) != self.setting.paragraph:
                break
            if linked.readings and linked.readings[0].how == "value":
                operand = linked.readings[0].operands[0]
                if operand.by is None and operand.code in fits:
                    return operand
        named = [v for v in vocabulary.known.values() if v.code in fits]
        told = by is not None and self._told_apart(by[0])
        return self._operand(named[0].code, None) if told and named else None

    def _part(
        self, span: tuple[int, int] | None, whole: Operand | None
    ) -> tuple[Operand | None, bool]:
        """(what the share is of the whole, whether it is the figure just before): a number named with
        the figure, else the one before."""
        for term in self._terms_of_sentence():
            known = self.article.vocabulary.known[term.code]
            in_whole = span is not None and span[0] <= term.start < span[1]
            inside = self._within(term.start, term.end) and not in_whole
            if term.term in GENERAL or (
                whole is not None and known.unit != self.article.vocabulary.known[whole.code].unit
            ):
                continue
            fits = inside and not term.negated and known.kind != "ratio"
            if fits and (whole is None or term.code != whole.code):
                return self._operand(term.code, None, outside=span), False
        short = self._shorthand((self.regions[0][0], span[0] - 1)) if span is not None else None
        if short is not None:
            return short, False
        if (span is None and self._foreign_before()) or self._foreign(
            self.regions[0][0], (span or self.regions[0])[0]
        ):
            return None, False
        last = self.links[-1] if self.links else None
        if last is None or not last.readings or last.readings[0].how != "value":
            return None, False
        same = self.article.text.sentence(last.figure.first) == self.setting.sentence
        return (last.readings[0].operands[0], True) if same else (None, False)
