"""What a printed figure says, read from its own words: value, unit, bound, and when it is right.

Written for the truth of these articles only, from the rules of the issue; it finds nothing in a
text (the author marked the figures), and shares no line with the product's reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
STEPS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
BEFORE = {
    "突破": "greater_than", "超过": "greater_than", "超": "greater_than", "逾": "greater_than",
    "不足": "at_most", "不超过": "at_most", "接近": "about", "近": "about", "约": "about",
    "大约": "about", "至少": "at_least", "不少于": "at_least",
}  # fmt: skip
AFTER = {"余": "at_least", "多": "at_least", "以上": "at_least", "左右": "about"}
NUMBER = r"[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千]+"


@dataclass(frozen=True)
class Printed:
    """One printed figure: `mantissa` × `scale` = `value`; `step` = worth of its last non-zero digit."""

    value: Fraction
    unit: str
    bound: str
    word: str
    scale: Fraction
    decimals: int
    step: Fraction


def chinese(text: str) -> int:
    """八十五 → 85 (below ten thousand)."""
    total, digit = 0, 0
    for letter in text:
        if letter in DIGITS:
            digit = DIGITS[letter]
        else:
            total += (digit or 1) * STEPS[letter]
            digit = 0
    return total + digit


def _number(text: str) -> tuple[Fraction, int]:
    if text[0].isdigit() and text[0].isascii():
        return Fraction(text), len(text.partition(".")[2])
    if "点" in text:
        whole, _, part = text.partition("点")
        return Fraction(f"{chinese(whole)}.{''.join(str(DIGITS[d]) for d in part)}"), len(part)
    return Fraction(chinese(text)), 0


def _last_step(mantissa: Fraction, decimals: int) -> Fraction:
    whole, step = int(mantissa * 10**decimals), Fraction(1, 10**decimals)
    while whole and whole % 10 == 0:
        whole //= 10
        step *= 10
    return step


def read(printed: str) -> Printed:
    """Take a marked figure apart; line breaks and spaces inside it do not count."""
    text = re.sub(r"\s", "", printed).translate(FULL_WIDTH)
    word = next((w for w in sorted(BEFORE, key=len, reverse=True) if text.startswith(w)), "")
    bound = BEFORE.get(word, "")
    text = text[len(word) :]
    scale, percent = Fraction(1), False
    if match := re.fullmatch(rf"百分之((?:{NUMBER})(?:点[零一二三四五六七八九]+)?)(.*)", text):
        mantissa, decimals = _number(match[1])
        rest, percent = match[2], True
    elif match := re.fullmatch(r"([0-9]+)/([0-9]+)(.*)", text):
        mantissa, decimals = Fraction(100 * int(match[1]), int(match[2])), 9
        rest, percent = match[3], True
    elif match := re.fullmatch(r"([一二三四五六七八九十]+)分之([一二三四五六七八九十]+)(.*)", text):
        mantissa, decimals = Fraction(100 * chinese(match[2]), chinese(match[1])), 9
        rest, percent = match[3], True
    elif match := re.fullmatch(rf"({NUMBER})(.*)", text):
        mantissa, decimals = _number(match[1])
        rest = match[2]
        if rest.startswith("%"):
            rest, percent = rest[1:], True
        elif rest.startswith("成"):
            rest, percent, scale = rest[1:], True, Fraction(10)
    else:
        raise ValueError(printed)
    while rest and rest[0] in MYRIADS:
        scale *= MYRIADS[rest[0]]
        rest = rest[1:]
    for after, says in AFTER.items():
        if rest.startswith(after) or (after in ("以上", "左右") and rest.endswith(after)):
            bound, word, rest = says, after, rest.replace(after, "", 1)
            break
    unit = rest[1:] if rest.startswith("个") and len(rest) > 1 and rest[1:] in ("方面",) else rest
    if not bound:
        rounds = percent or decimals or scale > 1 or unit == "倍"
        bound = "rounded" if rounds else "exact"
    return Printed(
        value=mantissa * scale,
        unit="%" if percent else unit,
        bound=bound,
        word=word,
        scale=scale,
        decimals=decimals,
        step=_last_step(mantissa, 0 if decimals == 9 else decimals) * scale,
    )


def rounded(number: Fraction, decimals: int) -> Fraction:
    """Half up, as people round."""
    shifted = abs(number) * 10**decimals
    whole = int(shifted + Fraction(1, 2))
    return Fraction(whole if number >= 0 else -whole, 10**decimals)


def holds(printed: Printed, computed: Fraction, *, rounds: bool = False) -> bool:
    """Whether the computed number agrees with the printed one by the issue's rules.

    `rounds`: an average is a quotient, so that an integer in print is a rounded one.
    """
    value = printed.value
    if printed.word in ("余", "多"):
        return value <= computed < value + printed.step
    if printed.word == "不足":
        return computed < value
    if printed.word in ("近", "接近"):
        return value * Fraction(9, 10) <= computed <= value
    if printed.bound == "about":
        return abs(computed - value) <= value * Fraction(5, 100)
    if printed.bound == "at_least":
        return computed >= value
    if printed.bound == "greater_than":
        return computed > value
    if printed.bound == "at_most":
        return computed <= value
    if printed.bound == "rounded" or rounds:
        return rounded(computed / printed.scale, printed.decimals) == value / printed.scale
    return computed == value
