"""Deadlines as rows: started, met, cancelled, recomputed by replaying the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huiyin.base.rules.durations import FOREVER
from huiyin.base.rules.workdays import Duration, WorkdayCalendar, due, replay
from huiyin.base.selectors import workday_calendar
from huiyin.cases import selectors
from huiyin.cases.models import Assignment, Case, Deadline
from huiyin.cases.rules import words as w
from huiyin.cases.rules.deadlines import Limit, pick

#: The word for the moment at which a clock starts, in the explanation line.
START_WORDS = {
    "admit": "收到", "callback": "审核通过", "return_ruling": "提出退单", "recheck": "办结",
    "suspension_review": "挂账", "first_talk": "受理",
}  # fmt: skip


def limit_for(case: Case, what: str, at: datetime) -> Limit | None:
    """The time limit of a case's step at that moment."""
    return pick(
        selectors.limits(), what=what, day=at.date(), case_type=case.type, channel=case.channel,
        kind=case.kind, category=case.category, urgency=case.urgency,
    )  # fmt: skip


def start(
    case: Case,
    what: str,
    at: datetime,
    assignment: Assignment | None = None,
    calendar: WorkdayCalendar | None = None,
) -> Deadline | None:
    """Start a clock; None when the type has none of that name."""
    limit = limit_for(case, what, at)
    if limit is None:
        return None
    word = START_WORDS.get(what, "派出")
    answer = due(at, Duration(limit.amount, limit.unit), calendar or workday_calendar(), word=word)  # type: ignore[arg-type]
    return Deadline.objects.create(
        case=case, assignment=assignment, what=what, round=case.round, start_at=at,
        amount=limit.amount, unit=limit.unit, due_at=answer.at or FOREVER, basis=limit.basis,
        explanation=answer.explanation,
    )  # fmt: skip


def meet(case: Case, what: str, at: datetime, assignment: Assignment | None = None) -> None:
    """End running clocks of that name; whether in time is kept for good."""
    running = selectors.running_deadlines([case.pk]).filter(what=what)
    if assignment is not None:
        running = running.filter(assignment=assignment)
    for deadline in running:
        deadline.met_at, deadline.met = at, at <= deadline.due_at
        deadline.save(update_fields=["met_at", "met"])


def cancel(case: Case, whats: Iterable[str], at: datetime) -> None:
    """Clocks that lost their object: neither met nor missed."""
    selectors.running_deadlines([case.pk]).filter(what__in=list(whats)).update(cancelled_at=at)


def recompute(case: Case) -> None:
    """Due times and explanations of running clocks, replayed from the ledger."""
    calendar = workday_calendar()
    for deadline in selectors.running_deadlines([case.pk]):
        if deadline.what not in ("handle", "accept", "contact", "support"):
            continue
        word = START_WORDS.get(deadline.what, "派出")
        answer = replay(selectors.clock_history(case, deadline), calendar, word=word)
        deadline.due_at = answer.at or FOREVER
        deadline.explanation = answer.explanation
        deadline.save(update_fields=["due_at", "explanation"])


def next_due(case: Case) -> datetime | None:
    """What the case row shows as due: the clock of the status it is in."""
    whats = {
        w.REGISTERED: ("admit",),
        w.AWAITING_ACCEPTANCE: ("handle",),
        w.IN_PROGRESS: ("handle",),
        w.AWAITING_RETURN_RULING: ("handle",),
        w.AWAITING_REVIEW: (),
        w.AWAITING_CALLBACK: ("callback",),
        w.SUSPENDED: ("suspension_review",),
        w.CLOSED: ("recheck",),
    }.get(case.status, ())
    running = selectors.running_deadlines([case.pk]).filter(what__in=whats)
    first = running.order_by("due_at").values_list("due_at", flat=True).first()
    return None if first is None or first >= FOREVER else first
