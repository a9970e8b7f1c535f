"""Which number a figure of an article is: an indicator, one value of its dimension, a place, a period.

Each figure gets `Reading`s, the likeliest first. A reading names what is to be computed and from what;
computing it is the service's. Readings of different numbers whose scores lie close together compete:
when they do not come to the same verdict, the figure is unclear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import rjieba

from huiyin.paperwork.rules import article_context, derived
from huiyin.paperwork.rules.article_terms import GENERAL, PLAIN_NOUNS, Found
from huiyin.paperwork.rules.linking_changes import CHANGED, EARLIER
from huiyin.paperwork.rules.linking_sums import SumLinker
from huiyin.paperwork.rules.readings import ENOUGH, Linked, Operand, Reading
from huiyin.paperwork.rules.surroundings import Article

#: What is wanted, not what there is: 力争满意率达到97%以上.
_WANTED = re.compile("力争|争取|力求|目标|拟于|预计|计划(?:在|于)|确保(?!了)")


def link(article: Article) -> list[Linked]:
    """All figures in order; what a figure is may depend on those before it."""
    links: list[Linked] = []
    for n in range(len(article.figures)):
        links.append(Linker(article, links, n).link())
    return links


class Linker(SumLinker):
    """Links one figure, knowing the ones before it."""

    def link(self) -> Linked:
        if self.figure.kind != "measured":
            return self._linked((), "结构或规范数，没有对应的指标")
        first, _ = self.article.text.sentence_text(self.setting.sentence)
        if _WANTED.search(self.article.text.text, first, self.figure.first):
            return self._linked((), "目标或要求，不是已经有的数")
        readings = self._readings()
        readings.sort(key=lambda r: -r.score)
        good = tuple(r for r in _distinct(readings) if r.score >= ENOUGH)
        return self._linked(good, "" if good else "文中这个数没有对应的指标")

    def _linked(self, readings: tuple[Reading, ...], why: str) -> Linked:
        return Linked(
            self.figure, self.subject, readings, why, self._places(), self._periods(), self.key(), self.compared()
        )  # fmt: skip

    # -- the readings --------------------------------------------------------------------------
    def _readings(self) -> list[Reading]:
        clue = derived.clue_of(
            self.article.text.text, self.setting, self.figure, against=self.comparison(),
            sentence=self.article.text.sentence_text(self.setting.sentence)[0],
        )  # fmt: skip
        for told in (
            self._put_right,
            self._total_of_before,
            self._in_the_same_order,
            self._between,
        ):
            found = told()
            if found:
                return found
        direct = self._direct()
        changed = self._changed_to() if clue is None else None
        if changed is not None:
            return [changed]
        if clue is None:
            if self.figure.unit == "%":
                return direct or self._shares()
            rest = self._rest_of_before()
            best = max((r.score for r in direct), default=0)
            if rest and best < (90 if self.left_over() else 75):
                return rest
            return direct or self._several_values() or self._carried()
        if clue.how == "part of earlier":
            return self._part_of_earlier()
        if clue.how == "share":
            return direct or self._shares()
        again = self._again(clue)
        if again:
            return again
        base = [r for r in self._bases() if r.how == "value"]
        return [r for one in base if (r := self._derive(clue, one)) is not None]

    def _changed_to(self) -> Reading | None:
        """由上半年的71.5%提高到78.2%: the same number as the figure before, now."""
        last = self.links[-1] if self.links else None
        if last is None or not last.readings or last.figure.last != self.setting.before[0]:
            return None
        words = self.article.text.text
        if not re.fullmatch(CHANGED, words[last.figure.last : self.figure.first]):
            return None
        if not re.search("由|从", words[self.setting.clause_start : last.figure.first]):
            return None
        operand = last.readings[0].operands[0]
        if not self.article.vocabulary.known[operand.code].takes(self.figure.unit):
            return None
        periods = self._periods(skipping=self.setting.clause_start)
        return Reading("value", (replace(operand, periods=periods),), 90)

    def _direct(self) -> list[Reading]:
        """Numbers whose terms stand with the figure and whose unit it has."""
        found = []
        for term in self._terms_of_sentence():
            known = self.article.vocabulary.known[term.code]
            if not known.takes(self.figure.unit):
                continue
            if term.term in GENERAL and not self._seconded(term):
                continue
            score = self._nearness(term)
            score += 3 * (term.weight if score > 60 else min(term.weight, 4))
            if term.negated:
                if known.kind == "ratio" and score >= ENOUGH:
                    found.append(replace(self._value(term.code, None, score), how="complement"))
                continue
            by, score = self._narrowed(term, score)
            vague = self.article.vocabulary.vague(term.term, self.figure.unit)
            reading = replace(self._value(term.code, by, score), vague=vague)
            found.append(self._from_earlier(reading))
        return [r for r in found if r.score >= ENOUGH]

    def _from_earlier(self, reading: Reading) -> Reading:
        """由0.6次降至…: what it was before may be a year or a period ago where nobody says when."""
        words = self.article.text.text[slice(*self.setting.before)]
        if not re.search("[由从][^，。]{0,8}$", words) or self._own_period():
            return reading
        operand = reading.operands[0]
        text = self.article.text
        said = [
            p.code for p in self.article.periods
            if p.refers and p.code and p.end <= self.figure.first
            and text.sentence(p.start) == self.setting.sentence
        ]  # fmt: skip
        earlier = said[-1:] + [f(p) for p in self._periods(comparing=True) for f in EARLIER]
        periods = tuple(dict.fromkeys([*earlier, *operand.periods]))
        return replace(reading, operands=(replace(operand, periods=periods),))

    def _seconded(self, term: Found) -> bool:
        """Whether the sentence has a word of another term of the same number."""
        _, words = self.article.text.sentence_text(self.setting.sentence)
        return any(word in words for word in self.article.vocabulary.seconds(term.code))

    def _nearness(self, term: Found) -> int:
        """How well a term's place says that the figure is its number."""
        figure, setting = self.figure, self.setting
        noun = self._foreign_noun()
        plain = term.term in PLAIN_NOUNS
        if term.start < figure.first and term.end > figure.last:
            return 112
        for k, (begin, end) in enumerate(self.regions):
            if begin <= term.start and term.end <= end:
                gap = self._foreign(term.end, end)
                if k == 0:
                    gap += "".join(self._foreign(*r) for r in self.regions[k + 1 :])
                loose = (
                    self._foreign(begin, term.start) if plain or self._of_some(term, begin) else ""
                )
                return 100 - 8 * plain - 25 * len(gap) - 60 * bool(noun) - 60 * (len(loose) > 1)
        if figure.last <= term.start and term.end <= setting.after[1]:
            loose = self._foreign_before() if plain else ""
            gap = self._foreign(figure.last, term.start)
            if self._goes_on(term):
                return 0
            return 92 - 8 * plain - 25 * len(gap) - 60 * (len(loose) > 1)
        if term.end <= figure.first and not noun and not self._foreign_before():
            return 52 if term.start >= setting.clause_start else 44
        return 0

    def _of_some(self, term: Found, begin: int) -> bool:
        """立行立改的已销号38个: of some of them, not of all."""
        return (
            re.search("的(?:已|仍|未|均)?$", self.article.text.text[begin : term.start]) is not None
        )

    def _goes_on(self, term: Found) -> bool:
        """27条答复口径, 19件答复被退回: behind a figure the term is only the beginning of a noun."""
        text, end = self.article.text.text, self.setting.after[1]
        if text[term.end : term.end + 1] == "被":
            return True
        noun = article_context.noun_after(text, term.end, end)
        return len(self._foreign(term.end, term.end + len(noun))) > 1

    def _carried(self) -> list[Reading]:
        """A figure that says only its part (其中咨询412件, 云富街道560件) is of the number before."""
        values = self._own_values()
        telling = len(values) == 1 and values[0].end - values[0].start > 2
        if self._foreign_noun() or (
            self._foreign_before()
            and not (telling and not self._foreign(values[0].end, self.figure.first))
        ):
            return []
        by = None
        if values:
            if len({(v.dimension, v.value) for v in values}) > 1:
                return []
            by = (values[0].dimension, values[0].value)
        base = self._subject(by)
        words = self.article.text.text[slice(*self.setting.before)]
        if base is None and by is not None:
            return self._any_with(by)
        if base is None and (found := self._of_its_kind()) is not None:
            return [found]
        said = by or self._own_place() or self._own_period() or "其中" in words
        if base is None or not (said or self._follows_its_kind()):
            return []
        return [self._value(base.code, by or base.by, 74)]

    def _any_with(self, by: tuple[str, str]) -> list[Reading]:
        """The first declared number that has this dimension and the figure's unit; a short word says
        so only in an article that has named such a number before."""
        named = {r.operands[0].code for one in self.links for r in one.readings[:1]}
        long = any(v.end - v.start > 2 for v in self._own_values()) or self._told_apart(by[0])
        for known in self.article.vocabulary.known.values():
            has = known.has(by)
            if not (long or known.code in named):
                continue
            if has and known.kind != "ratio" and self.figure.unit and known.takes(self.figure.unit):
                return [self._value(known.code, by, 62)]
        return []

    def _subject(self, by: tuple[str, str] | None = None) -> Operand | None:
        """The number that the sentence, else the paragraph, is about: the last whole one."""
        for linked in reversed(self.links):
            if self.article.text.paragraph(linked.figure.first) != self.setting.paragraph:
                return None
            if not linked.readings or linked.readings[0].how != "value":
                continue
            operand = linked.readings[0].operands[0]
            known = self.article.vocabulary.known[operand.code]
            if by and not known.has(by):
                continue
            if (by and operand.by is not None) or known.kind == "ratio":
                continue
            if not known.takes(self.figure.unit) or not self.figure.unit:
                continue
            return operand
        return None

    def _of_its_kind(self) -> Reading | None:
        """167次，821人次: the number with this unit that goes with the one before; 组织服务17次: one that
        the article has named, by a word of its terms."""
        if self._follows_its_kind() and self.links:
            before = self.links[-1].readings[0]
            other = (
                self._sibling(before.operands[0], self.figure.unit)
                if before.how == "value"
                else None
            )
            if other is not None:
                return Reading("value", (other,), 72)
        words = set(rjieba.cut(self.article.text.text[slice(*self.setting.before)]))
        for linked in reversed(self.links):
            code = linked.readings[0].code if linked.readings else ""
            known = self.article.vocabulary.known.get(code)
            fits = known is not None and known.kind != "ratio" and known.takes(self.figure.unit)
            if fits and self.figure.unit and words & self.article.vocabulary.words(code):
                return self._value(code, None, 60)
        return None

    def _follows_its_kind(self) -> bool:
        """昭阳区119次、584人次、49名: nothing is said but numbers, one after the other."""
        last = self.links[-1] if self.links else None
        if last is None or not last.readings or last.figure.last != self.setting.before[0]:
            between = ""
            if last is not None and last.readings:
                between = self.article.text.text[last.figure.last : self.figure.first]
            return bool(between) and re.fullmatch("[、，]", between) is not None
        return (
            re.fullmatch("[、，]?", self.article.text.text[slice(*self.setting.before)]) is not None
        )


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    """The best reading of each number."""
    kept: dict[tuple[str, object, str], Reading] = {}
    for one in readings:
        kept.setdefault((one.code, one.operands[0].by, one.how), one)
    return list(kept.values())
