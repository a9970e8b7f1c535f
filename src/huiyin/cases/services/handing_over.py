"""Handover 交接: a post that ends opens a sheet; somebody of the same unit takes it over by name.

History keeps the old name; from the takeover on the new one is the first receiver of what was open.
What stands on a sheet is registered by apps (org.registry.HandoverSection).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from huiyin.cases.models import Handover, HandoverItem
from huiyin.cases.rules import words as w
from huiyin.cases.services import performing
from huiyin.cases.services.handover_sections import OPEN_CASES
from huiyin.cases.services.steps import ActionRefused, in_post
from huiyin.org import registry
from huiyin.org.models import Post
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import in_force

#: A post that ended by its date longer ago than this opens no sheet any more.
LOOKED_BACK = timedelta(days=31)


def open_sheet(post: Post, last_day: date, at: datetime) -> Handover:
    """The sheet of a post that ends, with all that is open now."""
    sheet, _ = Handover.objects.get_or_create(
        post=post, defaults={"opened_at": at, "last_day": last_day}
    )
    _list(sheet, at)
    return sheet


def on_post_ending(post: Post, last_day: date, at: datetime) -> None:
    """Hooked on the end of a post (apps.py)."""
    open_sheet(post, last_day, at)


def open_sheets(*, day: date, at: datetime) -> int:
    """Sheets of posts whose last day, set when they were created, is over; number of new ones.

    Whoever goes on in the same role at the unit hands nothing over.
    """
    ended = Post.objects.filter(
        valid_to__lt=day, valid_to__gte=day - LOOKED_BACK, handover__isnull=True
    ).select_related("person", "unit", "area")
    opened = 0
    for post in ended.order_by("pk"):
        if post.valid_to is None or Post.objects.filter(
            in_force(day), person=post.person_id, unit=post.unit_id, role=post.role
        ).exists():  # fmt: skip
            continue
        with transaction.atomic():
            open_sheet(post, post.valid_to, at)
        opened += 1
    return opened


def _list(sheet: Handover, at: datetime) -> None:
    """Add what is open and not on the sheet yet; what stands there stays."""
    HandoverItem.objects.bulk_create(
        [
            HandoverItem(
                handover=sheet, section=section.code, key=entry.key, what=entry.what[:20],
                words=entry.words[:140], link=entry.link, case_id=_case_id(entry.key),
            )
            for section in registry.handover_sections()
            for entry in section.entries(sheet.post, sheet.last_day, at)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _case_id(key: str) -> int | None:
    what, _, pk = key.partition(":")
    return int(pk) if what == "case" else None


@transaction.atomic
def take_over(*, sheet: Handover, by: ActingPost, at: datetime) -> int:
    """Take over everything that is still open, also what came after the sheet was opened; number
    of cases. ActionRefused in Chinese."""
    row = Handover.objects.select_for_update(of=("self",)).select_related(
        "post__person", "post__unit"
    ).get(pk=sheet.pk)  # fmt: skip
    if row.taken_by_id is not None:
        raise ActionRefused("这张交接单已有人接手")
    if by.unit_id != row.post.unit_id:
        raise ActionRefused("只有本单位的人能接手")
    if by.person_id == row.post.person_id:
        raise ActionRefused("不能由交出的人自己接手")
    _list(row, at)
    taken = 0
    for item in row.items.filter(section=OPEN_CASES).select_related("case").order_by("id"):
        case = item.case
        if case is None or not case.assignments.filter(
            unit=by.unit_id, accepted_by=row.post.person_id, ended_at__isnull=True
        ).exists() or case.status in w.ENDED:  # fmt: skip
            continue
        performing.perform(
            case=case.pk, action="hand_over", by=in_post(by), at=at,
            given={"from": row.post.person.name},
        )  # fmt: skip
        taken += 1
    row.taken_by_id, row.taken_at = by.person_id, at
    row.save(update_fields=["taken_by", "taken_at"])
    return taken
