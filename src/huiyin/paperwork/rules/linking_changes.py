"""Changes and comparisons: growth, differences, multiples and averages of numbers of ours."""

from __future__ import annotations

import re
from dataclasses import replace

from huiyin.paperwork.rules import derived
from huiyin.paperwork.rules.linking_shares import ShareLinker
from huiyin.paperwork.rules.readings import Linked, Operand, Reading

#: What stands between the two figures of a change.
CHANGED = "(?:上升|下降|提高|提升|增长|增加|减少|降低|缩短|压缩|回升|回落|跃升|升|降|减|增|变)?(?:至|到|为)"
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
        """The number that is spoken of: the last of this sentence, else the first of the one before;
        with the figure's unit where that is one of ours."""
        sentence = self.article.text.sentence
        here: list[Linked] = []
        before: list[Linked] = []
        for linked in self.links:
            if self.article.text.paragraph(linked.figure.first) != self.setting.paragraph:
                continue
            if not linked.readings or linked.compared or not self._same_kind(linked):
                continue
            (here if sentence(linked.figure.first) == self.setting.sentence else before).append(
                linked
            )
        if here:
            chosen = here[-1]
        elif before:
            last = sentence(before[-1].figure.first)
            chosen = next(b for b in before if sentence(b.figure.first) == last)
        else:
            return None
        return Reading("value", chosen.readings[0].operands[:1], 90)

    def _same_kind(self, linked: Linked) -> bool:
        """Whether a figure of this unit can speak of that number."""
        known = self.article.vocabulary.known[linked.readings[0].code]
        if self.figure.unit in ("%", "倍", ""):
            return True
        if self.figure.unit == "个百分点":
            return known.kind == "ratio"
        return known.takes(self.figure.unit) or (known.unit == "人次" and self.figure.unit == "次")

    def _derive(self, clue: derived.Clue, base: Reading) -> Reading | None:
        known = self.article.vocabulary.known[base.code]
        operand = base.operands[0]
        if self._own_place():
            operand = replace(operand, places=self._places())
        if base.score > 90 or self._own_period():
            operand = replace(operand, periods=self._periods(comparing=True))
        elif self.links and self.links[-1].compared:  # 去年同期为123件，同比增长17.1%
            said = [p for p in self.article.periods if p.end <= self.figure.first]
            more = [*operand.periods, *self._carried_periods(said)]
            operand = replace(operand, periods=tuple(dict.fromkeys(more)))
        how = derived.how_for(clue, known.kind, self.figure.unit, known.takes(self.figure.unit))
        if how is None:
            return None
        if how == "average":
            return self._averaged(clue, operand, base.score)
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

    def _averaged(self, clue: derived.Clue, operand: Operand, score: int) -> Reading | None:
        """Over months, communities, a number of the text (9个社区平均每个), or a number of ours (人均)."""
        if clue.per == "个":
            before = self.article.figures[self.n - 1] if self.n else None
            if before is None or before.first < self.setting.clause_start or not before.value:
                return None
            short = self._shorthand(self.setting.before, whole_paragraph=True)
            return Reading("average", (short or operand,), 100, per="个", over=before.value)
        if clue.per not in ("人", "次"):
            return Reading("average", (operand,), score, per=clue.per)
        base = self._sibling(operand, "人次")
        over = self._sibling(operand, "名" if clue.per == "人" else "次")
        return Reading("each", (base, over), score) if base and over and base != over else None

    def _sibling(self, operand: Operand, unit: str) -> Operand | None:
        """The number with that unit that goes with this one: named in the paragraph, else by its words."""
        known = self.article.vocabulary.known
        if known[operand.code].unit == unit:
            return operand
        words = self.article.vocabulary.words
        near = [r.readings[0].code for r in reversed(self.links) if r.readings]
        for code in (*near, *known):
            if known[code].unit == unit and words(code) & words(operand.code):
                return replace(operand, code=code, by=None)
        return None

    def _again(self, clue: derived.Clue) -> list[Reading]:
        """较上月多24件，增长16.7%: the same two numbers as the figure before."""
        last = self.links[-1] if self.links else None
        if clue.against or last is None or not last.readings:
            return []
        changed = self._after_change(clue)
        if changed:
            return changed
        if clue.back:
            return []
        reading = last.readings[0]
        same = self.article.text.sentence(last.figure.first) == self.setting.sentence
        if not same or reading.how not in ("difference", "growth", "points") or self._own_terms():
            return []
        known = self.article.vocabulary.known[reading.code]
        how = derived.how_for(clue, known.kind, self.figure.unit, known.takes(self.figure.unit))
        return [replace(reading, how=how, falling=clue.falling)] if how else []

    def _after_change(self, clue: derived.Clue) -> list[Reading]:
        """由118个增加到151个，增长近三成: the two figures before, one number at two times."""
        if len(self.links) < 2 or clue.how != "change":
            return []
        before, now = self.links[-2], self.links[-1]
        words = self.article.text.text[before.figure.last : now.figure.first]
        if not (before.readings and now.readings and re.fullmatch(CHANGED, words)):
            return []
        one, other = now.readings[0].operands[0], before.readings[0].operands[0]
        if one.code != other.code:
            return []
        known = self.article.vocabulary.known[one.code]
        how = derived.how_for(clue, known.kind, self.figure.unit, known.takes(self.figure.unit))
        n = min(len(one.periods), len(other.periods))
        one, other = (
            replace(one, periods=one.periods[:n]),
            replace(other, periods=other.periods[:n]),
        )
        return [Reading(how, (one, other), 90, falling=clue.falling)] if how else []

    def _part_of_earlier(self) -> list[Reading]:
        """已经达到去年全年的53%: the number before, against itself at the time that is named."""
        last = self._last_of_sentence()
        named = [p for p in self.article.periods if self._within(p.start, p.end) and p.code]
        if last is None or not named:
            return []
        now = replace(last.operands[0], periods=last.operands[0].periods[:1])
        return [Reading("share", (now, replace(now, periods=(named[-1].code,))), 90)]

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
        last = self._last_of_sentence()
        if one is None and last is not None and not self._foreign(*left):
            one = last.operands[0]  # …151个，是鲁甸县的2.1倍
        if (
            one is not None
            and other is not None
            and one.code != other.code
            and not self._own_terms()
        ):
            other = replace(other, code=one.code, by=one.by)
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
