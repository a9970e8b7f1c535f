"""huiyin db start | stop | status | url | migrate."""

from __future__ import annotations

import argparse

from huiyin.config.command import COULD_NOT, Answer, CouldNot, ready


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("what", choices=["start", "stop", "status", "url", "migrate"])
    parser.add_argument("--owner", action="store_true", help="所有者账号的地址（url）")


def run(options: argparse.Namespace) -> Answer:
    from django.conf import settings

    if options.what == "stop":
        import os

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
        if not settings.HUIYIN_EMBEDDED:
            raise CouldNot("DATABASE_URL 指向外部数据库，不由本程序停止")
        stopped = settings.HUIYIN_CLUSTER.stop()
        return Answer({"ok": True, "stopped": stopped}, ["已停止" if stopped else "本来就没有运行"])
    if options.what == "status":
        return _status()
    ready(migrate=options.what != "url")
    if options.what == "url":
        from django.db import connections

        alias = "owner" if options.owner else "default"
        s = connections[alias].settings_dict
        if settings.HUIYIN_EMBEDDED:
            url = settings.HUIYIN_CLUSTER.url(s["USER"])
        else:
            url = f"postgresql://{s['USER']}@{s['HOST']}:{s['PORT'] or 5432}/{s['NAME']}"
        return Answer({"ok": True, "url": url}, [url])
    return Answer({"ok": True}, ["数据库已就绪"])


def _status() -> Answer:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    from django.conf import settings

    if settings.HUIYIN_EMBEDDED and not settings.HUIYIN_CLUSTER.ready():
        return Answer({"ok": False, "running": False}, ["数据库没有运行"], COULD_NOT)
    ready(migrate=False)
    from django.db import connections

    from huiyin.base import ledger_protection

    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), pg_database_size(current_database())"
        )
        version, size = cursor.fetchone()
    found = ledger_protection.weaknesses()
    lines = [f"PostgreSQL {version}，{size // 1024 // 1024} MB"]
    lines.append(ledger_protection.words(found) if found else "台账受数据库保护")
    return Answer(
        {"ok": True, "running": True, "version": version, "bytes": size,
         "embedded": settings.HUIYIN_EMBEDDED, "ledger_protected": not found,
         "ledger_weaknesses": found},
        lines,
    )  # fmt: skip
