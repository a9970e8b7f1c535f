"""The only place where the time is read. Views, commands and jobs call it; services take `at`."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, UTC."""
    return timezone.now()


def today() -> date:
    """The present day in Asia/Shanghai."""
    return timezone.localdate()
