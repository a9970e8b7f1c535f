"""What the organisation lists on a handover sheet: duties 值班 that are still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from huiyin.base.rules.times import short_time
from huiyin.base.rules.workday_calendar import start_of_day
from huiyin.org.models import OnCall, Post
from huiyin.org.registry import HandoverEntry, HandoverSection, register_handover_section


def on_call(post: Post, last_day: date, at: datetime) -> Iterator[HandoverEntry]:
    """Duties of the area after the last day: somebody else has to be entered for them."""
    rows = OnCall.objects.filter(
        area=post.area_id, person=post.person_id,
        ends_at__gt=start_of_day(last_day + timedelta(days=1)),
    )  # fmt: skip
    for row in rows.order_by("starts_at", "pk"):
        words = f"{short_time(row.starts_at)} 至 {short_time(row.ends_at)}，须另排人"
        yield HandoverEntry(f"on_call:{row.pk}", "值班", words, reverse("on_call"))


register_handover_section(HandoverSection("on_call", "还没有值的班", 30, on_call))
