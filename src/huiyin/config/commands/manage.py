"""Django's own commands, against the attached database: `./run huiyin manage makemigrations`."""

from __future__ import annotations

import argparse

from huiyin.config.command import Answer, ready


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER)


def run(options: argparse.Namespace) -> Answer:
    from django.core.management import execute_from_command_line

    ready(migrate=False)
    execute_from_command_line(["manage", *options.rest])
    return Answer({"ok": True})
