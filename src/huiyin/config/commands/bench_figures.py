"""figures: an article of 3,000 characters checked, against the two seconds that a person waits gladly.

The city has 10,000 reports. The article is written here: sixty figures, each said in a way of its own,
so that every value is computed and none is kept from the figure before.
"""

from __future__ import annotations

import argparse
import time
from statistics import median
from typing import TYPE_CHECKING

from huiyin.config.commands.bench import Measure
from huiyin.config.commands.bench_city import City, empty_cases, report

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORTS = 10_000
CHARACTERS = 3_000
LIMIT = 2_000.0
_SAID = (
    "{month}月，全市共受理群众各类诉求{n}件，派出{n}件，答复{n}件，按期答复率9{d}.{d}%，群众满意率9{d}%。",
    "其中，咨询类{n}件、求助类{n}件、投诉类{n}件，咨询类占{n}%，受理量同比增长{d}.{d}%。",
    "有关部门坚持问题导向，第一时间到现场查看，把群众的急难愁盼问题一件一件解决好，件件有着落、事事有回音。",
)


def measure(city: City, options: argparse.Namespace) -> dict[str, Measure]:
    """The median time of a check in milliseconds."""
    from huiyin.cases.services import filing
    from huiyin.org.models import Area
    from huiyin.paperwork.services import checking

    empty_cases()
    for _ in filing.file_reports((report(city, n) for n in range(REPORTS)), recorded_at=city.at):
        pass
    text = article()
    place = Area.objects.get(pk=city.county.pk)
    times = []
    for _ in range(options.rounds + 1):
        began = time.perf_counter()
        found = checking.check_text(
            text, place=place, as_of=city.at.date(), posts=None, remembered={}
        )
        times.append((time.perf_counter() - began) * 1000)
    what = f"{len(text):,} 字、{len(found.figures)} 个数的稿件核对一遍，对 2 秒"
    return {"figures": Measure(median(times[1:]), LIMIT, 1.0, "ms", what)}


def article() -> str:
    """CHARACTERS characters of the usual kind."""
    return "".join(_sentences())[:CHARACTERS]


def _sentences() -> Iterator[str]:
    for n in range(CHARACTERS):
        yield _SAID[n % len(_SAID)].format(month=n // 3 % 12 + 1, n=100 + n, d=n % 10)
