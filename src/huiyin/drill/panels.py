"""What the demonstration shows on pages of others: whose account opens what, on the sign-in page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huiyin.base import panels
from huiyin.base.selectors import is_demonstration
from huiyin.drill.rules.accounts import SHOWN
from huiyin.drill.services.building import PASSWORD
from huiyin.org.models import Account


def demonstration_accounts(
    subject: None, posts: Sequence[panels.Acting]
) -> tuple[str, dict[str, Any]] | None:
    """Accounts of the demonstration city with their password; nothing in a real installation."""
    if not is_demonstration():
        return None
    names = dict(Account.objects.filter(username__in=SHOWN).values_list("username", "person__name"))
    rows = [
        {"login": login, "name": names[login], "what": what}
        for login, what in SHOWN.items()
        if login in names
    ]
    return "drill/_accounts.html", {"accounts": rows, "password": PASSWORD}


panels.register("login", demonstration_accounts)
