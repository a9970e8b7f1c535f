"""Text in, suggestion out: category, units, urgency, alerts, each with reasons. Knows no case.

A suggestion decides nothing: it is shown, a person clicks, the click is recorded elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.org.models import Area, Compound, Unit
from huiyin.triage import selectors
from huiyin.triage.rules import catalogue, cold_start, danger_words
from huiyin.triage.rules.catalogue import Learned, Units
from huiyin.triage.rules.categories import Tree
from huiyin.triage.rules.classifier import Guess
from huiyin.triage.rules.functions import function_label
from huiyin.triage.rules.urgency import Urgency, urgency_of

UNCERTAIN = "不确定"
# Functions that somebody fills only where a compound is served by one.
AT_COMPOUND = ("firm", "service_team")


@dataclass(frozen=True, slots=True)
class CategoryHint:
    """A category with its path of names and its chance of being right (0 … 1)."""

    code: str
    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class UnitHint:
    """A function that may lead; the unit that has it at the place, where one is on record."""

    function: str
    label: str
    confidence: float
    reasons: tuple[str, ...]
    unit_id: int | None = None
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What triage makes of a text. `category` is "" and `uncertain` true when it does not know."""

    category: str
    categories: tuple[CategoryHint, ...]
    units: tuple[UnitHint, ...]
    support: tuple[UnitHint, ...]
    urgency: Urgency
    alerts: danger_words.Alerts
    uncertain: bool
    units_uncertain: bool
    matter: str
    reasons: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """What is worth storing with a case: codes, keys and confidences, none of the text."""
        return {
            "categories": [[hint.code, hint.confidence] for hint in self.categories],
            "units": [[hint.function, hint.unit_id, hint.confidence] for hint in self.units],
            "urgency": self.urgency.level,
            "alerts": sorted({hit.key for hit in self.alerts.hits}),
            "matter": self.matter,
            "uncertain": self.uncertain,
        }


def suggest(
    *,
    text: str,
    place_area_id: int | None = None,
    compound_id: int | None = None,
    about_unit_id: int | None = None,
    learned: Learned | None = None,
    day: date | None = None,
) -> Suggestion:
    """Suggest category, units, urgency and alerts for a text.

    `learned` = confirmed dispatches counted by the caller (category code or matter → function →
    count); `about_unit_id` = the unit that the report is about: never suggested. `day` = the day
    on which units must be in force; without a place only functions are named.
    """
    alerts = danger_words.scan(text)
    tree = selectors.category_tree()
    guess, by_model = _guess(text, tree)
    code = guess.category if guess else ""
    place = _Place.of(place_area_id, compound_id, about_unit_id, day)
    units = catalogue.suggest_units(
        text, tree.path(code), learned, category_code=code, rows=selectors.catalogue_rows(day),
        not_available=place.missing(),
    )  # fmt: skip
    return Suggestion(
        category=code,
        categories=_hints(guess, tree),
        units=tuple(
            place.hint(lead.function, lead.confidence, lead.reasons) for lead in units.leads
        ),
        support=tuple(place.support(function) for function in units.support),
        urgency=urgency_of(text, alerts),
        alerts=alerts,
        uncertain=guess is None or guess.uncertain,
        units_uncertain=units.uncertain,
        matter=units.matter.code if units.matter else "",
        reasons=_reasons(guess, by_model, units),
    )


def _guess(text: str, tree: Tree) -> tuple[Guess | None, bool]:
    """The model's word where there is one and it is sure; else the keywords of the tree fill up."""
    model = selectors.trained_model()
    words = cold_start.guess_by_keywords(text, tree)
    if model is None:
        return words, False
    guess = model.suggest(text)
    if not guess.uncertain or words is None:
        return guess, True
    offers = dict(zip(words.categories, words.confidences, strict=True))
    for code, confidence in zip(guess.categories, guess.confidences, strict=True):
        offers[code] = max(confidence, offers.get(code, 0.0))
    best = sorted(offers, key=lambda code: (-offers[code], code))[:3]
    # Both were unsure: together they offer more, and are still 不确定.
    return Guess(tuple(best), tuple(min(offers[c], 0.59) for c in best), guess.words), True


def _hints(guess: Guess | None, tree: Tree) -> tuple[CategoryHint, ...]:
    if guess is None:
        return ()
    return tuple(
        CategoryHint(code, "›".join(tree.path(code)) or code, confidence)
        for code, confidence in zip(guess.categories, guess.confidences, strict=True)
    )


def _reasons(guess: Guess | None, by_model: bool, units: Units) -> tuple[str, ...]:
    reasons = []
    if guess is None:
        reasons.append(f"类别{UNCERTAIN}：没有认出关键词")
    else:
        source = "本地已确认工单" if by_model else "类别关键词"
        words = f"，文中“{'、'.join(guess.words)}”" if guess.words else ""
        unsure = f"，{UNCERTAIN}" if guess.uncertain else ""
        reasons.append(f"类别依据{source}{words}{unsure}")
    if units.uncertain:
        reasons.append(f"承办单位{UNCERTAIN}，请人工判断")
    if units.matter:
        reasons.append(f"判别：{units.matter.how_to_tell}" if units.matter.how_to_tell else "")
    return tuple(reason for reason in reasons if reason)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the matter is, and who must not lead it."""

    area: Area | None
    compound: Compound | None
    serving: tuple[Unit, ...]
    about_unit_id: int | None
    day: date | None

    @classmethod
    def of(
        cls,
        area_id: int | None,
        compound_id: int | None,
        about_unit_id: int | None,
        day: date | None,
    ) -> _Place:
        compound = (
            Compound.objects.select_related("community").filter(pk=compound_id).first()
            if compound_id
            else None
        )
        area = Area.objects.filter(pk=area_id).first() if area_id else None
        if area is None and compound is not None:
            area = compound.community
        serving = selectors.serving_units(compound, day=day)
        return cls(area, compound, serving, about_unit_id, day)

    def missing(self) -> frozenset[str]:
        """Functions that nobody has at this compound, or only the unit the report is about."""
        if self.compound is None:
            return frozenset()
        return frozenset(f for f in AT_COMPOUND if self._unit(f) is None)

    def hint(self, function: str, confidence: float, reasons: tuple[str, ...]) -> UnitHint:
        unit = self._unit(function)
        label = function_label(function)
        if unit is None:
            return UnitHint(function, label, confidence, reasons)
        return UnitHint(function, label, confidence, reasons, unit.pk, unit.short_name)

    def support(self, function: str) -> UnitHint:
        """Who supports: never a suggestion to lead, so without confidence."""
        units = (
            selectors.supporters_for(function, self.area, self.serving, day=self.day)
            if self.area is not None
            else []
        )
        label = function_label(function)
        for unit in units:
            if unit.pk != self.about_unit_id:
                return UnitHint(function, label, 0.0, ("派单目录协办",), unit.pk, unit.short_name)
        return UnitHint(function, label, 0.0, ("派单目录协办",))

    def _unit(self, function: str) -> Unit | None:
        if self.area is None:
            return None
        units = selectors.units_for(function, self.area, self.serving, day=self.day)
        return next((unit for unit in units if unit.pk != self.about_unit_id), None)
