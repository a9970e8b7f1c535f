"""Does a printed figure agree with the computed value? (Issue 4, “Articles checked”.)

| printed | agrees when the value |
|---|---|
| 85个 | is 85 |
| 1.34亿元, 2.3万, 96%, 96.3% | rounds to the printed digits |
| 300余, 二十多 | lies from the printed number to below the next step of its last non-zero digit |
| 不少于5次, 50人以上 | is not less |
| 突破5000, 超过, 逾 | is strictly greater |
| 近六成, 将近 | is 90–100 % of it (本地参数) |
| 不足, 少于 / 不超过, 以内 | is less / is not more |
| 约, 左右 | is within ± 5 % (本地参数) |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from huiyin.documents.rules.figures import Figure

Verdict = Literal["agrees", "differs", "unclear", "no_record"]
LABELS: dict[str, str] = {
    "agrees": "相符", "differs": "不符", "unclear": "待判断", "no_record": "无台账",
}  # fmt: skip


@dataclass(frozen=True)
class Tolerances:
    """Rows of 本地参数: how far 约 and 近 reach."""

    about_percent: Decimal = Decimal(5)
    near_percent: Decimal = Decimal(90)


@dataclass(frozen=True)
class Judgement:
    """`words` say in Chinese why, for the screen and the check sheet."""

    agrees: bool
    words: str


def judge(figure: Figure, value: Decimal, tolerances: Tolerances) -> Judgement:
    """Hold the printed figure against the value."""
    printed, unit = figure.value, figure.unit
    said = f"台账为 {_number(value)}{unit}"
    if figure.bound == "at_least" and _reaches(figure):
        top = printed + figure.reach
        if printed <= value < top:
            return Judgement(True, said)
        how = "少报：应不到" if value >= top else "多报：应不少于"
        edge = top if value >= top else printed
        return Judgement(False, f"{said}，{how} {_number(edge)}")
    agrees = _agrees(figure, value, tolerances)
    if agrees:
        return Judgement(True, said)
    gap = printed - value
    return Judgement(False, f"{said}，文中{'多' if gap > 0 else '少'} {_number(abs(gap))}{unit}")


def one_sided(figure: Figure) -> bool:
    """Whether half of all numbers would agree: 不足, 超过, 以上 name an edge and nothing else."""
    if figure.bound == "at_most":
        return re.match("近|将近|接近|临近", figure.text) is None
    return figure.bound == "greater_than" or (figure.bound == "at_least" and not _reaches(figure))


def _reaches(figure: Figure) -> bool:
    """余 and 多 (and 上千) end at the next step; 以上 and 不少于 have no end."""
    return (
        re.search("[余多]|上(?=[百千万亿])", figure.text) is not None and "多达" not in figure.text
    )


def _agrees(figure: Figure, value: Decimal, t: Tolerances) -> bool:
    printed, words = figure.value, re.sub(r"\s", "", figure.text)
    if figure.bound == "at_least":
        if re.match("多达|高达", words):
            return _rounds(value, figure)
        return value >= printed
    if figure.bound == "greater_than":
        return value > printed
    if figure.bound == "about":
        return abs(value - printed) * 100 <= printed * t.about_percent
    if figure.bound == "at_most":
        if re.match("近|将近|接近|临近", words):
            return printed * t.near_percent <= value * 100 <= printed * 100
        return (
            value < printed
            if re.match("不足|不到|不满|少于|低于|小于", words)
            else value <= printed
        )
    if ("分之" in words and "百分之" not in words) or "/" in words or words in ("一半", "半数"):
        return abs(value - printed) < 1  # a fraction in words is as good as a whole percent
    return _rounds(value, figure)


def _rounds(value: Decimal, figure: Figure) -> bool:
    if value == figure.value:
        return True
    if figure.bound == "exact" and figure.step == 1 and value == value.to_integral_value():
        return False
    return (value / figure.step).quantize(Decimal(1), ROUND_HALF_UP) * figure.step == figure.value


def _number(value: Decimal) -> str:
    """'1,320', '86.5'."""
    shown = value.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return f"{shown:,f}"
