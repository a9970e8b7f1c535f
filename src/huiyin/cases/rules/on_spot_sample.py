"""Which 自办件 the subdistrict looks at: a share of each community's month, the least at any rate.

The order is the SHA-256 of “salt:month:number”. The salt is drawn with the sample, when the month's
list is closed, so nobody can know before who will be looked at; it is shown after, so anybody can
work the order out again and find the same. Source: design §2.3; the share is a local default.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from huiyin.base.rules.local_defaults import LocalDefaultSeed

PERCENT = LocalDefaultSeed(
    "callback.on_spot_percent", "自办件抽查比例（每社区每月）", 10, "%",
    "通行做法；贵州晴隆县回访为按月不低于 10%", most=100,
)  # fmt: skip
LEAST = LocalDefaultSeed(
    "callback.on_spot_least", "自办件抽查每社区每月至少", 1, "件", "通行做法", most=100,
)  # fmt: skip


def place_in_line(salt: str, month: str, number: str) -> str:
    """Where a case stands in the order of the draw; the smallest are drawn. `month` as '2026-09'."""
    return hashlib.sha256(f"{salt}:{month}:{number}".encode()).hexdigest()


def draw(numbers: Sequence[str], *, salt: str, month: str, percent: int, least: int) -> list[str]:
    """Those drawn of a community's month, in their order: the share rounded up, `least` at least."""
    share = -(-len(numbers) * percent // 100)
    n = min(len(numbers), max(share, least))
    return sorted(numbers, key=lambda number: place_in_line(salt, month, number))[:n]


def explained(
    *, salt: str, month: str, community: str, of: int, drawn: int, percent: int, least: int
) -> str:
    """How the draw came about, for the case page."""
    year, _, ordinal = month.partition("-")
    return (
        f"{community} {year}年{int(ordinal)}月自办 {of} 件，抽 {drawn} 件"
        f"（{percent}%，至少 {least} 件）；"
        f"按“盐:月份:件号”的 SHA-256 从小到大取，盐 {salt} 在抽取时生成，不由人选，可照此复算"
    )
