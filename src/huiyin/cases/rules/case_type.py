"""A case type: which transitions, which duties bind, what happens beside, how it is numbered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.cases.rules.deadlines import SHOWN_DUE
from huiyin.cases.rules.guards import GUARDS
from huiyin.cases.rules.transitions import PRIOR, Transition, by_action
from huiyin.cases.rules.waiting import Waiting
from huiyin.cases.rules.words import DEADLINES, DUTIES, ENDED, STATUSES


@dataclass(frozen=True)
class CaseType:
    """Declared by a domain in its case_types.py and registered once.

    `effects[action]` = functions run in order in the transaction of the act; another domain hooks
    on by type code. `unit_duties` = duties that bind the unit as well as the person. `waiting` =
    rows of the inbox that only this type asks; `due` = the clock that the case row shows as due,
    by status.
    """

    code: str
    label: str
    prefix: str
    transitions: tuple[Transition, ...]
    start: str = "registered"
    in_rates: bool = True
    realm: str = "civic"
    unit_duties: frozenset[str] = frozenset({"handle", "check"})
    effects: Mapping[str, tuple[Callable[..., None], ...]] = field(default_factory=dict)
    form: Callable[..., Any] | None = None
    waiting: tuple[Waiting, ...] = ()
    due: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: SHOWN_DUE)

    def __post_init__(self) -> None:
        problems = check(self)
        if problems:
            raise ValueError(f"{self.code}: " + "; ".join(problems))

    @property
    def actions(self) -> dict[str, Transition]:
        return by_action(self.transitions)


def check(case_type: CaseType) -> list[str]:
    """What is wrong with a declaration, in words for its author; empty when sound."""
    problems = []
    index = by_action(case_type.transitions)
    for t in case_type.transitions:
        for status in (*t.sources, *([t.target] if t.target and t.target != PRIOR else [])):
            if status not in STATUSES:
                problems.append(f"{t.action}: unknown status {status}")
        problems += [f"{t.action}: unknown guard {g}" for g in t.guards if g not in GUARDS]
        problems += [
            f"{t.action}: unknown clock {c}"
            for c in (*t.starts, *t.cancels, *t.continues)
            if c not in DEADLINES
        ]
        if t.duty and t.duty not in DUTIES:
            problems.append(f"{t.action}: unknown duty {t.duty}")
    problems += [f"effect on unknown action {a}" for a in case_type.effects if a not in index]
    problems += [f"waiting {row.code}: unknown action {row.action}"
                 for row in case_type.waiting if row.action not in index]  # fmt: skip
    clocks = (c for whats in case_type.due.values() for c in whats)
    problems += [f"due: unknown clock {c}" for c in clocks if c not in DEADLINES]
    reachable = reachable_statuses(case_type)
    for status in sorted(reachable - set(ENDED)):
        if not any(status in t.sources and t.target for t in case_type.transitions):
            problems.append(f"no way out of {status}")
    return problems


def reachable_statuses(case_type: CaseType) -> set[str]:
    """Statuses that the table can lead to from the start."""
    found, grown = {case_type.start}, True
    while grown:
        grown = False
        for t in case_type.transitions:
            if t.target and t.target != PRIOR and t.target not in found and found & set(t.sources):
                found.add(t.target)
                grown = True
    return found
