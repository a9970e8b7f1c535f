"""Load the demonstration: organisation, older histories by import, a month of live work, a seal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from huiyin.cases.services import sealing
from huiyin.drill.services import building, ledgers, library, living


def load(*, now: datetime, progress: Callable[[str], None]) -> int:
    """Build and live the demonstration city until `now`; number of live reports."""
    city = building.build(at=now)
    progress(f"单位与人员已建：{city.people} 人")
    count = living.live(city, now=now)
    progress(f"近 {living.DAYS} 天的诉求已走完流程：{count} 件")
    rows = ledgers.keep(city, now=now) + library.keep(city, now=now)
    progress(f"台账已登记：{rows} 行")
    sealing.seal(at=now)
    return count
