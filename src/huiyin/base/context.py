"""What every screen knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from huiyin.base import clock, ledger_protection
from huiyin.base.selectors import is_demonstration


def screen(request: HttpRequest) -> dict[str, Any]:
    return {
        "now": clock.now(),
        "demonstration": is_demonstration(),
        "tiles": settings.HUIYIN_TILES_URL,
        "ledger_protected": ledger_protection.protected(),
    }
