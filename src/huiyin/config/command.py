"""The command line: `./run huiyin COMMAND`. Answers one JSON object with --json; messages go to stderr.

Exit 0 = done, 1 = done with findings or refused rows, 2 = could not.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

DONE, FINDINGS, COULD_NOT = 0, 1, 2

#: command → (module of config.commands, one line of help)
COMMANDS = {
    "demo": ("demo", "装入演示城市并打开服务"),
    "up": ("serve", "对外服务（网页与后台任务）"),
    "db": ("db", "数据库：start、stop、status、url、migrate"),
    "seed": ("seed", "装入基础数据：区划、日历、类别、时限"),
    "import": ("importing", "导入表格：reports 诉求，或一本台账"),
    "export": ("ledgers", "导出台账：上报版或内部版"),
    "indicators": ("numbers", "列出全部指标和口径"),
    "indicator": ("numbers", "一个指标在某地某期的数和明细"),
    "figures": ("figures", "核对稿件里的数"),
    "fill": ("forms", "填上级表格：能填的填上，拿不准的列出"),
    "triage": ("texts", "分类：train、suggest、evaluate"),
    "duplicates": ("texts", "查找近似重复"),
    "ledger": ("ledger", "台账：verify、seal"),
    "sweep": ("sweep", "到期提醒、超期、提级、告知卡住的件"),
    "bench": ("bench", "速度：intake、lists、import"),
    "assets": ("assets", "整理前端文件"),
    "docs": ("docs", "重新生成 docs/generated"),
    "check": ("check", "检查代码"),
    "test": ("testing", "运行测试"),
    "worker": ("worker", "后台任务"),
    "manage": ("manage", "Django 管理命令"),
}


class CouldNot(Exception):
    """The command could not be carried out; the text says what to do."""


@dataclass
class Answer:
    """What a command gives back: `data` for --json, `lines` for people."""

    data: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    code: int = DONE


def say(text: str) -> None:
    """A message for the person at the keyboard (stderr, so that stdout stays JSON)."""
    print(text, file=sys.stderr, flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    args = list(sys.argv[1:] if argv is None else argv)
    if not args or args[0] in ("-h", "--help"):
        print("用法：./run huiyin 命令 [参数]\n")
        for name, (_, text) in COMMANDS.items():
            print(f"  {name:<12}{text}")
        return DONE
    name = args[0]
    if name not in COMMANDS:
        say(f"没有这个命令：{name}。可用：{'、'.join(COMMANDS)}")
        return COULD_NOT
    module = importlib.import_module(f"huiyin.config.commands.{COMMANDS[name][0]}")
    parser = argparse.ArgumentParser(prog=f"huiyin {name}", description=COMMANDS[name][1])
    parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    module.declare(parser, name)
    if getattr(module, "PASSES_ON", False):  # what it does not know goes to the tool that it runs
        options, rest = parser.parse_known_args(args[1:])
        options.rest = rest
    else:
        options = parser.parse_args(args[1:])
    try:
        answer = module.run(options)
    except CouldNot as error:
        say(str(error))
        if options.json:
            print(json.dumps({"ok": False, "error": str(error)}, ensure_ascii=False))
        return COULD_NOT
    except KeyboardInterrupt:
        say("已中断")
        return COULD_NOT
    if options.json:
        print(json.dumps(answer.data, ensure_ascii=False, default=str))
    else:
        for line in answer.lines:
            print(line)
    return int(answer.code)


def ready(*, migrate: bool = True) -> None:
    """Attach to the database (start the embedded one) and bring its schema up to the code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    from huiyin.base import pg
    from huiyin.config import database

    try:
        database.ensure()
        import django

        django.setup()
        if migrate:
            database.migrate()
    except pg.ServerError as error:
        raise CouldNot(str(error)) from None


def ready_without_database() -> None:
    """Load the code's own declarations (kinds, ledgers, case types) and ask no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    import django

    django.setup()
