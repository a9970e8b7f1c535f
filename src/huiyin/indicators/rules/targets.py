"""A number beside its target: reached or not, in words."""

from __future__ import annotations

from decimal import Decimal

AT_LEAST, AT_MOST = "at_least", "at_most"
SIDES = {AT_LEAST: "不低于", AT_MOST: "不高于"}


def said(
    value: Decimal | None, *, side: str, amount: Decimal, measure: str, small: bool
) -> tuple[str, bool | None]:
    """('目标不低于 95%，还差 1.2', reached): None where there is no value, or one of too few."""
    words = f"目标{SIDES[side]} {plain(amount)}{'' if measure == '%' else ' '}{measure}"
    if value is None or small:
        return words, None
    missing = amount - value if side == AT_LEAST else value - amount
    if missing <= 0:
        return f"{words}，已达到", True
    return f"{words}，{'还差' if side == AT_LEAST else '超出'} {plain(missing)}", False


def plain(number: Decimal) -> str:
    """'95', '1.2', '12,300': without needless noughts."""
    return f"{number.normalize():,f}"
