"""./run test [pytest arguments] [--all] [--part i/n]: unit and database tests, then journeys.

Journeys need a browser: $CHROMIUM, else chromium on PATH. Without one they are reported as not
run, and with CI=1 that is a failure. `--all` adds slow tests and the suite on Debian's PostgreSQL 15.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from huiyin.base import pg
from huiyin.config.command import COULD_NOT, DONE, FINDINGS, Answer, CouldNot, say
from huiyin.config.commands import assets
from huiyin.config.settings import ROOT

PASSES_ON = True
#: The floor of what the code may ask of PostgreSQL (docs/adr/0006).
FLOOR = Path("/usr/lib/postgresql/15/bin")
JOURNEYS = "tests/journeys"
#: What pytest answers when nothing was collected: no fault of a shard or of a narrow choice.
NOTHING = 5


#: Arguments for xdist. Test and database wait for each other, so one process leaves half of two
#: cores idle; a second worker costs 5 s for a database of its own. More than two never paid.
WORKERS: tuple[str, ...] = ("-n", "2")


@dataclass(frozen=True)
class Phase:
    name: str
    arguments: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.usage = "./run test [--all] [--part i/n] [pytest 的参数]"
    parser.add_argument("--all", action="store_true", help="另加慢测试与 PostgreSQL 15")
    parser.add_argument("--part", metavar="i/n", help="只跑第 i 份，共 n 份，如 1/4")


def run(options: argparse.Namespace) -> Answer:
    if options.part and not re.fullmatch(r"[1-9]\d*/[1-9]\d*", options.part):
        raise CouldNot("--part 的写法是 i/n，如 1/4")
    browser = chromium()
    if browser:
        assets.copy()  # a fresh clone has none, and a page without its style sheet is another page
    codes: dict[str, int] = {}
    for phase in phases(options.rest, everything=options.all, part=options.part):
        if phase.name == "journeys" and browser is None:
            say("端到端测试未运行：请安装 chromium")
            codes[phase.name] = FINDINGS if os.environ.get("CI") == "1" else DONE
            continue
        codes[phase.name] = _pytest(phase, browser, quiet=options.json)
    return _answer(codes)


def phases(rest: Sequence[str], *, everything: bool, part: str | None) -> list[Phase]:
    """What is run, in order. Named paths are one phase of their own; options go to every phase."""
    common = [*rest]
    if everything:
        common.append("--all")
    if part:
        common.append(f"--part={part}")
    if any(not a.startswith("-") and (ROOT / a.split("::")[0]).exists() for a in rest):
        return [Phase("chosen", tuple(common))]
    # A narrowed run is over before a second worker has migrated its database.
    suite = ("-m", "not journey", *(() if rest else WORKERS), *common)
    found = [Phase("suite", suite)]
    if (ROOT / JOURNEYS).exists():
        workers = () if rest else WORKERS
        found.append(Phase("journeys", ("-m", "journey", JOURNEYS, *workers, *common)))
    if everything and FLOOR.exists():
        found.append(Phase("postgresql-15", suite, (("HUIYIN_PG_BIN", str(FLOOR)),)))
    elif everything:
        say(f"没有 {FLOOR}，未在 PostgreSQL 15 上运行")
    return found


def chromium() -> str | None:
    """The browser of the journeys, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return shutil.which("chromium") or shutil.which("chromium-browser")


def _pytest(phase: Phase, browser: str | None, *, quiet: bool) -> int:
    started = time.monotonic()
    environment = {**os.environ, **dict(phase.environment), "HUIYIN_TESTING": "1"}
    if browser:
        environment["CHROMIUM"] = browser
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *phase.arguments], cwd=ROOT, env=environment, check=False,
        stdout=sys.stderr if quiet else None,
    )  # fmt: skip
    if "HUIYIN_PG_BIN" in dict(phase.environment):
        pg.tests(environment["HUIYIN_PG_BIN"]).stop()  # nobody needs the other one between runs
    code = DONE if done.returncode in (DONE, NOTHING) else done.returncode
    words = {DONE: "通过", FINDINGS: "未过"}.get(code, "没有跑完")
    say(f"{phase.name}：{words}，{time.monotonic() - started:.0f} 秒")
    return code


def _answer(codes: dict[str, int]) -> Answer:
    failed = [name for name, code in codes.items() if code]
    worst = DONE
    if failed:
        worst = FINDINGS if all(codes[n] == FINDINGS for n in failed) else COULD_NOT
    return Answer(
        {"ok": not failed, "failed": failed, "phases": list(codes)},
        [f"测试未通过：{'、'.join(failed)}" if failed else "测试通过"],
        worst,
    )
