"""huiyin sweep: what time brings, once, for an operator's own cron or after a long downtime."""

from __future__ import annotations

import argparse

from huiyin.config.command import Answer, ready


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    """It takes nothing: safe to run beside the workers, and twice."""


def run(options: argparse.Namespace) -> Answer:
    ready()
    from huiyin.base import clock
    from huiyin.cases.services import stuck_notices, sweeping

    data = {"reminded": 0, "overdue": 0, "escalated": 0, "recounted": 0}
    left = True
    while left:
        swept = sweeping.sweep(at=clock.now())
        for what in data:
            data[what] += getattr(swept, what)
        left = swept.left
    data["stuck_told"] = stuck_notices.tell_supervisors(at=clock.now())
    return Answer(
        {"ok": True, **data},
        [f"到期提醒 {data['reminded']} 件，超期 {data['overdue']} 件，提级 {data['escalated']} 件，"
         f"补年份后重算 {data['recounted']} 件，卡住的件告知 {data['stuck_told']} 个督办岗位"],
    )  # fmt: skip
