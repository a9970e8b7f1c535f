"""What stands around a figure: words of its own, the place and the period that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.documents.rules.figures import Figure
from huiyin.documents.rules.running_text import Running
from huiyin.paperwork.rules import article_context, article_periods, article_places, derived
from huiyin.paperwork.rules.article_context import Setting, foreign, setting_of, told_apart
from huiyin.paperwork.rules.article_places import PlaceName
from huiyin.paperwork.rules.article_terms import LOOSE_DIMENSIONS, Found, FoundValue, Vocabulary
from huiyin.paperwork.rules.readings import Operand, Reading


@dataclass(frozen=True)
class Article:
    """What is known of the whole text before its figures are linked."""

    text: Running
    figures: tuple[Figure, ...]
    terms: tuple[Found, ...]
    values: tuple[FoundValue, ...]
    places: tuple[article_places.PlaceMention, ...]
    periods: tuple[article_periods.Mention, ...]
    vocabulary: Vocabulary
    root: PlaceName
    as_of: date


def read_article(
    text: Running,
    figures: Sequence[Figure],
    vocabulary: Vocabulary,
    *,
    places: Sequence[PlaceName],
    root: PlaceName,
    as_of: date,
) -> Article:
    """Find terms, places and periods once for the whole text."""
    return Article(
        text, tuple(figures), tuple(vocabulary.terms_in(text.text)),
        tuple(vocabulary.values_in(text.text)),
        tuple(article_places.mentions(text.text, places, root)),
        tuple(article_periods.mentions(text.text, as_of)), vocabulary, root, as_of,
    )  # fmt: skip


#: What an article begins with holds for what follows, until something else is said.
LEAD_SENTENCES = 3


class Surroundings:
    """One figure within its article. `regions` = what is said before it, nearest to it first."""

    def __init__(self, article: Article, n: int) -> None:
        self.article, self.n = article, n
        self.figure = article.figures[n]
        self.setting: Setting = setting_of(article.text, article.figures, n)
        self.spans: list[tuple[int, int]] = [
            *((t.start, t.end) for t in article.terms), *((v.start, v.end) for v in article.values),
        ]  # fmt: skip
        self.spans += [(p.start, p.end) for p in article.places]
        self.spans += [(m.start, m.end) for m in article.periods]
        self.regions = told_apart(article.text, article.figures, n, self.setting)
        if self.regions == (self.setting.before,):
            self.regions = (self._reaching_back(),)
        self.subject = article_context.subject_of(article.text.text, self.setting, self.regions[0])

    def _reaching_back(self) -> tuple[int, int]:
        """What is said before the figure; where its own clause says nothing (求助类最多，达82件) the
        clause before it belongs to it, if that has no figure."""
        begin, end = self.setting.before
        said = self._foreign(begin, end) or any(begin <= a and b <= end for a, b in self.spans)
        if said or begin != self.setting.clause_start:
            return begin, end
        first, _ = self.article.text.sentence_text(self.setting.sentence)
        marks = [m for m in range(first, begin - 1) if self.article.text.text[m] in "，；：,;"]
        back = marks[-1] + 1 if marks else first
        if any(back <= f.first < begin for f in self.article.figures):
            return begin, end
        return back, end

    def comparison(self) -> str:
        """The period by name with which the figure is compared: 较二季度, 比8月份; "" without."""
        last = [
            p for p in self.article.periods
            if p.refers and p.code and self.setting.clause_start - 1 <= p.start and p.end <= self.figure.first
        ]  # fmt: skip
        words = self.article.text.text[last[-1].start : last[-1].end] if last else "同期"
        return "" if any(w in words for w in ("同期", "去年", "上年", "今年")) else last[-1].code

    def key(self) -> str:
        """What is said of the figure itself: 受理诉求, 新增停车位; without place, period and filling."""
        text = self.article.text.text
        spans = [(p.start, p.end) for p in self.article.places]
        spans += [(m.start, m.end) for m in self.article.periods]
        start = self.setting.after[0]
        noun = article_context.noun_after(text, *self.setting.after)
        return article_context.key_of(text, [*self.regions[:1], (start, start + len(noun))], spans)

    def _within(self, start: int, end: int) -> bool:
        """Whether a stretch stands with the figure: in what is said before it or right after."""
        if any(begin <= start and end <= stop for begin, stop in self.regions):
            return True
        return self.setting.after[0] <= start and end <= self.setting.after[1]

    def _terms_of_sentence(self) -> list[Found]:
        first, words = self.article.text.sentence_text(self.setting.sentence)
        return [t for t in self.article.terms if first <= t.start and t.end <= first + len(words)]

    def _foreign_before(self) -> str:
        return "".join(self._foreign(*region) for region in self.regions[:1])

    def _foreign(self, start: int, end: int) -> str:
        return foreign(self.article.text.text, start, end, self.spans)

    def _foreign_noun(self) -> str:
        """The noun after the figure where it is none of those that cases and people stand for."""
        if self.figure.unit == "%":
            return ""
        start = self.setting.after[0]
        noun = article_context.noun_after(self.article.text.text, *self.setting.after)
        rest = foreign(self.article.text.text, start, start + len(noun), self.spans)
        return rest if len(rest) > 1 else ""

    def _own_values(self) -> list[FoundValue]:
        """Words of dimensions that stand with the figure."""
        begin, end = self.regions[0]
        own = [v for v in self.article.values if begin <= v.start and v.end <= end]
        own = own or [v for v in self.article.values if self._within(v.start, v.end)]
        return [v for v in own if self._narrows(v) and self._fits(v)]

    def _fits(self, value: FoundValue) -> bool:
        """Whether a number with this value can have the figure's unit: 党员 cuts no 次."""
        unit, by = self.figure.unit, (value.dimension, value.value)
        known = self.article.vocabulary.known.values()
        derived_unit = unit in ("%", "个百分点", "倍")
        return any(k.has(by) and (derived_unit or k.takes(unit)) for k in known)

    def _narrows(self, value: FoundValue) -> bool:
        """热线 in 12345热线受理诉求1320件 says who counts, not what is counted."""
        if value.dimension not in LOOSE_DIMENSIONS:
            return True
        first, words = self.article.text.sentence_text(self.setting.sentence)
        told = {
            v.value for v in self.article.values
            if v.dimension == value.dimension and first <= v.start < first + len(words)
        }  # fmt: skip
        near = value.end <= self.figure.first and not self._foreign(value.end, self.figure.first)
        term = any(value.end <= t.start < self.figure.first for t in self.article.terms)
        return len(told) > 1 or (near and not term)

    def _told_apart(self, dimension: str) -> bool:
        """Whether the sentence names several values of one dimension."""
        first, words = self.article.text.sentence_text(self.setting.sentence)
        told = {
            v.value for v in self.article.values
            if v.dimension == dimension and first <= v.start < first + len(words)
        }  # fmt: skip
        return len(told) > 1

    def _listed(self) -> bool:
        """咨询、求助、投诉等诉求1320件: a list that stands for the whole."""
        words = self.article.text.text[slice(*self.setting.before)]
        return "等" in words or "各类" in words

    # -- what the sentence before says -----------------------------------------------------------
    # -- places and periods ----------------------------------------------------------------------
    def _value(self, code: str, by: tuple[str, str] | None, score: int) -> Reading:
        return Reading("value", (self._operand(code, by),), score)

    def _operand(self, code: str, by: tuple[str, str] | None) -> Operand:
        return Operand(code, by, self._places(), self._periods())

    def _own_place(self) -> bool:
        return any(self._within(p.start, p.end) for p in self.article.places)

    def compared(self) -> bool:
        """Whether its period is one that something else is compared with."""
        before = [p for p in self.article.periods if p.end <= self.figure.first]
        own = [p for p in before if self._within(p.start, p.end)]
        return bool(own) and own[-1].refers

    def _own_period(self) -> bool:
        return any(self._within(p.start, p.end) for p in self.article.periods)

    def _places(self) -> tuple[PlaceName, ...]:
        """Places that the figure may speak of, likeliest first; one alone where it is said with it."""
        end = self.setting.after[1]
        before = [p for p in self.article.places if p.end <= self.figure.first]
        own = [p for p in before if any(a <= p.start and p.end <= b for a, b in self.regions[:1])]
        own = own or [
            p for p in before if any(a <= p.start and p.end <= b for a, b in self.regions)
        ]
        if own:
            return self._with_area(own[-1].places, before)
        after = [p for p in self.article.places if self.figure.last <= p.start and p.end <= end]
        text = self.article.text
        in_sentence = [p for p in before if text.sentence(p.start) == self.setting.sentence]
        in_paragraph = [p for p in before if text.paragraph(p.start) == self.setting.paragraph]
        order = [
            *after[:1],
            *in_sentence[-1:],
            *in_sentence[:1],
            *in_paragraph[-1:],
            *in_paragraph[:1],
        ]
        places = [place for mention in order for place in mention.places]
        widest = [
            m.places[0] for m in self.article.places if m.places[0].kind in ("city", "county")
        ]
        return tuple(dict.fromkeys([*places, *widest[:1], self.article.root]))

    def _with_area(
        self, places: tuple[PlaceName, ...], before: list[article_places.PlaceMention]
    ) -> tuple[PlaceName, ...]:
        """A unit may be who did it, or only who says so: then the area before it counts."""
        if all(p.unit_id is None for p in places):
            return places
        areas = [m.places[0] for m in before if m.places[0].unit_id is None]
        return tuple(dict.fromkeys([*places, *areas[-1:], self.article.root]))

    def _periods(self, *, comparing: bool = False, skipping: int = -1) -> tuple[str, ...]:
        """Period codes, likeliest first; one alone where the sentence says it."""
        text, figure = self.article.text, self.figure
        before = [p for p in self.article.periods if p.end <= figure.first]
        if skipping >= 0:
            before = [p for p in before if p.end <= skipping]
        own = [p for p in before if self._within(p.start, p.end) and not p.weak]
        own = [p for p in own if not (comparing and p.refers)]
        everything = article_periods.everything(self.article.as_of)
        if comparing:  # all time has no year before it
            everything = article_periods.year_to_date(self.article.as_of)
        if own:
            return (self._settled(own[-1], before),)
        strong = [p for p in before if not p.refers and not p.weak]
        in_sentence = [p for p in strong if text.sentence(p.start) == self.setting.sentence]
        if in_sentence:
            return (in_sentence[-1].code,)
        in_paragraph = [p for p in strong if text.paragraph(p.start) == self.setting.paragraph]
        weak = any(p.weak and text.sentence(p.start) == self.setting.sentence for p in before)
        # The paragraph's last, its first; else what the article began with; else all time.
        lead = [p for p in strong if text.sentence(p.start) < LEAD_SENTENCES]
        carried = [p.code for p in (*in_paragraph[-1:], *in_paragraph[:1], *lead[:1])]
        last = [p.code for p in strong[-1:]]
        order = [everything, *carried] if weak else [*carried, everything]
        return tuple(dict.fromkeys(code for code in [*order, *last] if code))

    def _settled(self, own: article_periods.Mention, before: list[article_periods.Mention]) -> str:
        """去年同期 is a year before the period that the article speaks of."""
        if "同期" not in self.article.text.text[own.start : own.end]:
            return own.code
        strong = [p for p in before if not p.refers and not p.weak and p.code]
        return derived.year_before(strong[-1].code) if strong else own.code
