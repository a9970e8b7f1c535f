"""A place in an address: /report/?place=c12 is compound 12, a7 area 7, b3 building 3."""

from __future__ import annotations

import re
from dataclasses import dataclass

KINDS = {"a": "area", "c": "compound", "b": "building"}
_TOKEN = re.compile(r"([acb])([1-9]\d{0,17})\Z")


@dataclass(frozen=True)
class PlaceToken:
    """`kind` is area, compound or building."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind[0]}{self.id}"


def parse(text: str) -> PlaceToken | None:
    """What stands in the address, or None when it is no place."""
    match = _TOKEN.match(text.strip())
    return PlaceToken(KINDS[match[1]], int(match[2])) if match else None
