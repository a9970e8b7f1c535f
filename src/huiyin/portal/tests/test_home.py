"""The resident's home, and the permanent links behind QR codes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from huiyin.base.models import Link
from huiyin.org.models import Building
from tests.cast import DAY, Cast


def test_home_offers_to_report_to_follow_and_whom_to_ring(db: None, client: Client) -> None:
    page = client.get("/").content.decode()

    for way in ('href="/report/"', 'href="/track/"', 'href="tel:119"', 'href="/work/login/"'):
        assert way in page


def test_home_asks_the_database_only_whether_it_is_a_demonstration(
    db: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(1):
        client.get("/")


def link(cast: Cast, **more: Any) -> Link:
    values = {"token": "XTD2345", "kind": "compound", "target_id": cast.compound.pk,
              "label": "新天地小区", "made_at": DAY}  # fmt: skip
    return Link.objects.create(**values | more)


@pytest.mark.parametrize("token", ["XTD2345", "xtd2345"])
def test_a_code_opens_a_report_at_its_place(cast: Cast, client: Client, token: str) -> None:
    link(cast)

    response = client.get(f"/q/{token}")

    assert response["Location"] == f"/report/?place=c{cast.compound.pk}&via=qr"
    assert "新天地小区" in client.get(response["Location"]).content.decode()


def test_a_code_on_a_building_opens_a_report_at_that_building(cast: Cast, client: Client) -> None:
    building = Building.objects.create(compound=cast.compound, name="3栋")
    link(cast, kind="building", target_id=building.pk)

    response = client.get("/q/XTD2345")

    assert "新天地小区3栋" in client.get(response["Location"]).content.decode()


def test_opening_a_code_writes_nothing(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    link(cast)

    with django_assert_num_queries(1):
        client.get("/q/XTD2345")


def test_an_unknown_code_says_how_to_go_on(cast: Cast, client: Client) -> None:
    response = client.get("/q/NOTHING")

    assert response.status_code == 404
    assert "没有这个二维码" in response.content.decode()
    assert 'href="/report/"' in response.content.decode()


def test_a_withdrawn_code_says_so(cast: Cast, client: Client) -> None:
    link(cast, withdrawn_at=DAY)

    response = client.get("/q/XTD2345")

    assert response.status_code == 410
    assert "已停用" in response.content.decode()


def test_a_code_of_a_kind_that_opens_nothing_here_is_no_error(cast: Cast, client: Client) -> None:
    link(cast, kind="device")

    assert client.get("/q/XTD2345").status_code == 404
