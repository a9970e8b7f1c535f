"""Signing in over HTTP: lock-out, first password, second factor, one session, idling."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django_otp.oath import TOTP

from huiyin.base import clock
from huiyin.base.models import AuditRow, LocalDefault
from huiyin.base.services import seeding
from huiyin.org.models import Account, SecondFactor
from huiyin.org.selectors import logins
from huiyin.org.services import accounts
from huiyin.org.tests.conftest import AT, PASSWORD, Town, account_of, in_post


@pytest.fixture
def handler(town: Town) -> Account:
    return _account(town, "handler", "卫承办", "wei")


@pytest.fixture
def system_admin(town: Town) -> Account:
    return _account(town, "system_admin", "丁系统", "ding")


def _account(town: Town, role: str, name: str, username: str) -> Account:
    account = account_of(in_post(town.centre, role, name).person, username)
    # The pages read the clock: a term of 90 days from AT must not end these tests one day.
    Account.objects.update(password_changed_at=None)
    return account


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> object:
    return client.post("/work/login/", {"username": username, "password": password, **more})


def code_of(account: Account, *, later: int = 0) -> str:
    """What the telephone shows now, or some steps of 30 seconds later."""
    totp = TOTP(SecondFactor.objects.get(user=account).bin_key)
    totp.time = time.time() + 30 * later
    return f"{totp.token():06d}"


def test_signing_in_leads_to_the_workbench_and_leaves_an_audit_row(
    client: Client, handler: Account
) -> None:
    response = sign_in(client, "wei")

    assert response.headers["Location"] == "/work/"  # type: ignore[attr-defined]
    assert AuditRow.objects.get(action="signed_in").person_name == "卫承办"


def test_signing_in_leads_back_to_the_page_that_was_wanted_but_never_elsewhere(
    client: Client, handler: Account
) -> None:
    wanted = sign_in(client, "wei", next="/work/password/")
    assert wanted.headers["Location"] == "/work/password/"  # type: ignore[attr-defined]

    abroad = sign_in(Client(), "wei", next="https://example.com/")
    assert abroad.headers["Location"] == "/work/"  # type: ignore[attr-defined]


def test_a_wrong_password_says_nothing_about_which_half_was_wrong(
    client: Client, handler: Account
) -> None:
    known = sign_in(client, "wei", "falsch").content.decode()  # type: ignore[attr-defined]
    unknown = sign_in(client, "niemand", "falsch").content.decode()  # type: ignore[attr-defined]

    assert "账号或密码不对" in known
    assert "账号或密码不对" in unknown
    rows = AuditRow.objects.filter(action="sign_in_refused").order_by("pk")
    assert [(r.person_name, r.subject, r.ok) for r in rows] == [
        ("卫承办", f"account:{handler.pk}", False), ("", "account:", False),
    ]  # fmt: skip


def test_five_wrong_passwords_lock_the_account_and_say_until_when(
    client: Client, handler: Account
) -> None:
    for _ in range(4):
        assert sign_in(client, "wei", "falsch").status_code == 200  # type: ignore[attr-defined]

    locked = sign_in(client, "wei", "falsch")

    text = locked.content.decode()  # type: ignore[attr-defined]
    assert locked.status_code == 429  # type: ignore[attr-defined]
    assert "连续输错密码 5 次，已锁定 30 分钟" in text
    assert re.search(r"请在 <b>\d\d:\d\d</b> 以后再试", text)
    assert sign_in(client, "wei").status_code == 429  # type: ignore[attr-defined]


def test_the_number_of_tries_is_the_one_on_the_page_of_defaults(
    client: Client, handler: Account
) -> None:
    seeding.seed_local_defaults()
    LocalDefault.objects.filter(code="accounts.failures").update(value=3)

    statuses = [sign_in(client, "wei", "falsch").status_code for _ in range(3)]  # type: ignore[attr-defined]

    assert statuses == [200, 200, 429]


def tried_from(client: Client, last: int, password: str = "falsch") -> int:
    """The status of a try from the address 10.0.0.`last`."""
    client.defaults["REMOTE_ADDR"] = f"10.0.0.{last}"
    return sign_in(client, "wei", password).status_code  # type: ignore[attr-defined,no-any-return]


def test_an_account_that_is_tried_from_many_addresses_is_locked_for_all(
    client: Client, handler: Account
) -> None:
    statuses = [tried_from(client, n) for n in range(1, 6)]

    assert statuses == [200, 200, 200, 200, 429]
    assert tried_from(client, 9, PASSWORD) == 429
    assert "wei" in logins.locked_names(at=clock.now())

    accounts.unlock(account=handler, at=AT)

    assert tried_from(client, 9, PASSWORD) == 302


def test_one_locked_account_does_not_lock_its_neighbours_at_the_same_address(
    client: Client, handler: Account
) -> None:
    for _ in range(5):
        sign_in(client, "wei", "falsch")

    assert sign_in(client, "nobody", "falsch").status_code == 200  # type: ignore[attr-defined]


def test_an_unlocked_account_signs_in_again(client: Client, handler: Account) -> None:
    for _ in range(5):
        sign_in(client, "wei", "falsch")

    accounts.unlock(account=handler, at=AT)

    assert sign_in(client, "wei").status_code == 302  # type: ignore[attr-defined]


def test_a_disabled_account_does_not_sign_in(client: Client, handler: Account) -> None:
    accounts.disable(account=handler, at=AT)

    assert "账号或密码不对" in sign_in(client, "wei").content.decode()  # type: ignore[attr-defined]


def test_a_first_password_is_changed_before_anything_else(
    client: Client, town: Town, handler: Account
) -> None:
    made = accounts.reset_password(account=handler, at=AT)

    response = sign_in(client, "wei", made.password, next="/help/")
    assert response.headers["Location"] == "/work/password/?next=%2Fhelp%2F"  # type: ignore[attr-defined]
    assert "要先换成自己的密码" in client.get("/work/password/").content.decode()

    new = "Zhao-Tong-2030"
    changed = client.post(
        "/work/password/?next=/help/", {"current": made.password, "new": new, "again": new}
    )
    assert changed.headers["Location"] == "/help/"
    assert client.get("/help/").context["me"] == handler.person


def test_an_expired_password_is_changed_at_sign_in(client: Client, handler: Account) -> None:
    from huiyin.base import clock

    Account.objects.update(password_changed_at=clock.now() - timedelta(days=91))

    response = sign_in(client, "wei")

    assert response.headers["Location"] == "/work/password/"  # type: ignore[attr-defined]


def test_two_new_passwords_that_differ_are_refused(client: Client, handler: Account) -> None:
    sign_in(client, "wei")

    page = client.post(
        "/work/password/", {"current": PASSWORD, "new": "Zhao-Tong-2030", "again": "Zhao-Tong-2031"}
    )

    assert "两次输入的新密码不一样" in page.content.decode()


def test_an_administrator_enrols_a_second_factor_and_passes_it_next_time(
    client: Client, system_admin: Account
) -> None:
    response = sign_in(client, "ding")
    assert response.headers["Location"] == "/work/second-factor/"  # type: ignore[attr-defined]

    page = client.get("/work/second-factor/").content.decode()
    assert "<svg" in page
    assert SecondFactor.objects.get().secret in page
    passed = client.post("/work/second-factor/", {"code": code_of(system_admin)})
    assert passed.headers["Location"] == "/work/accounts/"
    assert client.get("/work/accounts/").status_code == 200

    again = Client()
    sign_in(again, "ding")
    assert "<svg" not in again.get("/work/second-factor/").content.decode().split("<h1>")[1]
    used = again.post("/work/second-factor/", {"code": code_of(system_admin, later=1)})
    assert used.headers["Location"] == "/work/accounts/"


def test_a_code_is_not_taken_twice_and_a_wrong_one_is_audited(
    client: Client, system_admin: Account
) -> None:
    sign_in(client, "ding")
    client.get("/work/second-factor/")
    code = code_of(system_admin)
    client.post("/work/second-factor/", {"code": code})
    again = Client()
    sign_in(again, "ding")

    page = again.post("/work/second-factor/", {"code": code}).content.decode()

    assert "6 位数字不对或已过期" in page
    assert AuditRow.objects.filter(action="second_factor_refused", ok=False).count() == 1


def test_before_the_second_factor_nothing_is_to_be_seen(
    client: Client, system_admin: Account
) -> None:
    sign_in(client, "ding")

    response = client.get("/work/accounts/")

    assert response.status_code == 302
    assert response.headers["Location"] == "/work/second-factor/?next=%2Fwork%2Faccounts%2F"


def test_the_secret_of_a_second_factor_does_not_stand_in_the_database(
    client: Client, system_admin: Account
) -> None:
    sign_in(client, "ding")
    client.get("/work/second-factor/")

    stored = SecondFactor.objects.get()

    assert stored.bin_key.hex() not in stored.key
    assert len(stored.bin_key) == 16
    assert stored.key.startswith("k")


def test_signing_in_elsewhere_ends_the_first_session(client: Client, handler: Account) -> None:
    sign_in(client, "wei")
    sign_in(Client(), "wei")

    assert client.get("/work/password/").headers["Location"].startswith("/work/login/")
    assert "刚刚在别处登录" in client.get("/work/login/").content.decode()


def test_an_idle_session_ends(client: Client, handler: Account) -> None:
    sign_in(client, "wei")
    client.get("/work/password/")
    session = client.session
    session["seen"] = session["seen"] - 31 * 60
    session.save()

    assert client.get("/work/password/").headers["Location"].startswith("/work/login/")
    assert "较长时间没有操作" in client.get("/work/login/").content.decode()


def test_a_disabled_account_is_out_at_its_next_click(client: Client, handler: Account) -> None:
    sign_in(client, "wei")
    accounts.disable(account=handler, at=AT)

    assert client.get("/work/password/").headers["Location"].startswith("/work/login/")


def test_signing_out_needs_a_post_and_is_audited(client: Client, handler: Account) -> None:
    sign_in(client, "wei")

    assert client.get("/work/logout/").status_code == 405
    assert client.post("/work/logout/").headers["Location"] == "/work/login/"
    assert AuditRow.objects.filter(action="signed_out").count() == 1
    assert client.get("/work/password/").status_code == 302


def test_a_password_changed_here_keeps_this_session(client: Client, handler: Account) -> None:
    sign_in(client, "wei")
    new = "Zhao-Tong-2030"

    client.post("/work/password/", {"current": PASSWORD, "new": new, "again": new})

    assert client.get("/work/password/").status_code == 200
