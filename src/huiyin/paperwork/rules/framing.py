"""The place and the period that a figure speaks of: said with it, in its sentence, or before."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.paperwork.rules import article_periods, article_places, derived
from huiyin.paperwork.rules.article_places import PlaceName
from huiyin.paperwork.rules.readings import Operand, Reading
from huiyin.paperwork.rules.surroundings import Surroundings


class Framing(Surroundings):
    """A figure with the places and periods that may be meant, likeliest first."""

    # -- places and periods ----------------------------------------------------------------------
    def _value(self, code: str, by: tuple[str, str] | None, score: int) -> Reading:
        return Reading("value", (self._operand(code, by),), score)

    def _operand(
        self, code: str, by: tuple[str, str] | None, *, outside: tuple[int, int] | None = None
    ) -> Operand:
        return Operand(code, by, self._places(outside=outside), self._periods())

    def _own_place(self) -> bool:
        return any(self._within(p.start, p.end) for p in self.article.places)

    def compared(self) -> bool:
        """Whether its period is one that something else is compared with."""
        before = [p for p in self.article.periods if p.end <= self.figure.first]
        own = [p for p in before if self._within(p.start, p.end)]
        return bool(own) and own[-1].refers

    def _own_period(self) -> bool:
        return any(self._within(p.start, p.end) for p in self.article.periods)

    def _places(self, *, outside: tuple[int, int] | None = None) -> tuple[PlaceName, ...]:
        """Places that the figure may speak of, likeliest first; one alone where it is said with it.
        `outside` = words that speak of something else (the whole of a share)."""
        end = self.setting.after[1]
        before = [p for p in self.article.places if p.end <= self.figure.first]
        if outside is not None:
            before = [p for p in before if not outside[0] <= p.start < outside[1]]
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
        text = self.article.text
        before = [p for p in self.article.periods if p.end <= self.figure.first]
        if skipping >= 0:
            before = [p for p in before if p.end <= skipping]
        own = [p for p in before if self._within(p.start, p.end) and not p.weak]
        own = [p for p in own if not (comparing and p.refers)]
        carried = self._carried_periods(before)
        if own:
            return self._said(own[-1], carried)
        in_sentence = [
            p for p in self._holding(before) if text.sentence(p.start) == self.setting.sentence
        ]
        if in_sentence:
            more = carried if in_sentence[-1].until else []
            return tuple(dict.fromkeys([in_sentence[-1].code, *more]))
        everything = article_periods.everything(self.article.as_of)
        if comparing:  # all time has no year before it
            everything = article_periods.year_to_date(self.article.as_of)
        weak = any(p.weak and text.sentence(p.start) == self.setting.sentence for p in before)
        order = [everything, *carried] if weak else [*carried, everything]
        return tuple(dict.fromkeys(order))

    def _holding(self, before: Sequence[article_periods.Mention]) -> list[article_periods.Mention]:
        """Mentions that hold for what follows: not what something is compared with, and no aside
        (去年四季度为43次) in a paragraph that speaks of another time."""
        kept: list[article_periods.Mention] = []
        for one in before:
            if one.refers or one.weak or not one.code:
                continue
            words = self.article.text.text[one.start : one.end]
            here = self.article.text.paragraph(one.start)
            if words.startswith(("去年", "上年", "前年")) and any(
                self.article.text.paragraph(k.start) == here for k in kept
            ):
                continue
            kept.append(one)
        return kept

    def _carried_periods(self, before: Sequence[article_periods.Mention]) -> list[str]:
        """The paragraph's last, its first; else what the article began with, then what came last."""
        holding = [p for p in self._holding(before) if not p.until]
        paragraph = self.article.text.paragraph
        here = [p for p in holding if paragraph(p.start) == self.setting.paragraph]
        lead = [p for p in holding if p.start < article_periods.LEAD]
        chosen = [*here[-1:], *here[:1], *lead[:1], *holding[-1:]]
        return [p.code for p in chosen]

    def _said(self, own: article_periods.Mention, carried: Sequence[str]) -> tuple[str, ...]:
        """去年同期 is a year before the period that the article speaks of."""
        if "同期" not in self.article.text.text[own.start : own.end]:
            return (own.code,)
        return tuple(dict.fromkeys([*(derived.year_before(c) for c in carried), own.code]))
