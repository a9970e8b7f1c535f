"""What the blank workbook for the import of reports asks for: the columns that the import uses."""

from __future__ import annotations

from huiyin.documents.rules.blank_sheets import BlankColumn
from huiyin.documents.rules.report_columns import REPORT_FIELDS

SHEET = "诉求"
#: field → (how it is filled, width); in this order.
HINTS: dict[str, tuple[str, int]] = {
    "number": ("原来的编号；有编号的，同一份表再导入一次不会重复登记。", 16),
    "at": ("如 2026-03-01 9:05 或 2026年3月1日；只写日期也可以。", 18),
    "title": ("一句话；没有可以不填。", 24),
    "text": ("诉求人的原话，一行一件。", 48),
    "reporter": ("可以不填。", 12),
    "phone": ("可以写几个，用“、”隔开；加密保存，页面打码。", 16),
    "confidential": ("要保密的写“是”。", 10),
    "area": ("县（市、区）。", 12),
    "subdistrict": ("", 14),
    "community": ("", 16),
    "compound": ("", 16),
    "place": ("楼栋、路段等。", 24),
    "channel": ("从哪里来，如 12345热线、网上留言、来访。", 14),
    "kind": ("投诉、求助、咨询、建议、举报；不填的由系统看内容判断。", 12),
    "category": ("原表的分类名称；没有可以不填。", 14),
    "urgency": ("紧急的写“紧急”。", 10),
    "unit": ("原来的承办单位；导入后仍由派单员派单。", 18),
    "status": ("已办结的写“已办结”。", 12),
    "reply": ("有答复的写答复原文。", 48),
    "replied_at": ("有答复的要写；有答复和答复时间的，登记为已办结的历史件。", 18),
    "satisfaction": ("满意、基本满意、不满意。", 12),
}
ADVICE = (
    "把诉求一行一件填在“诉求”表里，不要改第一行的列名；用不着的列可以删去。",
    "填好后在“导入诉求”页上传，先核对前 20 行，确认后才登记；每行的结果写在回单里。",
    "请不要写国家秘密。",
)


def columns() -> list[BlankColumn]:
    """The columns of the workbook, in the order in which they stand."""
    specs = {spec.name: spec for spec in REPORT_FIELDS}
    return [BlankColumn(specs[code], hint, width) for code, (hint, width) in HINTS.items()]
