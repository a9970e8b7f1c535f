"""./run check: everything that can be said about the code without running the tests; ≤ 2 minutes.

The same on a desk and in CI. One line per check; what a tool found follows its line.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from huiyin.config import third_party
from huiyin.config.command import DONE, FINDINGS, Answer, CouldNot, say
from huiyin.config.settings import ROOT

#: A lock must install from any mirror, so it names no host. npm's `funding` links are no source.
LOCKS = ("requirements.lock", "requirements-node.lock", "package-lock.json")
#: Lines of a tool's output that are shown; the rest comes with the tool itself.
LONGEST_OUTPUT = 100
_ADDRESS = re.compile(r"https?://|\"resolved\"|--(?:extra-)?index-url|--find-links", re.I)
_FUNDING = re.compile(r'"url": "https://(opencollective\.com|github\.com/sponsors|[^"]*/funding)')


@dataclass(frozen=True)
class Check:
    """One line of the answer: a tool (argv below .venv/bin) or a function that lists findings."""

    name: str
    argv: tuple[str, ...] = ()
    function: Callable[[], list[str]] | None = None
    #: Of a talkative tool, the lines that say where.
    shown: str = ""


@dataclass(frozen=True)
class Result:
    name: str
    ok: bool
    seconds: float
    output: str


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("only", nargs="*", metavar="项目", help="只做这几项，如 mypy imports")


def run(options: argparse.Namespace) -> Answer:
    wanted = _chosen(options.only)
    _prepare()
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = []
        for result in pool.map(_carry_out, wanted):
            say(_line(result))
            results.append(result)
    failed = [r.name for r in results if not r.ok]
    return Answer(
        {
            "ok": not failed,
            "failed": failed,
            "checks": [
                {"name": r.name, "ok": r.ok, "seconds": round(r.seconds, 1)} for r in results
            ],
        },
        [f"检查未通过：{'、'.join(failed)}" if failed else "检查通过"],
        FINDINGS if failed else DONE,
    )


def checks() -> tuple[Check, ...]:
    """Every check, the slow ones first so that two cores are busy to the end."""
    return (
        Check("mypy", ("mypy", "src")),
        Check("imports", ("lint-imports",)),
        Check("ruff", ("ruff", "check", "--output-format=concise", ".")),
        Check("format", ("ruff", "format", "--check", "--output-format=concise", ".")),
        Check("djlint", ("djlint", "src", "--lint", "--quiet")),
        Check("djlint-format", ("djlint", "src", "--check"), shown=r"\.html$"),
        Check("migrations", function=missing_migrations),
        Check("docs", function=stale_documents),
        Check("locks", function=addresses_in_locks),
    )


def missing_migrations() -> list[str]:
    """Models that no migration knows yet. Asks no database."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils import translation

    translation.deactivate_all()  # as makemigrations does: its own words stand in migrations
    loader = MigrationLoader(None, ignore_no_migrations=True)
    found = [
        f"{label} 有两个末端迁移：{'、'.join(sorted(names))}"
        for label, names in loader.detect_conflicts().items()
    ]
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(
        graph=loader.graph
    )
    ours = {a.label for a in apps.get_app_configs() if a.name.startswith("huiyin.")}
    for label, migrations in changes.items():
        if label in ours:
            found += [
                f"{label}: {operation.describe()}"
                for migration in migrations
                for operation in migration.operations
            ]
    return found


def stale_documents() -> list[str]:
    """Files of docs/generated that differ from what the code says now."""
    from huiyin.config.commands import docs

    found = [f"{name} 与代码不一致，请运行 ./run huiyin docs" for name in docs.stale()]
    return found + [
        f"{third_party.FILE} 缺少 {name}，请运行 ./run huiyin docs --third-party"
        for name in third_party.missing(ROOT)
    ]


def addresses_in_locks() -> list[str]:
    """Lines of lock files that name a host."""
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name in LOCKS
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1)
        if _ADDRESS.search(line) and not _FUNDING.search(line)
    ]


def _chosen(names: Sequence[str]) -> tuple[Check, ...]:
    everything = {c.name: c for c in checks()}
    unknown = [n for n in names if n not in everything]
    if unknown:
        raise CouldNot(f"没有这项检查：{'、'.join(unknown)}。可用：{'、'.join(everything)}")
    return tuple(everything[n] for n in names) or tuple(everything.values())


def _prepare() -> None:
    """Load Django once, before threads do; no database is asked or started."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    import django

    django.setup()


def _carry_out(check: Check) -> Result:
    started = time.monotonic()
    if check.function is not None:
        found = check.function()
        ok, output = not found, "\n".join(found)
    else:
        program = os.path.join(os.path.dirname(sys.executable), check.argv[0])
        done = subprocess.run(
            [program, *check.argv[1:]], cwd=ROOT, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"},
        )  # fmt: skip
        ok, output = done.returncode == 0, (done.stdout + done.stderr).strip()
        if check.shown:
            lines = [line for line in output.splitlines() if re.search(check.shown, line)]
            output = "\n".join(lines) or output
    return Result(check.name, ok, time.monotonic() - started, output)


def _line(result: Result) -> str:
    head = f"{'通过' if result.ok else '未过'}  {result.name:<14}{result.seconds:6.1f} 秒"
    if result.ok:
        return head
    lines = result.output.splitlines()
    shown = lines[:LONGEST_OUTPUT]
    if len(lines) > len(shown):
        shown.append(f"… 共 {len(lines)} 行")
    return "\n".join([head, *shown, ""])
