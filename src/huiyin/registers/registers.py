"""制度文件: the rules library. Every limit, definition and ledger that names a 文号 points to a row of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.registers import registry
from huiyin.registers.models import RuleDocument
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Column


def _check(values: Mapping[str, Any]) -> str | None:
    begin, end = values.get("valid_from"), values.get("valid_to")
    return "“失效日期”早于“施行日期”，请核对" if begin and end and end < begin else None


RULES = registry.register(Register(
    code="rules", label="制度文件", basis="时限、口径、台账所依据的文件；没有文件支撑的显示待本地确认",
    answers_for="督办与统计岗位", model=RuleDocument, keys=("number",), day="valid_from",
    ends="valid_to", view="rules.view", keep="rules.keep", take_out="rules.view", noun="份",
    everywhere=True, check=_check,
    columns=(
        Column("number", "文号", required=True, aliases=("发文字号", "文件号"), limit=60, width=22,
               help="如 云政办发〔2025〕12号"),
        Column("title", "标题", required=True, aliases=("文件名称", "文件标题", "名称"), limit=120,
               width=40),
        Column("issuer", "印发机关", required=True, aliases=("发文机关", "发文单位", "印发单位"),
               limit=60, width=20),
        Column("valid_from", "施行日期", c.DAY, required=True, aliases=("生效日期", "印发日期", "实施日期")),
        Column("valid_to", "失效日期", c.DAY, aliases=("废止日期", "有效期至"), help="仍有效的不填"),
        Column("replaces", "替代的文号", aliases=("废止的文件", "替代文件"), limit=120, wide=True, width=22),
        Column("clauses", "条款", c.TEXT, aliases=("主要条款", "相关条款"), limit=4000, listed=False,
               width=50, help="一条一行，如：第六条 一般诉求 5 个工作日内办结"),
    ),
))  # fmt: skip
