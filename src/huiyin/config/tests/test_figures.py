"""huiyin figures FILE: the JSON of design §6, as the system person or as somebody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huiyin.base import clock
from huiyin.base.models import AuditRow
from huiyin.config import command
from huiyin.config.commands import bench_figures
from huiyin.org.models import Account
from tests.cast import DAY, Cast


@pytest.fixture
def run(cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """The command in the test's own database: (exit code, JSON, words)."""
    monkeypatch.setattr("huiyin.config.commands.figures.ready", lambda: None)
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(clock, "today", lambda: DAY.date())
    cast.report()
    cast.report(kind="complaint")

    def carried_out(*arguments: str) -> tuple[int, dict[str, Any], str]:
        code = command.main(["figures", *arguments, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out.strip() else {}, said.err

    return carried_out


def _file(folder: Path, text: str, name: str = "稿.txt") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return str(path)


def test_each_figure_has_the_keys_of_the_interface(run: Any, tmp_path: Path) -> None:
    text = "　　今年以来，受理诉求\r\n2件，停车位5.73万个。"

    code, data, _ = run(_file(tmp_path, text), "--place", "530681000000", "--as-of", "2026-11-24")

    first, second = data["figures"]
    assert code == command.DONE
    keys = ("text", "start", "end", "value", "unit", "bound", "subject", "indicator", "computed", "verdict")  # fmt: skip
    assert [first[k] for k in keys] == [
        "2件", 13, 15, 2, "件", "exact", "受理诉求", "reports_received", 2, "agrees",
    ]  # fmt: skip
    assert text[first["start"] : first["end"]] == "2件"
    assert (second["value"], second["bound"], second["verdict"], second["indicator"]) == (
        57300, "rounded", "no_record", None,
    )  # fmt: skip


def test_a_figure_that_differs_is_a_finding(run: Any, tmp_path: Path) -> None:
    code, data, _ = run(_file(tmp_path, "受理诉求7件。"), "--place", "530681000000")

    assert code == command.FINDINGS
    assert (data["figures"][0]["verdict"], data["figures"][0]["computed"]) == ("differs", 2)


def test_a_derived_figure_says_from_which_numbers(run: Any, tmp_path: Path) -> None:
    _, data, _ = run(_file(tmp_path, "受理诉求2件，投诉占一半。"), "--place", "530681000000")

    share = data["figures"][1]
    assert (share["verdict"], share["computed"]["value"]) == ("agrees", 50)
    assert [(n["indicator"], n["by"], n["value"]) for n in share["computed"]["from"]] == [
        ("reports_received", "kind:complaint", 1), ("reports_received", None, 2),
    ]  # fmt: skip


def test_a_sum_that_does_not_hold_is_a_finding(run: Any, tmp_path: Path) -> None:
    text = "新增设施30个，其中雨棚12个、充电棚19个。"

    code, data, _ = run(_file(tmp_path, text), "--place", "530681000000")

    assert code == command.FINDINGS
    assert data["sums"] == [{"words": "12+19=31，总数写的是 30", "holds": False}]


def test_it_acts_as_an_account_and_stands_in_the_audit(
    cast: Cast, run: Any, tmp_path: Path
) -> None:
    Account.objects.create(username="zhu", person_id=cast.leader.person_id, password="!",
                           password_changed_at=DAY)  # fmt: skip

    code, _, _ = run(_file(tmp_path, "受理诉求2件。"), "--as", "zhu")

    row = AuditRow.objects.get(action="figures_checked")
    assert (code, row.person_id, row.subject) == (
        command.DONE, cast.leader.person_id, "area:530681000000",
    )  # fmt: skip


def test_without_a_name_the_system_person_checks_and_the_audit_says_so(
    run: Any, tmp_path: Path
) -> None:
    run(_file(tmp_path, "受理诉求2件。"), "--place", "530681000000")

    assert AuditRow.objects.get(action="figures_checked").person_name == "系统核对"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("没有.txt",), "读不到文件"),
        (("稿.txt", "--as", "nobody"), "没有账号"),
        (("稿.txt", "--place", "999999"), "没有代码为 999999 的区域"),
        (("稿.txt", "--as-of", "明天"), "日期请写成"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    _file(tmp_path, "受理诉求2件。")

    code, data, words = run(*arguments)

    assert code == command.COULD_NOT
    assert said in words and data["ok"] is False


def test_who_may_not_check_articles_may_not_here_either(
    cast: Cast, run: Any, tmp_path: Path
) -> None:
    Account.objects.create(username="wei", person_id=cast.handler.person_id, password="!",
                           password_changed_at=DAY)  # fmt: skip

    code, _, words = run(_file(tmp_path, "受理诉求2件。"), "--as", "wei")

    assert code == command.COULD_NOT and "不能核对稿件" in words


def test_the_benchmarks_article_is_a_page_of_figures() -> None:
    text = bench_figures.article()

    assert len(text) == 3000 and text.count("件") > 60
