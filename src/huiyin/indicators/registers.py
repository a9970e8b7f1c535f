"""目标值: what numbers are to reach. A ledger like any other: entered, imported, kept with its versions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from huiyin.indicators import registry as numbers
from huiyin.indicators.models import Target
from huiyin.indicators.rules.targets import SIDES
from huiyin.registers import registry
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Column


def _check(values: Mapping[str, Any]) -> str | None:
    named = str(values.get("indicator") or "")
    if not any(named in (i.code, i.label) for i in numbers.all_indicators()):
        return f"没有指标“{named[:20]}”，请填“口径”页上的名称"
    if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", str(values.get("amount") or "")):
        return "“目标值”请只写数字，如 95 或 1.5，不带单位和百分号"
    begin, end = values.get("valid_from"), values.get("valid_to")
    return "“停用”早于“启用”，请核对日期" if begin and end and end < begin else None


TARGETS = registry.register(Register(
    code="targets", label="目标值", basis="目标由文件定，写明文号；显示在数的旁边，不排名",
    answers_for="统计岗位", model=Target, keys=("indicator", "side", "valid_from"),
    day="valid_from", ends="valid_to", view="targets.view", keep="targets.keep",
    take_out="targets.view", everywhere=True, check=_check,
    columns=(
        Column("indicator", "指标", required=True, limit=40, aliases=("指标名称",), width=20,
               help="“口径”页上的名称，如 按期答复率"),
        Column("side", "要求", c.CHOICE, required=True, choices=SIDES, aliases=("方向",)),
        Column("amount", "目标值", required=True, limit=12, aliases=("目标", "目标数"),
               help="比率写百分数，如 95"),
        Column("document", "文号", limit=60, aliases=("依据", "文件"), width=22),
        Column("valid_from", "启用", c.DAY, required=True, aliases=("启用日期",)),
        Column("valid_to", "停用", c.DAY, aliases=("停用日期",), wide=True),
    ),
))  # fmt: skip
