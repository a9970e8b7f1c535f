"""How a paper tells a number: value with its unit, a rate never without its sample (无抽样不出率)."""

from __future__ import annotations

from huiyin.indicators.registry import Indicator
from huiyin.indicators.services.computing import Value

#: A note under every paper of ours: it is a draft, and where its numbers come from.
DRAFT_NOTE = "底稿：未经签发，不作依据。数字由明细自动计算，口径见“指标”页。"


def amount(indicator: Indicator, value: Value) -> str:
    """'1,320件', '86.5%'; '不少于544人次' where 余 or 约 is in it; '暂无数据'."""
    if value.value is None:
        return "暂无数据"
    return f"{'不少于' if value.approximate else ''}{value.words}{indicator.measure.word}"


def rate(indicator: Indicator, value: Value, least: int) -> str:
    """'解决率86.5%（有效回访200，173÷200）'; too few: how many, and no rate."""
    if value.value is None:
        return f"{indicator.label}没有样本，不出率"
    sample = indicator.sample_note or "样本"
    if value.n < least:
        return f"{indicator.label}样本不足（{sample}{value.n}），不出率"
    return f"{indicator.label}{value.words}%（{sample}{value.n:,}，{value.hits:,}÷{value.n:,}）"


def sentence(indicator: Indicator, value: Value, least: int) -> str:
    """A number in a sentence, by its kind."""
    if indicator.kind == "ratio":
        return rate(indicator, value, least)
    return f"{indicator.label}{amount(indicator, value)}"


def cell(indicator: Indicator, value: Value | None, least: int) -> str:
    """A number in a table: rates with their sample, none of too few."""
    if value is None or value.value is None:
        return "—" if indicator.kind in ("ratio", "mean") else "0"
    if indicator.kind == "ratio":
        if value.n < least:
            return f"样本不足（{value.n}）"
        return f"{value.words}（{value.n:,}）"
    return ("≥" if value.approximate else "") + value.words


def against(value: Value, before: Value, *, rate: bool) -> str:
    """'，比上期多12'; '' where it cannot be said."""
    if value.value is None or before.value is None:
        return ""
    difference = value.value - before.value
    if difference == 0:
        return "，与上期持平"
    word = ("高" if rate else "多") if difference > 0 else ("低" if rate else "少")
    text = f"{abs(difference).normalize():,f}"
    return f"，比上期{word}{text}{'个百分点' if rate else ''}"
