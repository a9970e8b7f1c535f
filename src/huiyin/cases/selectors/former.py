"""What a unit keeps of a case that was taken from it: its own acts and words, to answer for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.cases.models import Assignment, Case, CaseEvent
from huiyin.cases.rules import words as w
from huiyin.cases.selectors.kept_out import let_in
from huiyin.cases.selectors.timeline import TimelineItem, timeline
from huiyin.org.rules.grants import ActingPost


@dataclass(frozen=True)
class FormerCase:
    """Number, category and the unit's own steps, newest first; neither the report nor the rest."""

    number: str
    category: str
    ended_at: datetime
    returned: bool
    items: tuple[TimelineItem, ...]


def former_case(posts: Sequence[ActingPost], number: str, *, day: date) -> FormerCase | None:
    """The case in which a unit of these posts took part, as that unit still sees it; None when it
    did not, or is kept out, or when it was taken out of the line. Eight queries at most."""
    units = {p.unit_id for p in posts if p.may("case.view")}
    in_line = Case.objects.filter(number=number).exclude(status=w.WITHHELD)
    case = let_in(in_line, posts, day=day).first()
    if case is None:
        return None
    parts = Assignment.objects.filter(case=case, unit__in=units, ended_at__isnull=False)
    last = parts.order_by("-ended_at").first()
    if last is None or last.ended_at is None:
        return None
    own = set(
        CaseEvent.objects.filter(case=case, post__unit__in=units).values_list("seq", flat=True)
    )
    return FormerCase(
        number=case.number, category=case.category, ended_at=last.ended_at,
        returned=last.returned_at is not None,
        items=tuple(i for i in reversed(timeline(case)) if i.seq in own),
    )  # fmt: skip
