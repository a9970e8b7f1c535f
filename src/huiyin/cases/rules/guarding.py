"""Guards by name: rows of the table of transitions ask for them."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.cases.rules.facts import Facts

Guard = Callable[[Facts], str | None]
GUARDS: dict[str, Guard] = {}


def guard(function: Guard) -> Guard:
    """Register a guard under its own name, by which rows of the table ask for it."""
    GUARDS[function.__name__] = function
    return function
