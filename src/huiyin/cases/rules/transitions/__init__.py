"""What may follow what, by whom, needing what: rows, not code.

A case type is built from such rows (see BASE). Buttons, forms, permissions, documents and the
test that walks every status × action come from them. Sources: practice.md §1.2–1.5.
"""

from __future__ import annotations

from dataclasses import replace

from huiyin.cases.rules.transitions.beside import LINKING, MERGING, ON_SPOT, SUPERVISION
from huiyin.cases.rules.transitions.detours import (
    EXCLUSION,
    EXTENSIONS,
    RELAPSE,
    RETURNS,
    SUSPENSION,
    TERMINATION,
)
from huiyin.cases.rules.transitions.rows import (
    ALERTED,
    ANYBODY,
    LEAD,
    PARTICIPANT,
    PARTY_LABELS,
    PRIOR,
    REPORTER,
    SUPPORT,
    SYSTEM,
    Ask,
    Transition,
)
from huiyin.cases.rules.transitions.straight_on import ADMISSION, CHECKING, DISPATCH, HANDLING

__all__ = [
    "ALERTED", "ANYBODY", "BASE", "LEAD", "PARTICIPANT", "PARTY_LABELS", "PRIOR", "REPORTER",
    "SUPPORT", "SYSTEM", "Ask", "Transition", "by_action", "changed", "without",
]  # fmt: skip

BASE: tuple[Transition, ...] = (
    *ADMISSION, *DISPATCH, *HANDLING, *CHECKING, *RETURNS, *EXTENSIONS, *SUSPENSION, *EXCLUSION,
    *TERMINATION, *RELAPSE, *ON_SPOT, *LINKING, *SUPERVISION, *MERGING,
)  # fmt: skip


def by_action(rows: tuple[Transition, ...]) -> dict[str, Transition]:
    """Index of a table; a repeated action is an error of the declaration."""
    index: dict[str, Transition] = {}
    for row in rows:
        if row.action in index:
            raise ValueError(f"action declared twice: {row.action}")
        index[row.action] = row
    return index


def without(rows: tuple[Transition, ...], *actions: str) -> tuple[Transition, ...]:
    """The table without some rows: a detour that a type lacks is absent, not a stub."""
    return tuple(r for r in rows if r.action not in actions)


def changed(rows: tuple[Transition, ...], action: str, **changes: object) -> tuple[Transition, ...]:
    """The table with one row changed."""
    return tuple(replace(r, **changes) if r.action == action else r for r in rows)  # type: ignore[arg-type]
