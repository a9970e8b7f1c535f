"""Default time limits as rows, each 待本地确认 until somebody confirms it."""

from __future__ import annotations

from huiyin.cases.models import DeadlineRule
from huiyin.cases.rules.deadlines import DEFAULTS


def seed_deadlines() -> int:
    """Insert the default rows that are missing; number of rows added."""
    before = DeadlineRule.objects.count()
    DeadlineRule.objects.bulk_create(
        [
            DeadlineRule(
                what=d.what, case_type=d.case_type, channel=d.channel, kind=d.kind,
                category=d.category, urgency=d.urgency, amount=d.amount, unit=d.unit,
                origin=d.origin, valid_from=d.valid_from,
            )
            for d in DEFAULTS
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return DeadlineRule.objects.count() - before
