"""huiyin fill: a form in, a filled form and a list of what is unsure out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huiyin.base import clock
from huiyin.config import command
from huiyin.org.models import Account
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.models import FormFill, FormTemplate
from huiyin.paperwork.tests.conftest import opened, statistician, workbook
from tests.cast import DAY, Cast

__all__ = ["statistician"]


@pytest.fixture
def run(cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:  # fmt: skip
    """The command on the day of the cast: (exit code, JSON, the filled sheet)."""
    monkeypatch.setattr("huiyin.config.commands.forms.ready", lambda: None)
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(clock, "today", lambda: DAY.date())
    blank, out = tmp_path / "blank.xlsx", tmp_path / "out.xlsx"

    def carried_out(content: bytes, *more: str) -> tuple[int, dict[str, Any], Any]:
        blank.write_bytes(content)
        code = command.main(["fill", str(blank), "--place", "530681000000", "--period", "2026-09",
                             "-o", str(out), *more, "--json"])  # fmt: skip
        data = json.loads(capsys.readouterr().out)
        return code, data, opened(out.read_bytes()).worksheets[0] if out.exists() else None

    return carried_out


@pytest.fixture
def login(statistician: ActingPost) -> str:
    Account.objects.create(username="you", person_id=statistician.person_id, password="!",
                           password_changed_at=DAY)  # fmt: skip
    return "you"


SURE = [["情况表"], ["项目", "件数"], ["诉求受理"], ["充电桩"]]
UNSURE = [["情况表"], ["性质", "件数"], ["咨询"]]


def test_what_is_known_is_filled_and_the_rest_is_listed(cast: Cast, run: Any, login: str) -> None:
    cast.report()

    code, data, sheet = run(workbook(SURE, box="A2:B4"), "--as", login)

    assert (code, data["cells"], data["filled"], data["unsure"]) == (0, 2, 1, [])
    assert [sheet["B3"].value, sheet["B4"].value] == [1, None]
    assert data["template"]["title"] == "情况表"
    assert FormFill.objects.get().filled == 1


def test_an_unsure_blank_ends_with_one_and_names_candidates(run: Any, login: str) -> None:
    code, data, sheet = run(workbook(UNSURE, box="A2:B3"), "--as", login)

    assert code == 1
    assert data["unsure"][0]["cell"] == "B3"
    assert data["unsure"][0]["row"] == "咨询"
    assert "reports_received" in [c["indicator"] for c in data["unsure"][0]["candidates"]]
    assert sheet["B3"].value is None


def test_accepting_fills_and_remembers(run: Any, login: str) -> None:
    run(workbook(UNSURE, box="A2:B3"), "--as", login, "--accept")

    code, data, sheet = run(workbook(UNSURE, box="A2:B3"), "--as", login)

    assert (code, data["unsure"]) == (0, [])
    assert sheet["B3"].value == 0


def test_without_a_login_nothing_is_remembered(cast: Cast, run: Any) -> None:
    cast.report()

    code, data, _ = run(workbook(SURE, box="A2:B4"))

    assert (code, data["filled"], data["template"]) == (0, 1, None)
    assert not FormTemplate.objects.exists()


def test_a_file_that_is_no_form_could_not_be_filled(run: Any) -> None:
    code, data, _ = run(b"%PDF")

    assert code == 2
    assert "认不出这个文件" in data["error"]
