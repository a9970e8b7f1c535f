"""Who is on duty 值班: now, and over the coming days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Length

from huiyin.org.models import Area, OnCall


@dataclass(frozen=True)
class Gap:
    """A stretch in which nobody is on duty."""

    starts_at: datetime
    ends_at: datetime


def on_call(area: Area, at: datetime) -> OnCall | None:
    """Whoever is on duty for that place at that moment: of the nearest area that has somebody.

    Of two rosters of one area the one that began later holds. One query.
    """
    rows = OnCall.objects.filter(area__in=area.ancestor_ids, starts_at__lte=at, ends_at__gt=at)
    return (
        rows.select_related("person", "area").order_by(-Length("area__path"), "-starts_at", "-pk")
        .first()
    )  # fmt: skip


def rostered(area: Area, after: datetime) -> list[OnCall]:
    """Duties of exactly that area which are not over at `after`, in order; at most 200."""
    rows = OnCall.objects.filter(area=area, ends_at__gt=after).order_by("starts_at", "pk")
    return list(rows.select_related("person", "entered_by")[:200])


def over(area: Area, before: datetime) -> list[OnCall]:
    """The last duties that are over, newest first; at most 50."""
    rows = OnCall.objects.filter(Q(area=area), ends_at__lte=before).order_by("-ends_at", "-pk")
    return list(rows.select_related("person", "entered_by")[:50])


def gaps(rows: Sequence[OnCall], first: datetime, last: datetime) -> list[Gap]:
    """Between `first` and `last`, when none of these duties runs."""
    found, reached = [], first
    for row in sorted(rows, key=lambda r: r.starts_at):
        if row.starts_at >= last:
            break
        if row.starts_at > reached:
            found.append(Gap(reached, row.starts_at))
        reached = max(reached, row.ends_at)
    if reached < last:
        found.append(Gap(reached, last))
    return found
