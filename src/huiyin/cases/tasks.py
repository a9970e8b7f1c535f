"""Jobs of the engine: the clock is read here."""

from __future__ import annotations

from huiyin.base import clock
from huiyin.base.services.jobs import job
from huiyin.cases.services import sealing, sweeping


@job("cases.sweep", every="*/5 * * * *")
def sweep() -> None:
    """Reminders, overdue marks, escalations; again at once while more is due than one run takes."""
    while sweeping.sweep(at=clock.now()).left:
        pass


@job("cases.seal", every="*/10 * * * *")
def seal() -> None:
    sealing.seal(at=clock.now())
