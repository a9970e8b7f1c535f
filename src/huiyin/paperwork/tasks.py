"""Jobs of paperwork: the clock is read here."""

from __future__ import annotations

from huiyin.base import clock
from huiyin.base.services.jobs import job
from huiyin.paperwork.services import article_checks


@job("paperwork.clear_articles", every="41 19 * * *")
def clear_articles() -> None:
    """At 03:41 local: texts of articles whose time is over."""
    article_checks.clear_expired(at=clock.now())
