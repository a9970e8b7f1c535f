"""Encrypted fields open only where they were written, and only with their key."""

from __future__ import annotations

import pytest

from huiyin.base.rules.encryption import (
    EncryptionError,
    Keyring,
    MissingKey,
    TamperedValue,
    associated_data,
    blind_index,
    commit,
    decrypt,
    encrypt,
    is_current,
    matches_commitment,
    new_salt,
    rotated,
)

OLD = Keyring({"k1": b"1" * 32}, "k1")
BOTH = Keyring({"k1": b"1" * 32, "k2": b"2" * 32}, "k2")
PLACE = associated_data("cases_reporter", "phone", 12)


def test_an_encrypted_phone_comes_back() -> None:
    token = encrypt("13800001234", aad=PLACE, keyring=OLD)

    assert decrypt(token, aad=PLACE, keyring=OLD) == "13800001234"


def test_chinese_and_empty_text_come_back() -> None:
    for text in ("", "新天地小区3栋2单元501", "𠮷"):
        assert decrypt(encrypt(text, aad=PLACE, keyring=OLD), aad=PLACE, keyring=OLD) == text


def test_the_token_names_its_key_and_hides_the_text() -> None:
    token = encrypt("13800001234", aad=PLACE, keyring=OLD)

    assert token.startswith("k1:") and token.isascii()
    assert "1234" not in token.partition(":")[2]


def test_two_encryptions_of_one_text_differ() -> None:
    assert encrypt("张", aad=PLACE, keyring=OLD) != encrypt("张", aad=PLACE, keyring=OLD)


@pytest.mark.parametrize(
    "elsewhere",
    [
        associated_data("cases_reporter", "phone", 13),
        associated_data("cases_reporter", "name", 12),
        associated_data("org_person", "phone", 12),
    ],
)
def test_a_value_moved_to_another_place_does_not_open(elsewhere: str) -> None:
    token = encrypt("13800001234", aad=PLACE, keyring=OLD)

    with pytest.raises(TamperedValue):
        decrypt(token, aad=elsewhere, keyring=OLD)


@pytest.mark.parametrize("broken", ["", "k1", "k1:", "k1:AAAA", "k1:%%%", ":AAAA", "K1:AAAA"])
def test_a_damaged_token_is_refused(broken: str) -> None:
    with pytest.raises(TamperedValue, match="已损坏"):
        decrypt(broken, aad=PLACE, keyring=OLD)


def test_a_changed_character_is_noticed() -> None:
    token = encrypt("13800001234", aad=PLACE, keyring=OLD)
    changed = token[:-5] + ("A" if token[-5] != "A" else "B") + token[-4:]

    with pytest.raises(TamperedValue):
        decrypt(changed, aad=PLACE, keyring=OLD)


def test_a_value_of_a_lost_key_says_which_key_is_missing() -> None:
    token = encrypt("13800001234", aad=PLACE, keyring=BOTH)

    with pytest.raises(MissingKey, match=r"缺少密钥 k2.*掩码"):
        decrypt(token, aad=PLACE, keyring=OLD)


def test_rotation_writes_with_the_new_key_and_reads_both() -> None:
    old = encrypt("13800001234", aad=PLACE, keyring=OLD)
    new = rotated(old, aad=PLACE, keyring=BOTH)

    assert decrypt(old, aad=PLACE, keyring=BOTH) == "13800001234"
    assert decrypt(new, aad=PLACE, keyring=BOTH) == "13800001234"
    assert not is_current(old, BOTH) and is_current(new, BOTH)


def test_rotating_a_current_value_leaves_it() -> None:
    token = encrypt("13800001234", aad=PLACE, keyring=BOTH)

    assert rotated(token, aad=PLACE, keyring=BOTH) == token


def test_a_keyring_shows_no_key() -> None:
    assert "1111" not in repr(BOTH)


@pytest.mark.parametrize("keys", [{"k1": b"short"}, {"K:1": b"1" * 32}, {}])
def test_an_impossible_keyring_is_refused(keys: dict[str, bytes]) -> None:
    with pytest.raises(EncryptionError):
        Keyring(keys, next(iter(keys), "k1"))


def test_the_blind_index_is_hmac_sha256() -> None:
    """RFC 4231 pads a short key with zeros, so its test case 2 serves with a padded key."""
    key = b"Jefe".ljust(32, b"\0")

    assert blind_index("what do ya want for nothing?", key) == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_another_key_gives_another_index() -> None:
    assert blind_index("13800001234", b"1" * 32) != blind_index("13800001234", b"2" * 32)


def test_a_commitment_binds_its_value() -> None:
    salt = bytes(range(16))

    assert matches_commitment("管道漏水", salt, commit("管道漏水", salt))
    assert not matches_commitment("管道堵塞", salt, commit("管道漏水", salt))


def test_equal_values_under_two_salts_look_unrelated() -> None:
    assert commit("管道漏水", new_salt()) != commit("管道漏水", new_salt())


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(EncryptionError, match="16 字节"):
        commit("管道漏水", b"short")
