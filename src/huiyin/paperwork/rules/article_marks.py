"""A text cut where its figures stand, for the page that marks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Verdict → (sign, tone of the screen). Sign and word stand beside each other; colour is the third.
SIGNS = {
    "agrees": ("＝", "solved"),
    "differs": ("≠", "danger"),
    "unclear": ("？", "soon"),
    "no_record": ("－", "closed"),
}


@dataclass(frozen=True)
class Piece:
    """A stretch of the text. `figures` = numbers of the figures that stand at it; none = plain text."""

    text: str
    figures: tuple[int, ...] = ()


def pieces(text: str, spans: Sequence[tuple[int, int, int]]) -> list[Piece]:
    """Cut at (start, end, number). Figures at one spot share a piece; one within another, too."""
    found: list[Piece] = []
    at = 0
    spots: list[tuple[int, int, list[int]]] = []
    for start, end, number in sorted(spans):
        if spots and start < spots[-1][1]:
            spots[-1][2].append(number)
            spots[-1] = (spots[-1][0], max(end, spots[-1][1]), spots[-1][2])
        else:
            spots.append((start, end, [number]))
    for start, end, numbers in spots:
        if start > at:
            found.append(Piece(text[at:start]))
        found.append(Piece(text[start:end], tuple(numbers)))
        at = end
    if at < len(text):
        found.append(Piece(text[at:]))
    return found
