"""Mediation of neighbours 邻里调解 as rows of the engine's table.

Voluntary from beginning to end: without the word of both sides nothing begins, and either may go
(人民调解法第三条、第二十三条). Outside dispatch, return and the three rates; nobody checks it, for the
two sides know best. First talk within 7 days (practice.md §1.8). Where it fails, both are told
which roads the law leaves them (第二十六条).
"""

from __future__ import annotations

from huiyin.cases.rules import words as w
from huiyin.cases.rules.transitions import BASE, Ask, Transition, by_action
from huiyin.cases.rules.waiting import STATUS, Waiting

GRANT = "case.mediate"
BOTH = {"both": "申请方和对方都愿意调解"}
FORMS = {"oral": "口头协议", "written": "书面调解协议"}

_HERE = (w.REGISTERED, w.IN_PROGRESS)
_CLOCK = ("first_talk",)


def _told(label: str, help: str) -> Ask:
    return Ask("reply", label, words=True, public=True, help=help)


OWN = (
    Transition(
        "agree_to_mediate", "双方同意调解", "mediation_agreed", (w.REGISTERED,), w.IN_PROGRESS,
        GRANT, duty="handle",
        asks=(
            Ask("agreed", "双方意愿", "choice", choices=BOTH,
                help="调解自愿：两边都当面或电话说过愿意，才能开始"),
            Ask("note", "怎样征得同意的", words=True, required=False),
        ),
        starts=_CLOCK, told="双方都愿意调解，7 天内约第一次", likely=True,
    ),
    Transition(
        "decline_mediation", "有一方不愿调解", "mediation_declined", _HERE, w.TOLD_CHANNEL, GRANT,
        duty="handle",
        asks=(_told("告知申请方的话", "说明对方不愿意，可以怎样依法解决；申请方会原样看到"),),
        cancels=_CLOCK, told="有一方不愿意调解，已告知其他办法",
        causes="有一方不愿意就不能调解；此件结束，不算未解决。",
    ),
    Transition(
        "talk", "登记一次调解", "talked", (w.IN_PROGRESS,), None, GRANT, duty="handle",
        asks=(Ask("note", "谈了什么，下一步", words=True),), meets=_CLOCK, told="已谈过一次",
        likely=True,
    ),
    Transition(
        "reach_agreement", "达成协议", "agreement_reached", (w.IN_PROGRESS,), w.CLOSED, GRANT,
        duty="handle",
        asks=(
            Ask("form", "协议形式", "choice", choices=FORMS),
            _told("协议要点", "谁做什么、什么时候做完；申请方会原样看到"),
            Ask("files", "调解协议书", "files", required=False, help="选填"),
        ),
        meets=_CLOCK, told="双方达成协议", causes="此件办结。",
    ),
    Transition(
        "fail_mediation", "未达成协议", "mediation_failed", (w.IN_PROGRESS,), w.TOLD_CHANNEL, GRANT,
        duty="handle",
        asks=(_told("告知双方的话", "依法告知可以走的渠道：仲裁、行政、诉讼；申请方会原样看到"),),
        meets=_CLOCK, told="没有谈成，已告知其他办法", causes="调解结束，不算未解决。",
    ),
    Transition(
        "withdraw_mediation", "申请方撤回", "mediation_withdrawn", _HERE, w.TERMINATED, GRANT,
        duty="handle", asks=(Ask("note", "申请方怎么说的", words=True),), cancels=_CLOCK,
        told="您已撤回调解申请", causes="此件结束。",
    ),
)  # fmt: skip

_SHARED = ("note", "acknowledge_alert", "remind_due", "mark_overdue")
TRANSITIONS: tuple[Transition, ...] = (*OWN, *(by_action(BASE)[action] for action in _SHARED))

#: What it asks in the inbox: the word of both sides, then to talk (the first within its limit).
WAITING = (
    Waiting("ask_both", "待问双方意愿", GRANT, STATUS, (w.REGISTERED,), "agree_to_mediate",
            duty="handle"),
    Waiting("mediate", "待调解", GRANT, STATUS, (w.IN_PROGRESS,), "talk", clock="first_talk",
            duty="handle"),
)  # fmt: skip

#: Due is the first talk, and nothing after it: how long neighbours need is theirs to say.
DUE = {w.IN_PROGRESS: _CLOCK}
