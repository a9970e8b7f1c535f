"""Browsers of the cast for the pages of the numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.base import clock
from huiyin.org.models import Account
from huiyin.org.rules.grants import ActingPost
from tests.cast import DAY

Browser = Callable[[ActingPost], Client]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Signed in as somebody of the cast, on the day of the cast."""
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(clock, "today", lambda: DAY.date())

    def signed_in(post: ActingPost) -> Client:
        account, _ = Account.objects.get_or_create(
            username=f"u{post.person_id}", person_id=post.person_id,
            defaults={"password": "!", "password_changed_at": DAY},
        )  # fmt: skip
        client = Client()
        client.force_login(account, "huiyin.org.backends.AccountBackend")
        return client

    return signed_in
