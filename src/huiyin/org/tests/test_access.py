"""Who is asking: posts of the day, and in which of them somebody acts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from huiyin.org import access
from huiyin.org.models import Account
from huiyin.org.services import organising
from huiyin.org.tests.conftest import AT, FIRST, Town, account_of, in_post


@pytest.fixture
def account(town: Town) -> Account:
    """Somebody who handles at the housing bureau and calls back at the centre."""
    person = in_post(town.housing, "handler", "卫承办").person
    organising.create_post(
        person=person, unit=town.centre, role="callback", valid_from=FIRST, at=AT
    )
    return account_of(person, "wei")


def request_of(user: object, **posted: str) -> object:
    request = RequestFactory().post("/", posted)
    request.user = user  # type: ignore[assignment]
    return request


def test_posts_are_asked_for_once_per_request(
    account: Account, django_assert_num_queries: object
) -> None:
    request = request_of(account)

    with django_assert_num_queries(1):  # type: ignore[operator]
        first = access.posts(request)  # type: ignore[arg-type]
        again = access.posts(request)  # type: ignore[arg-type]

    assert [p.label for p in first] == ["市住建局·承办人", "受理中心·回访员"]
    assert again == first


def test_nobody_has_no_posts(db: None) -> None:
    assert access.posts(request_of(SimpleNamespace(is_authenticated=False))) == []  # type: ignore[arg-type]


def test_who_must_change_the_password_has_no_posts_yet(account: Account) -> None:
    account.must_change_password = True

    assert access.posts(request_of(account)) == []  # type: ignore[arg-type]


def test_an_administrator_without_second_factor_has_no_posts_yet(town: Town) -> None:
    account = account_of(in_post(town.centre, "audit_admin", "己审计").person, "ji")

    assert access.pending_step(request_of(account)) == "second_factor"  # type: ignore[arg-type]
    assert access.posts(request_of(account)) == []  # type: ignore[arg-type]


def test_one_acts_in_the_post_that_may(account: Account) -> None:
    acting = access.post_for(request_of(account), "case.callback")  # type: ignore[arg-type]

    assert acting.role == "callback"


def test_a_named_post_must_be_ones_own_and_may(account: Account) -> None:
    held = access.posts(request_of(account))  # type: ignore[arg-type]

    for named in (str(held[0].post_id), "0"):
        with pytest.raises(PermissionDenied):
            access.post_for(request_of(account, post=named), "case.callback")  # type: ignore[arg-type]
    chosen = access.post_for(request_of(account, post=str(held[1].post_id)), "case.callback")  # type: ignore[arg-type]
    assert chosen == held[1]


def test_a_page_cannot_ask_for_a_grant_that_nobody_declared() -> None:
    with pytest.raises(ValueError, match="no such grant"):
        access.needs("case.dispach")
