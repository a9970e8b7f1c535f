"""The nightly word to those in charge: how many cases are stuck at what. No names, no texts.

One message a day for each supervising post, inside the system; it stands on their start page and
leads to the list 卡住的件, which is computed when it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huiyin.base.rules.workday_calendar import local_date, start_of_day
from huiyin.base.selectors import local_value
from huiyin.cases.rules.stuck import STUCK_DAYS, counted
from huiyin.cases.selectors.troubled import StuckCounts, stuck_counts
from huiyin.messages import registry, selectors
from huiyin.messages.models import OutboxMessage
from huiyin.messages.rules.templates import MessageTemplateSeed
from huiyin.messages.services import posting, templates
from huiyin.org.models import Post
from huiyin.org.rules.grants import ROLES, ActingPost
from huiyin.org.selectors import acting, in_force

TEMPLATE = registry.declare_template(
    MessageTemplateSeed(
        "stuck", "给督办岗位：每晚卡住的件", "有 {件数} 件卡住：{卡点}。",
        ("件数", "卡点"), "通行做法：只写件数和卡在哪里，不写姓名和内容",
    )
).code  # fmt: skip


def tell_supervisors(*, at: datetime) -> int:
    """Tell every post in force that looks after stuck cases, once a day; number of posts told.

    A post in whose area nothing is stuck hears nothing.
    """
    roles = [code for code, role in ROLES.items() if "case.stuck" in role.grants]
    posts = Post.objects.filter(in_force(local_date(at)), role__in=roles).order_by("pk")
    return sum(_tell(pk, at) for pk in list(posts.values_list("pk", flat=True)))


def told_today(posts: Sequence[ActingPost], *, day: date) -> list[OutboxMessage]:
    """Today's messages to these posts. One query."""
    return selectors.told_since([_recipient(p.post_id) for p in posts], TEMPLATE, start_of_day(day))


def stuck_days() -> int:
    """The local value, else the default that waits to be seeded."""
    try:
        return int(local_value(STUCK_DAYS.code))
    except KeyError:
        return int(str(STUCK_DAYS.value))


@transaction.atomic
def _tell(post_id: int, at: datetime) -> bool:
    """Under the lock of the post, so that two workers tell once."""
    row = Post.objects.select_for_update(of=("self",)).select_related("person", "unit").get(
        pk=post_id
    )  # fmt: skip
    post, day = acting(row), local_date(at)
    if told_today([post], day=day):
        return False
    days = stuck_days()
    counts = stuck_counts([post], now=at, day=day, days=days)
    if not counts.total:
        return False
    posting.show(
        subject=_recipient(post_id), template=TEMPLATE, recipient=_recipient(post_id),
        text=templates.text_of(TEMPLATE, {"件数": counts.total, "卡点": _at_what(counts, days)}),
        at=at,
    )  # fmt: skip
    return True


def _at_what(counts: StuckCounts, days: int) -> str:
    return counted((counts.silent, counts.unit_gone, counts.unit_empty, counts.nobody), days)


def _recipient(post_id: int) -> str:
    return f"post:{post_id}"
