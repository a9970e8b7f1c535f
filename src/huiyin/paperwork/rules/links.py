"""What a cell of a form is: a number × place × period (× one value of a dimension, × a unit), or a
column of a ledger. The period is kept in the form's own words, so it holds for the next month too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from huiyin.paperwork.rules import spans
from huiyin.paperwork.rules.spans import NOTHING, Span

KNOWN, UNSURE, UNKNOWN, ASIDE = "known", "unsure", "unknown", "aside"
STATUS_LABELS = {KNOWN: "已认出", UNSURE: "拿不准", UNKNOWN: "没有数据", ASIDE: "不填数"}
#: Comparisons that are computed: with the same period of the year before, with the period before, of
#: the whole.
COMPARISONS = {"yoy": "同比", "mom": "环比", "share": "占比"}


@dataclass(frozen=True)
class Link:
    """`place` "" = the form's own. `derived`: yoy, mom, share; `difference`: in the measure, not %.
    `column` with `register`: a column of a ledger, one row of the form per row of it."""

    indicator: str = ""
    place: str = ""
    span: Span = NOTHING
    dimension: str = ""
    value: str = ""
    unit: int = 0
    derived: str = ""
    difference: bool = False
    register: str = ""
    column: str = ""
    chosen: tuple[tuple[str, str], ...] = ()

    def days(self, first: date, last: date) -> tuple[date, date] | None:
        """The days meant in a form for first – last."""
        return spans.days_of(self.span, first, last)

    def at(self, span: Span) -> Link:
        return replace(self, span=span)

    def as_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("indicator", "place", "dimension", "value", "unit", "derived", "difference",
                         "register", "column")
            if getattr(self, name)
        }  # fmt: skip
        if self.span.said:
            said["span"] = self.span.as_json()
        if self.chosen:
            said["chosen"] = [list(pair) for pair in self.chosen]
        return said


def from_json(said: Mapping[str, Any]) -> Link:
    """A kept link."""
    given = dict(said)
    given["span"] = spans.from_json(given.get("span") or {})
    given["chosen"] = tuple((a, b) for a, b in given.get("chosen") or [])
    return Link(**given)


@dataclass(frozen=True)
class Reading:
    """What was understood of a blank, how surely, and why (in words for the page)."""

    status: str
    link: Link | None = None
    confidence: float = 0.0
    reason: str = ""
    candidates: tuple[tuple[Link, float, str], ...] = ()
