"""What each role sees first of its numbers: one dashboard per role, not one for all (issue: declared,
never drawn by hand).

An app declares sections for roles beside its numbers. A section names numbers by their code; one that
a post may not see is left out for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

TREND, AREAS, UNITS = "trend", "areas", "units"
KINDS = {TREND: "走势", AREAS: "按地方", UNITS: "按单位"}


@dataclass(frozen=True)
class Chart:
    """One chart with its table: a number over six periods, over the places below, or over units."""

    code: str
    kind: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of chart: {self.kind}")


@dataclass(frozen=True)
class Section:
    """Numbers and charts that belong together. `order`: where it stands on the page."""

    title: str
    roles: frozenset[str]
    tiles: tuple[str, ...]
    charts: tuple[Chart, ...] = ()
    order: int = 50


_sections: list[Section] = []


def declare(
    title: str,
    *,
    roles: Iterable[str],
    tiles: tuple[str, ...],
    charts: tuple[Chart, ...] = (),
    order: int = 50,
) -> Section:
    """Add a section to the dashboards of these roles."""
    section = Section(title, frozenset(roles), tiles, charts, order)
    _sections.append(section)
    return section


def sections_of(role: str) -> list[Section]:
    """The dashboard of a role, in order; [] for a role without numbers of its own."""
    return sorted((s for s in _sections if role in s.roles), key=lambda s: (s.order, s.title))


def all_sections() -> list[Section]:
    """Every declared section, as declared."""
    return list(_sections)
