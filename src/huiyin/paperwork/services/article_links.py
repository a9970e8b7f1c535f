"""Links that people chose, by the words that stood with the figure: used first from then on."""

from __future__ import annotations

from datetime import datetime

from huiyin.indicators import registry
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.models import RememberedLink
from huiyin.paperwork.services.checking import Choice

#: Newest first; an installation that has more has stopped to look at them.
MOST = 20_000


def choices() -> dict[tuple[str, str], Choice]:
    """All remembered links of numbers that are still declared."""
    codes = {i.code for i in registry.all_indicators()}
    rows = RememberedLink.objects.order_by("-chosen_at", "-pk").values_list(
        "key", "unit_word", "indicator", "by"
    )
    return {
        (key, unit): (code, split_by(by)) if code else None
        for key, unit, code, by in rows[:MOST]
        if not code or code in codes
    }


def remember(
    *, key: str, unit: str, choice: Choice, by: ActingPost, at: datetime
) -> RememberedLink | None:
    """Keep a person's choice for these words; a later one takes its place. Without words: nothing."""
    if not key:
        return None
    code, value = choice if choice is not None else ("", None)
    row, _ = RememberedLink.objects.update_or_create(
        key=key[:60], unit_word=unit,
        defaults={
            "indicator": code, "by": joined_by(value), "chosen_at": at,
            "chosen_by_id": by.person_id,
        },
    )  # fmt: skip
    return row


def joined_by(by: tuple[str, str] | None) -> str:
    """('kind', 'complaint') → 'kind:complaint'."""
    return f"{by[0]}:{by[1]}" if by else ""


def split_by(text: str) -> tuple[str, str] | None:
    """'kind:complaint' → ('kind', 'complaint'); '' → None."""
    code, colon, value = text.partition(":")
    return (code, value) if colon else None
