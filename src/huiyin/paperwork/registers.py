"""提法: which numbers stand under which heading. Rows of a ledger, so that last year's headings get
this year's numbers without anybody typing one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.paperwork.models import Phrase
from huiyin.paperwork.services.material import NUMBER, find_number
from huiyin.registers import registry
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Column


def _check(values: Mapping[str, Any]) -> str | None:
    named = str(values.get("indicator") or "")
    if find_number(named) is None:
        return f"没有指标“{named[:20]}”，请填“指标”页上的名称或代码"
    begin, end = values.get("valid_from"), values.get("valid_to")
    return "“停用”早于“启用”，请核对日期" if begin and end and end < begin else None


PHRASES = registry.register(Register(
    code="phrases", label="提法", basis="把指标编到提法下，写材料时只换期间，数字自动出",
    answers_for="通讯员与统计岗位", model=Phrase, keys=("frame", "part", "indicator"),
    day="valid_from", ends="valid_to", view="phrases.view", keep="phrases.keep",
    take_out="phrases.view", everywhere=True, check=_check,
    columns=(
        Column("frame", "提法", required=True, limit=40, aliases=("框架", "总提法"), width=18,
               help="如 三级联动"),
        Column("part", "分项", required=True, limit=40, aliases=("子项", "小标题"), width=18,
               help="如 市委统"),
        Column("indicator", "指标", required=True, limit=80, aliases=("指标名称", "指标代码"), width=20,
               help="“指标”页上的名称或代码"),
        Column("wording", "写法", c.TEXT, limit=200, aliases=("句式",), width=40,
               help=f"数字的位置写{NUMBER}，如：今年以来受理群众诉求{NUMBER}"),
        Column("valid_from", "启用", c.DAY, required=True, aliases=("启用日期",)),
        Column("valid_to", "停用", c.DAY, aliases=("停用日期",), wide=True),
    ),
))  # fmt: skip
