"""Stock numbers: what was open, overdue or suspended at the end of a day, today or long ago.

The row of a case says only how it is now; how it was is read from the events that the ledger kept.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.cases.models import Case, CaseEvent, CaseRequest, Deadline
from huiyin.cases.rules import words as w
from huiyin.cases.rules.transitions import BASE
from huiyin.cases.selectors.numbers import in_area
from huiyin.indicators.registry import Slice

_ENDED = set(w.ENDED)
#: Events after which a case is over, and events by which an ended one goes on.
ENDING = tuple(sorted(
    {row.event for row in BASE if row.target in _ENDED and not set(row.sources) <= _ENDED}
    | {"handled_on_spot", "history_imported"}
))  # fmt: skip
REOPENING = tuple(sorted(
    row.event for row in BASE if set(row.sources) <= _ENDED and row.target and row.target not in _ENDED
))  # fmt: skip
#: Events by which a case leaves 挂账.
LEAVING = tuple(sorted(
    row.event for row in BASE if w.SUSPENDED in row.sources and row.target and row.target != w.SUSPENDED
))  # fmt: skip


def open_at(part: Slice) -> QuerySet[Case]:
    """Received before the end of the period and not over at its end.

    One that was reopened since was over at that end if nothing ended it in between.
    """
    ended_between = CaseEvent.objects.filter(
        case=OuterRef("case"), action__in=ENDING, at__gte=part.end, seq__lt=OuterRef("seq")
    )
    reopened_since = CaseEvent.objects.filter(
        ~Exists(ended_between), case=OuterRef("pk"), action__in=REOPENING, at__gte=part.end
    )
    return _cases(part).filter(
        ~Q(status__in=w.ENDED) | Q(closed_at__gte=part.end), ~Exists(reopened_since)
    )


def overdue_at(part: Slice) -> QuerySet[Case]:
    """With a handling clock that had run out by the end of the period while nothing had been replied.

    A clock that went on after a reply was sent back is a row of its own that begins when the first
    began: while that reply was being looked at, it did not run.
    """
    sent_back = CaseEvent.objects.filter(
        case=OuterRef("case"), action="sent_back", at__gte=OuterRef("met_at"), at__lt=part.end
    )
    replied = Deadline.objects.filter(
        ~Exists(sent_back), case=OuterRef("case"), what="handle", start_at=OuterRef("start_at"),
        pk__lt=OuterRef("pk"), met_at__lt=part.end,
    )  # fmt: skip
    late = Deadline.objects.filter(
        Q(met_at__isnull=True) | Q(met_at__gte=part.end),
        Q(cancelled_at__isnull=True) | Q(cancelled_at__gte=part.end),
        ~Exists(replied), case=OuterRef("pk"), what="handle", start_at__lt=part.end,
        due_at__lt=part.end,
    )  # fmt: skip
    return _cases(part).filter(Exists(late), excluded=False).exclude(status=w.WITHHELD)


def suspended_at(part: Slice) -> QuerySet[Case]:
    """Suspended before the end of the period and not taken up again by its end."""
    left = CaseEvent.objects.filter(
        case=OuterRef("case"), action__in=LEAVING, at__gt=OuterRef("decided_at"), at__lt=part.end
    )
    standing = CaseRequest.objects.filter(
        ~Exists(left), case=OuterRef("pk"), kind="suspend", granted=True, decided_at__lt=part.end
    )
    return _cases(part).filter(Exists(standing)).exclude(status=w.WITHHELD)


def _cases(part: Slice) -> QuerySet[Case]:
    rows = Case.objects.filter(in_area("", part), type="report", opened_at__lt=part.end)
    if part.unit_id:
        rows = rows.filter(lead=part.unit_id)
    return rows.exclude(sign_off_code="imported").select_related("lead")
