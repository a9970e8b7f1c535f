"""Figures as Chinese texts and ledgers write them: value, unit, and how exact they are.

A figure with 余 or 约 is never a plain number: it keeps its bound and its raw text, so that nobody
adds it as if it were exact (design §3).

| written | value | bound | |
|---|---|---|---|
| 63名 | 63 | exact | |
| 三分之一 | 33.3333 % | exact | |
| 1.34亿元, 2.3万人次, 96%, 六成 | 134000000, 23000, 96 %, 60 % | rounded | digits were left out |
| 300余件, 上千户, 50人以上, 不少于5次 | 300, 1000, 50, 5 | at_least | |
| 突破5000次, 超300件, 过半 | 5000, 300, 50 % | greater_than | |
| 约2万, 300件左右 | 20000, 300 | about | |
| 近六成, 不足百户, 30天以内 | 60 %, 100, 30 | at_most | 近: almost, so not more |
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Bound = Literal["exact", "rounded", "at_least", "greater_than", "about", "at_most"]


class UnreadableNumber(ValueError):
    """The message quotes the cell and says in Chinese what was expected."""

    def __init__(self, raw: object, why: str = "应填数字，如 300、300余、2.3万") -> None:
        text = str(raw).strip()
        quoted = text if len(text) <= 30 else text[:30] + "…"
        super().__init__(f"看不懂的数字“{quoted}”：{why}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: `value` in the base unit (no 万 or 亿; a share is 0–100 with the unit %), its
    `bound`, the `unit` as written, and the `raw` text.
    """

    value: int | Decimal
    bound: Bound
    unit: str
    raw: str


_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "幺": 1}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}

_CHINESE = "零〇○一二两三四五六七八九十百千"
_NUMBER = re.compile(
    rf"""(?P<sign>[-−负])?
    (?:
      (?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>[十百千])?
      | (?P<chinese>[{_CHINESE}]+|(?=[万亿]))
    )
    (?P<more>[余多来])?
    (?P<great>万亿|[万亿])?
    (?P<more2>[余多])?""",
    re.VERBOSE,
)
_FRACTION = re.compile(
    rf"(?P<below>百|千|万|[{_CHINESE}]+|\d+)分之(?P<above>[{_CHINESE}]+(?:点[{_CHINESE}]+)?|\d+(?:\.\d+)?)"
)
_SLASH = re.compile(r"(?P<above>\d+)/(?P<below>\d+)")
_TENTHS = re.compile(
    rf"(?P<n>[{_CHINESE}]|\d(?:\.\d+)?)(?P<more>[多余])?成(?P<half>半)?(?P<more2>[多余])?"
)

_BEFORE: tuple[tuple[str, Bound | None], ...] = (
    (r"不少于|不低于|不小于|至少|最少|起码|多达|高达|上(?=[百千万亿十])", "at_least"),
    (r"不超过|不多于|不高于|至多|最多|不足|不到|不满|少于|低于|小于|近|将近|接近|临近", "at_most"),
    (r"突破|超过|超出|超|逾|多于|高于|大于|过(?=[百千万亿十\d])", "greater_than"),
    (r"约为|大约|大概|约|大致", "about"),
    (r"共计|总计|合计|累计|总共|连续|共|达到|达|占|为", None),
)
_AFTER: tuple[tuple[str, Bound], ...] = (
    (r"及?以上", "at_least"),
    (r"以内|之内|及?以下|内", "at_most"),
    (r"左右|上下", "about"),
)
_WHOLE: dict[str, tuple[Decimal, Bound]] = {
    "一半": (Decimal(50), "exact"),
    "半数": (Decimal(50), "exact"),
    "过半": (Decimal(50), "greater_than"),
    "过半数": (Decimal(50), "greater_than"),
    "超半数": (Decimal(50), "greater_than"),
    "近半": (Decimal(50), "at_most"),
    "近半数": (Decimal(50), "at_most"),
}
_VAGUE = re.compile(r"[数几若]|多个|大量|许多")


def read_quantity(raw: object) -> Quantity:
    """The figure of a cell or phrase. Raises UnreadableNumber for none, several or a vague one.

    Numbers of a spreadsheet are exact; text is read by the table above.
    """
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        if not math.isfinite(raw):
            raise UnreadableNumber(raw)
        return Quantity(_plain(Decimal(str(raw))), "exact", "", str(raw))
    if not isinstance(raw, str) or not raw.strip():
        raise UnreadableNumber(raw if raw is not None else "", "没有填写")
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", raw))
    if text in _WHOLE:
        value, bound = _WHOLE[text]
        return Quantity(_plain(value), bound, "%", raw)
    text, stated = _strip_words_before(text)
    value, bound, rest = _read_value(raw, text)
    text, after = _strip_words_after(rest)
    if text.startswith("%"):
        text, bound = text[1:], "rounded" if bound == "exact" else bound
        unit = "%" + text
    elif text.startswith("‰"):
        value, unit, bound = value / 10, "%" + text[1:], "rounded" if bound == "exact" else bound
    else:
        unit = ("%" if isinstance(value, _Share) else "") + text
    if re.search(r"\d|[-~—至到](?=[一二三四五六七八九十])", unit):
        raise UnreadableNumber(raw, "只能填一个数")
    for marked in (stated, after):
        if marked is not None and bound != "at_least":
            bound = marked
    return Quantity(_plain(Decimal(value)), bound, unit, raw)


class _Share(Decimal):
    """A value that is a percentage by its wording (成, 分之)."""


def _strip_words_before(text: str) -> tuple[str, Bound | None]:
    stated: Bound | None = None
    found = True
    while found:
        found = False
        for words, bound in _BEFORE:
            match = re.match(words, text)
            if match:
                text, found = text[match.end() :], True
                stated = bound or stated
                break
    return text, stated


def _strip_words_after(text: str) -> tuple[str, Bound | None]:
    for words, bound in _AFTER:
        match = re.search(rf"(?:{words})$", text)
        if match:
            return text[: match.start()], bound
    return text, None


def _read_value(raw: str, text: str) -> tuple[Decimal, Bound, str]:
    """The number at the head of the text, its own bound, and what follows it."""
    match = _FRACTION.match(text)
    if match:
        below, above = match["below"], _to_decimal(match["above"])
        parts = {"百": 100, "千": 1000, "万": 10000}.get(below) or _to_decimal(below)
        share = _share(raw, above, Decimal(parts))
        return _Share(share), "rounded" if below in "百千万" else "exact", text[match.end() :]
    match = _SLASH.match(text)
    if match:
        share = _share(raw, Decimal(match["above"]), Decimal(match["below"]))
        return _Share(share), "exact", text[match.end() :]
    match = _TENTHS.match(text)
    if match:
        tenths = _to_decimal(match["n"]) * 10 + (5 if match["half"] else 0)
        more = match["more"] or match["more2"]
        return _Share(tenths), "at_least" if more else "rounded", text[match.end() :]
    match = _NUMBER.match(text)
    if not match or not match.group():
        vague = bool(_VAGUE.match(text))
        raise UnreadableNumber(raw, *(["没有具体的数"] if vague else []))
    value, bound, rest = _from_match(match), _own_bound(match), text[match.end() :]
    smaller = _NUMBER.match(rest) if match["great"] and bound == "rounded" else None
    if smaller and (smaller["arabic"] or smaller["chinese"]):  # 1亿3400万, 三万五千
        part = _from_match(smaller)
        if 0 <= part < 10 and len(smaller.group()) == 1:
            raise UnreadableNumber(raw, "“万”后面的零头写不清楚，请写成数字")
        if part < _GREAT[match["great"][-1]]:
            own = _own_bound(smaller)
            bound = "rounded" if own == "exact" and part % 10 == 0 else own
            return value + part, bound, rest[smaller.end() :]
    return value, bound, rest


def _share(raw: str, above: Decimal, below: Decimal) -> Decimal:
    if not below:
        raise UnreadableNumber(raw, "分母不能是零")
    return (above * 100 / below).quantize(Decimal("0.0001"))


def _from_match(match: re.Match[str]) -> Decimal:
    if match["arabic"]:
        value = Decimal(match["arabic"].replace(",", "")) * _TENS.get(match["scale"] or "", 1)
    else:
        value = _to_decimal(match["chinese"]) if match["chinese"] else Decimal(1)
    for great in match["great"] or "":
        value *= _GREAT[great]
    return -value if match["sign"] else value


def _own_bound(match: re.Match[str]) -> Bound:
    if match["more"] or match["more2"]:
        return "at_least"
    return "rounded" if match["great"] or match["scale"] else "exact"


def _to_decimal(text: str) -> Decimal:
    """Arabic digits, Chinese numerals by place (三百二十) or by digit (二〇二五), with 点."""
    if text[0].isdigit() and text.isascii():
        return Decimal(text)
    whole, _, part = text.partition("点")
    if not set(whole) & set(_TENS):
        value = Decimal("".join(str(_DIGITS[c]) for c in whole))
    else:
        total, digit = 0, 0
        for character in whole:
            if character in _TENS:
                total += (digit or 1) * _TENS[character]
                digit = 0
            else:
                digit = _DIGITS[character]
        value = Decimal(total + digit)
    return value + Decimal("0." + "".join(str(_DIGITS[c]) for c in part)) if part else value


def printed_step(raw: str) -> Decimal:
    """What the last printed digit is worth: 1.34亿 → 1000000, 2.3万 → 1000, 96% → 1, 96.3% → 0.1,
    320 → 1, 六成 → 10, 三万五千 → 1000. A value agrees when it rounds to the printed digits."""
    text, _ = _strip_words_before(re.sub(r"\s+", "", unicodedata.normalize("NFKC", raw)))
    match = _FRACTION.match(text)
    if match and match["below"] in "百千万":
        point = re.search(r"[.点](.+)$", match["above"])
        parts = {"百": 1, "千": 10, "万": 100}[match["below"]]
        return Decimal(1).scaleb(-len(point[1]) if point else 0) / parts
    if match or _SLASH.match(text):
        return Decimal("0.0001")
    if match := _TENTHS.match(text):
        return Decimal(5) if match["half"] else Decimal(10)
    if not (match := _NUMBER.match(text)) or not match.group():
        return Decimal(1)
    rest = text[match.end() :]
    smaller = _NUMBER.match(rest) if match["great"] else None
    if smaller and (smaller["arabic"] or smaller["chinese"]):
        return _last_digit_worth(smaller)
    step = _last_digit_worth(match)
    return step / 10 if rest.startswith("‰") else step


def next_step(raw: str) -> Decimal:
    """How far 余 and 多 reach: to the next step of the last non-zero digit (300余 < 400, 320余 < 330,
    2000余 < 3000, 3万余 < 4万)."""
    value = abs(Decimal(read_quantity(raw).value))
    least = printed_step(raw)
    if not value:
        return least
    step = Decimal(1).scaleb(
        value.normalize().adjusted() - len(value.normalize().as_tuple().digits) + 1
    )
    return max(step, least)


def _last_digit_worth(match: re.Match[str]) -> Decimal:
    great = Decimal(1)
    for name in match["great"] or "":
        great *= _GREAT[name]
    if match["arabic"]:
        point = match["arabic"].partition(".")[2]
        return Decimal(1).scaleb(-len(point)) * _TENS.get(match["scale"] or "", 1) * great
    chinese = match["chinese"] or ""
    if "点" in chinese or not set(chinese) & set(_TENS):
        return great
    return Decimal(_TENS.get(chinese[-1], 1)) * great


def _plain(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else Decimal(value).normalize()
