"""huiyin bench figures | import | intake | lists | all: our speed against the raw database, in one run.

Each ratio is a share of what PostgreSQL itself does with the same rows on the same machine in the
same minutes (1 = as fast as the raw database), so that it means the same on a busy desk and on a
server. Ours and the raw measure take turns; medians count. docs/benchmarks.md records results.

All of it happens in a cluster of its own, $HUIYIN_HOME/bench, with fsync on: people's data are
neither read nor written, whatever DATABASE_URL says.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from huiyin.config.command import DONE, FINDINGS, Answer, ready, say

NAMES = ("figures", "import", "intake", "lists", "numbers")


@dataclass(frozen=True)
class Measure:
    """Ours and the limit, in `unit`; `wanted` = the share of the limit that has to be reached.

    For rates more is better, for times (`unit` ms) less; `ratio` is a share of the limit in both.
    """

    ours: float
    limit: float
    wanted: float
    unit: str
    what: str

    @property
    def ratio(self) -> float:
        part = self.limit / self.ours if self.unit == "ms" else self.ours / self.limit
        return round(part, 3)

    def as_json(self) -> dict[str, Any]:
        """What `--json` gives for one name."""
        return {
            "ours": round(self.ours, 2), "limit": round(self.limit, 2), "ratio": self.ratio,
            "wanted": self.wanted, "holds": self.ratio >= self.wanted, "unit": self.unit,
            "what": self.what,
        }  # fmt: skip


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("what", choices=[*NAMES, "all"])
    parser.add_argument("--rounds", type=int, default=3, help="轮数，取中位数（默认 3）")
    parser.add_argument("--seconds", type=float, default=5, help="intake 每轮秒数（默认 5）")
    parser.add_argument(
        "--large", action="store_true", help="lists、numbers 另测 100 万件（约需 10 分钟）"
    )


def run(options: argparse.Namespace) -> Answer:
    _own_home()
    from django.conf import settings

    began = not settings.HUIYIN_CLUSTER.ready()
    try:
        found = _measure(options)
    finally:
        _close_connections()
        if began:
            settings.HUIYIN_CLUSTER.stop()
    lines = [_line(name, m) for name, m in found.items()]
    lines.append(_machine())
    holds = all(m.ratio >= m.wanted for m in found.values())
    return Answer({n: m.as_json() for n, m in found.items()}, lines, DONE if holds else FINDINGS)


def _measure(options: argparse.Namespace) -> dict[str, Measure]:
    ready(migrate=False)
    _empty_database()
    ready()
    from huiyin.config.commands import bench_city

    city = bench_city.build()
    found: dict[str, Measure] = {}
    for name in NAMES if options.what == "all" else (options.what,):
        say(f"{name} …")
        found |= _runners()[name](city, options)
    return found


def _runners() -> dict[str, Callable[[Any, argparse.Namespace], dict[str, Measure]]]:
    from huiyin.config.commands import (
        bench_figures,
        bench_import,
        bench_intake,
        bench_lists,
        bench_numbers,
    )

    return {
        "figures": bench_figures.measure, "import": bench_import.measure, "intake": bench_intake.measure,
        "lists": bench_lists.measure, "numbers": bench_numbers.measure,
    }  # fmt: skip


def in_turns(
    rounds: int, ours: Callable[[], float], limit: Callable[[], float]
) -> tuple[float, float]:
    """Medians of both over so many rounds, taken in turns; the first round warms up and is left out."""
    pairs = [(ours(), limit()) for _ in range(rounds + 1)][1:]
    return median(o for o, _ in pairs), median(r for _, r in pairs)


def _own_home() -> None:
    """Everything of this process lies in $HUIYIN_HOME/bench: cluster, keys, media."""
    from huiyin.base import pg

    home = pg.home()
    if home.name != "bench":
        os.environ["HUIYIN_HOME"] = str(home / "bench")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "HUIYIN_TESTING"):
        os.environ.pop(name, None)


def _empty_database() -> None:
    """A new database for each run, so that every run starts from the same."""
    from django.conf import settings

    from huiyin.base import pg

    _close_connections()
    cluster = settings.HUIYIN_CLUSTER
    cluster.psql(f"DROP DATABASE IF EXISTS {pg.DATABASE} WITH (FORCE)")
    cluster.psql(f"CREATE DATABASE {pg.DATABASE} OWNER {pg.OWNER} TEMPLATE template0")


def _close_connections() -> None:
    """Give back this process's connections, the pool's as well."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if getattr(connection, "_connection_pools", None):
            connection.close_pool()  # type: ignore[attr-defined]


def _line(name: str, m: Measure) -> str:
    verdict = "达到" if m.ratio >= m.wanted else "未达到"
    return (
        f"{name:<10} {m.ours:,.1f} / {m.limit:,.1f} {m.unit} = {m.ratio:.3f}"
        f"（要求 {m.wanted}，{verdict}）：{m.what}"
    )


def _machine() -> str:
    from django.conf import settings

    return (
        f"{os.cpu_count()} 核，PostgreSQL {settings.HUIYIN_CLUSTER.version()}，"
        f"Python {platform.python_version()}，负载 {os.getloadavg()[0]:.1f}"
    )
