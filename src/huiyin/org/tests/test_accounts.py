"""Passwords and locks of accounts, as services."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from huiyin.base.models import AuditRow
from huiyin.org.models import Account, FormerPassword
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import logins
from huiyin.org.services import accounts, organising
from huiyin.org.services.accounts import AccountError
from huiyin.org.tests.conftest import AT, PASSWORD, Town, account_of, in_post


@pytest.fixture
def account(town: Town) -> Account:
    return account_of(in_post(town.housing, "handler", "卫承办").person, "wei")


def change(account: Account, current: str, new: str) -> Account:
    return accounts.change_password(account=account, current=current, new=new, at=AT)


def test_a_new_account_must_change_its_first_password(
    town: Town, administrator: ActingPost
) -> None:
    made = accounts.create_person_with_account(
        name="卫承办", work_phone="", username="Wei", at=AT, by=administrator, address="10.0.0.8"
    )

    assert made.account.username == "wei"
    assert made.account.must_change_password
    assert made.account.check_password(made.password)
    assert AuditRow.objects.get().action == "account_created"


@pytest.mark.parametrize(("username", "said"), [
    ("wei", "账号“wei”已被使用"), ("卫", "只能用字母、数字"), (" ", "只能用字母、数字"),
])  # fmt: skip
def test_an_account_name_is_plain_and_used_once(
    account: Account, administrator: ActingPost, username: str, said: str
) -> None:
    with pytest.raises(AccountError, match=said):
        accounts.create_person_with_account(
            name="甲", work_phone="", username=username, at=AT, by=administrator, address=""
        )


def test_a_person_has_one_account(account: Account) -> None:
    with pytest.raises(AccountError, match="卫承办已有账号"):
        accounts.create_account(person=account.person, username="wei2", at=AT)


@pytest.mark.parametrize(("new", "said"), [
    ("Ab-1", "密码至少 8 位"),
    ("abcdefgh1", "至少三种"),
    ("Password1", "常见|太普通"),
    (PASSWORD, "最近 5 次"),
])  # fmt: skip
def test_a_weak_or_used_password_is_refused(account: Account, new: str, said: str) -> None:
    with pytest.raises(AccountError, match=said):
        change(account, PASSWORD, new)


def test_the_last_five_passwords_are_refused_and_the_sixth_is_not(account: Account) -> None:
    used = [PASSWORD, *(f"Zhao-Tong-200{n}" for n in range(5))]
    for current, new in pairwise(used):
        change(account, current, new)

    with pytest.raises(AccountError, match="最近 5 次"):
        change(account, used[-1], used[1])
    change(account, used[-1], PASSWORD)
    assert FormerPassword.objects.filter(account=account).count() == 5


def test_a_wrong_present_password_is_refused(account: Account) -> None:
    with pytest.raises(AccountError, match="当前密码不对"):
        change(account, "Zhao-Tong-1999", "Zhao-Tong-2027")


def test_a_password_runs_out_after_its_term(account: Account) -> None:
    assert not accounts.password_expired(account, AT + timedelta(days=90))
    assert accounts.password_expired(account, AT + timedelta(days=90, seconds=1))


def test_a_reset_ends_all_sessions_and_forces_a_change(
    account: Account, administrator: ActingPost
) -> None:
    made = accounts.reset_password(account=account, at=AT, by=administrator, address="")

    assert made.account.session_key == accounts.NO_SESSION
    assert made.account.must_change_password
    assert made.account.check_password(made.password)


def test_nobody_resets_or_disables_himself(town: Town, administrator: ActingPost) -> None:
    from huiyin.org.models import Person

    own = account_of(Person.objects.get(pk=administrator.person_id), "ding")

    with pytest.raises(AccountError, match="另一位管理员"):
        accounts.reset_password(account=own, at=AT, by=administrator, address="")
    with pytest.raises(AccountError, match="另一位管理员"):
        accounts.disable(account=own, at=AT, by=administrator, address="")


def test_the_list_finds_people_by_name_account_pinyin_and_role(
    account: Account, administrator: ActingPost
) -> None:
    for text in ("卫承", "wei", "wcb", "WEI"):
        page = logins.accounts_page(text=text, at=AT, day=AT.date())
        assert [row.account for row in page.rows] == [account]
    handlers = logins.accounts_page(role="handler", at=AT, day=AT.date())
    assert [[p.role for p in row.posts] for row in handlers.rows] == [["handler"]]
    assert logins.accounts_page(role="desk", at=AT, day=AT.date()).rows == ()


def test_the_list_is_paged_in_both_directions(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "ACCOUNTS_A_PAGE", 2)
    for number in range(5):
        account_of(organising.create_person(name="甲" * (number + 1)), f"a{number}")

    first = logins.accounts_page(at=AT, day=AT.date())
    second = logins.accounts_page(at=AT, day=AT.date(), after=first.after)
    third = logins.accounts_page(at=AT, day=AT.date(), after=second.after)
    back = logins.accounts_page(at=AT, day=AT.date(), before=second.before)

    names = [[r.account.username for r in p.rows] for p in (first, second, third, back)]
    assert names == [["a0", "a1"], ["a2", "a3"], ["a4"], ["a0", "a1"]]
    assert (first.before, third.after, back.before) == ("", "", "")


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_many(
    town: Town, django_assert_num_queries: object
) -> None:
    account_of(in_post(town.housing, "handler", "甲").person, "a0")
    with django_assert_num_queries(4):  # type: ignore[operator]
        logins.accounts_page(at=AT, day=AT.date())
    for number in range(1, 20):
        account_of(in_post(town.housing, "handler", f"甲{number}").person, f"a{number}")
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(logins.accounts_page(at=AT, day=AT.date()).rows) == 20
