"""Following a report: number and tail open it, guessing is slowed down, the reporter answers."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import connection

from huiyin.base.selectors import local_number
from huiyin.cases.models import Case, CaseEvent, Seal
from huiyin.cases.rules import numbers
from huiyin.cases.services import performing, sealing
from huiyin.cases.services.steps import REPORTER
from huiyin.intake import selectors
from huiyin.intake.models import WrongTry
from huiyin.intake.rules.local_limits import TRIES_PER_ADDRESS, TRIES_PER_NUMBER


class NotOpened(Exception):
    """The case is not shown. The message is Chinese and says what to do."""


class MistypedNumber(NotOpened):
    """The check digit of the number is wrong: told before anything is looked up."""

    def __init__(self) -> None:
        super().__init__("编号有一位不对，请对照短信或截屏再看一遍（字母加 8 位以上数字）")


class WrongTail(NotOpened):
    """No such number, or not its tail: the same words for both."""

    def __init__(self) -> None:
        super().__init__(
            "编号与尾号（或查询码）对不上。请核对；忘了可以拨打 12345，由受理人员核实后帮您查"
        )


class TooManyTries(NotOpened):
    """Too many wrong tries from one address within the hour."""

    def __init__(self) -> None:
        super().__init__(
            "一小时内试错太多次，为保护反映人的信息，请一小时后再试，或拨打 12345 查询"
        )


@dataclass(frozen=True)
class Opened:
    """A case that somebody has shown to be theirs, and as whom: reporter or for_whom."""

    number: str
    role: str


def open_case(*, typed_number: str, tail: str, address: str, at: datetime) -> Opened:
    """The case behind number and tail (last four digits of the phone, or the code).

    A number with a wrong check digit is said to be mistyped and not counted. Every other failure
    counts against the address (over all numbers) and the number (from all addresses); from as many
    as 本地参数 says nothing is answered for the rest of the hour, right or wrong. Raises NotOpened.
    """
    number = numbers.normalised(typed_number)
    if number is None:
        raise MistypedNumber
    marks = {
        _mark("address", _source(address), at): local_number(TRIES_PER_ADDRESS),
        _mark("number", number, at): local_number(TRIES_PER_NUMBER),
    }
    tried = dict(WrongTry.objects.filter(pk__in=marks).values_list("mark", "tries"))
    if any(tried.get(mark, 0) >= most for mark, most in marks.items()):
        raise TooManyTries
    digits = "".join(c for c in tail if c.isdigit())
    contact = selectors.contact_by_tail(number, digits) if digits else None
    if contact is None:
        _count(list(marks), at)
        raise WrongTail
    return Opened(number, contact.role)


def answer(*, number: str, resolved: bool, satisfied: str, note: str, at: datetime) -> Case:
    """The reporter says whether it is solved. ActionRefused when nobody asks any more."""
    return performing.perform(
        case=_id(number), action="answer_as_reporter", by=REPORTER, at=at,
        given={"resolved": resolved, "satisfied": satisfied, "note": note},
    )  # fmt: skip


def say_it_is_back(*, number: str, note: str, at: datetime) -> Case:
    """“问题又出现了”: a closed matter is looked at again. ActionRefused when that is under way."""
    return performing.perform(
        case=_id(number), action="report_relapse", by=REPORTER, at=at, given={"note": note}
    )


@dataclass(frozen=True)
class Integrity:
    """How the report stands in the ledger. `place`: its number in the sequence of all cases."""

    place: int
    records: int
    ok: bool
    sealed_at: datetime | None


def check_integrity(case: Case) -> Integrity:
    """Verify the chain of one case, its words included, and when its first record was sealed."""
    rows = list(CaseEvent.objects.filter(case=case).order_by("seq"))
    findings = sealing.verify_case(case, rows)
    first = rows[0].pk if rows else 0
    seal = Seal.objects.filter(from_id__lt=first, to_id__gte=first).order_by("to_id").first()
    return Integrity(
        numbers.sequence_of(case.number), len(rows), not findings and bool(rows),
        seal.at if seal else None,
    )  # fmt: skip


def _id(number: str) -> int:
    return Case.objects.values_list("pk", flat=True).get(number=number)


def _count(marks: list[str], at: datetime) -> None:
    """One more wrong try on each mark; what is older than two hours goes."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake_wrong_try WHERE hour < %s", [hour - timedelta(hours=2)])
        cursor.executemany(
            "INSERT INTO intake_wrong_try (mark, hour, tries) VALUES (%s, %s, 1)"
            " ON CONFLICT (mark) DO UPDATE SET tries = intake_wrong_try.tries + 1",
            [(mark, hour) for mark in sorted(marks)],
        )


def _mark(kind: str, value: str, at: datetime) -> str:
    text = f"{kind}:{value}:{at:%Y%m%d%H}"
    key: bytes = settings.HUIYIN_SECRETS.blind_index_key
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _source(address: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one: a household changes the rest at will."""
    try:
        parsed = ip_address(address.strip())
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(int(parsed) >> 64)
    return str(parsed)
