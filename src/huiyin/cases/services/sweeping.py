"""The sweep: reminders, overdue marks, escalation, whatever was missed while the system was down.

Idempotent by (deadline, step): the step is kept on the deadline in the transaction of its event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyin.cases import selectors
from huiyin.cases.models import Case, Deadline
from huiyin.cases.services import clocks, performing, thresholds
from huiyin.cases.services.steps import SYSTEM, ActionRefused

#: Clocks whose end is a fact worth an event. The return window simply closes (guards read its end).
MARKED = ("admit", "accept", "contact", "handle", "support", "return_ruling", "callback",
          "suspension_review", "first_talk", "alert", "coordinate",
          "supervision_answer")  # fmt: skip
LIMIT = 5_000


@dataclass(frozen=True)
class Swept:
    """How many of each were done; `left` = more is due than one run takes."""

    reminded: int
    overdue: int
    escalated: int
    recounted: int
    left: bool


def sweep(*, at: datetime, limit: int = LIMIT) -> Swept:
    """Do what time brings until `at`. Safe to run twice, or by two workers at once."""
    due = list(
        selectors.due_before(at).filter(what__in=MARKED).exclude(steps_done__contains=["overdue"])
        .values_list("pk", flat=True)[: limit + 1]
    )  # fmt: skip
    overdue = sum(_step(pk, "overdue", "mark_overdue", at) for pk in due[:limit])
    late = (
        selectors.due_before(at).filter(what="handle").exclude(steps_done__contains=["escalated"])
    )
    escalated = 0
    for deadline in late[:limit]:
        span = deadline.due_at - deadline.start_at
        if at - deadline.due_at >= span and not deadline.case.escalated:
            escalated += _step(deadline.pk, "escalated", "escalate_automatically", at)
    reminded = sum(_step(d.pk, "reminded", "remind_due", at) for d in _nearly_due(at)[:limit])
    selectors.due_before(at).filter(what="return_window").update(cancelled_at=at)
    recounted = clocks.recount_provisional(at=at)
    return Swept(reminded, overdue, escalated, recounted, left=len(due) > limit)


def _nearly_due(at: datetime) -> list[Deadline]:
    """Running clocks of handling and support with little left, not reminded yet."""
    running = selectors.running_deadlines().filter(
        what__in=("handle", "support"), due_at__gt=at
    ).exclude(steps_done__contains=["reminded"]).order_by("due_at")[:LIMIT]  # fmt: skip
    share = thresholds.remind_share()
    return [d for d in running if (d.due_at - at) <= (d.due_at - d.start_at) * share]


def _step(deadline_id: int, step: str, action: str, at: datetime) -> int:
    """One step of one deadline with its event; 0 when somebody else did it or it no longer fits."""
    try:
        with transaction.atomic():
            deadline = Deadline.objects.get(pk=deadline_id)
            Case.objects.select_for_update().only("pk").get(pk=deadline.case_id)
            deadline = Deadline.objects.get(pk=deadline_id)
            if step in deadline.steps_done or deadline.met_at or deadline.cancelled_at:
                return 0
            deadline.steps_done = [*deadline.steps_done, step]
            deadline.save(update_fields=["steps_done"])
            happened = deadline.due_at if step == "overdue" else at
            performing.perform(
                case=deadline.case_id, action=action, by=SYSTEM, at=happened, recorded_at=at,
                given={"deadline": deadline.pk, "what": deadline.what, "why": deadline.what},
            )  # fmt: skip
    except ActionRefused:
        # The case has moved on: nobody is reminded of it, and it is not looked at again.
        Deadline.objects.filter(pk=deadline_id).exclude(steps_done__contains=[step]).update(
            steps_done=[*Deadline.objects.get(pk=deadline_id).steps_done, step]
        )
        return 0
    return 1
