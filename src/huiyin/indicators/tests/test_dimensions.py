"""A number cut by one value of a dimension: on the page, in the file, by word as by code."""

from __future__ import annotations

from collections import defaultdict

import pytest
from django.test import Client

from huiyin.base import clock
from huiyin.indicators import registry
from huiyin.indicators.registry import Slice, UnknownCut
from huiyin.indicators.services import computing
from huiyin.org.models import Account
from tests.cast import DAY, Cast, at

YEAR = {"place": "530681000000", "period": "2026"}


@pytest.fixture
def leader(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(clock, "today", lambda: DAY.date())
    account = Account.objects.create(username="zhu", person_id=cast.leader.person_id, password="!",
                                     password_changed_at=DAY)  # fmt: skip
    client = Client()
    client.force_login(account, "huiyin.org.backends.AccountBackend")
    return client


def test_a_value_is_named_by_code_word_or_alias() -> None:
    received = registry.get("reports_received")

    for text in ("kind:complaint", "性质:投诉", "kind:投诉类"):
        assert received.cut(text) == ("kind", "complaint")
    assert received.cut("") is None


@pytest.mark.parametrize(("text", "said"), [("kind:none", "咨询"), ("colour:red", "kind（性质）")])
def test_what_a_number_is_not_cut_by_is_answered_with_what_it_is(text: str, said: str) -> None:
    with pytest.raises(UnknownCut, match=said):
        registry.get("reports_received").cut(text)


def test_an_accusation_is_counted_as_a_report_in_the_words_of_forms(cast: Cast) -> None:
    cast.report(kind="accusation")
    cast.report(kind="complaint")
    part = Slice(
        cast.city.path, at("2026-01-01 00:00"), at("2027-01-01 00:00"), by=("kind", "report")
    )

    assert computing.compute(registry.get("reports_received"), part).n == 1


def test_the_page_shows_the_values_and_opens_one_of_them(cast: Cast, leader: Client) -> None:
    cast.report(kind="complaint")
    cast.report(kind="help")

    whole = leader.get("/data/reports_received/", YEAR)
    cut = leader.get("/data/reports_received/", YEAR | {"by": "kind:complaint"})
    file = leader.get("/data/reports_received/rows.csv", YEAR | {"by": "kind:complaint"})

    assert whole.context["value"].n == 2
    assert "by=kind:complaint" in whole.content.decode()
    assert (cut.context["value"].n, len(cut.context["page"])) == (1, 1)
    assert "诉求受理（投诉）" in cut.content.decode()
    assert "by=kind:complaint" in cut.context["query"]
    assert len(file.content.decode().splitlines()) == 2


def test_a_cut_that_there_is_not_is_said_and_gives_no_file(cast: Cast, leader: Client) -> None:
    asked = YEAR | {"by": "kind:none"}

    assert "没有“none”" in leader.get("/data/reports_received/", asked).content.decode()
    assert leader.get("/data/reports_received/rows.csv", asked).status_code == 404


#: Words of articles that mean several numbers alike: whoever reads them is asked which (unclear).
VAGUE = frozenset({
    "办好诉求", "办理事项", "办理民生事项", "办理诉求", "处理事项", "处理问题", "处置事项", "处置问题",
    "解决急难愁盼", "解决诉求", "解决问题", "解决难题",
})  # fmt: skip


def test_two_numbers_of_one_measure_share_no_name_but_the_vague_ones() -> None:
    """Forms and articles tell them apart by the unit, or not at all; a vague name is one of several."""
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for indicator in registry.all_indicators():
        assert indicator.terms, indicator.code
        for term in set(indicator.terms):
            named[term, indicator.measure.code].append(indicator.code)

    shared = {key: codes for key, codes in named.items() if len(codes) > 1}
    assert {term for term, _ in shared} == VAGUE, shared
