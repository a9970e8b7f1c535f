"""Whether the versions behind the rows of a register chain, and say what the rows say."""

from __future__ import annotations

import json

from huiyin.base.rules.canonical import FIRST_PREVIOUS_HASH, event_hash
from huiyin.base.rules.encryption import matches_commitment
from huiyin.registers.models import RegisterRow, RowVersion
from huiyin.registers.registry import Register
from huiyin.registers.services import writing


def verify(register: Register) -> list[str]:
    """Rows whose versions do not chain or do not say what the row says; [] when all is well."""
    assert register.model is not None
    bad: list[str] = []
    for row in register.model._default_manager.order_by("pk").iterator(chunk_size=500):
        why = _row_fault(register, row)
        if why:
            bad.append(f"{register.code}:{row.pk} {why}")
    return bad


def _row_fault(register: Register, row: RegisterRow) -> str:
    previous, newest = FIRST_PREVIOUS_HASH, None
    for version in RowVersion.objects.filter(register=register.code, row=row.pk).order_by("seq"):
        if version.prev_hash != previous or version.hash != event_hash(
            previous, version.body.encode()
        ):
            return f"第 {version.seq} 版与链不符"
        previous = version.hash
        newest = version if version.action in writing.SAYING else newest
    if newest is None or previous != row.head:
        return "版本不全"
    for column in register.columns:
        if column.personal:
            continue
        if newest.values.get(column.name) != writing.plain(writing.value_of(register, row, column)):
            return f"“{column.label}”与最近一版不符"
    return _personal_fault(register, row, newest)


def _personal_fault(register: Register, row: RegisterRow, newest: RowVersion) -> str:
    said = json.loads(newest.body)["personal"]
    for column in register.personal:
        salt = row.salts.get(column.name, "")
        if not salt:
            continue  # erased in time, or never there
        clear = writing.clear_value(register, row, column)
        if not matches_commitment(clear, bytes.fromhex(salt), said.get(column.name, "")):
            return f"“{column.label}”与最近一版的承诺不符"
    return ""
