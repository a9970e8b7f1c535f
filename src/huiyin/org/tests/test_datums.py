"""Coordinates of Chinese maps become WGS-84: to the metre, for every datum and way of writing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.org.rules import datums, points
from huiyin.org.rules.points import Point, PointElsewhere

HERE = Point(Decimal("27.34012"), Decimal("103.71953"))


def test_gcj_and_bd_come_back_to_the_same_metre() -> None:
    lat, lng = datums.wgs_to_gcj(float(HERE.latitude), float(HERE.longitude))
    gcj = Point(Decimal(str(lat)), Decimal(str(lng)))

    assert datums.to_wgs84(gcj, datums.GCJ02) == HERE
    assert 100 < points.metres_between(gcj, HERE) < 700


def test_known_points_of_the_published_formula() -> None:
    """天安门 in the three systems, as the maps' own converters give it."""
    gcj = Point(Decimal("39.908722"), Decimal("116.397499"))
    bd = Point(Decimal("39.915085"), Decimal("116.403875"))

    from_gcj, from_bd = datums.to_wgs84(gcj, datums.GCJ02), datums.to_wgs84(bd, datums.BD09)

    assert points.metres_between(from_gcj, Point(Decimal("39.90732"), Decimal("116.39126"))) < 3
    assert points.metres_between(from_gcj, from_bd) < 5
    assert datums.to_wgs84(HERE, datums.WGS84) == HERE


@pytest.mark.parametrize(
    ("said", "datum"),
    [("高德", "gcj02"), ("GCJ-02", "gcj02"), ("百度坐标", "bd09"), ("BD09", "bd09"), ("火星坐标系", "gcj02"),
     ("WGS84", "wgs84"), ("CGCS2000", "wgs84"), (" gps ", "wgs84"), ("西安80", None)],
)  # fmt: skip
def test_a_table_names_its_datum_in_many_words(said: str, datum: str | None) -> None:
    assert datums.datum_of(said) == datum


@pytest.mark.parametrize(
    ("first", "second"),
    [("27.34012", "103.71953"), ("103.71953", "27.34012"), ("103.71953,27.34012", ""),
     ("27.34012，103.71953", ""), ("27.34012 103.71953", ""), ("北纬27.34012°", "东经103.71953°"),
     ("27.34012N", "103.71953E")],
)  # fmt: skip
def test_a_typed_point_is_read_in_either_order(first: str, second: str) -> None:
    assert points.typed(first, second) == HERE


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [("27.34012", "", "都写上"), ("这里", "103", "小数度"), ("27.3", "27.4", "不像国内"),
     ("1,2,3", "", "都写上"), ("NaN", "103.7", "小数度")],
)  # fmt: skip
def test_what_is_no_point_says_what_to_do(first: str, second: str, said: str) -> None:
    with pytest.raises(PointElsewhere, match=said):
        points.typed(first, second)


def test_nothing_typed_is_no_point() -> None:
    assert points.typed("", " ") is None
