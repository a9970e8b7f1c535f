"""What stands around a figure: words of its own, the place and the period that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.documents.rules.figures import Figure
from huiyin.documents.rules.running_text import Running
from huiyin.paperwork.rules import article_context, article_periods, article_places
from huiyin.paperwork.rules.article_context import Setting, foreign, setting_of, told_apart
from huiyin.paperwork.rules.article_places import PlaceName
from huiyin.paperwork.rules.article_terms import LOOSE_DIMENSIONS, Found, FoundValue, Vocabulary


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
    values = vocabulary.values_in(text.text)
    terms = [
        t for t in vocabulary.terms_in(text.text)
        if not any(v.start <= t.start and t.end <= v.end and v.end - v.start > t.weight for v in values)
    ]  # fmt: skip
    return Article(
        text, tuple(figures), tuple(terms), tuple(values),
        tuple(article_places.mentions(text.text, places, root)),
        tuple(article_periods.mentions(text.text, as_of)), vocabulary, root, as_of,
    )  # fmt: skip


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
        plain = "同期" in words or words in ("去年", "上年", "上年度", "今年", "今年以来")
        return "" if plain else last[-1].code

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
