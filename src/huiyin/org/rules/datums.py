"""Coordinates as Chinese maps give them, to WGS-84: GCJ-02 (高德, 腾讯), BD-09 (百度).

GCJ-02 shifts every point in China by some hundred metres; the shift is a published formula and its
inverse is found by taking it off again until nothing changes (below a millimetre after a few
rounds). BD-09 shifts GCJ-02 once more. CGCS2000 (天地图) is within centimetres of WGS-84.
"""

from __future__ import annotations

import math
from decimal import Decimal

from huiyin.org.rules.points import PRECISION, Point

WGS84, GCJ02, BD09 = "wgs84", "gcj02", "bd09"
DATUMS = {
    WGS84: "WGS-84（GPS、天地图）",
    GCJ02: "GCJ-02（高德、腾讯）",
    BD09: "BD-09（百度）",
}
#: Words by which tables name them.
ALIASES = {
    WGS84: ("wgs84", "wgs-84", "gps", "天地图", "cgcs2000", "国家2000", "大地坐标", "地球坐标"),
    GCJ02: ("gcj02", "gcj-02", "高德", "高德地图", "腾讯", "腾讯地图", "火星坐标", "国测局"),
    BD09: ("bd09", "bd-09", "bd09ll", "百度", "百度地图"),
}
_A, _E2 = 6378245.0, 0.00669342162296594323
_BD = math.pi * 3000.0 / 180.0
_ROUNDS = 12


def datum_of(text: str) -> str | None:
    """The datum that a table names, None for a word that is none of them."""
    said = text.strip().casefold().replace(" ", "").removesuffix("坐标系").removesuffix("坐标")
    for datum, names in ALIASES.items():
        if said in names or said + "坐标" in names:
            return datum
    return None


def to_wgs84(point: Point, datum: str) -> Point:
    """The point in WGS-84. KeyError for an unknown datum."""
    lat, lng = float(point.latitude), float(point.longitude)
    lat, lng = {WGS84: _same, GCJ02: _gcj_to_wgs, BD09: _bd_to_wgs}[datum](lat, lng)
    return Point(_rounded(lat), _rounded(lng))


def _rounded(degrees: float) -> Decimal:
    return Decimal(repr(degrees)).quantize(PRECISION)


def _same(lat: float, lng: float) -> tuple[float, float]:
    return lat, lng


def _bd_to_wgs(lat: float, lng: float) -> tuple[float, float]:
    x, y = lng - 0.0065, lat - 0.006
    z = math.hypot(x, y) - 0.00002 * math.sin(y * _BD)
    theta = math.atan2(y, x) - 0.000003 * math.cos(x * _BD)
    return _gcj_to_wgs(z * math.sin(theta), z * math.cos(theta))


def _gcj_to_wgs(lat: float, lng: float) -> tuple[float, float]:
    own_lat, own_lng = lat, lng
    for _ in range(_ROUNDS):
        there_lat, there_lng = wgs_to_gcj(own_lat, own_lng)
        own_lat, own_lng = own_lat + lat - there_lat, own_lng + lng - there_lng
    return own_lat, own_lng


def wgs_to_gcj(lat: float, lng: float) -> tuple[float, float]:
    """Where GCJ-02 puts a point of WGS-84 in China."""
    x, y = lng - 105.0, lat - 35.0
    wave = 20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)
    d_lat = (
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
        + (wave + 20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
        + (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    )  # fmt: skip
    d_lng = (
        300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
        + (wave + 20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
        + (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    )  # fmt: skip
    rad = lat / 180.0 * math.pi
    magic = 1.0 - _E2 * math.sin(rad) ** 2
    root = math.sqrt(magic)
    d_lat = d_lat * 180.0 / ((_A * (1.0 - _E2)) / (magic * root) * math.pi)
    d_lng = d_lng * 180.0 / (_A / root * math.cos(rad) * math.pi)
    return lat + d_lat, lng + d_lng
