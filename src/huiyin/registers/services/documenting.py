"""docs/generated/registers.md from the declarations."""

from __future__ import annotations

from huiyin.registers import registry
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Column

_KINDS = {
    c.LINE: "短文字", c.TEXT: "文字", c.DAY: "日期", c.MOMENT: "时间", c.CHOICE: "选项", c.YES_NO: "是否",
    c.WHOLE: "确数", c.QUANTITY: "数（可含约数）", c.AREA: "区域", c.COMPOUND: "小区", c.UNIT: "单位",
}  # fmt: skip


def registers_markdown() -> str:
    """The whole page: every ledger with its columns, keys, grants and retention."""
    lines = [
        "# 台账 Registers",
        "",
        "Generated from the `registers.py` of each app by `huiyin docs`; do not edit.",
        "",
        "A kept ledger is entered, imported and changed by people; the others are kept by the engine.",
    ]
    for register in registry.all_registers():
        lines += ["", *_one(register)]
    return "\n".join(lines) + "\n"


def _one(register: Register) -> list[str]:
    keys = "、".join(register.column(k).label for k in register.keys)
    lines = [
        f"## {register.label} `{register.code}`",
        "",
        f"{register.basis}。{register.answers_for}负责。"
        + (f"同一行：{keys}。" if keys else "由办件自动生成。"),
        f"查看 `{register.view}`"
        + (f"，登记 `{register.keep}`" if register.keep else "")
        + (f"，导出 `{register.take_out}`" if register.take_out else "") + "。",
        "",
        "| 列 | name | 类型 | 要求 | 单位 | 个人信息 | 别名 |",
        "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    return lines + [_column(column) for column in register.columns]


def _column(column: Column) -> str:
    days = column.default_keep_days
    kept = f"加密、脱敏，结束后保存 {days} 天" if days else ""
    return (
        f"| {column.label} | `{column.name}` | {_KINDS[column.kind]} "
        f"| {'必填' if column.required else ''} | {column.measure.word if column.measure else ''} "
        f"| {kept} | {'、'.join(column.aliases)} |"
    )
