"""When a case is stuck: nothing happened for days, or nobody is there who could go on.

Source: design.md §4 (a nightly list of stuck cases), practice.md §9 (派单后无人接).
"""

from __future__ import annotations

from huiyin.base.rules.local_defaults import LocalDefaultSeed
from huiyin.cases.rules import words as w

#: Days without an event after which an open case is on the list.
STUCK_DAYS = LocalDefaultSeed(
    "cases.stuck_days", "多少天没有动静算卡住", 7, "天", "通行做法：办件周例会清理"
)

#: How many are stuck at what, in the message of the night: no names, no texts.
COUNTED = ("{days} 天没有动静 {n} 件", "主办单位已撤销 {n} 件", "主办单位没有在任的承办人 {n} 件",
           "下一步没有人能办 {n} 件")  # fmt: skip

SILENT = "{days} 天没有动静"
UNIT_GONE = "主办单位已撤销，请改派"
UNIT_EMPTY = "主办单位没有在任的承办人，请督促配人或改派"

#: status → the grant that moves it on, where that is a post of an area and not the unit.
NEXT_GRANT = {
    w.REGISTERED: "case.admit",
    w.AWAITING_DISPATCH: "case.dispatch",
    w.AWAITING_RETURN_RULING: "case.rule_return",
    w.AWAITING_REVIEW: "case.review",
    w.AWAITING_CALLBACK: "case.callback",
    w.SUSPENDED: "case.rule_suspension",
}
_WHO = {
    w.REGISTERED: "受理员",
    w.AWAITING_DISPATCH: "派单员",
    w.AWAITING_RETURN_RULING: "裁定退单的派单员",
    w.AWAITING_REVIEW: "审核员",
    w.AWAITING_CALLBACK: "回访员",
    w.SUSPENDED: "复核挂账的督办员或审核员",
}


def nobody(status: str) -> str:
    """The sentence for a step that nobody in post may take."""
    return f"当地没有在任的{_WHO[status]}"


def counted(counts: tuple[int, int, int, int], days: int) -> str:
    """“7 天没有动静 3 件，下一步没有人能办 1 件”, what there is none of left out."""
    parts = zip(COUNTED, counts, strict=True)
    return "，".join(words.format(days=days, n=n) for words, n in parts if n)
