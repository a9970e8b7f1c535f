"""Reads of messages: the texts in force, and what was told to somebody inside."""

from __future__ import annotations

from datetime import datetime

from huiyin.base.kept import Kept
from huiyin.messages.models import MessageTemplate, OutboxMessage


def newest_confirmed_texts() -> dict[str, str]:
    """The newest confirmed text of each message, as it stands now. One query."""
    rows = MessageTemplate.objects.filter(confirmed_on__isnull=False)
    return dict(rows.order_by("code", "-id").distinct("code").values_list("code", "text"))


confirmed_texts: Kept[dict[str, str]] = Kept(newest_confirmed_texts)


def newest_texts() -> dict[str, MessageTemplate]:
    """What was last written for each message, confirmed or not. One query."""
    rows = MessageTemplate.objects.order_by("code", "-id").distinct("code")
    return {row.code: row for row in rows}


def told_since(recipients: list[str], template: str, since: datetime) -> list[OutboxMessage]:
    """Messages of a kind to these recipients from that moment on, newest first. One query."""
    rows = OutboxMessage.objects.filter(
        template=template, recipient__in=recipients, made_at__gte=since
    )
    return list(rows.order_by("-id")[:20])
