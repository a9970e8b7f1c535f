"""Start or attach to the database, migrate as its owner, give the web login its rights."""

from __future__ import annotations

import fcntl
import sys
from typing import Any

from huiyin.base import pg
from huiyin.base.rules.append_only import APPEND_ONLY_TABLES


class SchemaTooNew(pg.ServerError):
    """The database was migrated by newer code than this."""


def ensure() -> bool:
    """Make sure that a server answers; True when this call started the embedded one."""
    from django.conf import settings

    if not settings.HUIYIN_EMBEDDED:
        return False
    return bool(settings.HUIYIN_CLUSTER.ensure())


def migrate(*, verbosity: int = 0) -> None:
    """Migrate when the code knows more than the schema; exit-2 error when the schema is newer."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from huiyin.base import ledger_protection

    lock_file = pg.home() / "migrate.lock"
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        executor = MigrationExecutor(connections["owner"])
        known = set(executor.loader.disk_migrations)
        ours = {app.label for app in _our_apps()}
        applied = set(executor.loader.applied_migrations)
        newer = sorted(f"{a}.{n}" for a, n in applied - known if a in ours)
        if newer:
            raise SchemaTooNew(
                f"数据库由更新的版本建立（{newer[-1]}），请换用新版程序，不要用旧版打开"
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", database="owner", verbosity=verbosity, interactive=False)
            grant_web_login()
        elif ledger_protection.weaknesses():
            grant_web_login()  # a second login that was set up after the tables
        if found := ledger_protection.weaknesses():
            print(ledger_protection.words(found), file=sys.stderr, flush=True)
        add_new_defaults()
    connections["owner"].close()


def add_new_defaults() -> int:
    """Local defaults that newer code has and an installation that was set up before has not: how many
    were added. One that was never seeded gets them with `huiyin seed base`."""
    from huiyin.base.models import LocalDefault
    from huiyin.base.services import seeding

    return seeding.seed_local_defaults() if LocalDefault.objects.exists() else 0


def _our_apps() -> list[Any]:
    from django.apps import apps

    return [a for a in apps.get_app_configs() if a.name.startswith("huiyin.")]


def grant_web_login() -> None:
    """SELECT, INSERT, UPDATE, DELETE for the web login; on ledgers SELECT and INSERT only."""
    from django.db import connections

    web = connections["default"].settings_dict["USER"]
    owner = connections["owner"]
    if not web or web == owner.settings_dict["USER"]:
        return
    login = owner.ops.quote_name(web)
    with owner.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {login}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {login}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {login}")
        for table in APPEND_ONLY_TABLES:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {login}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {login}")
