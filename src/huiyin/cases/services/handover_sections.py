"""What the engine lists on a handover sheet: cases by name, and what waits for the role alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from huiyin.cases.models import Assignment
from huiyin.cases.rules import waiting
from huiyin.cases.rules import words as w
from huiyin.cases.selectors.waiting import inbox
from huiyin.org.models import Post
from huiyin.org.registry import HandoverEntry, HandoverSection, register_handover_section
from huiyin.org.rules.grants import AREA, ROLES
from huiyin.org.selectors import acting, in_force

OPEN_CASES = "open_cases"


def open_cases(post: Post, last_day: date, at: datetime) -> Iterator[HandoverEntry]:
    """Cases in every open status that this person accepted for the unit."""
    mine = Assignment.objects.filter(
        unit=post.unit_id, accepted_by=post.person_id, ended_at__isnull=True
    ).exclude(case__status__in=w.ENDED)
    for part in mine.order_by("case_id"):
        yield HandoverEntry(f"case:{part.case_id}", part.get_role_display())


def waiting_for_role(post: Post, last_day: date, at: datetime) -> Iterator[HandoverEntry]:
    """How much waits for the role, when nobody else is in it after the last day.

    What a person of a unit accepted stands on the sheet by name.
    """
    others = Post.objects.filter(in_force(last_day + timedelta(days=1)), role=post.role)
    of_area = ROLES[post.role].scope == AREA
    others = others.filter(area=post.area_id) if of_area else others.filter(unit=post.unit_id)
    if others.exclude(pk=post.pk).exists():
        return
    for count in inbox([acting(post)], now=at).counts:
        row = count.waiting
        if of_area or row.found != waiting.LEAD or row.action == "accept":
            yield HandoverEntry(
                f"waiting:{row.code}", row.label, f"{count.n} 件，本岗位没有别人",
                f"{reverse('inbox')}?ask={row.code}",
            )  # fmt: skip


register_handover_section(HandoverSection(OPEN_CASES, "在手的件", 10, open_cases))
register_handover_section(HandoverSection("waiting", "等这个岗位办的", 20, waiting_for_role))
