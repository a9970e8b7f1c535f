"""合计, 总计, 小计: the number itself only where its parts are all there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from huiyin.paperwork.rules.asking import Asked
from huiyin.paperwork.rules.links import KNOWN, UNSURE, Reading
from huiyin.paperwork.rules.spans import NOTHING, Span
from huiyin.paperwork.rules.vocabulary import Place, Vocabulary


@dataclass
class Totals:
    """Looks at each 合计 of a table once its parts are read."""

    vocabulary: Vocabulary

    def settle(self, asked: list[Asked], found: list[Reading]) -> list[Reading]:
        """合计 is the number itself only where its parts are all there."""
        answer = list(found)
        for n, (one, reading) in enumerate(zip(asked, found, strict=True)):
            if not one.total or reading.status != KNOWN or reading.link is None:
                continue
            parts = [
                (a, r) for a, r in zip(asked, found, strict=True)
                if a is not one and not a.total and self._part_of(a, one)
            ]  # fmt: skip
            answer[n] = self._total(one, reading, parts)
        return answer

    def _part_of(self, part: Asked, total: Asked) -> bool:
        a, b = part.blank, total.blank
        if total.total == "column":
            above = b.header[:-1]
            return a.row == b.row and a.header[: len(above)] == above
        same = [x.text for x in b.labels[:-1]]
        return a.column == b.column and [x.text for x in a.labels[: len(same)]] == same

    def _total(self, one: Asked, reading: Reading, parts: list[tuple[Asked, Reading]]) -> Reading:
        link = reading.link
        assert link is not None
        others = [r.link for _, r in parts if r.link is not None]
        rest = any(a.other for a, _ in parts)
        trouble = ""
        span = link.span
        if len({x.indicator for x in others}) > 1:
            trouble = "合计的各项不是同一个指标"
        elif not link.value and any(x.value for x in others) and not rest:
            number = self.vocabulary.by_code[link.indicator]
            wanted = next((d.complete for d in number.dimensions if d.code == others[0].dimension), frozenset())  # fmt: skip
            if not wanted <= {x.value for x in others}:
                trouble = "表上的分项不全，各项之和不等于总数"
        elif not link.unit and any(x.unit for x in others) and not rest:
            trouble = "表上的单位不一定是全部，各项之和不等于总数"
        elif any(x.place != link.place for x in others) and not rest:
            within = self.vocabulary.place_of(link.place) or self.vocabulary.place
            named = {x.place for x in others}
            children = self.vocabulary.children(within)
            level = [p for p in self.vocabulary.places if p.code in named]
            if not all(p.code in named for p in children) and not self._covers(within.path, level):
                trouble = "表上的地方不全，各处之和不等于总数"
        elif len({x.span for x in others}) > 1:
            span, trouble = _covering([x.span for x in others])
        if trouble:
            return Reading(UNSURE, None, 0.0, trouble, ((link, 0.6, trouble),))
        return Reading(KNOWN, link.at(span), reading.confidence, reading.reason)

    def _covers(self, path: str, level: Sequence[Place]) -> bool:
        """Whether places of one kind are all of that kind inside."""
        kinds = {p.kind for p in level}
        if len(kinds) != 1:
            return False
        kind = kinds.pop()
        every = {p.code for p in self.vocabulary.places if p.kind == kind and p.path.startswith(path)}  # fmt: skip
        return every <= {p.code for p in level}


def _covering(parts: Sequence[Span]) -> tuple[Span, str]:
    """The one period of several months or quarters that follow one another."""
    years = {s.year for s in parts}
    months = sorted(s.months for s in parts if s.months)
    if len(years) != 1:
        return NOTHING, "合计的各项是不同的期间"
    if len(months) == len(parts) and all(a[1] + 1 == b[0] for a, b in pairwise(months)):
        return Span(year=years.pop(), months=(months[0][0], months[-1][1])), ""
    quarters = sorted(s.quarter for s in parts if s.quarter)
    if len(quarters) == len(parts) and quarters == list(range(quarters[0], quarters[-1] + 1)):
        return Span(year=years.pop(), months=(3 * quarters[0] - 2, 3 * quarters[-1])), ""
    return NOTHING, "合计的各项是不同的期间"
