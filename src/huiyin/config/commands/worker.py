"""huiyin worker: runs jobs and the periodic ones; what a killed worker left behind is taken up again."""

from __future__ import annotations

import argparse

from huiyin.config.command import Answer, ready


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("--concurrency", type=int, default=2)


def run(options: argparse.Namespace) -> Answer:
    ready()
    from django.core.management import call_command

    call_command("procrastinate", "worker", "--concurrency", str(options.concurrency), verbosity=0)
    return Answer({"ok": True})
