"""Case types by code. Anybody opens any type by code; the engine knows no domain by name."""

from __future__ import annotations

from huiyin.cases.rules.case_type import CaseType
from huiyin.cases.rules.waiting import WAITING, Waiting

_types: dict[str, CaseType] = {}


def register(case_type: CaseType) -> CaseType:
    """Register a type; a repeated code is an error of the declaration."""
    if case_type.code in _types:
        raise ValueError(f"case type declared twice: {case_type.code}")
    _types[case_type.code] = case_type
    return case_type


def get(code: str) -> CaseType:
    """The type of that code. KeyError when nobody declared it."""
    return _types[code]


def all_types() -> list[CaseType]:
    return sorted(_types.values(), key=lambda t: t.code)


def waiting_rows() -> tuple[Waiting, ...]:
    """All that the inbox may ask: the engine's own rows, then those that only one type asks."""
    return (*WAITING, *(row for case_type in all_types() for row in case_type.waiting))


def waiting_row(code: str) -> Waiting | None:
    """The row of that code; None when nobody declared it."""
    return next((row for row in waiting_rows() if row.code == code), None)
