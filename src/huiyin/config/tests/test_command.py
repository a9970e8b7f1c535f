"""The command line: exit codes, and one JSON object on stdout."""

from __future__ import annotations

import argparse
import json

import pytest

from huiyin.config import command
from huiyin.config.commands import db, testing


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--help"]) == command.DONE

    shown = capsys.readouterr().out
    assert all(name in shown for name in command.COMMANDS)


def test_help_names_the_database_commands_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parser = argparse.ArgumentParser()
    db.declare(parser, "db")
    there = next(a.choices for a in parser._actions if a.dest == "what")

    assert there is not None
    assert command.COMMANDS["db"][1] == f"数据库：{'、'.join(there)}"


def test_an_unknown_command_could_not_be_carried_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["fly"]) == command.COULD_NOT
    assert "没有这个命令：fly" in capsys.readouterr().err


def test_what_could_not_be_done_is_said_in_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["check", "spelling", "--json"]) == command.COULD_NOT

    assert json.loads(capsys.readouterr().out)["ok"] is False


def test_what_test_does_not_know_goes_to_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr(
        testing, "run", lambda options: seen.append(options.rest) or command.Answer()
    )

    assert command.main(["test", "--all", "-k", "returned", "-x"]) == command.DONE
    assert seen == [["-k", "returned", "-x"]]
