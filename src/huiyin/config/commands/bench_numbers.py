"""numbers: a dashboard of twenty indicators with many cases against the same with ten thousand.

The values of a county's month, computed from the rows (without page and charts). The month grows with
the city: a tenth of the cases were received in it. Without rollups the time grows with the rows; the
aim (at most one and a half times, wanted 0.667) says how far that is from flat.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from huiyin.config.commands import bench_lists
from huiyin.config.commands.bench import Measure
from huiyin.config.commands.bench_city import City, empty_cases, report

if TYPE_CHECKING:
    from huiyin.indicators.registry import Indicator, Slice

BASE = 10_000
SIZES = {"numbers_100k": 100_000}
LARGE = {"numbers_1m": 1_000_000}
TILES = 20
WANTED = round(1 / 1.5, 3)
REPEATS = 5


def measure(city: City, options: argparse.Namespace) -> dict[str, Measure]:
    """Milliseconds at each size, best of five; the limit is the same at ten thousand cases."""
    from huiyin.cases.services import filing
    from huiyin.indicators import registry

    empty_cases()
    for _ in filing.file_reports((report(city, n) for n in range(BASE)), recorded_at=city.at):
        pass
    tiles = [i for i in registry.all_indicators() if i.grant == "case.board"][:TILES]
    first = _at_size(city, BASE, tiles)
    found = {}
    for name, size in (SIZES | (LARGE if options.large else {})).items():
        ours = _at_size(city, size, tiles)
        what = f"{size:,} 件时看板 {TILES} 个数，对 {BASE:,} 件时的同一块看板"
        found[name] = Measure(ours, first, WANTED, "ms", what)
    return found


def _at_size(city: City, size: int, tiles: list[Indicator]) -> float:
    from huiyin.indicators.registry import Slice
    from huiyin.indicators.rules import periods

    bench_lists.grow(size)
    _settle()
    bench_lists.analyse()
    month = periods.month_of(city.at.date())
    part = Slice(city.county.path, month.start, month.end)
    return min(_timed(tiles, part) for _ in range(REPEATS))


def _settle() -> None:
    """What is closed has its times, as after the way through."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case SET dispatched_at = opened_at, met_deadline = TRUE,"
            " replied_at = opened_at + interval '4 days', closed_at = opened_at + interval '5 days'"
            " WHERE status = 'closed' AND closed_at IS NULL"
        )


def _timed(tiles: list[Indicator], part: Slice) -> float:
    from huiyin.indicators.services import computing

    began = time.perf_counter()
    for indicator in tiles:
        computing.compute(indicator, part)
    return (time.perf_counter() - began) * 1000
