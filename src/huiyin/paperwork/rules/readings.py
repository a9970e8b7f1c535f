"""What a figure may mean, as it is to be computed. Values only; rules and services both speak in them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from huiyin.documents.rules.figures import Figure
from huiyin.paperwork.rules.article_places import PlaceName

#: A reading below this is none; readings within CLOSE of the best compete with it.
ENOUGH, CLOSE = 55, 6

#: How a figure comes from numbers, in words.
HOW_LABELS = {
    "value": "直接取数",
    "share": "占比",
    "complement": "余下的比例",
    "growth": "增减幅度",
    "points": "相差百分点",
    "difference": "相差",
    "multiple": "倍数",
    "times": "增加的倍数",
    "average": "平均",
    "each": "平均",
    "sum": "合计",
    "rest": "余下",
}


@dataclass(frozen=True)
class Operand:
    """One number: code, at most one value of a dimension, and the places and periods that may be
    meant, likeliest first. Operands of one reading have lists of equal order."""

    code: str
    by: tuple[str, str] | None
    places: tuple[PlaceName, ...]
    periods: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """`how` the figure comes from its operands; `per` = what an average is over; `falling` = a
    decrease is printed as a positive number. `over` = a number of the text by which an average is
    divided. `vague` = its words mean several numbers alike: the verdict is a person's."""

    how: str
    operands: tuple[Operand, ...]
    score: int
    per: str = ""
    falling: bool = False
    over: Decimal | None = None
    vague: bool = False

    @property
    def code(self) -> str:
        """The indicator that the figure is linked to: its first operand."""
        return self.operands[0].code


@dataclass(frozen=True)
class Linked:
    """A figure with its readings, best first; none: nothing that is known fits it (`why`). `subject` in
    the article's own words. `places` and `periods` that it speaks of, whatever it is. `key` = its
    words without place, period and filling: under it a person's choice is remembered ("" = too little
    is said for that). `compared` = it is what something else is compared with (去年同期的1178件)."""

    figure: Figure
    subject: str
    readings: tuple[Reading, ...]
    why: str
    places: tuple[PlaceName, ...] = ()
    periods: tuple[str, ...] = ()
    key: str = ""
    compared: bool = False

    @property
    def rivals(self) -> tuple[Reading, ...]:
        """The best reading and those of other numbers that are as good."""
        if not self.readings:
            return ()
        best = self.readings[0]
        return tuple(r for r in self.readings if best.score - r.score <= CLOSE)
