"""The second factor 动态口令 of privileged roles: enrol, verify, reset by another administrator.

The key stands encrypted for its account (org.models.SecondFactor). Wrong codes are slowed down by
django-otp: 1, 2, 4 … seconds.
"""

from __future__ import annotations

import secrets
from base64 import b85encode
from datetime import datetime

from django.db import transaction

from huiyin.base.services import audit, personal
from huiyin.org.models import Account, SecondFactor
from huiyin.org.rules.grants import ActingPost
from huiyin.org.services.accounts import NO_SESSION, AccountError


class WrongCode(AccountError):
    """The six digits do not fit, or come too soon after a wrong try."""


@transaction.atomic
def begin(*, account: Account) -> SecondFactor:
    """The factor that is being enrolled: the same until it is confirmed, so a reload of the page
    does not change the picture. AccountError when one is enrolled already.
    """
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    standing = SecondFactor.objects.filter(user=account).order_by("pk").first()
    if standing is not None and standing.confirmed:
        raise AccountError("已绑定动态口令；换手机请由另一位管理员重置")
    if standing is not None:
        return standing
    text = b85encode(secrets.token_bytes(SecondFactor.KEY_BYTES)).decode()
    sealed = personal.seal(
        text, table=SecondFactor.TABLE, field=SecondFactor.FIELD, salt=str(account.pk)
    )
    return SecondFactor.objects.create(user=account, name="动态口令", key=sealed, confirmed=False)


def confirm(*, factor: SecondFactor, code: str, at: datetime, address: str) -> SecondFactor:
    """Finish enrolment with a first code. Raises WrongCode."""
    _check(factor, code, at=at, address=address)
    factor.confirmed = True
    factor.save(update_fields=["confirmed"])
    _audit("second_factor_enrolled", factor.user, at=at, address=address, ok=True)
    return factor


def verify(*, account: Account, code: str, at: datetime, address: str) -> SecondFactor:
    """Check a code at sign-in. Raises WrongCode."""
    factor = SecondFactor.objects.select_related("user__person").get(user=account, confirmed=True)
    _check(factor, code, at=at, address=address)
    return factor


def enrolled(account: Account) -> bool:
    """Whether the account has a confirmed second factor."""
    return SecondFactor.objects.filter(user=account, confirmed=True).exists()


@transaction.atomic
def reset(*, account: Account, at: datetime, by: ActingPost, address: str) -> None:
    """Take the factor away, so that it is enrolled anew at the next sign-in; sessions end.

    By another administrator, never by oneself: a stolen session must not get rid of it.
    """
    if by.person_id == account.person_id:
        raise AccountError("不能重置自己的动态口令，请由另一位管理员办理")
    SecondFactor.objects.filter(user=account).delete()
    Account.objects.filter(pk=account.pk).update(session_key=NO_SESSION)
    audit.record(
        at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
        address=address, action="second_factor_reset", subject=f"account:{account.pk}",
        reason=f"{account.person.name}（{account.username}）",
    )  # fmt: skip


def _check(factor: SecondFactor, code: str, *, at: datetime, address: str) -> None:
    allowed, _ = factor.verify_is_allowed()
    if not allowed:
        raise WrongCode("输错次数较多，请过几秒再输入新的 6 位数字")
    if not factor.verify_token(code.replace(" ", "")):
        _audit("second_factor_refused", factor.user, at=at, address=address, ok=False)
        raise WrongCode("6 位数字不对或已过期，请输入手机上现在显示的数字，并核对手机时间")


def _audit(action: str, account: Account, *, at: datetime, address: str, ok: bool) -> None:
    audit.record(
        at=at, person_id=account.person_id, person_name=account.person.name, post_id=None,
        address=address, action=action, subject=f"account:{account.pk}", ok=ok,
    )  # fmt: skip
