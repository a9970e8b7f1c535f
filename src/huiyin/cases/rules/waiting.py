"""What waits for somebody: rows, not code. One row = one thing that is asked of a post.

The inbox is the union of these rows over all posts of a person. What burns comes first: danger to
life, then what is over its time, then what is due within a day, then the rest; in each of these
utilities before ordinary reports, then by time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.cases.rules import words as w
from huiyin.cases.rules.transitions import ALERTED

#: Where a row is found.
STATUS, LEAD, SUPPORT, REQUEST, CLOCK = "status", "lead", "support", "request", "clock"
LOOK = "look"
LEAD_RECUSED, SUPPORT_RECUSED = "lead_recused", "support_recused"
#: Whose open part a recusal 回避 hits.
RECUSED = {LEAD_RECUSED: "lead", SUPPORT_RECUSED: "support"}

_WORKING = (w.AWAITING_ACCEPTANCE, w.IN_PROGRESS)
_UNDER_WAY = (*_WORKING, w.AWAITING_RETURN_RULING, w.AWAITING_REVIEW, w.AWAITING_CALLBACK)
_NOT_ENDED = tuple(s for s in w.STATUSES if s not in w.ENDED)


@dataclass(frozen=True)
class Waiting:
    """One thing that is asked. `action` is the likely answer, `duty` what doing it makes one.

    `found`: by the case's status in the post's scope; by the unit's own open part (LEAD, SUPPORT);
    by an undecided request; by a draw of on-spot cases for the unit (LOOK);
    by a recusal of the unit that leads or supports (RECUSED); by a running clock that is nearly over. `clock` names the deadline that
    burns (empty = the case's own due time; none = by how long it has waited). `narrow` names a
    further condition that the selector knows.
    """

    code: str
    label: str
    grant: str
    found: str
    statuses: tuple[str, ...]
    action: str
    clock: str = ""
    request: str = ""
    duty: str = ""
    narrow: str = ""


WAITING: tuple[Waiting, ...] = (
    Waiting("alert", "待值班领导知悉", "case.alert", CLOCK, ALERTED, "acknowledge_alert",
            clock="alert"),
    Waiting("admit", "待受理", "case.admit", STATUS, (w.REGISTERED,), "admit"),
    Waiting("dispatch", "待派单", "case.dispatch", STATUS, (w.AWAITING_DISPATCH,), "dispatch"),
    Waiting("accept", "待签收", "case.accept", LEAD, (w.AWAITING_ACCEPTANCE,), "accept",
            clock="accept", duty="handle"),
    Waiting("contact", "待首次联系", "case.contact", LEAD, (w.IN_PROGRESS,), "contact",
            clock="contact", duty="handle", narrow="not_contacted"),
    Waiting("relay", "待转接联系", "case.transfer_contact", STATUS, _WORKING, "transfer_contact",
            clock="contact", narrow="relay_not_contacted"),
    Waiting("handle", "办理中", "case.handle", LEAD, (w.IN_PROGRESS,), "submit_result",
            clock="handle", duty="handle", narrow="contacted"),
    Waiting("handle_again", "待重办", "case.handle", LEAD, (w.IN_PROGRESS,), "submit_result",
            clock="handle", duty="handle", narrow="sent_back"),
    Waiting("support", "待协办反馈", "case.support", SUPPORT,
            (*_WORKING, w.AWAITING_RETURN_RULING), "support_done", clock="support", duty="handle"),
    Waiting("lead_recused", "需改派：承办单位已回避", "case.dispatch", LEAD_RECUSED,
            (*_WORKING, w.SUSPENDED), "redispatch"),
    Waiting("support_recused", "需换协办：协办单位已回避", "case.dispatch", SUPPORT_RECUSED,
            (*_WORKING, w.AWAITING_RETURN_RULING), "replace_support"),
    Waiting("rule_return", "待裁定退单", "case.rule_return", REQUEST, (w.AWAITING_RETURN_RULING,),
            "grant_return", clock="return_ruling", request="return"),
    Waiting("rule_extension", "待裁定延期", "case.rule_extension", REQUEST, _UNDER_WAY,
            "grant_extension", request="extension"),
    Waiting("rule_suspension", "待裁定挂账", "case.rule_suspension", REQUEST, (w.IN_PROGRESS,),
            "grant_suspension", request="suspend"),
    Waiting("rule_termination", "待裁定终止", "case.rule_termination", REQUEST,
            (w.IN_PROGRESS, w.SUSPENDED), "grant_termination", request="terminate"),
    Waiting("exclusion_first", "待剔除初审", "case.rule_exclusion", REQUEST,
            (*_NOT_ENDED, w.CLOSED), "first_exclusion", request="exclude", narrow="first_review"),
    Waiting("exclusion_second", "待剔除复审", "case.rule_exclusion", REQUEST,
            (*_NOT_ENDED, w.CLOSED), "second_exclusion", request="exclude", narrow="second_review"),
    Waiting("review", "待审核", "case.review", STATUS, (w.AWAITING_REVIEW,), "approve",
            duty="check"),
    Waiting("call_back", "待回访", "case.callback", STATUS, (w.AWAITING_CALLBACK,), "call_back",
            duty="check", narrow="not_heard"),
    Waiting("call_back_merged", "待回访（并入的）", "case.callback", STATUS, (w.MERGED,), "call_back",
            duty="check", narrow="merged_not_heard"),
    Waiting("sign_off", "待销号", "case.sign_off", STATUS, (w.AWAITING_CALLBACK,), "sign_off",
            duty="check", narrow="heard"),
    Waiting("suspension_review", "挂账复核到期", "case.rule_suspension", CLOCK, (w.SUSPENDED,),
            "review_suspension", clock="suspension_review"),
    Waiting("recheck", "复查到期", "case.recheck", CLOCK, (w.CLOSED,), "recheck_good",
            clock="recheck", duty="check"),
    Waiting("look_on_spot", "待核看自办件", "case.look_on_spot", LOOK, (w.CLOSED,), "look_true",
            duty="check"),
    Waiting("relapse", "待核实反弹", "case.recheck", REQUEST, (w.CLOSED,), "reopen",
            request="relapse"),
    Waiting("answer_supervision", "待答复督办", "case.handle", LEAD, (*_UNDER_WAY, w.SUSPENDED),
            "answer_supervision", clock="supervision_answer", narrow="supervised"),
    Waiting("coordinate", "已提级待协调", "case.escalate", STATUS,
            (*_UNDER_WAY, w.AWAITING_DISPATCH, w.SUSPENDED), "coordinate", clock="coordinate",
            narrow="escalated"),
    Waiting("remind", "超期待督办", "case.supervise", STATUS, _UNDER_WAY, "remind",
            narrow="overdue_unsupervised"),
)  # fmt: skip

#: A clock of CLOCK rows is shown this long before it ends.
AHEAD = timedelta(days=3)

LIFE, OVER, NEARLY, REST = 0, 1, 2, 3
HEAT_LABELS = {LIFE: "危及生命财产", OVER: "已超期", NEARLY: "{soon} 小时内到期", REST: "其余"}
URGENCY_RANKS = {"life": 0, "utility": 1, "normal": 2}


def heat(*, urgency: str, due_at: datetime | None, now: datetime, soon: timedelta) -> int:
    """How hot something is, LIFE … REST; the lists sort by it first."""
    if urgency == "life":
        return LIFE
    if due_at is None:
        return REST
    if due_at < now:
        return OVER
    return NEARLY if due_at <= now + soon else REST
