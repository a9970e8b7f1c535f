"""Case, its ledger and what hangs on it. A case row is the projection of its events.

Writing goes through cases.services only; drawn in docs/architecture.md.
"""

from __future__ import annotations

from huiyin.cases.models.case import (
    Case,
    CaseContact,
    CaseEvent,
    CaseLink,
    CaseScope,
    CaseSearch,
    CaseWords,
)
from huiyin.cases.models.checking import Callback, OnSpotDraw, OnSpotLook
from huiyin.cases.models.clocks import Deadline, DeadlineRule
from huiyin.cases.models.keeping import Handover, HandoverItem, SavedFilter, Seal
from huiyin.cases.models.taking_part import (
    Assignment,
    CaseDuty,
    CaseRequest,
    CaseUnitDuty,
    Recusal,
    StatementRequest,
)

__all__ = [
    "Assignment",
    "Callback",
    "Case",
    "CaseContact",
    "CaseDuty",
    "CaseEvent",
    "CaseLink",
    "CaseRequest",
    "CaseScope",
    "CaseSearch",
    "CaseUnitDuty",
    "CaseWords",
    "Deadline",
    "DeadlineRule",
    "Handover",
    "HandoverItem",
    "OnSpotDraw",
    "OnSpotLook",
    "Recusal",
    "SavedFilter",
    "Seal",
    "StatementRequest",
]
