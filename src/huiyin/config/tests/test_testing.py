"""./run test: what is run when, and what happens without a browser."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from huiyin.config.command import COULD_NOT, DONE, FINDINGS, CouldNot
from huiyin.config.commands import testing


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tests" / "journeys").mkdir(parents=True)
    monkeypatch.setattr(testing, "ROOT", tmp_path)
    monkeypatch.setattr(testing, "FLOOR", tmp_path / "no-postgresql-15")
    return tmp_path


def options(**values: object) -> argparse.Namespace:
    return argparse.Namespace(
        **({"all": False, "part": None, "rest": [], "json": False} | values)  # type: ignore[arg-type]
    )


def names(**values: object) -> list[str]:
    given = {"rest": [], "everything": False, "part": None} | values
    rest = given.pop("rest")
    return [p.name for p in testing.phases(rest, **given)]  # type: ignore[arg-type]


def test_the_suite_comes_first_then_the_journeys(project: Path) -> None:
    assert names() == ["suite", "journeys"]


def test_named_paths_are_run_alone(project: Path) -> None:
    (project / "tests" / "test_one.py").touch()

    assert names(rest=["tests/test_one.py::test_it", "-x"]) == ["chosen"]


def test_all_adds_the_oldest_postgresql_that_we_promise(project: Path) -> None:
    testing.FLOOR.mkdir()

    found = testing.phases([], everything=True, part=None)

    assert [p.name for p in found] == ["suite", "journeys", "postgresql-15"]
    assert found[-1].environment == (("HUIYIN_PG_BIN", str(testing.FLOOR)),)
    assert all("--all" in p.arguments for p in found)


def test_all_says_that_postgresql_15_is_missing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert names(everything=True) == ["suite", "journeys"]
    assert "未在 PostgreSQL 15 上运行" in capsys.readouterr().err


def test_a_part_goes_to_every_phase(project: Path) -> None:
    found = testing.phases([], everything=False, part="2/4")

    assert all("--part=2/4" in p.arguments for p in found)


def test_a_part_of_another_shape_is_refused() -> None:
    with pytest.raises(CouldNot, match="i/n"):
        testing.run(options(part="half"))


@pytest.mark.parametrize(("ci", "code"), [("", DONE), ("1", FINDINGS)])
def test_without_a_browser_journeys_are_not_run_and_fail_in_ci_only(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str,
    code: int,
) -> None:  # fmt: skip
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setattr(testing, "_pytest", lambda phase, browser, quiet: DONE)

    answer = testing.run(options())

    assert answer.code == code
    assert "未运行：请安装 chromium" in capsys.readouterr().err


@pytest.mark.parametrize(("pytest_said", "code"), [(1, FINDINGS), (3, COULD_NOT)])
def test_failures_and_breakdowns_are_told_apart(
    project: Path, monkeypatch: pytest.MonkeyPatch, pytest_said: int, code: int
) -> None:
    monkeypatch.setattr(testing, "chromium", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(testing, "_pytest", lambda phase, browser, quiet: pytest_said)

    assert testing.run(options()).code == code


def test_a_fresh_clone_gets_its_front_end_files_before_the_journeys(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(testing, "chromium", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(testing.assets, "copy", lambda: told.append("copied"))
    monkeypatch.setattr(testing, "_pytest", lambda phase, browser, quiet: told.append(phase.name))

    testing.run(options())

    assert told == ["copied", "suite", "journeys"]
