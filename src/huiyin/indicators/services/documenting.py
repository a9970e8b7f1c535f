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
        "`S` = stock: taken on the last day of the period. `dimensions` = ways to cut it. `terms` = names",
        "under which forms and articles ask for it.",
        "",
        "| 指标 | code | 单位 | kind | 口径 | 样本 | 依据 | 版本 | since | 解释 | dimensions | terms |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for i in sorted(registry.all_indicators(), key=lambda one: one.code):
        lines.append(
            f"| {i.label} | `{i.code}` | {i.measure.word} | {_KINDS[i.kind]}{' S' if i.stock else ''} "
            f"| {i.default_definition} | {i.sample_note} | {i.basis} | {i.version} | {i.since.isoformat()} "
            f"| {i.answers_for} | {_dimensions(i)} | {'、'.join(i.terms)} |"
        )
    return "\n".join(lines) + "\n"


def _dimensions(indicator: registry.Indicator) -> str:
    """'`kind` 性质：咨询、求助'; values that are rows of a table are not listed (no database here)."""
    found = []
    for one in indicator.dimensions:
        listed = "（本地的表）" if callable(one.values) else "：" + "、".join(one.values.values())
        found.append(f"`{one.code}` {one.label}{listed}")
    return "；".join(found)
