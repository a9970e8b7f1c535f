"""Jobs of the engine: the clock is read here."""

from __future__ import annotations

from datetime import timedelta

from huiyin.base import clock
from huiyin.base.services.jobs import job
from huiyin.cases.services import (
    erasing,
    handing_over,
    on_spot_sampling,
    sealing,
    stuck_notices,
    sweeping,
)


@job("cases.sweep", every="*/5 * * * *")
def sweep() -> None:
    """Reminders, overdue marks, escalations; again at once while more is due than one run takes."""
    while sweeping.sweep(at=clock.now()).left:
        pass


@job("cases.draw_on_spot", every="11 4 * * *")
def draw_on_spot() -> None:
    """Each month's sample of 自办件, from its first morning on; a day that was missed is made up."""
    month = clock.today().replace(day=1)
    for _ in range(2):
        month = (month - timedelta(days=1)).replace(day=1)
        on_spot_sampling.draw(month=month, at=clock.now())


@job("cases.erase_expired", every="52 18 * * *")
def erase_expired() -> None:
    """At 02:52 local: what residents gave, when its time is over."""
    while erasing.erase_expired(at=clock.now()) == erasing.BATCH:
        pass


@job("cases.tell_stuck", every="40 16-22 * * *")
def tell_stuck() -> None:
    """From 00:40 to 06:40 local, hourly: one message a day, and a night without worker is made up."""
    stuck_notices.tell_supervisors(at=clock.now())


@job("cases.open_handovers", every="25 16-22 * * *")
def open_handovers() -> None:
    """From 00:25 local, hourly through the night: sheets of posts that ended by their date."""
    handing_over.open_sheets(day=clock.today(), at=clock.now())


@job("cases.seal", every="*/10 * * * *")
def seal() -> None:
    sealing.seal(at=clock.now())
