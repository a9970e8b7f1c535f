"""The secrets on disk: made once, closed to others, loud when something is missing."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from huiyin.base.rules.encryption import decrypt, encrypt
from huiyin.base.rules.secret_files import (
    COMPLETE,
    FILES,
    SecretsError,
    add_field_key,
    drop_field_key,
    load_or_create_secrets,
)


def test_the_first_start_makes_them_and_the_second_reads_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"

    first, second = load_or_create_secrets(folder), load_or_create_secrets(folder)

    assert first == second
    assert len(first.blind_index_key) == len(first.sealing_key) == 32
    assert len(first.django_key) == 64


def test_nobody_else_can_read_them(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    load_or_create_secrets(folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(load_or_create_secrets, [tmp_path / "secrets"] * 8))

    assert all(secrets == found[0] for secrets in found)


def test_an_interrupted_first_start_is_finished(tmp_path: Path) -> None:
    made = load_or_create_secrets(tmp_path)
    (tmp_path / COMPLETE).unlink()
    (tmp_path / "sealing_key").unlink()

    finished = load_or_create_secrets(tmp_path)

    assert finished.field_keys == made.field_keys
    assert finished.sealing_key != made.sealing_key


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_never_made_anew_behind_ones_back(tmp_path: Path, name: str) -> None:
    load_or_create_secrets(tmp_path)
    (tmp_path / name).unlink()

    with pytest.raises(SecretsError, match="备份恢复"):
        load_or_create_secrets(tmp_path)


def test_a_file_open_to_others_is_refused_with_the_remedy(tmp_path: Path) -> None:
    load_or_create_secrets(tmp_path)
    os.chmod(tmp_path / "sealing_key", 0o644)

    with pytest.raises(SecretsError, match="chmod 600"):
        load_or_create_secrets(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("field_keys.json", "{}"),
        ("field_keys.json", "[]"),
        ("sealing_key", "ab"),
        ("django_key", ""),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, name: str, text: str) -> None:
    load_or_create_secrets(tmp_path)
    (tmp_path / name).write_text(text)

    with pytest.raises(SecretsError, match="备份恢复"):
        load_or_create_secrets(tmp_path)


def test_a_new_field_key_becomes_current_and_the_old_one_still_reads(tmp_path: Path) -> None:
    before = load_or_create_secrets(tmp_path).field_keys
    token = encrypt("13800001234", aad="a:b:1", keyring=before)

    after = add_field_key(tmp_path).field_keys

    assert after.current != before.current
    assert decrypt(token, aad="a:b:1", keyring=after) == "13800001234"


def test_an_old_field_key_can_be_dropped_but_not_the_current_one(tmp_path: Path) -> None:
    old = load_or_create_secrets(tmp_path).field_keys.current
    current = add_field_key(tmp_path).field_keys.current

    assert list(drop_field_key(tmp_path, old).field_keys.keys) == [current]
    with pytest.raises(SecretsError, match="不能删除"):
        drop_field_key(tmp_path, current)


def test_their_repr_shows_nothing(tmp_path: Path) -> None:
    secrets = load_or_create_secrets(tmp_path)

    assert secrets.django_key not in repr(secrets)
    assert repr(secrets.sealing_key) not in repr(secrets)
