"""Reads of what the administrators look at: audit rows and unexpected errors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from huiyin.base.models import AuditRow, ErrorReport
from huiyin.base.rules.workday_calendar import start_of_day

AUDIT_A_PAGE = 100


@dataclass(frozen=True)
class AuditPage:
    """Rows newest first; `older`, `newer` = ids to go on from, None for no such page."""

    rows: tuple[AuditRow, ...]
    older: int | None
    newer: int | None


def audit_page(
    *,
    text: str = "",
    action: str = "",
    first: date | None = None,
    last: date | None = None,
    older: int | None = None,
    newer: int | None = None,
) -> AuditPage:
    """A page of the audit. `text` = part of a name, or the beginning of a subject (case:…).

    `older` gives the rows before that id, `newer` those after it. One query.
    """
    pool = AuditRow.objects.all()
    if text:
        pool = pool.filter(Q(person_name__contains=text) | Q(subject__startswith=text))
    if action:
        pool = pool.filter(action=action)
    if first:
        pool = pool.filter(at__gte=start_of_day(first))
    if last:
        pool = pool.filter(at__lt=start_of_day(last + timedelta(days=1)))
    if newer is not None:
        found = list(pool.filter(pk__gt=newer).order_by("pk")[: AUDIT_A_PAGE + 1])
        more, rows = len(found) > AUDIT_A_PAGE, found[:AUDIT_A_PAGE][::-1]
        return AuditPage(
            tuple(rows), rows[-1].pk if rows else None, rows[0].pk if rows and more else None
        )
    if older is not None:
        pool = pool.filter(pk__lt=older)
    found = list(pool.order_by("-pk")[: AUDIT_A_PAGE + 1])
    more, rows = len(found) > AUDIT_A_PAGE, found[:AUDIT_A_PAGE]
    return AuditPage(
        tuple(rows),
        rows[-1].pk if more else None,
        rows[0].pk if rows and older is not None else None,
    )


def recent_errors(limit: int = 100) -> list[ErrorReport]:
    """Unexpected errors, newest first."""
    return list(ErrorReport.objects.order_by("-at")[:limit])
