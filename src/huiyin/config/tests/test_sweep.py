"""huiyin sweep: what time brings, once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from huiyin.base import clock
from huiyin.config import command
from huiyin.config.commands import sweep
from tests.cast import Cast, at


def test_the_sweep_says_what_it_did_and_the_second_one_does_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    cast.case_at("in_progress")
    monkeypatch.setattr(sweep, "ready", lambda: None)
    monkeypatch.setattr(clock, "now", lambda: at("2026-10-25 08:00"))

    def run() -> dict[str, Any]:
        assert command.main(["sweep", "--json"]) == command.DONE
        return dict(json.loads(capsys.readouterr().out))

    first, second = run(), run()

    assert (first["overdue"], first["stuck_told"]) == (2, 2)
    assert set(second.values()) == {True, 0}


def test_every_command_of_the_table_has_a_module() -> None:
    import importlib

    for module, _ in command.COMMANDS.values():
        assert importlib.import_module(f"huiyin.config.commands.{module}").run
