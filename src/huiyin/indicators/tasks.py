"""Jobs of the numbers: the clock is read here."""

from __future__ import annotations

from huiyin.base import clock
from huiyin.base.services.jobs import job
from huiyin.indicators.services import publishing


@job("indicators.check_published", every="40 19 * * *")
def check_published() -> None:
    """At 03:40 local: published figures are counted again; what differs gets its note."""
    publishing.check_all(at=clock.now())
