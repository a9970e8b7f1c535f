"""Reads of cases. Each takes who asks, so that nobody can forget visibility."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.base.kept import Kept
from huiyin.base.rules.workdays import Change, ClockHistory, Duration, Extension, Pause
from huiyin.cases.models import Callback, Case, CaseEvent, CaseScope, Deadline, DeadlineRule
from huiyin.cases.rules.deadlines import Limit
from huiyin.cases.selectors.kept_out import let_in, scopes_let_in
from huiyin.org.rules.grants import ActingPost

#: Clocks that stand still while a case is suspended.
STOPPABLE = ("handle", "accept", "contact", "support")


def visible_to(
    posts: Sequence[ActingPost], *, day: date, grant: str = "case.view"
) -> QuerySet[Case]:
    """Cases that any of these posts may see on that day: one indexed join on scopes.

    Whoever a case is about, as a unit or a person, or who is recused from it, does not see it, in
    whatever post.
    """
    able = [p for p in posts if p.may(grant)]
    scopes = {p.scope_id for p in able}
    if not scopes:
        return Case.objects.none()
    seen = Case.objects.filter(
        Exists(CaseScope.objects.filter(case=OuterRef("pk"), scope_id__in=scopes))
    )
    return let_in(seen, posts, day=day)


def get_visible(
    posts: Sequence[ActingPost], number: str, *, day: date, grant: str = "case.view"
) -> Case:
    """One case by its number. Case.DoesNotExist when it is not there or not theirs to see."""
    return (
        visible_to(posts, day=day, grant=grant)
        .select_related("area", "compound", "building", "lead", "about_unit", "parent",
                        "merged_into")
        .get(number=number)
    )  # fmt: skip


def callbacks_now(case: Case) -> list[Callback]:
    """What the reporter was asked about the reply that stands now, first to last.

    What was said of an earlier reply, before the case (or the one that it runs with) was sent back
    for rework, does not count any more. One query, three after a rework.
    """
    rows = list(case.callbacks.filter(round=case.round).order_by("ordinal"))
    answered = case.merged_into or case
    if not rows or not answered.reworks:
        return rows
    sent_back = answered.events.filter(action="rework_ordered").order_by("-id")
    heard = case.events.filter(
        action__in=("called_back", "reporter_answered"), round=case.round,
        id__gt=sent_back.values_list("id", flat=True).first() or 0,
    ).count()  # fmt: skip
    return rows[len(rows) - heard :]


def posts_that_see(case: Case, posts: Sequence[ActingPost], *, day: date) -> list[ActingPost]:
    """Those of the posts in whose scope the case lies; none when the person is kept out of it."""
    scopes = scopes_let_in(case, posts, day=day)
    return [p for p in posts if p.scope_id in scopes]


@Kept
def limits() -> tuple[Limit, ...]:
    """All time limits."""
    names = ("what", "amount", "unit", "origin", "channel", "kind", "category", "urgency",
             "case_type", "document", "valid_from", "valid_to", "id")  # fmt: skip
    return tuple(Limit(**row) for row in DeadlineRule.objects.values(*names))


def clock_history(case: Case, deadline: Deadline) -> ClockHistory:
    """The clock of a deadline, read off the ledger: pauses, resumptions, extensions since its start."""
    history = ClockHistory(deadline.start_at, Duration(deadline.amount, deadline.unit))  # type: ignore[arg-type]
    if deadline.what not in STOPPABLE:
        return history
    pauses: list[Pause] = []
    extensions: list[Extension] = []
    changes: list[Change] = []
    events = CaseEvent.objects.filter(
        case=case, at__gte=deadline.start_at,
        action__in=("suspended", "resumed", "redispatched", "reopened", "extension_granted",
                    "reclassified"),
    ).order_by("seq")  # fmt: skip
    for event in events:
        if event.action == "suspended":
            pauses.append(Pause(event.at))
        elif event.action == "extension_granted":
            if deadline.what == "handle":
                amount = Duration(int(event.data["amount"]), deadline.unit)  # type: ignore[arg-type]
                extensions.append(Extension(event.at, amount))
        elif event.action == "reclassified":
            if deadline.what == "handle" and event.data.get("amount"):
                limit = Duration(int(event.data["amount"]), event.data["unit"])
                changes.append(Change(event.at, limit, event.seq))
        elif pauses and pauses[-1].end is None:
            pauses[-1] = Pause(pauses[-1].begin, event.at)
    return ClockHistory(
        history.start, history.duration, pauses=tuple(pauses), changes=tuple(changes),
        extensions=tuple(extensions),
    )  # fmt: skip


def running_deadlines(cases: Iterable[int] | None = None) -> QuerySet[Deadline]:
    """Deadlines neither met nor cancelled, of these cases or of all."""
    running = Deadline.objects.filter(met_at__isnull=True, cancelled_at__isnull=True)
    return running if cases is None else running.filter(case__in=cases)


def due_before(at: datetime) -> QuerySet[Deadline]:
    """Running deadlines that are over at `at`, earliest first."""
    return running_deadlines().filter(due_at__lte=at).order_by("due_at", "id")
