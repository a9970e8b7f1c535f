"""./run demo: loads the demonstration city if it is not there, serves it, prints where and who."""

from __future__ import annotations

import argparse
import shutil
import time

from huiyin.config.command import Answer, CouldNot, ready, say
from huiyin.config.commands import assets, serve


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--no-serve", action="store_true", help="装好演示城市即结束")
    parser.add_argument("--fresh", action="store_true", help="清空后重新装入演示城市")


def run(options: argparse.Namespace) -> Answer:
    began = time.monotonic()
    assets.copy()
    if options.fresh:
        _empty()
    ready()
    made = _load()
    seconds = round(time.monotonic() - began, 1)
    if options.no_serve:
        return Answer(
            {"ok": True, "new": made, "seconds": seconds}, [f"演示城市已就绪（{seconds} 秒）"]
        )
    port = serve.free_port(options.host, options.port)

    def started(url: str) -> None:
        say(_welcome(url, round(time.monotonic() - began, 1)))

    serve.serve(options.host, port, started=started, log_level="WARNING")
    return Answer({"ok": True})


def _load() -> bool:
    from huiyin.base import clock
    from huiyin.base.models import LocalDefault
    from huiyin.base.selectors import is_demonstration
    from huiyin.cases.models import Case
    from huiyin.config.commands.seed import seed_base
    from huiyin.drill.services import loading

    if is_demonstration():
        return False
    if Case.objects.exists():
        raise CouldNot("这里已有真实数据，演示城市不装入。请另设 HUIYIN_HOME 再运行 ./run demo")
    now = clock.now()
    say("正在装入演示城市…")
    seed_base(now)
    loading.load(now=now, progress=say)
    LocalDefault.objects.update_or_create(
        code="installation.demonstration",
        defaults={"label": "演示数据", "value": True, "origin": "./run demo"},
    )
    return True


def _empty() -> None:
    """Remove the embedded cluster and media of this home; a real server is never emptied."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    from django.conf import settings

    if not settings.HUIYIN_EMBEDDED:
        raise CouldNot("--fresh 只清空内置数据库；DATABASE_URL 指向外部数据库，请自行处理")
    settings.HUIYIN_CLUSTER.stop() if settings.HUIYIN_CLUSTER.ready() else None
    shutil.rmtree(settings.HUIYIN_CLUSTER.data, ignore_errors=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def _welcome(url: str, seconds: float) -> str:
    from huiyin.drill.services.building import PASSWORD

    return f"""
  回音已启动（{seconds} 秒）

  居民页面   {url}
  工作台     {url}work/     账号见登录页，密码 {PASSWORD}

  desk 受理员 · dispatcher 派单员 · housing 住建局承办人 · reviewer 审核员 · callback 回访员
  supervisor 督办员 · leader 领导 · shequ 社区专干 · wuye 物业项目经理

  按 Ctrl+C 结束。
"""
