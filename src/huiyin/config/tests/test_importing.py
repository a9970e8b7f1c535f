"""huiyin import: what it prints, what it answers, and how it ends."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from huiyin.cases.models import Case
from huiyin.config import command
from huiyin.config.commands import importing
from huiyin.org.models import Area
from tests.cast import Cast

GOOD = "编号,时间,内容\nA1,2020-09-01 10:00,三栋水管漏水\n"
ONE_REFUSED = GOOD + "A2,昨天,路灯不亮\n"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any) -> Any:
    """Run the command on a file's text; its exit code and JSON."""
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(importing, "ready", lambda: None)

    def run(text: str, *more: str) -> tuple[int, dict[str, Any]]:
        file = tmp_path / "九月.csv"
        file.write_text(text, encoding="utf-8")
        code = command.main(["import", "reports", str(file), "--json", *more])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_the_answer_counts_and_names_the_receipt(cast: Cast, call: Any) -> None:
    code, data = call(GOOD)

    assert code == command.DONE
    assert (data["read"], data["new"], data["same"], data["refused"]) == (1, 1, 0, 0)
    receipt = Path(data["receipt"])
    assert stat.S_IMODE(receipt.stat().st_mode) == 0o600
    assert stat.S_IMODE(receipt.parent.stat().st_mode) == 0o700
    assert Case.objects.get().area_id == cast.city.pk


def test_refused_rows_are_findings(cast: Cast, call: Any) -> None:
    code, data = call(ONE_REFUSED)

    assert code == command.FINDINGS
    assert (data["new"], data["refused"]) == (1, 1)


def test_a_trial_files_nothing(cast: Cast, call: Any) -> None:
    code, data = call(GOOD, "--dry-run")

    assert (code, data["new"], data["dry_run"]) == (command.DONE, 1, True)
    assert not Case.objects.exists()


def test_the_place_is_given_by_its_code(cast: Cast, call: Any) -> None:
    cast.county.code = "530681"
    cast.county.save()

    code, _ = call(GOOD, "--place", "530681")

    assert code == command.DONE
    assert Case.objects.get().area_id == cast.county.pk


def test_columns_are_named_where_nobody_finds_them(cast: Cast, call: Any) -> None:
    text = GOOD.replace("内容", "讲了什么")

    code, data = call(text)
    assert (code, data["ok"]) == (command.COULD_NOT, False)
    assert "没有找到列：诉求内容" in data["error"]
    assert "--map text=" in data["error"]

    code, data = call(text, "--map", "text=讲了什么")
    assert (code, data["new"]) == (command.DONE, 1)


@pytest.mark.parametrize(("text", "more", "said"), [
    (GOOD, ("--place", "999999"), "没有代码为 999999 的区域"),
    (GOOD, ("--map", "text"), "--map 的写法是 字段=列名"),
    (GOOD, ("--map", "text=没有的列"), "表里没有列“没有的列”"),
    (GOOD, ("--map", "nothing=内容"), "没有字段 nothing"),
    ("", (), "文件是空的"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_and_leaves_no_receipt(
    cast: Cast, call: Any, text: str, more: tuple[str, ...], said: str
) -> None:
    code, data = call(text, *more)

    assert code == command.COULD_NOT
    assert said in data["error"]
    receipts = Path(os.environ["HUIYIN_HOME"]) / "receipts"
    assert not list(receipts.glob("*")) if receipts.exists() else True


def test_a_new_installation_gets_its_areas_first(
    db: None, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded: list[object] = []

    def seed(at: object) -> None:
        seeded.append(at)
        city = Area.objects.create(
            code="530600", name="昭通市", kind="city", valid_from="2020-01-01"
        )
        city.path = f"/{city.pk}/"
        city.save()

    monkeypatch.setattr("huiyin.config.commands.seed.seed_base", seed)

    code, data = call(GOOD)

    assert (code, data["place"]) == (command.DONE, "530600")
    assert len(seeded) == 1


def test_the_kinds_are_listed(capsys: Any) -> None:
    assert command.main(["import", "--list", "--json"]) == command.DONE
    assert "reports" in json.loads(capsys.readouterr().out)["kinds"]


@pytest.mark.parametrize("arguments", [["reports"], ["compounds", "x.xlsx"], []])
def test_without_kind_or_file_the_usage_is_said(arguments: list[str], capsys: Any) -> None:
    assert command.main(["import", *arguments]) == command.COULD_NOT
    assert "用法：huiyin import reports 文件" in capsys.readouterr().err


def test_a_header_of_other_names_says_what_to_do_next(cast: Cast, call: Any) -> None:
    code, data = call("甲,乙,丙\n1,2,3\n")

    assert code == command.COULD_NOT
    assert "--map text=表里的列名" in data["error"]
    assert "逐列选好后会记住" in data["error"]
