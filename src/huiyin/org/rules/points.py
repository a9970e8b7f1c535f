"""A point that somebody tapped on the map: WGS-84, five decimals (about a metre), inside the city.

Nobody is ever asked for one, and a bad one never costs a report (design §3).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

PRECISION = Decimal("0.00001")
#: Beyond the border somebody may still mean the city: a bridge, a road, a careless tap.
MARGIN = Decimal("0.1")
#: Where the border is not in the table, this far around the places that are known.
AROUND = Decimal("1")


class PointElsewhere(ValueError):
    """The point is none, or lies outside. The message is Chinese and fit for the screen."""


@dataclass(frozen=True)
class Point:
    """Degrees of WGS-84."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True)
class Bounds:
    """A rectangle of degrees, its edges inside."""

    south: Decimal
    west: Decimal
    north: Decimal
    east: Decimal

    def hold(self, point: Point) -> bool:
        """Whether the point lies inside or on the edge."""
        return (
            self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east
        )

    def wider(self, by: Decimal) -> Bounds:
        """The same, wider by so many degrees on each side."""
        return Bounds(self.south - by, self.west - by, self.north + by, self.east + by)


#: First digits of the city's division code → where it lies (county gazetteers, rounded outward).
CITIES = {"5306": Bounds(Decimal("26.55"), Decimal("102.85"), Decimal("28.70"), Decimal("105.35"))}


def bounds_of(city_code: str, known: Iterable[Point]) -> Bounds | None:
    """The bounds of a city, margin included: from the table, else around its known places; None
    where neither says anything."""
    if city_code[:4] in CITIES:
        return CITIES[city_code[:4]].wider(MARGIN)
    known = list(known)
    if not known:
        return None
    lats, lons = [p.latitude for p in known], [p.longitude for p in known]
    return Bounds(min(lats), min(lons), max(lats), max(lons)).wider(AROUND)


def parse(latitude: str, longitude: str) -> Point | None:
    """What the hidden fields of a map say, rounded; None when both are empty. Raises PointElsewhere."""
    if not latitude.strip() and not longitude.strip():
        return None
    try:
        point = Point(_degrees(latitude), _degrees(longitude))
    except InvalidOperation:
        raise PointElsewhere("地图上的点没有读懂，没有记下来") from None
    if not (abs(point.latitude) <= 90 and abs(point.longitude) <= 180):
        raise PointElsewhere("地图上的点没有读懂，没有记下来")
    return point


def typed(first: str, second: str = "") -> Point | None:
    """What somebody typed or copied: two numbers, or both in one (“103.7, 27.3” in either order: a
    longitude of China is above 70, a latitude below 60). None when nothing was. Raises
    PointElsewhere with what to do."""
    parts = [p for p in re.split(r"[,，;；\s]+", f"{first} {second}".strip()) if p]
    if not parts:
        return None
    numbers = [p.strip("°NnEe北东纬经:：()（）") for p in parts]
    try:
        values = [_degrees(n) for n in numbers]
    except InvalidOperation:
        raise PointElsewhere("坐标请写成小数度，如纬度 27.34012、经度 103.71953") from None
    if len(values) != 2:
        raise PointElsewhere("请把纬度和经度都写上，如 27.34012 和 103.71953")
    lat, lng = sorted(values)
    if not (0 < lat < 60 and 70 < lng < 140):
        raise PointElsewhere("这两个数不像国内的纬度和经度，请核对，如 27.34012 和 103.71953")
    return Point(lat, lng)


def metres_between(one: Point, other: Point) -> int:
    """Distance along the ground, good enough for a city."""
    lat = math.radians(float(one.latitude + other.latitude) / 2)
    north = float(one.latitude - other.latitude) * 111_195
    east = float(one.longitude - other.longitude) * 111_195 * math.cos(lat)
    return round(math.hypot(north, east))


def _degrees(text: str) -> Decimal:
    value = Decimal(text.strip()[:24])
    if not value.is_finite():
        raise InvalidOperation
    return value.quantize(PRECISION)


def inside(point: Point, bounds: Bounds | None, city: str) -> Point:
    """The point, if it lies in the city. Raises PointElsewhere."""
    if bounds is not None and not bounds.hold(point):
        raise PointElsewhere(f"这个点不在{city}范围内，没有记下来")
    return point
