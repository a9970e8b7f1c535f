"""Complaints about burden 减负投诉 or about the system, from anybody, on every page (practice §0.4)."""

from __future__ import annotations

from datetime import datetime

from huiyin.base.models import BurdenComplaint
from huiyin.base.rules.masking import mask_text


def file_complaint(*, text: str, page: str, person_id: int | None, at: datetime) -> BurdenComplaint:
    """Keep what somebody wrote, with phone and ID numbers masked; `person_id` None = no name left.

    `page` is the path it is about; what is not a path of this site is not kept.
    """
    return BurdenComplaint.objects.create(
        at=at,
        page=page[:200] if page.startswith("/") and not page.startswith("//") else "",
        text=mask_text(text.strip()),
        person_id=person_id,
    )
