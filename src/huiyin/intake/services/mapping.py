"""What somebody needs to find a spot on a map that may have no tiles: known places as points.

Names and places of compounds are public; nothing of a case is here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huiyin.intake import selectors
from huiyin.intake.rules import points
from huiyin.intake.rules.points import Bounds, Point
from huiyin.intake.selectors import Place
from huiyin.org import selectors as org
from huiyin.org.models import Area, Compound
from huiyin.org.rules import kinds

MOST = 200
NEAR, AMONG, FAR = 16, 14, 12


@dataclass(frozen=True)
class Labelled:
    """A point with a name; `community`: the middle of its compounds."""

    name: str
    at: Point
    community: bool = False


@dataclass(frozen=True)
class Around:
    """Where the map begins, how near, and the places on it; `centre` None = nothing is known."""

    centre: Point | None
    zoom: int
    places: tuple[Labelled, ...]


def around(place: Place, *, day: date) -> Around:
    """The county around a place, its compounds and communities: at most MOST. Two queries."""
    known = _known(place.area, day)
    by_community: dict[str, list[Compound]] = defaultdict(list)
    for compound in known:
        by_community[compound.community.name].append(compound)
    labelled = tuple(Labelled(c.name, _at(c)) for c in known) + tuple(
        Labelled(name, _middle(rows), community=True) for name, rows in by_community.items()
    )
    own = [c for c in known if place.compound and c.pk == place.compound.pk]
    if own:
        return Around(_at(own[0]), NEAR, labelled)
    inside = [c for c in known if c.community.path.startswith(place.area.path)]
    nearest = inside or known
    if not nearest:
        return Around(None, FAR, ())
    return Around(_middle(nearest), AMONG if inside else FAR, labelled)


def point_of(latitude: str, longitude: str, *, day: date) -> Point | None:
    """The point that was sent, None when none was. Raises points.PointElsewhere."""
    point = points.parse(latitude, longitude)
    city = selectors.city()
    if point is None or city is None:
        return point
    return points.inside(point, bounds(city, day=day), city.name)


def bounds(city: Area, *, day: date) -> Bounds | None:
    """Where the city lies, margin included."""
    return points.bounds_of(city.code, (_at(c) for c in _known(city, day)))


def _known(area: Area, day: date) -> list[Compound]:
    """Compounds with a point in the county that holds the area, nearest names first."""
    county = Area.objects.filter(pk__in=area.ancestor_ids, kind=kinds.COUNTY).only("path").first()
    rows = Compound.objects.filter(
        org.in_force(day), latitude__isnull=False, longitude__isnull=False,
        community__path__startswith=(county or area).path,
    )  # fmt: skip
    return list(rows.select_related("community").order_by("community", "pk")[:MOST])


def _at(compound: Compound) -> Point:
    assert compound.latitude is not None
    assert compound.longitude is not None
    return Point(compound.latitude, compound.longitude)


def _middle(rows: list[Compound]) -> Point:
    at = [_at(c) for c in rows]
    return Point(
        (sum((p.latitude for p in at), Decimal()) / len(at)).quantize(points.PRECISION),
        (sum((p.longitude for p in at), Decimal()) / len(at)).quantize(points.PRECISION),
    )
