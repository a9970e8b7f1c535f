"""The real files go in without a mapping, once. Skips where the real data is absent."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from huiyin.cases.models import Case
from huiyin.cases.services import sealing
from huiyin.intake.services import importing
from tests.cast import Cast, at

REPOSITORY = Path(__file__).resolve().parents[4]
REAL_DATA = Path(os.environ.get("HUIYIN_REAL_DATA", REPOSITORY.parent / "shared" / "data"))
pytestmark = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason="real data is absent (set HUIYIN_REAL_DATA to its folder)"
)
NOW = at("2026-09-30 09:00")


def run(
    name: str, cast: Cast, receipt: Path, *, later: timedelta = timedelta()
) -> importing.Imported:
    return importing.import_reports(importing.Job(
        path=REAL_DATA / "messages" / name, place=cast.county, receipt=receipt,
        recorded_at=NOW + later,
    ))  # fmt: skip


def counted(done: importing.Imported) -> tuple[int, int, int, int]:
    c = done.counts
    return c.read, c.new, c.same, c.refused


def test_three_thousand_messages_go_in_once(cast: Cast, tmp_path: Path) -> None:
    first = run("messages.xlsx", cast, tmp_path / "1.xlsx")
    second = run("messages.xlsx", cast, tmp_path / "2.xlsx", later=timedelta(hours=1))

    assert counted(first) == (3000, 3000, 0, 0)
    assert counted(second) == (3000, 0, 3000, 0)
    assert Case.objects.count() == 3000


def test_nineteen_hundred_replied_ones_are_closed_with_their_real_times(
    cast: Cast, tmp_path: Path
) -> None:
    done = run("replied.xlsx", cast, tmp_path / "1.xlsx")

    assert counted(done) == (1900, 1900, 0, 0)
    assert done.histories == 1900
    assert Case.objects.filter(sign_off_code="imported", closed_at__gt=at("2011-01-01 00:00"),
                               closed_at__lt=at("2021-01-01 00:00")).count() == 1900  # fmt: skip
    assert sealing.verify().ok
