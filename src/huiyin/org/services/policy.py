"""Confirm and change defaults of every app, with an audit row. Errors: ValueError in Chinese."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from huiyin.base.services import audit
from huiyin.base.services.defaults import DefaultRow, DefaultsProvider, defaults_provider
from huiyin.org.rules.grants import ActingPost


class NoSuchDefault(LookupError):
    """No app owns a default of that name."""


def find_default(provider: str, key: str) -> tuple[DefaultsProvider, DefaultRow]:
    """A default by the list that owns it and its key. Raises NoSuchDefault."""
    try:
        owner = defaults_provider(provider)
    except KeyError:
        raise NoSuchDefault(provider) from None
    row = next((r for r in owner.rows() if r.key == key), None)
    if row is None:
        raise NoSuchDefault(key)
    return owner, row


@transaction.atomic
def confirm_default(
    *, provider: str, key: str, document: str, confirmed_on: date, by: ActingPost, at: datetime,
    address: str,
) -> None:  # fmt: skip
    """Write 文号 and date under a default."""
    owner, row = find_default(provider, key)
    owner.confirm(key=key, document=document, confirmed_on=confirmed_on, by_name=by.person_name)
    _audit("default_confirmed", owner, row, f"{row.value}，{document}", by, at, address)


@transaction.atomic
def change_default(
    *, provider: str, key: str, raw: str, from_day: date, by: ActingPost, at: datetime, address: str
) -> None:
    """Give a default another value; it waits for confirmation again."""
    owner, row = find_default(provider, key)
    if owner.change is None:
        raise ValueError("这项参数不在此处修改")
    owner.change(key=key, raw=raw, from_day=from_day)
    _audit("default_changed", owner, row, f"{row.raw} → {raw.strip()}", by, at, address)


@transaction.atomic
def add_default(
    *, provider: str, values: dict[str, str], document: str, from_day: date, by: ActingPost,
    at: datetime, address: str,
) -> str:  # fmt: skip
    """Add a row to a list, under its document; the row's label."""
    owner = defaults_provider(provider)
    if owner.add is None:
        raise ValueError("这里不能加新的一条")
    label = owner.add(values=values, document=document, from_day=from_day, by_name=by.person_name)
    audit.record(
        at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
        address=address, action="default_changed", subject=f"default:{owner.code}",
        reason=f"新增 {label}，{document}",
    )  # fmt: skip
    return label


def _audit(
    action: str, owner: DefaultsProvider, row: DefaultRow, what: str, by: ActingPost,
    at: datetime, address: str,
) -> None:  # fmt: skip
    audit.record(
        at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
        address=address, action=action, subject=f"default:{owner.code}:{row.key}",
        reason=f"{row.group}·{row.label}：{what}",
    )  # fmt: skip
