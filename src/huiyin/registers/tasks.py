"""Jobs of registers: the clock is read here."""

from __future__ import annotations

from huiyin.base import clock
from huiyin.base.services.jobs import job
from huiyin.registers.services import keeping


@job("registers.clear_expired", every="23 19 * * *")
def clear_expired() -> None:
    """At 03:23 local: personal values whose time is over."""
    keeping.clear_expired(at=clock.now())
