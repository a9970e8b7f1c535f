"""The outbox: post in the transaction of an act, send after commit, retry, give up visibly."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from huiyin.base.services.jobs import defer
from huiyin.messages import registry
from huiyin.messages.models import OutboxMessage

log = logging.getLogger("huiyin.messages")
#: Waits between tries: 1, 4, 16, 64 minutes; then a person is told.
TRIES = 5
BATCH = 200


@dataclass(frozen=True)
class Sent:
    """What one run did: messages sent, failed for now, given up."""

    sent: int
    failed: int
    given_up: int


def post(
    *, subject: str, channel: str, template: str, recipient: str, text: str, at: datetime
) -> OutboxMessage | None:
    """Put a message into the outbox; None when this installation has no such channel.

    `subject` as `case:12`, `recipient` as `contact:7`. Nothing leaves before the caller's
    transaction is committed.
    """
    if registry.transport(channel) is None:
        return None
    row = OutboxMessage.objects.create(
        subject=subject, channel=channel, template=template, recipient=recipient, text=text,
        made_at=at, due_at=at,
    )  # fmt: skip
    defer("messages.send")
    return row


def show(*, subject: str, template: str, recipient: str, text: str, at: datetime) -> OutboxMessage:
    """A message inside 站内: it stands where the recipient works, nothing leaves the system."""
    return OutboxMessage.objects.create(
        subject=subject, channel="inside", template=template, recipient=recipient, text=text,
        made_at=at, due_at=at, sent_at=at,
    )  # fmt: skip


def send_due(*, at: datetime) -> Sent:
    """Send what is due, one row at a time under its lock; two workers never send one twice."""
    sent = failed = given_up = 0
    due = OutboxMessage.objects.filter(sent_at=None, given_up=False, due_at__lte=at)
    for pk in list(due.order_by("due_at", "id").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            row = OutboxMessage.objects.select_for_update(skip_locked=True).filter(
                pk=pk, sent_at=None, given_up=False
            ).first()  # fmt: skip
            if row is None:
                continue
            error = _send(row)
            row.tries += 1
            row.error = error[:120]
            if not error:
                row.sent_at = at
                sent += 1
            elif row.tries >= TRIES or error == GONE:
                row.given_up = True
                given_up += 1
            else:
                row.due_at = at + timedelta(minutes=4 ** (row.tries - 1))
                failed += 1
            row.save(update_fields=["tries", "error", "sent_at", "given_up", "due_at"])
    return Sent(sent, failed, given_up)


GONE = "联系方式已清除或没有留下"


def _send(row: OutboxMessage) -> str:
    """'' when it went out, else why not (never with the address or the text)."""
    transport = registry.transport(row.channel)
    if transport is None:
        return "没有这个通道"
    address = registry.address_of(row.recipient)
    if not address:
        return GONE
    try:
        transport(address, row.text)
    except Exception as error:
        log.warning("message not sent", extra={"fields": {"message": row.pk}})
        return f"发送失败：{type(error).__name__}"
    return ""
