"""Public numbers: type letter + seven digits + check digit, S0000123-4 read as S00001234.

They come from one sequence, so no writer waits; the check digit catches a misheard digit.
"""

from __future__ import annotations


def number_for(prefix: str, n: int) -> str:
    """Number of the n-th case. n ≥ 1; grows beyond seven digits by itself."""
    digits = f"{n:07d}"
    return f"{prefix}{digits}{check_digit(digits)}"


def check_digit(digits: str) -> int:
    """Luhn: every wrong digit and every swap of two neighbours (but 09/90) changes it."""
    total = 0
    for i, char in enumerate(reversed(digits)):
        d = int(char) * (2 if i % 2 == 0 else 1)
        total += d - 9 if d > 9 else d
    return -total % 10


def sequence_of(number: str) -> int:
    """The n behind a number."""
    return int(number[1:-1])


def normalised(typed: str) -> str | None:
    """What somebody typed as a number, or None when it cannot be one (wrong check digit)."""
    text = "".join(c for c in typed.upper().translate(_FULL_WIDTH) if c.isalnum())
    if len(text) < 9 or not text[0].isascii() or not text[0].isalpha() or not text[1:].isdigit():
        return None
    return text if check_digit(text[1:-1]) == int(text[-1]) else None


_FULL_WIDTH = {ord("０") + i: str(i) for i in range(10)} | {
    ord("Ａ") + i: chr(65 + i) for i in range(26)
}
