"""How states, events and actions look: tones and icons of base.rules.looks, the ring, the letters.

Colour has meaning and never stands alone (docs/visual.md): 松 solved · 琥珀 waiting · 朱 danger.
"""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.cases.rules import words as w

#: status → tone.
STATUS_TONES = {
    w.REGISTERED: "waiting",
    w.AWAITING_DISPATCH: "waiting",
    w.AWAITING_ACCEPTANCE: "waiting",
    w.IN_PROGRESS: "working",
    w.AWAITING_RETURN_RULING: "waiting",
    w.AWAITING_REVIEW: "waiting",
    w.AWAITING_CALLBACK: "waiting",
    w.SUSPENDED: "paused",
    w.CLOSED: "solved",
    w.ANSWERED: "closed",
    w.TOLD_CHANNEL: "closed",
    w.DECLINED: "stopped",
    w.TERMINATED: "stopped",
    w.MERGED: "closed",
    w.ARCHIVED: "closed",
    w.WITHHELD: "stopped",
}
#: status → how far round the circle the case has come (0 … 1; 1 closes it).
STATUS_SHARES = {
    w.REGISTERED: 0.08,
    w.AWAITING_DISPATCH: 0.16,
    w.AWAITING_ACCEPTANCE: 0.28,
    w.AWAITING_RETURN_RULING: 0.28,
    w.IN_PROGRESS: 0.5,
    w.SUSPENDED: 0.5,
    w.AWAITING_REVIEW: 0.7,
    w.AWAITING_CALLBACK: 0.85,
}


def share(status: str) -> float:
    """How far round the circle; everything that ended has closed it."""
    return STATUS_SHARES.get(status, 1.0)


@dataclass(frozen=True)
class Look:
    """How an event stands in the timeline. `tone`, `icon`: see base.rules.looks."""

    tone: str
    icon: str


_PLAIN = Look("closed", "closed")
_STEP = Look("working", "working")
_ASKED = Look("waiting", "waiting")
_GOOD = Look("solved", "check")
_BAD = Look("danger", "cross")

#: event → look; what is not named here is a plain grey dot.
EVENT_LOOKS = {
    "reported": Look("working", "message"),
    "admitted": _STEP,
    "dispatched": Look("working", "forward"),
    "redispatched": Look("working", "forward"),
    "taken_over": Look("working", "person"),
    "handed_over": Look("working", "person"),
    "support_replaced": Look("working", "forward"),
    "accepted": Look("working", "check"),
    "first_contacted": Look("working", "phone"),
    "contact_transferred": Look("working", "phone"),
    "arrived": Look("working", "place"),
    "step_recorded": Look("working", "edit"),
    "support_finished": Look("working", "check"),
    "result_submitted": Look("working", "message"),
    "approved": _GOOD,
    "sent_back": _BAD,
    "called_back": Look("working", "phone"),
    "reporter_answered": Look("working", "person"),
    "rework_ordered": _BAD,
    "signed_off": Look("solved", "solved"),
    "rechecked": _GOOD,
    "archived": _PLAIN,
    "return_asked": _ASKED,
    "return_granted": Look("working", "forward"),
    "return_refused": _BAD,
    "extension_asked": _ASKED,
    "extension_granted": _GOOD,
    "extension_refused": _BAD,
    "suspension_asked": _ASKED,
    "suspended": Look("paused", "paused"),
    "suspension_refused": _BAD,
    "suspension_reviewed": Look("paused", "paused"),
    "resumed": _STEP,
    "exclusion_asked": _ASKED,
    "exclusion_first_agreed": _ASKED,
    "excluded": Look("stopped", "stopped"),
    "exclusion_refused": _BAD,
    "termination_asked": _ASKED,
    "terminated": Look("stopped", "stopped"),
    "termination_refused": _BAD,
    "relapse_reported": Look("danger", "danger"),
    "reopened": Look("danger", "danger"),
    "relapse_refused": _PLAIN,
    "reminder_sent": Look("soon", "due-soon"),
    "supervision_issued": Look("over", "overdue"),
    "admonition_issued": Look("over", "overdue"),
    "escalated": Look("over", "overdue"),
    "escalated_by_rule": Look("over", "overdue"),
    "reminded": Look("soon", "due-soon"),
    "overdue": Look("over", "overdue"),
    "consulted": Look("working", "board"),
    "noted": Look("closed", "edit"),
    "voice_added": Look("working", "person"),
    "merged": Look("closed", "merge"),
    "unmerged": Look("working", "merge"),
    "answered_at_once": _GOOD,
    "channel_told": Look("closed", "forward"),
    "declined": Look("stopped", "stopped"),
    "withheld": Look("stopped", "lock"),
    "handled_on_spot": _GOOD,
    "on_spot_drawn": Look("waiting", "eye"),
    "looked_true": _GOOD,
    "looked_untrue": _BAD,
    "on_spot_reopened": Look("danger", "danger"),
    "looked_unsure": Look("closed", "eye"),
    "history_imported": _PLAIN,
    "content_erased": Look("closed", "lock"),
}

#: Events that no transition names: filing, the system, imported histories.
EVENT_LABELS = {
    "reported": "诉求登记",
    "due_recomputed": "重新推算到期时间",
    "handled_on_spot": "当场办好（自办件）",
    "history_imported": "历史办理结果导入",
    "content_erased": "保存期满，内容已清除",
}


def event_look(event: str) -> Look:
    """How an event stands on the timeline; a plain mark for one that no row names."""
    return EVENT_LOOKS.get(event, _PLAIN)


#: action → the single letter that presses it (initial of a telling syllable). Letters of actions
#: that can stand on one page differ: a test walks every status. j, k, ?, / and o belong to the list.
KEYS = {
    "admit": "s",  # 受理
    "answer": "d",  # 当场答复
    "tell_channel": "f",  # 法定途径
    "decline": "n",  # 不予受理
    "dispatch": "p",  # 派单
    "redispatch": "p",
    "accept": "q",  # 签收
    "contact": "l",  # 联系
    "transfer_contact": "v",  # 转接
    "arrive": "d",  # 到场
    "record_step": "i",  # 记录
    "support_done": "x",  # 协办
    "submit_result": "t",  # 提交
    "approve": "a",  # 通过
    "send_back": "b",  # 退回重办
    "call_back": "h",  # 回访
    "rework": "b",  # 发回重办
    "sign_off": "x",  # 销号
    "recheck_good": "w",  # 稳固
    "archive": "g",  # 归档
    "return_case": "r",  # 退单
    "grant_return": "y",  # 准予
    "refuse_return": "n",
    "ask_extension": "y",  # 延期
    "grant_extension": "1",
    "refuse_extension": "2",
    "ask_suspension": "g",  # 挂账
    "grant_suspension": "3",
    "refuse_suspension": "4",
    "review_suspension": "w",
    "resume": "h",  # 恢复
    "merge": "m",
    "unmerge": "m",
    "note": "e",
    "remind": "c",  # 催办
    "supervise": "u",
    "reopen": "f",  # 反弹
    "take_over": "z",
}

#: Side roads: they stand behind the buttons that go straight on, in this order.
DETOURS = ("return_case", "ask_extension", "ask_suspension", "ask_exclusion", "ask_termination",
           "redispatch", "replace_support", "escalate", "reopen", "tell_channel", "decline",
           "withhold")  # fmt: skip
#: What adds to a case without moving it, in this order: what somebody waits for, then corrections.
BESIDE = ("acknowledge_alert", "answer_supervision", "coordinate", "remind", "supervise", "admonish",
          "take_over", "reclassify", "correct_about", "split", "merge", "unmerge", "link_related",
          "link_repeat", "ask_statement", "consult", "note")  # fmt: skip


def group(action: str) -> int:
    """0 straight on, 1 side road, 2 beside."""
    return 1 if action in DETOURS else 2 if action in BESIDE else 0


def place(action: str) -> int:
    """Where an action stands in its group; straight on, the order of the table holds."""
    rows = DETOURS if action in DETOURS else BESIDE if action in BESIDE else ()
    return rows.index(action) if rows else 0


#: After these the same person mostly goes on with the same case; after others the inbox moves on.
GOES_ON = ("admit", "call_back", "contact", "record_step", "note", "arrive", "reclassify")
