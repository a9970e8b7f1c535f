"""huiyin seed base: what every installation stands on (areas, calendar, defaults, categories)."""

from __future__ import annotations

import argparse
from typing import Any

from huiyin.config.command import DONE, FINDINGS, Answer, CouldNot, ready, say


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("what", choices=["base"], help="base = 区划、日历、参数、时限、类别")


def run(options: argparse.Namespace) -> Answer:
    ready()
    from huiyin.base import clock
    from huiyin.org.services.seeding import DivisionListMissing

    try:
        data = seed_base(clock.now())
    except DivisionListMissing as error:
        raise CouldNot(str(error)) from None
    for line in data["findings"]:
        say(line)
    lines = [
        f"区划 {data['areas']} 个（新增 {data['areas_added']}）",
        f"工作日历 {data['years'][0]}—{data['years'][-1]} 年（新增 {data['days_added']} 天）",
        f"本地参数新增 {data['defaults_added']} 项，时限新增 {data['deadlines_added']} 项",
    ]
    return Answer(data, lines, FINDINGS if data["findings"] else DONE)


def seed_base(at: Any) -> dict[str, Any]:
    """Seed everything that is missing, as of the moment `at`; counts, and findings in Chinese."""
    from django.utils import timezone

    from huiyin.base.services import seeding as base
    from huiyin.cases.services import seeding as cases
    from huiyin.intake.services import seeding as intake
    from huiyin.org.services import seeding as org

    areas = org.seed_areas()
    calendar = base.seed_calendar(day=timezone.localdate(at))
    defaults = base.seed_local_defaults()
    deadlines = cases.seed_deadlines()
    catalogue = _triage(at)
    answers = intake.seed_answers()
    findings = [
        f"工作日历缺少 {year} 年：国务院办公厅公布放假安排后请录入，在此之前跨到该年的时限无法计算"
        for year in calendar.missing
    ]
    findings += [
        f"区划 {code} 现名“{here}”，新区划表中为“{there}”，请人工核对"
        for code, here, there in areas.renamed
    ]
    return {
        "ok": True, "areas": areas.standing, "areas_added": areas.added,
        "years": list(calendar.years), "missing_years": list(calendar.missing),
        "days_added": calendar.added, "defaults_added": defaults, "deadlines_added": deadlines,
        "catalogue": catalogue, "answers_added": answers, "findings": findings,
    }  # fmt: skip


def _triage(at: Any) -> Any:
    """The catalogue of categories, where the triage app has a seed of its own."""
    import importlib
    import importlib.util

    if importlib.util.find_spec("huiyin.triage.services.seeding") is None:
        return None
    return importlib.import_module("huiyin.triage.services.seeding").seed(at)
