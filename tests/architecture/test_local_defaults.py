"""What a city may decide is a row of 本地参数 or of 时限, never a constant in code."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

from tests.architecture import sources
from tests.architecture.sources import Findings

#: Spans of time that are no policy: why they are constants.
SPANS = {
    "base.rules.workday_calendar.ONE_DAY": "a day",
    "org.services.organising.ONE_DAY": "a day",
    "org.views.roster.AHEAD": "how far ahead the page looks for gaps",
    "cases.rules.waiting.AHEAD": "lower bound of recheck.ahead_days, which a city sets",
    "cases.selectors.timeline.LATE": "when a line says that it was entered later",
    "cases.services.handing_over.LOOKED_BACK": "how far back the page lists sheets that are done",
    "cases.services.listening.ONE_HEARING": "one hearing of a player that asks piece by piece",
    "intake.rules.pasted.TOGETHER": "messages of one chat that belong together",
}
POLICY = ("cases", "intake", "org", "communities", "messages", "premises", "whistles", "base")


def test_spans_of_time_are_rows_that_a_city_confirms() -> None:
    wrong: Findings = []
    seen = set()
    for module in (m for m in sources.modules() if m.app in POLICY):
        dotted = ".".join((module.app, *module.inside)).removesuffix(".py")
        for node in module.tree.body:
            if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
                continue
            if sources.called(node.value) != "timedelta":
                continue
            names = [f"{dotted}.{t.id}" for t in node.targets if isinstance(t, ast.Name)]
            seen |= set(names)
            wrong += [f"{module.at(node)} {n}" for n in names if n not in SPANS]

    assert not wrong, "\n".join(wrong)
    assert set(SPANS) <= seen, f"no longer there: {set(SPANS) - seen}"


def test_every_default_is_declared_with_origin_and_bounds() -> None:
    from huiyin.base.services.defaults import local_default_seeds

    wrong = [
        seed.code
        for seed in local_default_seeds()
        if not seed.origin
        or (isinstance(seed.value, int) and not seed.least <= seed.value <= seed.most)
    ]

    assert not wrong


def test_every_default_is_declared_when_the_site_starts() -> None:
    """`seed base` inserts what is declared: a module that nobody has imported by then is missed."""
    written = set()
    for module in sources.modules():
        for call in sources.calls(module, "LocalDefaultSeed"):
            names = sources.literal(call)
            written |= {names} if names else set()
    started = subprocess.run(
        [sys.executable, "-c",
         "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'huiyin.config.settings'\n"
         "import django; django.setup()\n"
         "from huiyin.base.services.defaults import local_default_seeds\n"
         "print(' '.join(s.code for s in local_default_seeds()))"],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip

    missing = written - set(started.stdout.split())

    assert not missing
