"""Figures that come from figures before them: totals, what is left over, lists in the same order."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from huiyin.paperwork.rules.article_context import list_of
from huiyin.paperwork.rules.linking_changes import ChangeLinker
from huiyin.paperwork.rules.readings import Linked, Operand, Reading

_TOTAL = re.compile("(?:合计|总计|共计|一共|总共)(?:为|达|是)?$")
_REST = re.compile("还有|仍有|尚有|其余|剩余|余下|另有|没|未|超过时限|超时限")
_LEFT = re.compile("还有|仍有|尚有|其余|剩余|余下|另有")
_INSTEAD = re.compile("(?:实际上?|其实|实为|应)(?:是|为)$")


class SumLinker(ChangeLinker):
    """A figure that the ones before it make up."""

    def _total_of_before(self) -> list[Reading]:
        """一季度397件、二季度410件，合计807件: the sum of the same number said several times."""
        words = self.article.text.text[slice(*self.setting.before)]
        if not _TOTAL.search(words):
            return []
        parts: list[Operand] = []
        for linked in reversed(self.links):
            if self.article.text.sentence(linked.figure.first) != self.setting.sentence:
                break
            if not linked.readings or linked.readings[0].how != "value":
                break
            if linked.figure.unit != self.figure.unit:
                break
            operand = linked.readings[0].operands[0]
            if parts and operand.code != parts[0].code:
                break
            parts.append(replace(operand, places=operand.places[:1], periods=operand.periods[:1]))
        return [Reading("sum", tuple(reversed(parts)), 110)] if len(parts) > 1 else []

    def _several_values(self) -> list[Reading]:
        """咨询、求助137件: two values of one dimension together."""
        values = self._own_values()
        told = list(dict.fromkeys((v.dimension, v.value) for v in values))
        if len(told) < 2 or len({d for d, _ in told}) > 1 or self._listed():
            return []
        between = [self.article.text.text[a.end : b.start] for a, b in pairwise(values)]
        if not all(re.fullmatch("类?[、和与及]", b) for b in between):
            return []
        for known in self.article.vocabulary.known.values():
            if known.takes(self.figure.unit) and all(known.has(by) for by in told):
                return [Reading("sum", tuple(self._operand(known.code, by) for by in told), 105)]
        return []

    def _rest_of_before(self) -> list[Reading]:
        """答复1388件中有效回访1209件，还有179件没有回访到: the one before less its part."""
        text = self.article.text.text
        own = text[slice(*self.setting.before)] + text[slice(*self.setting.after)]
        if not _REST.search(own) or len(self.links) < 2:
            return []
        pair: list[Linked] = []
        for linked in reversed(self.links):
            same = self.article.text.paragraph(linked.figure.first) == self.setting.paragraph
            if not same or len(pair) == 2:
                break
            plain = bool(linked.readings) and linked.readings[0].how == "value"
            if plain and linked.figure.unit == self.figure.unit:
                pair.append(linked)
        if len(pair) < 2:
            return []
        part, whole = (p.readings[0].operands[0] for p in pair)
        if part.code == whole.code or pair[0].figure.value > pair[1].figure.value:
            return []
        return [
            Reading("rest", (replace(whole, periods=part.periods, places=part.places), part), 90)
        ]

    def left_over(self) -> bool:
        """Whether the words say that it is what remains."""
        return _LEFT.search(self.article.text.text[slice(*self.setting.before)]) is not None

    def _in_the_same_order(self) -> list[Reading]:
        """响应率96.7%、解决率95.4%；今年上半年分别为96.3%、96.9%: as the list before."""
        at = self.article.text.text.rfind("分别", self.setting.clause_start, self.figure.first)
        if at < 0 or len(self.regions) > 1:
            return []
        group = list_of(self.article.text, self.article.figures, self.n, at)
        if len(group) < 2 or self.n - len(group) < 0:
            return []
        model = self.links[self.n - len(group)]
        same = self.article.text.paragraph(model.figure.first) == self.setting.paragraph
        if not same or not model.readings or model.figure.unit != self.figure.unit:
            return []
        first = self.article.figures[group[0]].first
        periods = [p for p in self.article.periods if self.setting.clause_start <= p.start < first]
        reading = model.readings[0]
        if periods and periods[-1].code:
            codes = (periods[-1].code,)
            reading = replace(
                reading, operands=tuple(replace(o, periods=codes) for o in reading.operands)
            )
        return [replace(reading, score=95)]

    def _put_right(self) -> list[Reading]:
        """…占全市的1/3，实际是不足两成: the same as the figure before."""
        words = self.article.text.text[slice(*self.setting.before)]
        last = self.links[-1] if self.links else None
        if last is None or not last.readings or not _INSTEAD.search(words):
            return []
        return [last.readings[0]] if last.figure.unit == self.figure.unit else []
