"""huiyin bench: what a ratio means, and that it stays away from people's data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huiyin.config.commands import bench, bench_intake, bench_lists
from huiyin.config.commands.bench import Measure


def test_a_rate_is_a_share_of_the_limit() -> None:
    measure = Measure(ours=500, limit=2000, wanted=0.25, unit="件/秒", what="")

    assert measure.ratio == 0.25
    assert measure.as_json()["holds"] is True


def test_a_time_is_a_share_of_the_limit_too() -> None:
    measure = Measure(ours=20, limit=4, wanted=0.25, unit="ms", what="")

    assert measure.ratio == 0.2
    assert measure.as_json()["holds"] is False


def test_the_answer_has_the_keys_of_the_interface() -> None:
    assert {"ours", "limit", "ratio", "wanted", "holds"} <= set(
        Measure(1, 2, 0.5, "ms", "").as_json()
    )


def test_both_sides_take_turns_and_the_first_round_warms_up() -> None:
    said: list[str] = []
    ours, limit = iter([9.0, 1.0, 2.0, 3.0]), iter([9.0, 4.0, 5.0, 6.0])

    def next_of(name: str, values: object) -> float:
        said.append(name)
        return next(values)  # type: ignore[call-overload,no-any-return]

    found = bench.in_turns(3, lambda: next_of("o", ours), lambda: next_of("l", limit))

    assert found == (2.0, 5.0)
    assert "".join(said) == "olololol"


def test_it_works_in_a_home_of_its_own_whatever_the_address_of_the_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HUIYIN_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@/people")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@/people")
    monkeypatch.setenv("HUIYIN_TESTING", "1")

    bench._own_home()

    assert os.environ["HUIYIN_HOME"] == str(tmp_path / "bench")
    assert not {"DATABASE_URL", "DATABASE_OWNER_URL", "HUIYIN_TESTING"} & set(os.environ)


def test_captured_statements_run_under_new_ids_but_the_hashed_body_stays() -> None:
    sql = """INSERT INTO cases_event VALUES (900000001, 'S80000015', '{"case":900000001}', 'abc')"""

    made = bench_intake._under_new_ids(sql, {"S80000015": "S:case_id", "abc": "c:case_id"})

    assert made == (
        """INSERT INTO cases_event VALUES (:case_id, 'S:case_id', '{"case":900000001}', 'c:case_id')"""
    )


def test_the_slowest_twentieth_begins_at_p95() -> None:
    assert bench_lists._at_95([float(n) for n in range(100)]) == 95.0
