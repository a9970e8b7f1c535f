"""Where something is, from what somebody typed or chose within the area of a post.

What was typed is never lost: where no place bears that name the report stands at the area of the
post and the typed words stay as its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.intake import selectors
from huiyin.intake.selectors import Found, Place
from huiyin.org import selectors as org
from huiyin.org.models import Area, Compound, Unit
from huiyin.org.rules import kinds


@dataclass(frozen=True)
class Where:
    """A place, and the words that stay with it: what was typed where no place was known."""

    place: Place
    typed: str = ""


class SeveralPlaces(Exception):
    """Several places bear what was typed. `found` = to choose from."""

    def __init__(self, typed: str, found: list[Found]) -> None:
        super().__init__(f"“{typed}”有 {len(found)} 处，请选是哪一处")
        self.found = found


class PlaceElsewhere(Exception):
    """The place lies outside the area of the post."""

    def __init__(self, place: Place, area: Area) -> None:
        super().__init__(
            f"{place.above}{place.name}不在{area.name}：请让来电人向当地反映，或转昭通市热线"
            if area.kind != kinds.CITY
            else f"{place.name}不在{area.name}"
        )


def reach(area: Area) -> Area:
    """The area within which a post looks for places: a grid's is the community that holds it."""
    while area.kind in (kinds.GRID, kinds.MICRO_GRID) and area.parent is not None:
        area = area.parent
    return area


def whereabouts(*, token: str, typed: str, area: Area, day: date) -> Where:
    """The place that was chosen (`token`) or whose whole name was typed; else the post's own area.

    Raises SeveralPlaces when the name is borne by several, PlaceElsewhere outside the area.
    """
    area, typed = reach(area), typed.strip()
    place = selectors.place_at(token, day=day) if token else None
    if place is not None:
        if not place.area.path.startswith(area.path):
            raise PlaceElsewhere(place, area)
        return Where(place)
    if typed:
        found = selectors.find_places(typed, day=day, within=area, limit=20)
        exact = [f for f in found if _same_name(f.name, typed)]
        if len(exact) > 1:
            raise SeveralPlaces(typed, exact)
        if exact:
            known = selectors.place_at(exact[0].token, day=day)
            if known is not None:
                return Where(known)
    return Where(area_place(area), typed)


def area_place(area: Area) -> Place:
    """A whole area as a place."""
    full = org.full_area_name(area)
    return Place(f"a{area.pk}", area, area.name, full.removesuffix(area.name))


def compounds_of(area: Area, unit: Unit, *, day: date, limit: int = 60) -> list[Compound]:
    """Compounds that somebody at `unit` with that area walks through: those that a firm serves,
    else those of the area. More than `limit` gives none: then one types."""
    if unit.kind in (kinds.FIRM, kinds.SERVICE_TEAM, kinds.OWNERS):
        served = Compound.objects.filter(
            org.in_force(day), unit_links__unit=unit, unit_links__valid_to__isnull=True
        )
        return list(served.select_related("community").order_by("pinyin", "pk")[:limit])
    found = org.find_compounds("", within=reach(area), limit=limit + 1, day=day)
    return found if len(found) <= limit else []


def _same_name(name: str, typed: str) -> bool:
    return name == typed or name.removesuffix("小区") == typed.removesuffix("小区")
