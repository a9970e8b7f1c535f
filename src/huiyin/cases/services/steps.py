"""What a stage function gets: the locked case, who acts, what was typed; and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.cases.models import Assignment, Case
from huiyin.cases.rules.case_type import CaseType
from huiyin.cases.rules.events import Words
from huiyin.cases.rules.facts import Facts
from huiyin.cases.rules.transitions import Transition
from huiyin.org.rules.grants import ActingPost


class ActionRefused(Exception):
    """The action may not be done now. The message is Chinese and says why or what to do instead."""


class CaseChanged(ActionRefused):
    """Somebody else acted since the page was opened."""


@dataclass(frozen=True)
class Acting:
    """Who acts: a person in a post, the reporter by number and tail, or the system by a rule."""

    kind: str = "person"
    post: ActingPost | None = None

    @property
    def person_id(self) -> int | None:
        return self.post.person_id if self.post else None

    @property
    def unit_id(self) -> int | None:
        return self.post.unit_id if self.post else None


SYSTEM = Acting(kind="system")
REPORTER = Acting(kind="reporter")


def in_post(post: ActingPost) -> Acting:
    """A person acting in that post."""
    return Acting(kind="person", post=post)


@dataclass
class Step:
    """One action under way, inside its transaction."""

    case: Case
    type: CaseType
    transition: Transition
    by: Acting
    at: datetime
    recorded_at: datetime
    given: Mapping[str, Any]
    facts: Facts
    assignment: Assignment | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)
    then: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    clock_assignments: dict[str, list[Assignment | None]] = field(default_factory=dict)
    new_scopes: set[int] = field(default_factory=set)
    left_units: set[int] = field(default_factory=set)  # whose part ended with this step


Stage = Callable[[Step], None]
STAGES: dict[str, Stage] = {}


def stage(*actions: str) -> Callable[[Stage], Stage]:
    """Register what one or more actions change beside status, words and clocks of the table."""

    def register(function: Stage) -> Stage:
        for action in actions:
            if action in STAGES:
                raise ValueError(f"stage declared twice: {action}")
            STAGES[action] = function
        return function

    return register
