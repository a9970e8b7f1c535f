"""The Range header of HTTP (RFC 9110 §14): one part of a file, as players of sound ask for it."""

from __future__ import annotations

import re

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")


class Unsatisfiable(ValueError):
    """The part begins after the end of the file."""


def part_of(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that are wanted; None for the whole file, as without a header.

    What we do not understand (several parts, other units) is answered with the whole.
    """
    match = _ONE.match(header.strip())
    if match is None or match[1] == match[2] == "":
        return None
    if not match[1]:
        wanted = int(match[2])
        if wanted == 0 or size == 0:
            raise Unsatisfiable(header)
        return max(0, size - wanted), size - 1
    first, last = int(match[1]), int(match[2]) if match[2] else size - 1
    if match[2] and last < first:
        return None
    if first >= size:
        raise Unsatisfiable(header)
    return first, min(last, size - 1)
