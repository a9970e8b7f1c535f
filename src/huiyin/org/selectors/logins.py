"""Reads of accounts: policy, locks, the list of accounts, the administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.db.models import Max, Q, QuerySet, Sum

from huiyin.base.models import LocalDefault
from huiyin.org.models import Account, Post
from huiyin.org.rules.grants import ROLES
from huiyin.org.rules.names import is_pinyin_query
from huiyin.org.selectors import in_force


@dataclass(frozen=True)
class AccountPolicy:
    """Rules of accounts (等保三级 usual values where no row says otherwise)."""

    failures: int = 5
    lock_minutes: int = 30
    idle_minutes: int = 30
    password_days: int = 90
    former_passwords: int = 5


def account_policy() -> AccountPolicy:
    """The rules of accounts in force: local defaults named accounts.*. One query."""
    rows = LocalDefault.objects.filter(code__startswith="accounts.").values_list("code", "value")
    said = {code.removeprefix("accounts."): int(value) for code, value in rows}
    known = AccountPolicy.__dataclass_fields__
    return AccountPolicy(**{name: value for name, value in said.items() if name in known})


def locked_until(username: str, *, at: datetime) -> datetime | None:
    """When a name may try to sign in again, or None when it is not locked."""
    return locked_names(at=at).get(username)


def locked_names(*, at: datetime) -> dict[str, datetime]:
    """Names with too many failed sign-ins from all addresses, and until when each is locked."""
    policy = account_policy()
    term = timedelta(minutes=policy.lock_minutes)
    rows = (
        AccessAttempt.objects.filter(attempt_time__gt=at - term)
        .values("username")
        .annotate(n=Sum("failures_since_start"), last=Max("attempt_time"))
        .filter(n__gte=policy.failures)
        .order_by("last")
    )
    return {row["username"]: row["last"] + term for row in rows}


ACCOUNTS_A_PAGE = 50


@dataclass(frozen=True)
class AccountRow:
    """One line of the list of accounts: its posts of the day, and why it cannot sign in."""

    account: Account
    posts: tuple[Post, ...]
    locked_until: datetime | None


@dataclass(frozen=True)
class Page:
    """Rows of a keyset page. `before` and `after` = positions of the neighbours, "" for none."""

    rows: tuple[Any, ...]
    before: str
    after: str


def accounts_page(
    *, text: str = "", role: str = "", after: str = "", before: str = "", at: datetime, day: date
) -> Page:
    """Accounts by the pinyin of their owners. Four queries, however many accounts there are.

    `text` = part of a name or account, or pinyin; `after`, `before` = positions "pinyin|id".
    """
    pool = Account.objects.select_related("person")
    if text:
        match = Q(person__name__contains=text) | Q(username__icontains=text)
        if is_pinyin_query(text):
            match |= Q(person__pinyin__contains=text.lower().replace(" ", ""))
        pool = pool.filter(match)
    if role:
        held = Post.objects.filter(in_force(day), role=role)
        pool = pool.filter(person__in=held.values("person"))
    pool, backwards = _keyset(pool, after=after, before=before)
    found = list(pool[: ACCOUNTS_A_PAGE + 1])
    more, found = len(found) > ACCOUNTS_A_PAGE, found[:ACCOUNTS_A_PAGE]
    if backwards:
        found.reverse()
    posts: dict[int, list[Post]] = {}
    held = Post.objects.filter(in_force(day), person__in=[a.person_id for a in found])
    for post in held.select_related("unit").order_by("valid_from", "pk"):
        posts.setdefault(post.person_id, []).append(post)
    locked = locked_names(at=at)
    rows = tuple(
        AccountRow(a, tuple(posts.get(a.person_id, ())), locked.get(a.username)) for a in found
    )
    first = _position(found[0]) if found and (more if backwards else after) else ""
    last = _position(found[-1]) if found and (before if backwards else more) else ""
    return Page(rows, first, last)


def _position(account: Account) -> str:
    return f"{account.person.pinyin}|{account.pk}"


def _keyset(pool: QuerySet[Account], *, after: str, before: str) -> tuple[QuerySet[Account], bool]:
    key, _, pk = (before or after).rpartition("|")
    number = int(pk) if pk.isdigit() else 0
    if before:
        pool = pool.filter(
            Q(person__pinyin__lt=key) | Q(person__pinyin=key, pk__lt=number)
        ).order_by("-person__pinyin", "-pk")
    else:
        pool = pool.order_by("person__pinyin", "pk")
        if after:
            pool = pool.filter(Q(person__pinyin__gt=key) | Q(person__pinyin=key, pk__gt=number))
    return pool, bool(before)


def administrators(day: date) -> list[tuple[Account, Post]]:
    """Accounts of the three administrators with their posts, for mutual recovery."""
    roles = [code for code, role in ROLES.items() if role.exclusive]
    posts = Post.objects.filter(in_force(day), role__in=roles).select_related("person__account")
    return [
        (post.person.account, post)
        for post in posts.select_related("person__account", "unit").order_by("role", "pk")
        if hasattr(post.person, "account")
    ]
