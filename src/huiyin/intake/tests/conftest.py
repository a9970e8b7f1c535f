"""A phone in somebody's hand: a client, and a clock that stands where the test puts it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from huiyin.base import clock
from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases.models import Case
from huiyin.intake.tests.desk_kit import Desk, SignedIn
from huiyin.org.models import Person, Post
from huiyin.org.rules.grants import ActingPost
from huiyin.org.services import accounts
from tests.cast import DAY, FIRST, Cast


class Phone:
    """A browser of a resident; `place` is the compound of the cast as a QR code presets it."""

    def __init__(self, cast: Cast) -> None:
        self.client = Client()
        self.place = f"c{cast.compound.pk}"

    def fill(self, **answers: Any) -> dict[str, Any]:
        """What the form carries, with a client id of its own unless given."""
        return {
            "client_id": "00000000-0000-4000-8000-000000000001", "place": self.place,
            "kind": "help", "text": "三栋一单元楼道灯坏了一个星期",
        } | answers  # fmt: skip

    def send(self, **answers: Any) -> Any:
        return self.client.post("/report/", self.fill(**answers))

    def report(self, **answers: Any) -> Case:
        """Send a report; the case that it became."""
        response = self.send(**answers)
        assert response.status_code == 302, response.content.decode()
        return Case.objects.get(number=response["Location"].split("/")[3])

    def end_page(self, **answers: Any) -> str:
        """Send a report; the words of its end page."""
        response = self.send(**answers)
        assert response.status_code == 302, response.content.decode()
        page: str = self.client.get(response["Location"]).content.decode()
        return page

    def page(self, address: str) -> str:
        page: str = self.client.get(address).content.decode()
        return page


@pytest.fixture
def signed_in(
    cast: Cast, set_clock: Callable[[datetime], None], tmp_path: Any, settings: Any
) -> Callable[[ActingPost], Client]:
    """The browser of somebody of the cast on DAY, past sign-in."""
    settings.MEDIA_ROOT = tmp_path

    def browser(post: ActingPost) -> Client:
        account = accounts.open_account_with_hash(
            person=Person.objects.get(pk=post.person_id), username=f"u{post.person_id}",
            password_hash="!", at=DAY,
        )  # fmt: skip
        account.must_change_password = False
        account.save(update_fields=["must_change_password"])
        client = Client()
        client.force_login(account, "huiyin.org.backends.AccountBackend")
        return client

    return browser


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Put the clock of the views somewhere."""

    def put(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setattr(clock, "today", lambda: local_date(moment))

    put(DAY)
    return put


@pytest.fixture
def phone(cast: Cast, set_clock: Callable[[datetime], None], tmp_path: Any, settings: Any) -> Phone:
    """A resident's phone on DAY; media go to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    return Phone(cast)


@pytest.fixture
def desk(cast: Cast, signed_in: SignedIn) -> Desk:
    return Desk(cast, signed_in(cast.desk))


@pytest.fixture
def desk_and_dispatcher(cast: Cast, signed_in: SignedIn) -> Desk:
    """Somebody who is desk and dispatcher of the same centre."""
    person = Person.objects.get(pk=cast.desk.person_id)
    Post.objects.create(
        person=person, unit=cast.centre, area=cast.county, role="dispatcher", valid_from=FIRST
    )
    return Desk(cast, signed_in(cast.desk))
