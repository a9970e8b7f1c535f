"""huiyin import LEDGER, export, indicator: as somebody, with the same permission as on the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from huiyin.base import clock
from huiyin.config import command
from huiyin.org.models import Account
from huiyin.org.rules.grants import ActingPost
from tests.cast import DAY, Cast


@pytest.fixture
def run(cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """A command on the day of the cast, in the test's own database: (exit code, JSON, words)."""
    for module in ("importing", "ledgers", "numbers"):
        monkeypatch.setattr(f"huiyin.config.commands.{module}.ready", lambda: None)
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(clock, "today", lambda: DAY.date())

    def carried_out(*arguments: str) -> tuple[int, dict[str, Any], str]:
        code = command.main([*arguments, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out.strip() else {}, said.err

    return carried_out


def _login(post: ActingPost, name: str) -> str:
    Account.objects.create(username=name, person_id=post.person_id, password="!",
                           password_changed_at=DAY)  # fmt: skip
    return name


def _file(folder: Path) -> str:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ("活动", "日期", "类别", "人次"), ("扫雪", "2026.1.3", "环境整治", "30余"),
        ("讲防火", "2026年2月1日", "安全巡查", 5), ("讲防火", "上周", "安全巡查", 5),
    ):  # fmt: skip
        page.append(row)
    path = folder / "services.xlsx"
    book.save(path)
    return str(path)


def test_a_file_goes_in_a_number_and_a_workbook_come_out(
    cast: Cast, run: Any, tmp_path: Path
) -> None:
    clerk = _login(cast.clerk, "han")
    out = tmp_path / "out.xlsx"

    code, done, _ = run("import", "service", _file(tmp_path), "--as", clerk)
    assert (code, done["read"], done["new"], done["refused"]) == (command.FINDINGS, 3, 2, 1)
    assert Path(done["receipt"]).exists()

    _, number, _ = run("indicator", "service_person_times", "--place", cast.community.code,
                       "--period", "2026", "--rows")  # fmt: skip
    assert (number["value"], number["unit"], number["lower_bound"]) == (35.0, "人次", True)
    assert [row["数量"] for row in number["rows"]] == ["30", "5"]

    code, exported, _ = run(
        "export", "service", "--as", clerk, "--period", "2026Q1", "-o", str(out)
    )
    assert (code, exported["rows"]) == (command.DONE, 2)
    assert out.exists()


def test_who_may_not_may_not_here_either(cast: Cast, run: Any, tmp_path: Path) -> None:
    handler = _login(cast.handler, "wei")

    for arguments in (
        ("import", "service", _file(tmp_path), "--as", handler),
        ("import", "service", _file(tmp_path), "--as", "nobody"),
        ("export", "service", "--as", handler, "-o", str(tmp_path / "x.xlsx")),
        ("indicator", "service_times", "--place", "530681", "--period", "2026", "--as", handler),
    ):
        code, _, said = run(*arguments)
        assert code == command.COULD_NOT
        assert "账号" in said
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("indicator", "none", "--place", "530681", "--period", "2026"), "没有指标 none"),
        (("indicator", "service_times", "--place", "999999", "--period", "2026"), "999999"),
        (("export", "none", "--as", "x", "-o", "x.xlsx"), "没有台账 none"),
    ],
)
def test_what_does_not_exist_is_said_in_words(
    run: Any, arguments: tuple[str, ...], said: str
) -> None:
    code, _, words = run(*arguments)

    assert code == command.COULD_NOT
    assert said in words


def test_a_number_is_cut_by_one_value_of_a_dimension(cast: Cast, run: Any, tmp_path: Path) -> None:
    run("import", "service", _file(tmp_path), "--as", _login(cast.clerk, "han"))
    asked = (
        "indicator",
        "service_person_times",
        "--place",
        cast.community.code,
        "--period",
        "2026",
    )

    _, cut, _ = run(*asked, "--by", "kind:安全巡查", "--rows")
    code, _, said = run(*asked, "--by", "kind:none")

    assert (cut["value"], cut["by"], len(cut["rows"])) == (5.0, "kind:safety", 1)
    assert (code, "可选：政策宣传" in said) == (command.COULD_NOT, True)


def test_all_numbers_and_ledgers_are_listed(run: Any) -> None:
    _, numbers, _ = run("indicators")
    _, kinds, _ = run("import", "--list")

    assert {"service_times", "reports_received"} <= {i["code"] for i in numbers["indicators"]}
    assert {
        "reports",
        "service",
        "liaison",
        "dual_registration",
        "rules",
        "phrases",
        "targets",
    } == set(kinds["kinds"])


def test_a_period_that_is_none_is_answered_with_those_that_are(cast: Cast, run: Any) -> None:
    code, _, said = run(
        "indicator", "service_times", "--place", cast.community.code, "--period", "next"
    )

    assert code == command.COULD_NOT
    assert "期间请写成" in said
