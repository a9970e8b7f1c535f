"""Writing rows of a register: entry page, import, change, withdrawal and erasing all come here.

Each act appends a version (what, when it happened, when we learnt it, in which post, canonical
values, salted commitments of the personal ones, hash) and then brings the row up to date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from huiyin.base.rules.canonical import (
    FIRST_PREVIOUS_HASH,
    canonical_json,
    event_hash,
    utc_text,
)
from huiyin.base.rules.encryption import blind_index, commit, new_salt
from huiyin.base.rules.workday_calendar import local_date
from huiyin.base.rules.workdays import SHANGHAI
from huiyin.base.services import personal
from huiyin.org.rules.grants import ActingPost
from huiyin.registers.models import RegisterRow, RowVersion
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Approximate, Column
from huiyin.registers.services import locking
from huiyin.registers.services.locking import Judged

NEW, SAME, CHANGED = "new", "same", "changed"
#: Versions that say what the row says; the others only that it was withdrawn or erased.
SAYING = ("entered", "changed")


class RowRefused(ValueError):
    """Why a row cannot be written, in words for the form or the receipt."""


@dataclass(frozen=True)
class Source:
    """In which post (None = the system), when we learnt it, from where: 'entry', 'import:NAME'."""

    by: ActingPost | None
    at: datetime
    origin: str = "entry"


@dataclass(frozen=True)
class Written:
    """The row and what became of it: NEW, SAME or CHANGED. `late`: it speaks of a closed month, or by
    allowance of a locked period 补录."""

    row: RegisterRow
    outcome: str
    late: bool = False


def refusal(
    register: Register, values: Mapping[str, Any], *, area_id: int, source: Source
) -> str | None:
    """Why a new row would be refused, in words; None when it would be written."""
    wrong = register.check(values) if register.check else None
    return wrong or _judged(register, values, {}, area_id, source).refusal or None


def write(
    register: Register, values: Mapping[str, Any], *, area_id: int, source: Source
) -> Written:
    """Enter a row, or change the one that is the same matter; what says nothing new changes nothing.

    `values`: column name → value as registers.rules.columns and services.reading give them; the
    area is that of the place. RowRefused where the whole row cannot be.
    """
    wrong = register.check(values) if register.check else None
    if wrong:
        raise RowRefused(wrong)
    assert register.model is not None
    key = key_of(register, values, area_id)
    with transaction.atomic():
        old = register.model._default_manager.select_for_update().filter(
            key=key, withdrawn_at__isnull=True
        ).first()  # fmt: skip
        if old is not None:
            return _changed(register, old, values, area_id, source)
        try:
            with transaction.atomic():
                return _entered(register, values, area_id, key, source)
        except IntegrityError:  # somebody entered the same row at this moment
            old = register.model._default_manager.select_for_update().get(
                key=key, withdrawn_at__isnull=True
            )
            return _changed(register, old, values, area_id, source)


def change(
    register: Register,
    row_id: int,
    values: Mapping[str, Any],
    *,
    area_id: int,
    version: int,
    source: Source,
) -> Written:
    """Change one row that somebody looked at in `version`. RowRefused when it is another by now,
    or when it would become the same as a row that stands already."""
    wrong = register.check(values) if register.check else None
    if wrong:
        raise RowRefused(wrong)
    with transaction.atomic():
        row = _standing(register, row_id, version)
        try:
            with transaction.atomic():
                return _changed(register, row, values, area_id, source)
        except IntegrityError:
            raise RowRefused("台账里已经有相同的一行，请改那一行") from None


def withdraw(register: Register, row_id: int, *, reason: str, version: int, source: Source) -> None:
    """Take a row back that should not stand; it and its versions stay to be seen."""
    if len(reason.strip()) < 2:
        raise RowRefused("请写明为什么撤销")
    with transaction.atomic():
        row = _standing(register, row_id, version)
        judged = _pass(register, {}, _days_of(register, row), row.area_id, source)
        row.withdrawn_at = source.at
        _append(register, row, "withdrawn", {}, source, reason=reason.strip()[:200])
        row.save(update_fields=["withdrawn_at", "version", "head", "changed_at"])
        _note_late(register, row, judged, "withdrawn", source)


def erase(register: Register, row_id: int, columns: list[Column], *, at: datetime) -> bool:
    """Clear personal values whose time is over: value, salt and, where it was made of them, the key.
    The versions stay: their commitments say nothing any more. False when nothing was left."""
    assert register.model is not None
    with transaction.atomic():
        row = register.model._default_manager.select_for_update().get(pk=row_id)
        due = [col for col in columns if getattr(row, col.name)]
        if not due:
            return False
        for col in due:
            setattr(row, col.name, "")
            if col.indexed:
                setattr(row, f"{col.name}_index", "")
            row.salts = _without(row, col)
        if any(col.name in register.keys for col in due):
            row.key = new_salt().hex() * 2
        row.erased_at = at
        labels = "、".join(col.label for col in due)
        _append(register, row, "erased", {}, Source(None, at, "retention"),
                reason=f"保存期满，清除{labels}")  # fmt: skip
        row.save()
        return True


def key_of(register: Register, values: Mapping[str, Any], area_id: int) -> str:
    """Blind index over what makes a row the same row: nobody reads a name out of it."""
    parts = [register.code, str(area_id)]
    parts += ["" if values.get(k) is None else str(plain(values[k])) for k in register.keys]
    return blind_index("\x1f".join(parts), settings.HUIYIN_SECRETS.blind_index_key)


def plain(value: Any) -> Any:
    """A value as it stands in a canonical body."""
    if isinstance(value, Approximate):
        if value.bound == "exact":
            return format(value.value.normalize(), "f")
        return {"value": format(value.value.normalize(), "f"), "bound": value.bound,
                "raw": value.raw}  # fmt: skip
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def clear_value(register: Register, row: RegisterRow, column: Column) -> str:
    """A personal value in clear; "" where there is none or it was erased. EncryptionError when the
    installation's keys are lost. Whoever shows it asks for a reason and records it."""
    assert register.model is not None
    token, salt = getattr(row, column.name), row.salts.get(column.name, "")
    if not token or not salt:
        return ""
    return personal.unseal(token, table=register.model._meta.db_table, field=column.name, salt=salt)


def value_of(register: Register, row: RegisterRow, column: Column) -> Any:
    """The value of a column as `write` takes it; personal ones in clear."""
    if column.personal:
        return clear_value(register, row, column) or None
    if column.kind in c.REFERENCES:
        return getattr(row, f"{column.name}_id")
    value = getattr(row, column.name)
    if column.kind == c.QUANTITY and value is not None:
        return Approximate(value, getattr(row, f"{column.name}_bound"),
                           getattr(row, f"{column.name}_raw"))  # fmt: skip
    return None if value == "" else value


def _standing(register: Register, row_id: int, version: int) -> RegisterRow:
    assert register.model is not None
    row = register.model._default_manager.select_for_update().filter(
        pk=row_id, withdrawn_at__isnull=True
    ).first()  # fmt: skip
    if row is None:
        raise RowRefused("这一行已被撤销")
    if row.version != version:
        raise RowRefused("这一行刚被别人改过，请看过最新内容再改")
    return row


def _entered(
    register: Register, values: Mapping[str, Any], area_id: int, key: str, source: Source
) -> Written:
    assert register.model is not None
    judged = _pass(register, values, {}, area_id, source)
    row = register.model(area_id=area_id, key=key, entered_at=source.at, changed_at=source.at,
                         head=FIRST_PREVIOUS_HASH)  # fmt: skip
    _take(register, row, values)
    row.save(force_insert=True)
    _append(register, row, "entered", values, source)
    row.save(update_fields=["version", "head", "changed_at"])
    return Written(row, NEW, _note_late(register, row, judged, "entered", source))


def _changed(
    register: Register, row: RegisterRow, values: Mapping[str, Any], area_id: int, source: Source
) -> Written:
    differing = _differing(register, row, values)
    if row.area_id == area_id and not differing:
        return Written(row, SAME)
    old, new = _days_of(register, row), dict(values)
    if row.area_id == area_id and differing == {register.ends}:  # where it began stays as it was
        old.pop(register.day)
        new.pop(register.day)
    judged = _pass(register, new, old, area_id, source)
    if row.area_id != area_id:  # it leaves that place
        _pass(register, {}, old, row.area_id, source)
    row.area_id, row.key = area_id, key_of(register, values, area_id)
    _take(register, row, values)
    _append(register, row, "changed", values, source)
    row.save()
    return Written(row, CHANGED, _note_late(register, row, judged, "changed", source))


def _differing(register: Register, row: RegisterRow, values: Mapping[str, Any]) -> set[str]:
    """Columns of which these values say something else than the row."""
    return {
        column.name for column in register.columns
        if plain(values.get(column.name)) != plain(value_of(register, row, column))
    }  # fmt: skip


def _days_of(register: Register, row: RegisterRow) -> dict[str, Any]:
    """The days of which the row speaks now, by column."""
    return {name: getattr(row, name) for name in (register.day, register.ends) if name}


def _judged(
    register: Register,
    values: Mapping[str, Any],
    old: Mapping[str, Any],
    area_id: int,
    source: Source,
) -> Judged:
    said = [given.get(name) for given in (values, old) for name in (register.day, register.ends)]
    days = [local_date(v) if isinstance(v, datetime) else v for v in said if isinstance(v, date)]
    unit_id = source.by.unit_id if source.by else None
    return locking.judge(register, area_id=area_id, days=days, unit_id=unit_id, at=source.at)


def _pass(
    register: Register,
    values: Mapping[str, Any],
    old: Mapping[str, Any],
    area_id: int,
    source: Source,
) -> Judged:
    """The one gate: RowRefused when a day of the fact, as it was or as it will be, is locked."""
    judged = _judged(register, values, old, area_id, source)
    if judged.refusal:
        raise RowRefused(judged.refusal)
    return judged


def _note_late(
    register: Register, row: RegisterRow, judged: Judged, action: str, source: Source
) -> bool:
    if judged.late and source.by is not None:
        locking.note_late(
            register, row, judged, action=action, unit_id=source.by.unit_id, at=source.at
        )
    return judged.late


def _take(register: Register, row: RegisterRow, values: Mapping[str, Any]) -> None:
    """Put the values into the row's fields, personal ones encrypted under a salt of their own."""
    assert register.model is not None
    table = register.model._meta.db_table
    for column in register.columns:
        value = values.get(column.name)
        if column.personal:
            salt = new_salt().hex() if value else ""
            row.salts = {**row.salts, column.name: salt} if salt else _without(row, column)
            sealed = (
                personal.seal(value, table=table, field=column.name, salt=salt) if value else ""
            )
            setattr(row, column.name, sealed)
            if column.indexed:
                setattr(row, f"{column.name}_index", _index(value))
        elif column.kind in c.REFERENCES:
            setattr(row, f"{column.name}_id", value)
        elif column.kind == c.QUANTITY:
            setattr(row, column.name, value.value if value else None)
            setattr(row, f"{column.name}_bound", value.bound if value else "exact")
            setattr(row, f"{column.name}_raw", value.raw if value else "")
        else:
            field = register.model._meta.get_field(column.name)
            setattr(row, column.name, "" if value is None and not field.null else value)


def _index(value: str | None) -> str:
    """Blind index of a personal value: equal ones can be counted once, nobody reads it."""
    key = settings.HUIYIN_SECRETS.blind_index_key
    return blind_index(value, key) if value else ""


def _without(row: RegisterRow, column: Column) -> dict[str, str]:
    return {k: v for k, v in row.salts.items() if k != column.name}


def _append(
    register: Register,
    row: RegisterRow,
    action: str,
    values: Mapping[str, Any],
    source: Source,
    *,
    reason: str = "",
) -> None:
    """One version behind the row; `row.version` and `row.head` move on with it."""
    seq = row.version + 1
    open_values = {col.name: plain(values.get(col.name)) for col in register.columns
                   if not col.personal}  # fmt: skip
    closed = {col.name: commit(values[col.name], bytes.fromhex(row.salts[col.name]))
              for col in register.personal if values.get(col.name)}  # fmt: skip
    body = canonical_json({
        "register": register.code, "row": row.pk, "seq": seq, "action": action,
        "recorded_at": utc_text(source.at), "area": row.area_id, "person": source.by.person_id if source.by else None,
        "post": source.by.post_id if source.by else None, "source": source.origin, "reason": reason,
        "values": open_values if action in SAYING else {}, "personal": closed,
    })  # fmt: skip
    digest = event_hash(row.head, body)
    RowVersion.objects.create(
        register=register.code, row=row.pk, seq=seq, action=action,
        at=_happened(register, values) or source.at, recorded_at=source.at,
        person_id=source.by.person_id if source.by else None,
        post_id=source.by.post_id if source.by else None, body=body.decode(),
        prev_hash=row.head, hash=digest,
    )  # fmt: skip
    row.version, row.head, row.changed_at = seq, digest, source.at


def _happened(register: Register, values: Mapping[str, Any]) -> datetime | None:
    day = values.get(register.day)
    if isinstance(day, datetime):
        return day
    return datetime.combine(day, time.min, SHANGHAI) if isinstance(day, date) else None
