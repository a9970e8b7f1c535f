"""Showing who reported in clear: with a reason, by a post that may, and never without a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from huiyin.base.rules.encryption import EncryptionError
from huiyin.base.rules.masking import mask_door, mask_name, mask_phone
from huiyin.base.rules.workday_calendar import local_date
from huiyin.base.services import audit, personal
from huiyin.cases import selectors
from huiyin.cases.models import Case, CaseContact
from huiyin.cases.rules.contact_access import ContactAccess, contact_access
from huiyin.cases.selectors.related import SameCaller, same_caller
from huiyin.org.rules.grants import ActingPost

FIELDS = ("name", "phone", "door")
LABELS = {"name": "姓名", "phone": "电话", "door": "门牌", "unmasked": "原文"}
SHORTEST_REASON = 2


class RevealRefused(Exception):
    """The contact may not be shown in clear. The message is Chinese and says why."""


@dataclass(frozen=True)
class Clear:
    """One contact in clear. `text`: what was reported with its numbers unmasked, "" when none were.

    Never kept, never logged, never cached.
    """

    contact: CaseContact
    name: str = field(repr=False)
    phone: str = field(repr=False)
    door: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class Shown:
    """One contact as these posts see it. `name`, `phone`, `door` masked, or "" where hidden."""

    contact: CaseContact
    access: ContactAccess
    name: str
    phone: str
    door: str
    unreadable: bool = False


def contacts_shown(case: Case, posts: Sequence[ActingPost], *, day: date) -> list[Shown]:
    """The contacts of a case, masked or hidden. Three queries."""
    seeing = selectors.posts_that_see(case, posts, day=day)
    at_work = _units_at_work(case)
    return [_shown(case, c, seeing, at_work) for c in case.contacts.order_by("id")]


@transaction.atomic
def reveal(
    *, case: Case, posts: Sequence[ActingPost], reason: str, at: datetime, address: str
) -> list[Clear]:
    """The contacts of a case in clear, those that these posts may see; one audit row is written.

    Raises RevealRefused without a reason, or when nothing may be shown; a refused attempt is
    recorded by the caller's choice of page, not here.
    """
    why = reason.strip()
    if len(why) < SHORTEST_REASON:
        raise RevealRefused("请写明查看联系方式的事由")
    seeing = selectors.posts_that_see(case, posts, day=local_date(at))
    at_work = _units_at_work(case)
    shown: list[Clear] = []
    by: ActingPost | None = None
    for contact in case.contacts.order_by("id"):
        access = _access(case, contact, seeing, at_work)
        if access.post is None:
            continue
        by = access.post
        shown.append(_clear(contact))
    if by is None:
        raise RevealRefused("您的岗位现在不能查看这件的联系方式")
    audit.record(
        at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
        address=address, action="contact_seen", subject=f"case:{case.number}",
        fields=[LABELS[f] for f in (*FIELDS, *(["unmasked"] if any(c.text for c in shown) else []))],
        reason=why,
    )  # fmt: skip
    return shown


@transaction.atomic
def callers_other_cases(
    *, case: Case, posts: Sequence[ActingPost], at: datetime, address: str
) -> list[SameCaller]:
    """Other cases of the same caller; that somebody looked is kept when there was something to see."""
    found = same_caller(case, posts, day=local_date(at))
    if found:
        by = next(p for p in posts if p.may("case.caller_history"))
        audit.record(
            at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
            address=address, action="caller_looked_up", subject=f"case:{case.number}",
            fields=["来电历史"], reason="查重复件",
        )  # fmt: skip
    return found


def _access(
    case: Case, contact: CaseContact, seeing: Sequence[ActingPost], at_work: frozenset[int]
) -> ContactAccess:
    return contact_access(
        choice=contact.choice, confidential=case.confidential or case.kind == "accusation",
        posts=seeing, units_at_work=at_work,
    )  # fmt: skip


def _units_at_work(case: Case) -> frozenset[int]:
    """Units whose part is open and not done, while the case is not ended."""
    if case.ended:
        return frozenset()
    parts = case.assignments.filter(ended_at__isnull=True, done_at__isnull=True)
    return frozenset(parts.values_list("unit", flat=True))


def _shown(
    case: Case, contact: CaseContact, seeing: Sequence[ActingPost], at_work: frozenset[int]
) -> Shown:
    access = _access(case, contact, seeing, at_work)
    if contact.erased_at is not None or not access.masked:
        return Shown(contact, access, "", "", "")
    try:
        clear = _clear(contact)
    except EncryptionError:
        return Shown(contact, access, "", "", "", unreadable=True)
    return Shown(
        contact, access, mask_name(clear.name), mask_phone(clear.phone), mask_door(clear.door)
    )


def _clear(contact: CaseContact) -> Clear:
    values = {
        name: personal.unseal(
            getattr(contact, name), table="cases_contact", field=name, salt=contact.salt
        )
        for name in (*FIELDS, "unmasked")
    }
    return Clear(
        contact=contact, name=values["name"], phone=values["phone"], door=values["door"],
        text=values["unmasked"],
    )  # fmt: skip
