"""Accounts: first passwords, changes, locks. What an account may do comes from posts, not from here.

Rules of the classified protection scheme (等保三级, practice.md §8.4): four kinds of characters,
none of the last five, a term, a forced change at first sign-in, one session. `by` as in
`organising`: the acting administrator, None = the installation itself (no audit row).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.utils import reset as reset_attempts
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from huiyin.base.services import audit
from huiyin.org.models import Account, FormerPassword, Person
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import logins
from huiyin.org.services import organising

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
#: Stands for "no session": nobody's key, so every session of the account ends.
NO_SESSION = "-"


class AccountError(ValueError):
    """The change of an account is refused. The message is Chinese and fit for the screen."""


@dataclass(frozen=True)
class FirstPassword:
    """An account and the password that its owner gets once, to be changed at sign-in."""

    account: Account
    password: str


@transaction.atomic
def create_account(
    *, person: Person, username: str, at: datetime, by: ActingPost | None = None, address: str = ""
) -> FirstPassword:
    """Add a login with a generated first password that has to be changed at first sign-in."""
    password = _generated()
    account = _create(person, username, make_password(password))
    account.must_change_password = True
    account.save(update_fields=["must_change_password"])
    _audit("account_created", account, at=at, by=by, address=address)
    return FirstPassword(account, password)


@transaction.atomic
def create_person_with_account(
    *, name: str, work_phone: str, username: str, at: datetime, by: ActingPost, address: str
) -> FirstPassword:
    """Somebody new with a login, both or neither."""
    person = organising.create_person(name=name, work_phone=work_phone)
    return create_account(person=person, username=username, at=at, by=by, address=address)


def open_account(*, person: Person, username: str, password: str, at: datetime) -> Account:
    """Add a login with a known password and no forced change (tests, demonstration).

    The term of the password runs from `at`.
    """
    return open_account_with_hash(
        person=person, username=username, password_hash=make_password(password), at=at
    )


@transaction.atomic
def open_account_with_hash(
    *, person: Person, username: str, password_hash: str, at: datetime
) -> Account:
    """The same from a hash: the demonstration hashes its one password once, not per account."""
    account = _create(person, username, password_hash)
    account.password_changed_at = at
    account.save(update_fields=["password_changed_at"])
    return account


@transaction.atomic
def reset_password(
    *, account: Account, at: datetime, by: ActingPost | None = None, address: str = ""
) -> FirstPassword:
    """Give a new first password; all sessions end. Nobody resets his own this way."""
    row = _locked(account)
    _refuse_own(row, by)
    password = _generated()
    _set_password(row, make_password(password), at)
    row.must_change_password, row.session_key = True, NO_SESSION
    row.save()
    reset_attempts(username=row.username)
    _audit("password_reset", row, at=at, by=by, address=address)
    return FirstPassword(row, password)


@transaction.atomic
def change_password(
    *, account: Account, current: str, new: str, at: datetime, address: str = ""
) -> Account:
    """Change one's own password. AccountError: wrong present one, too weak, used before."""
    row = _locked(account)
    if not check_password(current, row.password):
        raise AccountError("当前密码不对")
    try:
        validate_password(new, user=row)
    except ValidationError as error:
        raise AccountError("；".join(error.messages)) from error
    count = logins.account_policy().former_passwords
    former = row.former_passwords.order_by("-until", "-pk").values_list("password", flat=True)
    if check_password(new, row.password) or any(
        check_password(new, f) for f in former[: count - 1]
    ):
        raise AccountError(f"不能与最近 {count} 次用过的密码相同")
    _set_password(row, make_password(new), at)
    row.must_change_password = False
    row.save()
    _audit_own("password_changed", row, at=at, address=address)
    return row


def password_expired(account: Account, at: datetime) -> bool:
    """Whether the term of the password is over; one that was never changed has no term."""
    if account.password_changed_at is None:
        return False
    term = timedelta(days=logins.account_policy().password_days)
    return at - account.password_changed_at > term


@transaction.atomic
def disable(
    *, account: Account, at: datetime, by: ActingPost | None = None, address: str = ""
) -> Account:
    """Close an account; its sessions end. Posts stay: they end on their own page."""
    row = _locked(account)
    _refuse_own(row, by)
    row.is_active, row.session_key = False, NO_SESSION
    row.save(update_fields=["is_active", "session_key"])
    _audit("account_disabled", row, at=at, by=by, address=address)
    return row


@transaction.atomic
def enable(
    *, account: Account, at: datetime, by: ActingPost | None = None, address: str = ""
) -> Account:
    """Open a closed account again."""
    row = _locked(account)
    row.is_active, row.session_key = True, ""
    row.save(update_fields=["is_active", "session_key"])
    _audit("account_enabled", row, at=at, by=by, address=address)
    return row


@transaction.atomic
def unlock(
    *, account: Account, at: datetime, by: ActingPost | None = None, address: str = ""
) -> None:
    """Forget the failed sign-ins of an account."""
    reset_attempts(username=account.username)
    _audit("account_unlocked", account, at=at, by=by, address=address)


@transaction.atomic
def signed_in(*, account: Account, session_key: str, at: datetime, address: str) -> Account:
    """Note the one session that counts from now on; an expired password must be changed."""
    row = _locked(account)
    row.session_key = session_key
    row.must_change_password = row.must_change_password or password_expired(row, at)
    row.save(update_fields=["session_key", "must_change_password"])
    _audit_own("signed_in", row, at=at, address=address)
    return row


def session_renewed(*, account: Account, session_key: str) -> None:
    """The one session goes on under a new key (after a changed password)."""
    Account.objects.filter(pk=account.pk).update(session_key=session_key)


def sign_in_refused(*, username: str, at: datetime, address: str) -> None:
    """Note a failed sign-in. What was typed as a name is kept only if there is such an account."""
    account = Account.objects.select_related("person").filter(username=username).first()
    audit.record(
        at=at, person_id=account.person_id if account else None,
        person_name=account.person.name if account else "", post_id=None, address=address,
        action="sign_in_refused", subject=f"account:{account.pk}" if account else "account:",
        reason="" if account else "没有这个账号", ok=False,
    )  # fmt: skip


def signed_out(*, account: Account, at: datetime, address: str) -> None:
    """Note that somebody left."""
    Account.objects.filter(pk=account.pk).update(session_key="")
    _audit_own("signed_out", account, at=at, address=address)


def _create(person: Person, username: str, password_hash: str) -> Account:
    name = username.strip().lower()
    if not name or not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
        raise AccountError("账号只能用字母、数字、“-”和“_”")
    if Account.objects.filter(person=person).exists():
        raise AccountError(f"{person.name}已有账号")
    try:
        with transaction.atomic():
            return Account.objects.create(person=person, username=name, password=password_hash)
    except IntegrityError as error:
        raise AccountError(f"账号“{name}”已被使用") from error


def _set_password(row: Account, password_hash: str, at: datetime) -> None:
    """Keep the former hash, the newest few only."""
    FormerPassword.objects.create(account=row, password=row.password, until=at)
    keep = logins.account_policy().former_passwords
    old = row.former_passwords.order_by("-until", "-pk").values_list("pk", flat=True)[keep:]
    FormerPassword.objects.filter(pk__in=list(old)).delete()
    row.password, row.password_changed_at = password_hash, at


def _locked(account: Account) -> Account:
    return (
        Account.objects.select_for_update(of=("self",)).select_related("person").get(pk=account.pk)
    )


def _refuse_own(account: Account, by: ActingPost | None) -> None:
    if by is not None and by.person_id == account.person_id:
        raise AccountError("不能对自己的账号这样做，请由另一位管理员办理")


def _generated() -> str:
    """'Hy-7K3M-Q9XT': can be read over the phone, has all four kinds, 40 random bits."""
    part = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"Hy-{part[:4]}-{part[4:]}{secrets.choice('23456789')}"


def _audit(
    action: str, account: Account, *, at: datetime, by: ActingPost | None, address: str
) -> None:
    if by is None:
        return
    audit.record(
        at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
        address=address, action=action, subject=f"account:{account.pk}",
        reason=f"{account.person.name}（{account.username}）",
    )  # fmt: skip


def _audit_own(action: str, account: Account, *, at: datetime, address: str) -> None:
    audit.record(
        at=at, person_id=account.person_id, person_name=account.person.name, post_id=None,
        address=address, action=action, subject=f"account:{account.pk}",
    )  # fmt: skip
