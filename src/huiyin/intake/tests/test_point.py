"""A point on the map: for whoever likes, rounded, inside the city, and never the price of a report."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from huiyin.intake.tests.conftest import Phone
from huiyin.org.models import Compound
from huiyin.org.rules import points
from huiyin.org.rules.points import Bounds, Point, PointElsewhere
from tests.cast import FIRST, Cast

HERE = {"latitude": "28.629314159", "longitude": "104.416000001"}


@pytest.fixture
def known(cast: Cast) -> Cast:
    """新天地小区 has its point, 隔壁小区 of the same community too."""
    Compound.objects.filter(pk=cast.compound.pk).update(
        latitude=Decimal("28.6284"), longitude=Decimal("104.4131")
    )
    Compound.objects.create(
        name="隔壁小区", community=cast.community, valid_from=FIRST,
        latitude=Decimal("28.6300"), longitude=Decimal("104.4151"),
    )  # fmt: skip
    return cast


def test_a_point_is_kept_with_five_decimals(phone: Phone) -> None:
    case = phone.report(**HERE)

    assert (case.latitude, case.longitude) == (Decimal("28.62931"), Decimal("104.41600"))


def test_a_report_without_a_point_is_complete(phone: Phone) -> None:
    assert phone.report().latitude is None


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        ("39.9042", "116.4074", "不在昭通市范围内"),
        ("28.6", "", "没有读懂"),
        ("这里", "那里", "没有读懂"),
        ("NaN", "Infinity", "没有读懂"),
        ("1e9999999", "0", "没有读懂"),
        ("91", "104", "没有读懂"),
    ],
)
def test_a_bad_point_never_costs_the_report(
    phone: Phone, latitude: str, longitude: str, said: str
) -> None:
    page = phone.end_page(latitude=latitude, longitude=longitude)

    assert "已收到" in page
    assert said in page


def test_the_same_report_with_another_point_is_another(phone: Phone) -> None:
    phone.report(**HERE)

    assert phone.send(latitude="28.63", longitude="104.41").status_code == 409


def test_the_block_shows_only_with_javascript(phone: Phone) -> None:
    page = phone.page(f"/report/?place={phone.place}")

    block = page.split("data-point=")[1].split(">")[0]
    assert block.rstrip().endswith("hidden")
    assert "data-tiles" not in block
    assert "/static/vendor/leaflet.js" not in page.split("data-point=")[0]


def test_what_was_tapped_stays_when_the_form_comes_back(phone: Phone) -> None:
    page = phone.send(text="", **HERE).content.decode()

    assert 'value="28.629314159"' in page


def test_the_map_begins_at_the_compound(known: Cast, phone: Phone) -> None:
    around = json.loads(phone.client.get(f"/report/map/?place={phone.place}").content)

    assert (around["centre"], around["zoom"]) == ([28.6284, 104.4131], 16)
    assert [p["name"] for p in around["places"]] == ["新天地小区", "隔壁小区", "团结路社区"]


def test_the_map_of_an_area_begins_between_its_compounds(known: Cast, phone: Phone) -> None:
    answer = phone.client.get(f"/report/map/?place=a{known.community.pk}")

    assert json.loads(answer.content)["centre"] == [28.6292, 104.4141]


def test_where_nothing_is_known_there_is_no_centre(phone: Phone) -> None:
    answer = phone.client.get(f"/report/map/?place={phone.place}")

    assert json.loads(answer.content) == {"centre": None, "zoom": 12, "places": []}


def test_no_map_of_no_place(phone: Phone) -> None:
    assert phone.client.get("/report/map/?place=c999999").status_code == 404


def test_a_city_outside_the_table_reaches_a_degree_around_what_is_known() -> None:
    known = [Point(Decimal("30"), Decimal("100")), Point(Decimal("30.5"), Decimal("100.5"))]

    bounds = points.bounds_of("110100000000", known)

    assert bounds == Bounds(Decimal("29"), Decimal("99"), Decimal("31.5"), Decimal("101.5"))
    assert points.bounds_of("110100000000", []) is None


def test_a_city_of_which_nothing_is_known_refuses_nothing() -> None:
    point = Point(Decimal("39.9"), Decimal("116.4"))

    assert points.inside(point, None, "某市") == point
    with pytest.raises(PointElsewhere, match="不在某市范围内"):
        points.inside(point, points.CITIES["5306"], "某市")
