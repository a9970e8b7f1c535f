"""Field encryption, blind index and commitments. Keys are passed in; nothing here knows a table.

AES-256-GCM with a key id in front of the value and the place of the value (table, field, row) as
associated data: a ciphertext that is copied into another row, field or table does not open.
Where the keys lie on disk: `secret_files`.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
"""96 random bits a value: safe far beyond 2**32 values under one key (NIST SP 800-38D §8.3)."""

KEY_ID = re.compile(r"[a-z0-9]{1,16}\Z")


class EncryptionError(ValueError):
    """A value that cannot be read back. The message is Chinese and fit for the screen."""


class MissingKey(EncryptionError):
    """The value was written with a key that this installation does not have (keys not restored)."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"缺少密钥 {key_id}，只能显示掩码；请从密钥备份恢复后再查看")
        self.key_id = key_id


class TamperedValue(EncryptionError):
    """The value was changed, cut, or stands in another row than it was written for."""

    def __init__(self) -> None:
        super().__init__("密文与所在的记录不符或已损坏，不能解密")


@dataclass(frozen=True, slots=True)
class Keyring:
    """The field keys by id, and which of them new values are written with. 32 bytes each."""

    keys: Mapping[str, bytes] = field(repr=False)
    current: str

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise EncryptionError(f"当前密钥 {self.current} 不在密钥串中")
        for key_id, key in self.keys.items():
            if not KEY_ID.match(key_id) or len(key) != KEY_BYTES:
                raise EncryptionError(f"密钥 {key_id} 的编号或长度不对")


def associated_data(table: str, name: str, row: int | str) -> str:
    """ "table:field:row": where a value stands. `row` is the primary key, or a salt kept beside
    the value where the row has no key yet when it is encrypted.
    """
    return f"{table}:{name}:{row}"


def encrypt(plaintext: str, *, aad: str, keyring: Keyring) -> str:
    """Encrypt with the current key: "KEYID:base64url(nonce ‖ ciphertext ‖ tag)", ASCII.

    `aad` (see `associated_data`) must be given again to read the value. The length of the text
    shows; two encryptions of one text differ, so look-up needs a `blind_index`.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(keyring.keys[keyring.current])
    sealed = nonce + cipher.encrypt(nonce, plaintext.encode(), aad.encode())
    return f"{keyring.current}:{urlsafe_b64encode(sealed).rstrip(b'=').decode()}"


def decrypt(token: str, *, aad: str, keyring: Keyring) -> str:
    """The text behind `encrypt`. Raises MissingKey or TamperedValue (both EncryptionError)."""
    key_id, _, text = token.partition(":")
    if not KEY_ID.match(key_id) or not text:
        raise TamperedValue
    if key_id not in keyring.keys:
        raise MissingKey(key_id)
    try:
        sealed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        cipher = AESGCM(keyring.keys[key_id])
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise TamperedValue from error


def is_current(token: str, keyring: Keyring) -> bool:
    """Whether the value was written with the current key; the others wait for rotation."""
    return token.partition(":")[0] == keyring.current


def rotated(token: str, *, aad: str, keyring: Keyring) -> str:
    """The same text under the current key; the token itself if it already is."""
    if is_current(token, keyring):
        return token
    return encrypt(decrypt(token, aad=aad, keyring=keyring), aad=aad, keyring=keyring)


def blind_index(normalised: str, key: bytes) -> str:
    """HMAC-SHA256 as hex: equal values give equal indexes, and without the key nobody can try out
    all phone numbers. Normalise first (`personal_data.normalise_phone`), else equal is not equal.
    """
    _check_length(key, KEY_BYTES, "盲索引密钥")
    return hmac.new(key, normalised.encode(), hashlib.sha256).hexdigest()


def new_salt() -> bytes:
    """128 random bits, one salt for each value; erased together with the value."""
    return secrets.token_bytes(SALT_BYTES)


def commit(value: str, salt: bytes) -> str:
    """The salted commitment that stands in a hashed event in place of personal text, as hex.

    HMAC-SHA256 keyed by the 16-byte salt. Once value and salt are erased it says nothing about
    the value, and the chain stays whole.
    """
    _check_length(salt, SALT_BYTES, "盐")
    return hmac.new(salt, value.encode(), hashlib.sha256).hexdigest()


def matches_commitment(value: str, salt: bytes, commitment: str) -> bool:
    """Whether that value was committed to, compared in constant time."""
    return hmac.compare_digest(commit(value, salt), commitment)


def _check_length(key: bytes, wanted: int, name: str) -> None:
    if len(key) != wanted:
        raise EncryptionError(f"{name}应为 {wanted} 字节，实为 {len(key)} 字节")
