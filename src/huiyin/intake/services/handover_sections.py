"""What intake lists on a handover sheet: imports that nobody has finished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse

from huiyin.intake.models import ImportRun
from huiyin.intake.rules import import_states
from huiyin.org.models import Post
from huiyin.org.registry import HandoverEntry, HandoverSection, register_handover_section


def imports(post: Post, last_day: date, at: datetime) -> Iterator[HandoverEntry]:
    """Files whose columns are still to be checked, or whose import broke off."""
    runs = ImportRun.objects.filter(
        post_id=post.pk, state__in=(*import_states.STARTABLE, *import_states.MOVING)
    )
    for run in runs.order_by("pk"):
        yield HandoverEntry(
            f"import:{run.pk}", run.word, run.file_name, reverse("import_detail", args=[run.pk])
        )


register_handover_section(HandoverSection("imports", "没有导完的表格", 40, imports))
