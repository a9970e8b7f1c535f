"""Browsers of the cast, on the day of the cast: pages read the clock, tests do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.base import clock
from huiyin.org.models import Account, Person, Post
from huiyin.org.rules.grants import ActingPost
from tests.cast import FIRST, Cast, at

Browser = Callable[[ActingPost], Client]

#: When the pages of these tests are looked at: three hours after the cast's cases come in.
LOOKING = at("2026-09-30 12:00")


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LOOKING)
    monkeypatch.setattr(clock, "today", lambda: LOOKING.date())


@pytest.fixture
def browser(cast: Cast, at_noon: None) -> Browser:
    """A browser in which the person of that post is signed in."""

    def signed_in(post: ActingPost) -> Client:
        account, _ = Account.objects.get_or_create(
            person_id=post.person_id, defaults={"username": f"p{post.person_id}"}
        )
        client = Client()
        client.force_login(account, "huiyin.org.backends.AccountBackend")
        return client

    return signed_in


def second_post(cast: Cast, post: ActingPost, other: ActingPost) -> ActingPost:
    """The person of `post` takes the role of `other` at its unit as well."""
    row = Post.objects.create(
        person=Person.objects.get(pk=post.person_id), unit_id=other.unit_id, area_id=other.area_id,
        role=other.role, valid_from=FIRST,
    )  # fmt: skip
    return ActingPost(
        post_id=row.pk, person_id=post.person_id, person_name=post.person_name,
        unit_id=other.unit_id, unit_kind=other.unit_kind, unit_name=other.unit_name,
        area_id=other.area_id, role=other.role,
    )  # fmt: skip
