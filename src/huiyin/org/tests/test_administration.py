"""The pages of the three administrators: each does his own, none sees business."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from huiyin.base import clock
from huiyin.base.models import AuditRow, ErrorReport, LocalDefault
from huiyin.base.services import seeding
from huiyin.base.services.defaults import defaults_provider
from huiyin.org.models import Account, Person, Post, SecondFactor
from huiyin.org.services import second_factor
from huiyin.org.tests.conftest import AT, Town, account_of, in_post


def signed_in(account: Account) -> Client:
    """A browser past password and second factor."""
    client = Client()
    client.force_login(account, "huiyin.org.backends.AccountBackend")
    factor = second_factor.begin(account=account)
    factor.confirmed = True
    factor.save()
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = factor.persistent_id
    session.save()
    return client


def browser(town: Town, role: str, name: str, username: str) -> Client:
    return signed_in(account_of(in_post(town.centre, role, name).person, username))


@pytest.fixture
def system(town: Town) -> Client:
    return browser(town, "system_admin", "丁系统", "ding")


@pytest.fixture
def security(town: Town) -> Client:
    seeding.seed_local_defaults()
    return browser(town, "security_admin", "戊安全", "wu")


@pytest.fixture
def auditor(town: Town) -> Client:
    return browser(town, "audit_admin", "己审计", "ji")


@pytest.fixture
def handler(town: Town) -> Account:
    return account_of(in_post(town.housing, "handler", "卫承办").person, "wei")


def test_a_new_account_shows_its_first_password_once(system: Client) -> None:
    page = system.post("/work/accounts/new/", {"name": "沈新人", "username": "shen"})

    made = page.context["made"]
    assert made.password in page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    detail = system.get(f"/work/accounts/{made.account.pk}/").content.decode()
    assert made.password not in detail
    assert "还没有岗位" in detail


def test_a_name_that_is_taken_is_said_at_its_field_and_nobody_is_made(
    system: Client, handler: Account
) -> None:
    page = system.post("/work/accounts/new/", {"name": "沈新人", "username": "wei"})

    assert page.context["form"].errors["username"] == ["账号“wei”已被使用"]
    assert not Person.objects.filter(name="沈新人").exists()


def test_a_post_is_given_in_two_steps_and_ended(
    system: Client, town: Town, handler: Account
) -> None:
    address = f"/work/accounts/{handler.pk}/posts/new/"
    found = system.get(address, {"q": "受理"})
    assert [u.short_name for u in found.context["found"]] == ["受理中心"]

    system.post(address, {
        "unit": town.centre.pk, "role": "desk", "area": town.centre.area_id,
        "valid_from": clock.today().isoformat(),
    })  # fmt: skip
    post = Post.objects.get(person=handler.person, role="desk")
    system.post(f"/work/posts/{post.pk}/end/", {"last_day": clock.today().isoformat()})

    post.refresh_from_db()
    assert post.valid_to == clock.today()
    assert list(AuditRow.objects.order_by("pk").values_list("action", flat=True)) == [
        "post_begun", "post_ended",
    ]  # fmt: skip


def test_a_forbidden_combination_is_said_above_the_form(
    system: Client, town: Town, handler: Account
) -> None:
    page = system.post(f"/work/accounts/{handler.pk}/posts/new/", {
        "unit": town.centre.pk, "role": "audit_admin", "area": town.centre.area_id,
        "valid_from": clock.today().isoformat(),
    })  # fmt: skip

    assert "互斥" in page.content.decode()
    assert Post.objects.filter(person=handler.person).count() == 1


def test_passwords_are_reset_accounts_closed_and_opened(system: Client, handler: Account) -> None:
    reset = system.post(f"/work/accounts/{handler.pk}/password/")
    assert reset.context["made"].account == handler

    system.post(f"/work/accounts/{handler.pk}/disable/")
    handler.refresh_from_db()
    assert not handler.is_active

    system.post(f"/work/accounts/{handler.pk}/enable/")
    handler.refresh_from_db()
    assert handler.is_active


def test_a_get_changes_nothing(system: Client, handler: Account) -> None:
    for act in ("password", "disable", "enable", "unlock", "second-factor"):
        assert system.get(f"/work/accounts/{handler.pk}/{act}/").status_code == 405


def test_a_second_factor_is_reset_by_another_administrator_only(
    system: Client, security: Client
) -> None:
    ding = Account.objects.get(username="ding")

    system.post(f"/work/accounts/{ding.pk}/second-factor/")
    assert SecondFactor.objects.filter(user=ding).exists()

    security.post(f"/work/accounts/{ding.pk}/second-factor/")
    assert not SecondFactor.objects.filter(user=ding).exists()
    assert system.get("/work/accounts/").status_code == 302


def test_the_security_administrator_resets_nobody_else(security: Client, handler: Account) -> None:
    SecondFactor.objects.create(user=handler, key="k:x", confirmed=True)

    security.post(f"/work/accounts/{handler.pk}/second-factor/")

    assert SecondFactor.objects.filter(user=handler).exists()


def test_every_default_is_listed_with_its_origin_and_waits(security: Client) -> None:
    page = security.get("/work/defaults/").content.decode()

    for row in LocalDefault.objects.all():
        assert row.label in page
        assert row.origin in page
    assert page.count("待本地确认") >= LocalDefault.objects.count()


def test_a_default_is_confirmed_with_document_and_date(security: Client) -> None:
    security.post("/work/defaults/local/callback.attempts/", {
        "act": "confirm", "document": "昭政办发〔2026〕9号", "confirmed_on": "2026-11-01",
    })  # fmt: skip

    row = LocalDefault.objects.get(pk="callback.attempts")
    assert (row.document, row.confirmed_by_name) == ("昭政办发〔2026〕9号", "戊安全")
    assert AuditRow.objects.get().reason == "回访·回访尝试次数：3 次，昭政办发〔2026〕9号"
    assert "昭政办发〔2026〕9号" in security.get("/work/defaults/").content.decode()


@pytest.mark.parametrize(("given", "said"), [
    ({"act": "confirm", "document": "", "confirmed_on": "2026-11-01"}, "请填写“文号”"),
    ({"act": "confirm", "document": "文", "confirmed_on": "2999-01-01"}, "不能晚于今天"),
    ({"act": "change", "raw": "99"}, "请填写 1 至 10 的整数"),
])  # fmt: skip
def test_a_wrong_confirmation_or_value_says_what_is_wrong(
    security: Client, given: dict[str, str], said: str
) -> None:
    page = security.post("/work/defaults/local/callback.attempts/", given)

    assert said in page.content.decode()
    assert LocalDefault.objects.get(pk="callback.attempts").value == 3


def test_a_changed_default_waits_again(security: Client) -> None:
    address = "/work/defaults/local/callback.mode/"
    security.post(address, {"act": "confirm", "document": "文", "confirmed_on": "2026-11-01"})

    security.post(address, {"act": "change", "raw": "random"})

    row = LocalDefault.objects.get(pk="callback.mode")
    assert (row.value, row.confirmed_on) == ("random", None)
    assert AuditRow.objects.last().reason == "回访·回访方式：all → random"  # type: ignore[union-attr]


def test_a_default_that_nobody_owns_is_not_found(security: Client) -> None:
    assert security.get("/work/defaults/local/nothing/").status_code == 404
    assert security.get("/work/defaults/nobody/1/").status_code == 404


def test_other_apps_bring_their_defaults_to_the_page(security: Client) -> None:
    providers = [provider.code for provider, *_ in security.get("/work/defaults/").context["lists"]]

    assert providers[0] == "local"
    assert defaults_provider("deadlines").changeable


def test_the_audit_is_read_and_filtered(auditor: Client) -> None:
    from huiyin.base.services import audit

    for n, action in enumerate(["signed_in", "exported"]):
        audit.record(at=AT + timedelta(days=n), person_id=1, person_name="甲" if n else "乙",
                     post_id=None, address="", action=action, subject="account:1")  # fmt: skip

    def listed(**query: str) -> list[str]:
        return [r[0].action for r in auditor.get("/work/audit/", query).context["rows"]]

    assert listed() == ["exported", "signed_in"]
    assert listed(q="乙") == ["signed_in"]
    assert listed(action="exported") == ["exported"]
    assert listed(first="2026-11-25") == ["exported"]
    assert listed(last="2026-11-24") == ["signed_in"]
    assert listed(q="account:1") == ["exported", "signed_in"]


def test_the_audit_is_paged_in_both_directions(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huiyin.base.services import audit
    from huiyin.org.selectors import records

    monkeypatch.setattr(records, "AUDIT_A_PAGE", 2)
    ids = [
        audit.record(at=AT, person_id=1, person_name="甲", post_id=None, address="",
                     action="signed_in", subject=f"account:{n}").pk
        for n in range(5)
    ]  # fmt: skip

    first = records.audit_page()
    second = records.audit_page(older=first.older)
    third = records.audit_page(older=second.older)
    back = records.audit_page(newer=second.newer)

    assert [[r.pk for r in p.rows] for p in (first, second, third, back)] == [
        ids[:2:-1], ids[2:0:-1], ids[:1], ids[:2:-1],
    ]  # fmt: skip
    assert (first.newer, third.older, back.newer) == (None, None, None)


def test_the_chain_is_checked_from_the_page_and_that_is_a_row_too(auditor: Client) -> None:
    page = auditor.post("/work/audit/verify/").content.decode()

    assert "逐条相扣" in page
    assert AuditRow.objects.get().action == "audit_verified"


def test_errors_are_listed_by_the_code_that_the_page_showed(system: Client) -> None:
    ErrorReport.objects.create(code="7K3MQ9XT", at=AT, path="/x/", kind="KeyError", trace="a:1 b")

    assert "7K3MQ9XT" in system.get("/work/errors/").content.decode()


@pytest.mark.parametrize("address", [
    "/work/accounts/", "/work/accounts/new/", "/work/errors/", "/work/defaults/", "/work/audit/",
])  # fmt: skip
def test_each_page_belongs_to_one_administrator(
    system: Client, security: Client, auditor: Client, handler: Account, address: str
) -> None:
    allowed = [client.get(address).status_code for client in (system, security, auditor)]
    assert sorted(allowed) == [200, 403, 403]

    refused = signed_in(handler).get(address)
    assert refused.status_code == 403
    assert "您现在的岗位（承办人）没有" in refused.content.decode()
    assert Client().get(address).headers["Location"].startswith("/work/login/?next=")


def test_htmx_is_sent_to_the_sign_in_as_a_whole_page(town: Town) -> None:
    response = Client().get(
        "/work/accounts/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/work/accounts/"},
    )

    assert response.status_code == 204
    assert response.headers["HX-Redirect"].startswith("/work/login/?next=")


def test_a_limit_of_its_own_is_added_under_its_document_and_holds(security: Client) -> None:
    given = {"what": "handle", "channel": "phone", "kind": "complaint", "category": "",
             "urgency": "", "amount": "7", "unit": "workdays", "document": "水政办发〔2026〕3号",
             "from_day": "2026-11-24"}  # fmt: skip
    assert "加一条时限" in security.get("/work/defaults/").content.decode()
    page = security.post("/work/defaults/deadlines/add/", given | {"channel": "", "kind": ""})
    assert "至少选一样" in page.content.decode()

    assert security.post("/work/defaults/deadlines/add/", given).status_code == 302

    shown = security.get("/work/defaults/").content.decode()
    assert "水政办发〔2026〕3号" in shown
    assert (
        "已经有这样一条" in security.post("/work/defaults/deadlines/add/", given).content.decode()
    )
    assert AuditRow.objects.filter(action="default_changed", subject="default:deadlines").exists()
