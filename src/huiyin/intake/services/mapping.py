"""The map of the report page: what is known around a place, and the point that somebody tapped."""

from __future__ import annotations

from datetime import date

from huiyin.intake.selectors import Place
from huiyin.org.rules import points
from huiyin.org.rules.points import Point
from huiyin.org.selectors import mapping
from huiyin.org.selectors.mapping import Around


def around(place: Place, *, day: date) -> Around:
    """The county around a place with its compounds and communities. Two queries."""
    return mapping.around(place.area, place.compound, day=day)


def point_of(latitude: str, longitude: str, *, day: date) -> Point | None:
    """The point that was sent, None when none was. Raises points.PointElsewhere."""
    point = points.parse(latitude, longitude)
    return None if point is None else mapping.inside_the_city(point, day=day)
