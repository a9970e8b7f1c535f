"""The installation's secrets on disk: `$HUIYIN_HOME/secrets/`, folder 0700, files 0600.

| file | what |
|---|---|
| django_key | Django's SECRET_KEY, text |
| field_keys.json | field-encryption keys by id (hex), and which one is current |
| blind_index_key | HMAC key for look-up by phone, hex |
| sealing_key | 32-byte seed for signing seals, hex |
| complete | written last; without it a first start was interrupted |

They never enter the database, the environment, a log or an ordinary backup. Key ids are random,
so a value written under lost keys is recognised (MissingKey, shown masked) and never mistaken for
a damaged one.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from huiyin.base.rules.encryption import KEY_BYTES, EncryptionError, Keyring

FILES = ("django_key", "field_keys.json", "blind_index_key", "sealing_key")
COMPLETE = "complete"


class SecretsError(RuntimeError):
    """The secrets on disk cannot be used as they are. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """All secrets of an installation. Its repr shows none of them."""

    django_key: str = field(repr=False)
    field_keys: Keyring
    blind_index_key: bytes = field(repr=False)
    sealing_key: bytes = field(repr=False)


def load_or_create_secrets(folder: Path) -> Secrets:
    """Read the secrets, making them at the first start. Safe when several processes start at once.

    Never replaces what is there. Raises SecretsError when a file is missing, unreadable or open to
    other users.
    """
    with _locked(folder):
        if not (folder / COMPLETE).exists():
            _create_missing(folder)
        return _load(folder)


def add_field_key(folder: Path) -> Secrets:
    """Make a new field key current; the older ones stay for reading (first half of a rotation)."""
    with _locked(folder):
        keyring = _load(folder).field_keys
        new_id = _new_key_id()
        keys = {**keyring.keys, new_id: secrets.token_bytes(KEY_BYTES)}
        _write(folder / "field_keys.json", _keyring_text(Keyring(keys, new_id)))
        return _load(folder)


def drop_field_key(folder: Path, key_id: str) -> Secrets:
    """Forget an older field key once no value bears its id. Raises SecretsError for the current."""
    with _locked(folder):
        keyring = _load(folder).field_keys
        if key_id == keyring.current or key_id not in keyring.keys:
            raise SecretsError(f"密钥 {key_id} 正在使用或不存在，不能删除")
        keys = {name: key for name, key in keyring.keys.items() if name != key_id}
        _write(folder / "field_keys.json", _keyring_text(Keyring(keys, keyring.current)))
        return _load(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)  # releases the lock


def _create_missing(folder: Path) -> None:
    """First start, or one that was interrupted before anything was encrypted."""
    key_id = _new_key_id()
    made = {
        "django_key": secrets.token_urlsafe(48),
        "field_keys.json": _keyring_text(Keyring({key_id: secrets.token_bytes(KEY_BYTES)}, key_id)),
        "blind_index_key": secrets.token_hex(KEY_BYTES),
        "sealing_key": secrets.token_hex(KEY_BYTES),
    }
    for name in FILES:
        if not (folder / name).exists():
            _write(folder / name, made[name])
    _write(folder / COMPLETE, "1")


def _load(folder: Path) -> Secrets:
    text = {name: _read(folder / name) for name in FILES}
    try:
        stored = json.loads(text["field_keys.json"])
        keys = {key_id: bytes.fromhex(key) for key_id, key in stored["keys"].items()}
        found = Secrets(
            django_key=text["django_key"],
            field_keys=Keyring(keys, stored["current"]),
            blind_index_key=bytes.fromhex(text["blind_index_key"]),
            sealing_key=bytes.fromhex(text["sealing_key"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, EncryptionError) as error:
        raise SecretsError(f"密钥文件已损坏，请从密钥备份恢复：{folder}") from error
    if {len(found.blind_index_key), len(found.sealing_key)} != {KEY_BYTES} or not found.django_key:
        raise SecretsError(f"密钥文件长度不对，请从密钥备份恢复：{folder}")
    return found


def _read(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        text = path.read_text("ascii").strip()
    except FileNotFoundError:
        raise SecretsError(
            f"缺少密钥文件 {path}：请从密钥备份恢复；"
            "没有备份时清空该目录可重新生成，但旧的加密内容将只显示掩码"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SecretsError(f"密钥文件 {path} 不能读取，请检查属主和内容") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SecretsError(f"密钥文件 {path} 对其他用户可见，请先执行 chmod 600 {path}")
    return text


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a power cut leaves the old file or the new one."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
    os.replace(draft, path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _keyring_text(keyring: Keyring) -> str:
    keys = {key_id: key.hex() for key_id, key in keyring.keys.items()}
    return json.dumps({"current": keyring.current, "keys": keys}, sort_keys=True)


def _new_key_id() -> str:
    return "k" + secrets.token_hex(4)
