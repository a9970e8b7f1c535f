"""docs/generated/indicators.md from the declarations."""

from __future__ import annotations

from huiyin.indicators import registry

_KINDS = {"count": "计数", "ratio": "比率", "mean": "均值", "sum": "求和", "distinct": "去重计数"}


def indicators_markdown() -> str:
    """The whole page: every number with its definition 口径, unit, basis and since when it holds."""
    lines = [
        "# 指标 Indicators",
        "",
        "Generated from the `indicators.py` of each app by `huiyin docs`; do not edit.",
        "",
        "A value is the aggregate of exactly the rows that its drill-down shows.",
        "",
        "| 指标 | code | 单位 | kind | 口径 | 样本 | 依据 | 版本 | since | 解释 |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for i in sorted(registry.all_indicators(), key=lambda one: one.code):
        lines.append(
            f"| {i.label} | `{i.code}` | {i.measure.word} | {_KINDS[i.kind]} | {i.formula} "
            f"| {i.sample_note} | {i.basis} | {i.version} | {i.since.isoformat()} | {i.answers_for} |"
        )
    return "\n".join(lines) + "\n"
