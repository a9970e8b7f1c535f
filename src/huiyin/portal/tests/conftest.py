"""Browsers of the cast, signed in, on the day of the cast."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.base import clock
from huiyin.org.models import Account
from huiyin.org.rules.grants import ActingPost
from tests.cast import DAY, Cast

Browser = Callable[[ActingPost], Client]


@pytest.fixture
def browser(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser in which the person of that post is signed in."""
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
