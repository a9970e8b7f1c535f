"""Posters with a QR code: what stands on them. A code is a short way in; nobody has to scan it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SLOGAN = "有事扫码说，件件有回音"
OTHERWISE = "不扫码也可以：打电话、找社区"
#: How they are printed: key → (label, how many stand on an A4 page).
LAYOUTS = {"poster": ("海报，一页一张", 1), "stickers": ("小贴，一页六张", 6)}
#: More than this is not printed at once.
MOST = 200
#: Without 0 1 I L O: a token is also typed by hand from a paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 7


@dataclass(frozen=True)
class Poster:
    """One poster: `name` of the place, `within` where it lies, `address` behind the code."""

    token: str
    name: str
    within: str
    address: str
    phone: str = ""
    phone_of: str = ""

    @property
    def size(self) -> str:
        """How large the name may be: what is long is set smaller, so that it stays on the page."""
        return "huge" if len(self.name) <= 8 else "large" if len(self.name) <= 16 else "long"


def new_token(draw: Callable[[str], str]) -> str:
    """A token of LENGTH signs; `draw` picks one of a string."""
    return "".join(draw(ALPHABET) for _ in range(LENGTH))


def pages(posters: list[Poster], layout: str) -> list[list[Poster]]:
    """The posters by the page."""
    per_page = LAYOUTS[layout][1]
    return [posters[i : i + per_page] for i in range(0, len(posters), per_page)]
