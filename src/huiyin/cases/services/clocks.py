"""Deadlines as rows: started, met, cancelled, recomputed by replaying the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from huiyin.base.rules.durations import FOREVER
from huiyin.base.rules.workdays import (
    ClockHistory,
    Duration,
    MissingYear,
    WorkdayCalendar,
    replay,
)
from huiyin.base.selectors import workday_calendar
from huiyin.cases import ledger, registry, selectors
from huiyin.cases.models import Assignment, Case, Deadline
from huiyin.cases.rules.deadlines import Limit, pick
from huiyin.cases.rules.events import NewEvent

#: The word for the moment at which a clock starts, in the explanation line.
START_WORDS = {
    "admit": "收到", "callback": "审核通过", "return_ruling": "提出退单", "recheck": "办结",
    "suspension_review": "挂账", "first_talk": "受理", "alert": "收到", "coordinate": "提级",
    "supervision_answer": "督办",
}  # fmt: skip
#: …where an action starts a clock that usually starts otherwise.
STARTED_BY = {("rework", "handle"): "发回重办"}


def counted(
    history: ClockHistory, calendar: WorkdayCalendar, *, word: str
) -> tuple[datetime, str, bool]:
    """(due, explanation, provisional) of a history.

    Next year's holidays are announced in November or later, so a clock may run into a year that
    nobody knows yet. Work does not stop for that: Monday to Friday are counted, the line says so,
    and `recount_provisional` counts again once the year is entered.
    """
    try:
        answer = replay(history, calendar, word=word)
        return answer.at or FOREVER, answer.explanation, False
    except MissingYear:
        year = max(calendar.years)
        answer = replay(history, _with_weekdays(calendar, year + 1, year + 2), word=word)
        line = f"{answer.explanation}（{year + 1} 年放假安排尚未录入，暂按周一至周五推算）"
        return answer.at or FOREVER, line, True


def _with_weekdays(calendar: WorkdayCalendar, *years: int) -> WorkdayCalendar:
    """The calendar with years of plain Mondays to Fridays behind its last one."""
    return replace(calendar, years=calendar.years | set(years), memo={})


def recount_provisional(*, at: datetime) -> int:
    """Count provisional clocks again with the calendar of now; number of cases that were settled.

    A due time that moves is an event of its own, as after a pause: the row stays the fold.
    """
    waiting = selectors.running_deadlines().filter(provisional=True)
    settled = 0
    for pk in waiting.order_by("case").values_list("case", flat=True).distinct():
        with transaction.atomic():
            ledger.hold_for_seal()
            case = Case.objects.select_for_update().get(pk=pk)
            recompute(case)
            due_at = next_due(case)
            if due_at != case.due_at:
                ledger.append(
                    case,
                    NewEvent(action="due_recomputed", at=at, recorded_at=at, actor="system",
                             set={"due_at": due_at}),
                )  # fmt: skip
            settled += not waiting.filter(case=case).exists()
    return settled


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
    *,
    action: str = "",
) -> Deadline | None:
    """Start a clock, by that action; None when the type has none of that name."""
    limit = limit_for(case, what, at)
    if limit is None:
        return None
    word = STARTED_BY.get((action, what), "")
    history = ClockHistory(at, Duration(limit.amount, limit.unit))  # type: ignore[arg-type]
    due_at, line, provisional = counted(
        history, calendar or workday_calendar(), word=word or _usual(what)
    )
    return Deadline.objects.create(
        case=case, assignment=assignment, what=what, round=case.round, start_at=at,
        amount=limit.amount, unit=limit.unit, due_at=due_at, basis=limit.basis, explanation=line,
        provisional=provisional, start_word=word,
    )  # fmt: skip


def _usual(what: str) -> str:
    return START_WORDS.get(what, "派出")


def go_on(case: Case, what: str) -> Deadline | None:
    """Let the last clock of that name run on, with the due time that it had: what ended it does not
    count. A row of its own, since whether the first was met in time is kept for good."""
    last = (
        case.deadlines.filter(what=what, round=case.round, met_at__isnull=False)
        .order_by("pk")
        .last()
    )
    if last is None:
        return None
    history = selectors.clock_history(case, last)
    due_at, line, provisional = counted(
        history, workday_calendar(), word=last.start_word or _usual(what)
    )
    return Deadline.objects.create(
        case=case, assignment=last.assignment, what=what, round=case.round,
        start_at=last.start_at, amount=last.amount, unit=last.unit, due_at=due_at,
        basis=last.basis, explanation=line, provisional=provisional, steps_done=last.steps_done,
        start_word=last.start_word,
    )  # fmt: skip


def meet(case: Case, what: str, at: datetime, assignment: Assignment | None = None) -> None:
    """End running clocks of that name; whether in time is kept for good."""
    running = selectors.running_deadlines([case.pk]).filter(what=what)
    if assignment is not None:
        running = running.filter(assignment=assignment)
    for deadline in running:
        deadline.met_at, deadline.met = at, at <= deadline.due_at
        deadline.save(update_fields=["met_at", "met"])


def cancel(
    case: Case, whats: Iterable[str], at: datetime, assignment: Assignment | None = None
) -> None:
    """Clocks that lost their object, of the case or of one part: neither met nor missed."""
    running = selectors.running_deadlines([case.pk]).filter(what__in=list(whats))
    if assignment is not None:
        running = running.filter(assignment=assignment)
    running.update(cancelled_at=at)


def recompute(case: Case) -> None:
    """Due times and explanations of running clocks, replayed from the ledger."""
    calendar = workday_calendar()
    for deadline in selectors.running_deadlines([case.pk]):
        word = deadline.start_word or _usual(deadline.what)
        history = selectors.clock_history(case, deadline)
        deadline.due_at, deadline.explanation, deadline.provisional = counted(
            history, calendar, word=word
        )
        deadline.save(update_fields=["due_at", "explanation", "provisional"])


def next_due(case: Case) -> datetime | None:
    """What the case row shows as due: the clock of the status it is in."""
    whats = registry.get(case.type).due.get(case.status, ())
    running = selectors.running_deadlines([case.pk]).filter(what__in=whats)
    first = running.order_by("due_at").values_list("due_at", flat=True).first()
    return None if first is None or first >= FOREVER else first
