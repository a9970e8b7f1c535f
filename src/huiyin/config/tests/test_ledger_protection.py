"""Whether the ledger is protected is what PostgreSQL says of the web login, not how many URLs there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections

from huiyin.base import ledger_protection, pg
from huiyin.base.rules.append_only import APPEND_ONLY_TABLES
from huiyin.config import database

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def owner_does(*statements: str) -> None:
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def as_in_production() -> Iterator[None]:
    """Without the right to TRUNCATE that tests give the web login."""
    owner_does(*(f"REVOKE TRUNCATE ON {t} FROM {pg.WEB}" for t in APPEND_ONLY_TABLES))
    yield
    owner_does(*(f"GRANT TRUNCATE ON {t} TO {pg.WEB}" for t in APPEND_ONLY_TABLES))


@contextmanager
def web_login(user: str) -> Iterator[None]:
    """The web URL names that login."""
    settings = connections["default"].settings_dict
    before, settings["USER"] = settings["USER"], user
    try:
        yield
    finally:
        settings["USER"] = before


def test_the_web_login_of_an_installation_is_kept_from_the_ledger(as_in_production: None) -> None:
    assert ledger_protection.weaknesses() == []


@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE", "UPDATE (action)"])
def test_a_second_login_that_may_change_the_ledger_protects_nothing(
    as_in_production: None, right: str
) -> None:
    owner_does(f"GRANT {right} ON cases_event TO {pg.WEB}")

    assert ledger_protection.weaknesses() == ["网页账号 huiyin_web 有权改删（cases_event）"]

    owner_does(f"REVOKE {right} ON cases_event FROM {pg.WEB}")


def test_the_owner_serving_the_web_is_said(as_in_production: None) -> None:
    with web_login(pg.OWNER):
        found = ledger_protection.weaknesses()

    assert found == [f"网页账号 huiyin_owner 就是所有者（{'、'.join(APPEND_ONLY_TABLES)}）"]


def test_a_superuser_serving_the_web_is_said(as_in_production: None) -> None:
    with web_login("postgres"):
        found = ledger_protection.weaknesses()

    assert found == ["网页账号 postgres 是超级用户"]
    assert ledger_protection.words(found).startswith(
        "台账未受数据库保护：网页账号 postgres 是超级用户"
    )


def test_a_trigger_that_was_switched_off_is_said(as_in_production: None) -> None:
    owner_does("ALTER TABLE cases_seal DISABLE TRIGGER cases_seal_rows_stay")

    assert ledger_protection.weaknesses() == ["防改触发器没有或停用了（cases_seal）"]

    owner_does("ALTER TABLE cases_seal ENABLE TRIGGER cases_seal_rows_stay")


def test_the_grants_of_a_migration_protect_again(as_in_production: None) -> None:
    owner_does(f"GRANT UPDATE ON cases_event TO {pg.WEB}")

    database.grant_web_login()

    assert ledger_protection.weaknesses() == []
