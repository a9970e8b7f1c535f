"""What a published figure is called when one counts again: pure words and comparisons."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal

SAME, CHANGED, ROWS, ERASED, REDEFINED, GONE = (
    "same", "changed", "rows", "erased", "redefined", "gone",
)  # fmt: skip
#: State of a published figure → its word on the screen.
LABELS = {
    SAME: "与发布时一致",
    CHANGED: "有更正",
    ROWS: "明细有变，数未变",
    ERASED: "个人信息到期清除，不更正",
    REDEFINED: "口径已改，按原口径不能重算",
    GONE: "指标已停用",
}


def digest_of(ids: Iterable[int]) -> tuple[str, int]:
    """(SHA-256 of the ids, one a line, in the order given; how many): the order is ascending."""
    sha, n = hashlib.sha256(), 0
    for pk in ids:
        sha.update(b"%d\n" % pk)
        n += 1
    return sha.hexdigest(), n


def state_of(
    *, versions: tuple[int, int], values: tuple[Decimal | None, Decimal | None],
    digests: tuple[str, str], erased: int,
) -> str:  # fmt: skip
    """The state of a figure from (then, now) of its definition, value and rows."""
    if versions[0] != versions[1]:
        return REDEFINED
    same_rows = digests[0] == digests[1]
    if values[0] == values[1]:
        return SAME if same_rows else ROWS
    # Cleared names cannot be told apart any more: what was printed stays right.
    return ERASED if same_rows and erased else CHANGED
