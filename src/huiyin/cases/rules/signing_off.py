"""How a case is signed off, in the words of the resident. Source: practice.md §1.3 不满意销号."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.base.rules.times import long_date

#: Codes that end a case which the reporter does not call solved: only after a rework.
UNSOLVED = ("ruled", "extended", "transferred")
#: code → what stands on the resident's timeline and in the message.
TOLD = {
    "satisfied": "已办结并核实",
    "ruled": "重办后经研究，按现有结果办结",
    "extended": "还没有全部办好，延到{until}前办好",
    "transferred": "已移交{to_whom}继续办理",
    "unsampled": "已办结",
    "unreachable": "多次联系您没有接通，已先办结",
    "refused": "已办结",
}


def told(data: Mapping[str, Any]) -> str:
    """The sentence of a sign-off; "" for one that says no code. `data` is that of its event, whether
    already written down or not."""
    until = data.get("until") or ""
    if until and not isinstance(until, date):
        until = date.fromisoformat(until)
    return TOLD.get(data.get("code", ""), "").format(
        until=long_date(until) if until else "约定日期", to_whom=data.get("to_whom") or "有关单位"
    )
