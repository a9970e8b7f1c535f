"""Changes and comparisons: growth, differences, multiples and averages of numbers of ours."""

from __future__ import annotations

from dataclasses import replace

from huiyin.paperwork.rules import derived
from huiyin.paperwork.rules.linking_shares import ShareLinker
from huiyin.paperwork.rules.readings import Operand, Reading

EARLIER = (derived.year_before, derived.period_before)


class ChangeLinker(ShareLinker):
    """A figure whose words say that it comes from one number at two times, or from two."""

    def _bases(self) -> list[Reading]:
        """The number that a growth or an average speaks of: named in the clause, else the one before."""
        named = []
        figure = self.figure
        for term in self._terms_of_sentence():
            if term.negated or (
                term.start > figure.first and term.start >= self.setting.clause_end
            ):
                continue
            if term.end <= figure.first:
                score = 100 if term.start >= self.setting.clause_start else 70
                score -= (figure.first - term.end) // 4
            else:
                score = 60
            by, score = self._narrowed(term, score + 3 * term.weight)
            named.append(self._value(term.code, by, score))
        last = self._last_of_sentence()
        own = [r for r in named if r.score >= 100]
        if own:
            return own
        values = {(v.dimension, v.value) for v in self._own_values()}
        if len(values) == 1 and last is not None:  # 政策宣传88次。矛盾调解增长两成
            (by,) = values
            if self.article.vocabulary.known[last.code].has(by):
                return [replace(last, operands=(self._operand(last.code, by),), score=95)]
        if last is not None:
            return [last]
        return named

    def _last_of_sentence(self) -> Reading | None:
        """The number of the figure before, whatever that figure said of it."""
        for linked in reversed(self.links):
            if self.article.text.paragraph(linked.figure.first) != self.setting.paragraph:
                return None
            if linked.readings and not linked.compared:
                return Reading("value", linked.readings[0].operands[:1], 90)
        return None

    def _derive(self, clue: derived.Clue, base: Reading) -> Reading | None:
        known = self.article.vocabulary.known[base.code]
        operand = base.operands[0]
        if self._own_place():
            operand = replace(operand, places=self._places())
        if base.score > 90 or self._own_period():
            operand = replace(operand, periods=self._periods(comparing=True))
        how = derived.how_for(clue, known.kind, self.figure.unit, known.takes(self.figure.unit))
        if how is None:
            return None
        if how == "average":
            return Reading(how, (operand,), base.score, per=clue.per)
        if (
            not clue.back and not clue.against
        ):  # nobody says against what: a year ago, or just before
            twice = tuple(p for p in operand.periods for _ in range(2))
            asked = tuple(f(p) for p in operand.periods for f in EARLIER)
            places = operand.places[:1]
            now = replace(operand, periods=twice, places=places)
            return Reading(
                how, (now, replace(now, periods=asked)), base.score, falling=clue.falling
            )
        before = replace(operand, periods=tuple(derived.earlier(p, clue) for p in operand.periods))
        return Reading(how, (operand, before), base.score, falling=clue.falling)

    def _again(self, clue: derived.Clue) -> list[Reading]:
        """较上月多24件，增长16.7%: the same two numbers as the figure before."""
        last = self.links[-1] if self.links else None
        if clue.back or clue.against or last is None or not last.readings:
            return []
        reading = last.readings[0]
        same = self.article.text.sentence(last.figure.first) == self.setting.sentence
        if not same or reading.how not in ("difference", "growth", "points") or self._own_terms():
            return []
        known = self.article.vocabulary.known[reading.code]
        how = derived.how_for(clue, known.kind, self.figure.unit, known.takes(self.figure.unit))
        return [replace(reading, how=how, falling=clue.falling)] if how else []

    def _own_terms(self) -> bool:
        return any(self._within(t.start, t.end) for t in self.article.terms)

    def _between(self) -> list[Reading]:
        """投诉比求助少329件, 云富街道比太平镇多36件, 咨询是举报的4倍: two numbers side by side."""
        begin, end = self.regions[0]
        match = derived.SIDE_BY_SIDE.search(self.article.text.text, begin, end)
        if match is None:
            return []
        how = "difference" if match["mark"] else "multiple"
        right = match.span("other" if match["mark"] else "other2")
        left = (begin, match.start())
        if any(right[0] <= p.start and p.end <= right[1] for p in self.article.periods):
            return []  # 比去年多: one number at two times
        one, other = self._told(left), self._told(right)
        if one is None or other is None or one == other:
            return []
        known = self.article.vocabulary.known[one.code]
        if how == "difference" and not known.takes(self.figure.unit):
            return []
        if (how == "multiple") != (self.figure.unit == "倍"):
            return []
        falling = match["less"] in ("少", "低")
        return [Reading(how, (one, other), 100, falling=falling)]

    def _told(self, span: tuple[int, int]) -> Operand | None:
        """The number that a stretch of words names: by a value, a place or a term of its own."""
        values = [v for v in self.article.values if span[0] <= v.start and v.end <= span[1]]
        places = [p for p in self.article.places if span[0] <= p.start and p.end <= span[1]]
        terms = [t for t in self.article.terms if span[0] <= t.start and t.end <= span[1]]
        terms = terms or [t for t in self._terms_of_sentence() if self._within(t.start, t.end)]
        last = self._last_of_sentence()
        code = terms[-1].code if terms else last.code if last else ""
        known = self.article.vocabulary.known.get(code)
        by = (values[-1].dimension, values[-1].value) if values else None
        if known is None and by is not None:
            known = next((k for k in self.article.vocabulary.known.values() if k.has(by)), None)
        if known is None or known.kind == "ratio" or (by is not None and not known.has(by)):
            return None
        if not (values or places or terms):
            return None
        found = self._operand(known.code, by)
        return replace(found, places=places[-1].places) if places else found
