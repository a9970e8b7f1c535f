"""Recordings go when they are written down and nobody can ask any more whether it was right.

As long as nobody has written one down it stays: it is all that there is of the report.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, TextField, Value
from django.db.models.functions import Cast, Concat

from huiyin.base.models import Attachment
from huiyin.base.rules.local_defaults import LocalDefaultSeed
from huiyin.base.selectors import local_value
from huiyin.base.services import files
from huiyin.base.services.defaults import declare_local_defaults
from huiyin.cases.models import CaseEvent

VOICE_DAYS = LocalDefaultSeed(
    "retention.voice_days", "录音在听写后保存", 7, "天",
    "个人信息保护法第十九条：保存期为实现目的的最短时间；留几天供诉求人核对听写", most=365,
)  # fmt: skip
declare_local_defaults(VOICE_DAYS)
BATCH = 500


def forget_sounds(*, at: datetime) -> int:
    """Erase recordings that were written down long enough ago; how many. The rows stay."""
    days = int(local_value(VOICE_DAYS.code))
    written = CaseEvent.objects.annotate(
        about=Concat(Value("case:"), Cast("case_id", TextField()), output_field=TextField())
    ).filter(
        about=OuterRef("subject"), action="written_down", recorded_at__lt=at - timedelta(days=days)
    )
    due = Attachment.objects.filter(
        Exists(written), kind="voice", from_reporter=True, erased_at__isnull=True
    ).order_by("pk")
    erased = 0
    while batch := list(due[:BATCH]):
        for sound in batch:
            files.erase(sound, at=at)
        erased += len(batch)
    return erased
