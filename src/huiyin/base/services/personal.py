"""Personal values at rest: encrypted under the installation's keys, found again by blind index."""

from __future__ import annotations

from django.conf import settings

from huiyin.base.rules.encryption import associated_data, blind_index, decrypt, encrypt
from huiyin.base.rules.personal_data import normalise_phone


def seal(plaintext: str, *, table: str, field: str, salt: str) -> str:
    """Encrypt one value for its place; "" stays "". `salt` is the row's own, kept beside it."""
    if not plaintext:
        return ""
    aad = associated_data(table, field, salt)
    return encrypt(plaintext, aad=aad, keyring=settings.HUIYIN_SECRETS.field_keys)


def unseal(token: str, *, table: str, field: str, salt: str) -> str:
    """The value behind `seal`. EncryptionError when the keys are lost or the value was changed."""
    if not token:
        return ""
    aad = associated_data(table, field, salt)
    return decrypt(token, aad=aad, keyring=settings.HUIYIN_SECRETS.field_keys)


def phone_index(phone: str) -> str:
    """Blind index of a phone number, "" for none: equal numbers give equal indexes.

    "" stands for “no phone” and must not be looked up: it would find everybody who left none.
    Raises UnreadablePhone for text that is no number.
    """
    if not phone.strip():
        return ""
    return blind_index(normalise_phone(phone), settings.HUIYIN_SECRETS.blind_index_key)


def phone_tail_index(phone: str, number: str) -> str:
    """Index of the last four digits together with the case number: useless without that number.

    "" for no phone. Raises UnreadablePhone.
    """
    return tail_index(normalise_phone(phone)[-4:], number) if phone.strip() else ""


def tail_index(tail: str, number: str) -> str:
    """The same for a tail that somebody typed."""
    return blind_index(f"{number}:{tail}", settings.HUIYIN_SECRETS.blind_index_key)
