"""制度文件: what follows a document is found by its number, and what follows one that is over is listed."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from huiyin.base import clock
from huiyin.base.models import LocalDefault
from huiyin.org.models import Account, Area
from huiyin.org.rules.grants import ActingPost
from huiyin.registers import registry, selectors
from huiyin.registers.rules import standing
from huiyin.registers.services import writing
from huiyin.registers.services.reading import Reader
from huiyin.registers.services.writing import Source
from tests.cast import DAY, Cast

RULES = registry.get("rules")
NUMBER = "水政办发〔2025〕12号"


def enter(cast: Cast, number: str = NUMBER, **more: str) -> int:
    reader = Reader(RULES, Area.objects.get(pk=cast.supervisor.area_id), DAY.date())
    values, area, problems = reader.row({"number": number, "title": "诉求办理办法", "issuer": "市政府办",
                                         "valid_from": "2025-01-01", **more})  # fmt: skip
    assert not problems
    assert area is not None
    return writing.write(RULES, values, area_id=area, source=Source(cast.supervisor, DAY)).row.pk


def follow(said: str) -> str:
    """A local default that was confirmed by a document; its code."""
    row = LocalDefault.objects.order_by("code").first()
    assert row is not None
    row.document, row.confirmed_on = said, DAY.date()
    row.save()
    return row.label


@pytest.fixture
def client_of(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(clock, "today", lambda: DAY.date())

    def signed_in(post: ActingPost) -> Client:
        account, _ = Account.objects.get_or_create(
            person_id=post.person_id, defaults={"username": f"p{post.person_id}"}
        )
        client = Client()
        client.force_login(account, "huiyin.org.backends.AccountBackend")
        return client

    return signed_in


@pytest.mark.parametrize(
    "said",
    [
        "水政办发〔2025〕12号", "水政办发[2025]12号 第六条", "《办法》（水政办发【2025】12 号）",
        "水政办发（2025）12号",
    ],
)  # fmt: skip
def test_a_number_is_known_however_its_brackets_are_typed(said: str) -> None:
    assert standing.names(said, NUMBER)
    assert not standing.names("水政办发〔2024〕12号", NUMBER)


def test_what_follows_a_document_stands_on_its_page(cast: Cast, client_of: object) -> None:
    label = follow(f"{NUMBER} 第六条")
    row = enter(cast)

    page = client_of(cast.leader).get(f"/work/registers/rules/{row}/").content.decode()  # type: ignore[operator]

    assert "依据它的" in page
    assert label in page


def test_what_hangs_on_a_document_that_is_over_is_listed(cast: Cast) -> None:
    label = follow(NUMBER)
    enter(cast, valid_to="2026-06-30")

    before = selectors.how_it_stands(date(2026, 6, 30))
    after = selectors.how_it_stands(date(2026, 7, 1))

    assert before.expired == ()
    assert [(d.number, [h.label.split()[0] for h in hung]) for d, hung in after.expired] == [
        (NUMBER, [label.split()[0]])
    ]


def test_a_number_that_nobody_entered_is_listed_until_somebody_does(
    cast: Cast, client_of: object
) -> None:
    follow(NUMBER)
    client = client_of(cast.supervisor)  # type: ignore[operator]

    assert NUMBER in client.get("/work/registers/rules/standing/").content.decode()
    enter(cast)
    assert NUMBER not in client.get("/work/registers/rules/standing/").content.decode()


def test_everybody_at_work_sees_every_document(cast: Cast, client_of: object) -> None:
    enter(cast)

    for post in (cast.clerk, cast.handler, cast.desk):
        page = client_of(post).get("/work/registers/rules/").content.decode()  # type: ignore[operator]
        assert NUMBER in page
        assert "登记一行" not in page
