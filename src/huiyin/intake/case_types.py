"""The resident's report 诉求 and mediation 邻里调解 as case types of the engine."""

from __future__ import annotations

from huiyin.cases import registry
from huiyin.cases.rules.case_type import CaseType
from huiyin.cases.rules.transitions import BASE
from huiyin.intake.rules import mediation
from huiyin.intake.services import mediating  # its stages register themselves

REPORT = registry.register(CaseType(code="report", label="诉求", prefix="S", transitions=BASE))
MEDIATION = registry.register(
    CaseType(
        code=mediating.CODE, label="邻里调解", prefix="T", transitions=mediation.TRANSITIONS,
        in_rates=False, unit_duties=frozenset(), waiting=mediation.WAITING, due=mediation.DUE,
    )
)  # fmt: skip
