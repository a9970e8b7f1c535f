"""What somebody needs to find a spot on a map that may have no tiles: known places as points.

Names and places of compounds are public; nothing of a case is here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huiyin.org import selectors as org
from huiyin.org.models import Area, Compound
from huiyin.org.rules import kinds, points
from huiyin.org.rules.points import Bounds, Point

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

    def as_data(self) -> dict[str, object]:
        """For base/point.js."""
        return {
            "centre": _pair(self.centre) if self.centre else None,
            "zoom": self.zoom,
            "places": [
                {"name": p.name, "at": _pair(p.at), "community": p.community} for p in self.places
            ],
        }


def around(area: Area, compound: Compound | None, *, day: date) -> Around:
    """The county around a place, its compounds and communities: at most MOST. Two queries."""
    known = _known(area, day)
    by_community: dict[str, list[Compound]] = defaultdict(list)
    for one in known:
        by_community[one.community.name].append(one)
    labelled = tuple(Labelled(c.name, point_of(c)) for c in known) + tuple(
        Labelled(name, middle(rows), community=True) for name, rows in by_community.items()
    )
    own = [c for c in known if compound and c.pk == compound.pk]
    if own:
        return Around(point_of(own[0]), NEAR, labelled)
    inside = [c for c in known if c.community.path.startswith(area.path)]
    nearest = inside or known
    if not nearest:
        return Around(None, FAR, ())
    return Around(middle(nearest), AMONG if inside else FAR, labelled)


def city() -> Area | None:
    """The area of the whole installation."""
    return Area.objects.filter(org.in_force(None), parent__isnull=True).order_by("pk").first()


def bounds(city: Area, *, day: date) -> Bounds | None:
    """Where the city lies, margin included."""
    return points.bounds_of(city.code, (point_of(c) for c in _known(city, day)))


def inside_the_city(point: Point, *, day: date) -> Point:
    """The point, where it lies in the city. Raises points.PointElsewhere."""
    whole = city()
    return point if whole is None else points.inside(point, bounds(whole, day=day), whole.name)


def _known(area: Area, day: date) -> list[Compound]:
    """Compounds with a point in the county that holds the area, nearest names first."""
    county = Area.objects.filter(pk__in=area.ancestor_ids, kind=kinds.COUNTY).only("path").first()
    rows = Compound.objects.filter(
        org.in_force(day), latitude__isnull=False, longitude__isnull=False,
        community__path__startswith=(county or area).path,
    )  # fmt: skip
    return list(rows.select_related("community").order_by("community", "pk")[:MOST])


def point_of(compound: Compound) -> Point:
    """Where a compound lies that has a point."""
    assert compound.latitude is not None
    assert compound.longitude is not None
    return Point(compound.latitude, compound.longitude)


def middle(rows: list[Compound]) -> Point:
    """The middle of compounds that have a point."""
    at = [point_of(c) for c in rows]
    return Point(
        (sum((p.latitude for p in at), Decimal()) / len(at)).quantize(points.PRECISION),
        (sum((p.longitude for p in at), Decimal()) / len(at)).quantize(points.PRECISION),
    )


def _pair(point: Point) -> list[float]:
    return [float(point.latitude), float(point.longitude)]
