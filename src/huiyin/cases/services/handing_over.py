"""Handover 交接: a post that ends opens a sheet; somebody of the same unit takes it over by name.

History keeps the old name; from the takeover on the new one is the first receiver of what was open.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from huiyin.cases.models import Assignment, Handover, HandoverItem
from huiyin.cases.rules import words as w
from huiyin.cases.services import performing
from huiyin.cases.services.steps import ActionRefused, in_post
from huiyin.org.models import Post
from huiyin.org.rules.grants import ActingPost


def open_sheet(post: Post, last_day: date, at: datetime) -> None:
    """List the open cases that this person accepted for the unit; registered as a post ending."""
    mine = Assignment.objects.filter(
        unit=post.unit_id, accepted_by=post.person_id, ended_at__isnull=True
    ).exclude(case__status__in=w.ENDED).select_related("case")  # fmt: skip
    sheet, made = Handover.objects.get_or_create(
        post=post, defaults={"opened_at": at, "last_day": last_day}
    )
    if made:
        HandoverItem.objects.bulk_create(
            HandoverItem(handover=sheet, case=a.case, what=a.get_role_display())
            for a in mine.order_by("case_id")
        )


@transaction.atomic
def take_over(*, sheet: Handover, by: ActingPost, at: datetime) -> int:
    """Take over everything on the sheet that is still open; number of cases. ActionRefused in Chinese."""
    row = Handover.objects.select_for_update().get(pk=sheet.pk)
    if row.taken_by_id is not None:
        raise ActionRefused("这张交接单已有人接手")
    if by.unit_id != row.post.unit_id:
        raise ActionRefused("只有本单位的人能接手")
    if by.person_id == row.post.person_id:
        raise ActionRefused("不能由交出的人自己接手")
    taken = 0
    for item in row.items.select_related("case").order_by("id"):
        if item.case.status == w.IN_PROGRESS:
            performing.perform(
                case=item.case_id, action="take_over", by=in_post(by), at=at,
                given={"from": row.post.person.name},
            )  # fmt: skip
            taken += 1
    row.taken_by_id, row.taken_at = by.person_id, at
    row.save(update_fields=["taken_by", "taken_at"])
    return taken
