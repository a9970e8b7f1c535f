"""Jobs of the outbox."""

from __future__ import annotations

from huiyin.base import clock
from huiyin.base.services.jobs import job
from huiyin.messages.services import posting


@job("messages.send")
def send() -> None:
    """What a committed act just posted."""
    posting.send_due(at=clock.now())


@job("messages.retry", every="* * * * *")
def retry() -> None:
    """What failed before and is due again."""
    posting.send_due(at=clock.now())
