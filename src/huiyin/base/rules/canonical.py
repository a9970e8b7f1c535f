"""Canonical bytes, hash chain and Merkle root: what the ledger's proof stands on.

Canonical JSON follows RFC 8785 (JCS): keys sorted by UTF-16 code units, no spaces, the shortest
escapes, UTF-8. Floats are refused instead of formatted: no fact of ours needs one, and number
formatting is where two implementations come to differ. The Merkle tree follows RFC 6962 §2.1.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

FIRST_PREVIOUS_HASH = "0" * 64
"""What the first event of a chain names as its predecessor."""

MAX_INTEGER = 2**53 - 1
"""RFC 8785 numbers are doubles: beyond this a reader in another language would round."""

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]
"""What a canonical body may hold; at run time the containers are list, tuple and dict."""


def canonical_json(value: Json) -> bytes:
    """The one byte form of the value. Times come as text (`utc_text`), decimals as text too.

    Raises TypeError for floats and everything that JSON does not know, ValueError for integers
    beyond 2**53 - 1 and for text that is not Unicode (a lone surrogate).
    """
    ordered = _ordered(value, "$")
    text = json.dumps(ordered, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("文字中有不完整的字符，不能入账") from error


def utc_text(at: datetime) -> str:
    """'2026-09-30T08:05:00.000000Z': the one text form of a moment in a canonical body.

    Microseconds are always written, since that is what the database keeps. Raises ValueError for
    a moment without time zone.
    """
    if at.tzinfo is None:
        raise ValueError("时间缺少时区")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def event_hash(previous_hash: str, body: bytes) -> str:
    """SHA-256 over the previous event's hash (32 bytes) and this event's canonical body, as hex.

    Raises ValueError if `previous_hash` is not 64 hex digits.
    """
    previous = bytes.fromhex(previous_hash)
    if len(previous) != 32:
        raise ValueError("前一条摘要应为 64 位十六进制")
    return hashlib.sha256(previous + body).hexdigest()


def merkle_root(leaves: Iterable[bytes]) -> str:
    """The root over the leaves (canonical bodies, in id order), as hex. Takes them one by one.

    RFC 6962: leaf = SHA-256(00 ‖ body), node = SHA-256(01 ‖ left ‖ right), the left subtree being
    the largest power of two; no leaves give SHA-256 of nothing. The prefixes keep an inner node
    from passing for a leaf.
    """
    peaks: list[tuple[int, bytes]] = []  # (height, hash): complete subtrees from left to right
    for leaf in leaves:
        height, node = 0, hashlib.sha256(b"\x00" + leaf).digest()
        while peaks and peaks[-1][0] == height:
            node = _join(peaks.pop()[1], node)
            height += 1
        peaks.append((height, node))
    if not peaks:
        return hashlib.sha256(b"").hexdigest()
    root = peaks.pop()[1]
    while peaks:
        root = _join(peaks.pop()[1], root)
    return root.hex()


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _ordered(value: object, path: str) -> Json:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise ValueError(f"{path}：整数超过 2**53-1，请改存文字")
        return value
    if isinstance(value, (list, tuple)):
        return [_ordered(item, f"{path}[{n}]") for n, item in enumerate(value)]
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"{path}：键应为文字，实为 {type(key).__name__}")
        return {key: _ordered(value[key], f"{path}.{key}") for key in sorted(value, key=_utf16)}
    raise TypeError(f"{path}：{type(value).__name__} 不能入账，请先转为文字或整数")


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")
