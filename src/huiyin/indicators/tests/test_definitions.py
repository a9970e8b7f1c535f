"""Everybody who is signed in reads what a number means; its value needs the grant."""

from __future__ import annotations

from huiyin.indicators import registry
from huiyin.indicators.tests.conftest import Browser
from tests.cast import Cast


def test_a_handler_without_numbers_reads_every_definition(cast: Cast, browser: Browser) -> None:
    page = browser(cast.handler).get("/data/definitions/").content.decode()

    for indicator in registry.all_indicators():
        assert indicator.label in page
        assert f'id="{indicator.code}"' in page


def test_a_number_is_found_by_any_of_its_names(cast: Cast, browser: Browser) -> None:
    handler = browser(cast.handler)

    found = handler.get("/data/definitions/", {"q": "接收群众诉求"})
    none = handler.get("/data/definitions/", {"q": "产值"}).content.decode()

    assert [row["indicator"].code for row in found.context["rows"]] == ["reports_received"]
    assert "没有叫“产值”的指标" in none
