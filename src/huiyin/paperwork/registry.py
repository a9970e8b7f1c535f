"""Kinds of official paper 公文稿 that are made of numbers alone: an app declares what it can write.

A builder gets the place, period and grants of whoever asks, and takes every figure from the
indicators: nothing is typed into it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.documents.rules.official import Paper
from huiyin.indicators.registry import Slice
from huiyin.indicators.rules.periods import Period
from huiyin.org.models import Area, Unit


class NothingToTell(ValueError):
    """There is nothing of which this paper could speak. The message says what to choose instead."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for: place, unit (or None), period, the places right below, who issues it, the
    grants of the post, and when."""

    area: Area
    unit: Unit | None
    period: Period
    below: tuple[Area, ...]
    issuer: str
    granted: frozenset[str]
    at: datetime
    day: date

    @property
    def part(self) -> Slice:
        unit = self.unit.pk if self.unit else None
        return Slice(self.area.path, self.period.start, self.period.end, unit)


@dataclass(frozen=True)
class PaperKind:
    """One kind. `per_unit`: it is addressed to one unit, which has to be chosen."""

    code: str
    label: str
    grant: str
    build: Callable[[Wanted], Paper]
    about: str = ""
    per_unit: bool = False


_kinds: dict[str, PaperKind] = {}


def declare(kind: PaperKind) -> PaperKind:
    """Add a kind; a repeated code is an error of the declaration."""
    if kind.code in _kinds:
        raise ValueError(f"paper declared twice: {kind.code}")
    _kinds[kind.code] = kind
    return kind


def get(code: str) -> PaperKind:
    """The kind of that code. KeyError when nobody declared it."""
    return _kinds[code]


def all_kinds() -> list[PaperKind]:
    return list(_kinds.values())
