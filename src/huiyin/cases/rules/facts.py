"""What guards look at: the locked case, its parts and what was typed, as plain values.

Loaded by cases.services.facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class UnitFacts:
    """A unit that an action names."""

    id: int
    kind: str
    name: str


@dataclass(frozen=True)
class RequestFacts:
    """An undecided or decided request of the case."""

    kind: str
    unit_id: int | None
    asked_by: int | None
    first_by: int | None
    decided: bool
    granted: bool | None
    round: int


@dataclass(frozen=True)
class MergedVoices:
    """Numbers of merged cases: `unheard` = the reporter is still to ask about the reply that
    stands, `unsolved` = the reporter says that it is not solved."""

    unheard: tuple[str, ...] = ()
    unsolved: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """Everything that guards may look at: the locked row, its parts and what was typed."""

    status: str
    round: int
    urgency: str
    lead_id: int | None
    about_unit_id: int | None
    at: datetime
    person_id: int | None
    unit_id: int | None
    given: Mapping[str, Any]
    units: Mapping[int, UnitFacts] = field(default_factory=dict)
    requests: tuple[RequestFacts, ...] = ()
    recused_persons: frozenset[int] = frozenset()
    recused_units: frozenset[int] = frozenset()
    duties: Mapping[int, str] = field(default_factory=dict)
    unit_duties: Mapping[int, str] = field(default_factory=dict)
    due_at: datetime | None = None
    return_until: datetime | None = None  # None = no window at all
    lead_was_ruled: bool = False
    extension_until: datetime | None = None
    extension_ahead: int = 1  # workdays before the due time
    extension_times: int = 1
    extension_most: int = 0
    extended: bool = False
    contacted: bool = False
    arrived: bool = False
    replied: bool = False
    my_parts: frozenset[str] = frozenset()  # roles of the acting unit's open parts
    ever_took_part: bool = False
    my_support_open: bool = False
    open_support: tuple[str, ...] = ()  # have not answered and still have time
    late_support: tuple[int, ...] = ()  # units that let their time go by
    support_recused: bool = False  # a unit whose support is open must not go on
    callbacks: int = 0  # about the reply that stands now
    refused: bool = False  # they were reached and would not answer
    last_in_vain: datetime | None = None
    attempt_gap: timedelta = timedelta(0)
    answered_online: bool = False
    reached: bool = False
    resolved: bool | None = None
    satisfied: str = ""
    sampled: bool | None = None
    reworked: bool = False  # after a callback, in this round
    open_children: tuple[int, ...] = ()
    recheck_from: datetime | None = None  # a recheck waits, and may be done from then on
    supervision: int = 0
    waits_for: frozenset[str] = frozenset()  # names of running clocks
    merged: MergedVoices = MergedVoices()
    escalated: bool = False
    merge_target: tuple[str, bool] | None = None  # (status, is itself)
    max_callbacks: int = 3
    statement_open: bool = False
    on_spot: bool = False  # 自办件
    look: str | None = None  # its verdict, "" = drawn and not looked at yet; None = never drawn
    unit_kind: str = ""
    host_status: str = ""
    spoken: bool = False  # the reporter said it, or part of it
    written_down: bool = False

    def open_request(self, kind: str) -> RequestFacts | None:
        return next((r for r in self.requests if r.kind == kind and not r.decided), None)
