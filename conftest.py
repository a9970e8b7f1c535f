"""Tests run on a real PostgreSQL: migrated as owner, used as the web login, as in production."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ["HUIYIN_TESTING"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright sets a running loop

from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("huiyin", deadline=None, derandomize=True)
hypothesis_settings.load_profile("huiyin")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="slow tests too (./run test --all)")
    parser.addoption("--part", metavar="i/n", help="the i-th of n shards of what was collected")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out slow tests without --all, and what belongs to other shards."""
    left_out = [] if config.getoption("--all") else [i for i in items if "slow" in i.keywords]
    kept = [item for item in items if item not in left_out]
    if config.getoption("--part"):
        part, parts = (int(n) for n in config.getoption("--part").split("/"))
        left_out += [item for n, item in enumerate(kept) if n % parts != part - 1]
        kept = [item for n, item in enumerate(kept) if n % parts == part - 1]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def pytest_configure(config: pytest.Config) -> None:
    # The controller starts the server, workers only attach.
    if not hasattr(config, "workerinput") and config.pluginmanager.hasplugin("django"):
        from huiyin.config import database

        database.ensure()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: object
) -> Iterator[None]:
    """Create the test database as owner, then point the web login at it."""
    from django.db import connections

    from huiyin.base import ledger_protection
    from huiyin.base.rules.append_only import APPEND_ONLY_TABLES
    from huiyin.config import database

    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    keep = request.config.getvalue("reuse_db") and not request.config.getvalue("create_db")
    owner, web = connections["owner"], connections["default"]
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        if worker:
            owner.settings_dict["TEST"]["NAME"] = f"test_{owner.settings_dict['NAME']}_{worker}"
        owner.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=keep, serialize=False)
        name = owner.settings_dict["NAME"]
        web.close()
        web.settings_dict["NAME"] = name
        database.grant_web_login()
        ledger_protection.protected()  # kept for the pages, before the rights of tests are given
        with owner.cursor() as cursor:
            # A transactional test empties tables with TRUNCATE, which the ledger refuses. Only
            # here, in a database of the tests, is that trigger taken away.
            login = owner.ops.quote_name(web.settings_dict["USER"])
            for table in APPEND_ONLY_TABLES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_table_stays ON {table}")
            cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {login}")
    yield
    # Left standing: the next run clobbers it, --reuse-db keeps it, and nobody ever serves it.
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        web.close()
        owner.close()


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process keeps of small tables ends with each test's rows, and not before: on a busy
    machine a test would else read them again in its middle."""
    from huiyin.base import kept

    monkeypatch.setattr(kept, "SECONDS", 3600.0)
    kept.forget_all()


@pytest.fixture
def cast(db: None) -> object:
    """The fixed cast (tests/cast.py): seed plus the people of one county."""
    from tests import cast as cast_module

    return cast_module.make()
