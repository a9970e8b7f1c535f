"""Case types by code. Anybody opens any type by code; the engine knows no domain by name."""

from __future__ import annotations

from huiyin.cases.rules.case_type import CaseType

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
