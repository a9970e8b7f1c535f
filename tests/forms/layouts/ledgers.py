"""List-like forms: one row a ledger row, with empty rows, examples and notes below them."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation

from tests.forms.drawing import (
    BODY,
    EXAMPLE,
    HEAD,
    PLAIN_TITLE,
    RIGHT,
    Form,
    heads,
    letters,
    line,
    printed,
    put,
    title,
    widths,
)
from tests.forms.layouts import places as p


def returns_list() -> Form:
    """10: returns 退单: numbered empty rows, a drop-down, formulas below, notes and signatures."""
    form = Form("10", "退单情况台账", "xlsx", p.SHUIFU, "2026-10", kind="list")
    sheet = form.sheet("退单台账")
    line(sheet, "A1:B1", "附件4", HEAD)
    title(sheet, "A2:K2", "水富市群众诉求退单情况台账")
    line(sheet, "A3:F3", "填报单位：市热线受理中心", BODY)
    line(sheet, "G3:K3", "时间：2026年10月", BODY, RIGHT)
    heads(sheet, {
        "A4": "序号", "B4": "工单编号", "C4": "退单单位", "D4": "退单理由", "E4": "法律法规或\n三定依据",
        "F4": "建议承办\n单位", "G4": "提出时间", "H4": "裁定结果", "I4": "裁定时间", "J4": "改派承办单位",
        "K4": "备注",
    })  # fmt: skip
    form.headers("退单台账", 4, 4)
    for row in range(5, 17):
        sheet.row_dimensions[row].height = 28
        put(sheet, f"A{row}", row - 4)
        for letter in letters("B", "K"):
            put(sheet, f"{letter}{row}").number_format = (
                "yyyy-mm-dd hh:mm" if letter in "GI" else "@"
            )
    rule = DataValidation(
        type="list", formula1='"准予,不予"', allow_blank=True, showErrorMessage=False
    )
    sheet.add_data_validation(rule)
    rule.add("H5:H16")
    put(sheet, "A17:C17", "本月退单合计", HEAD)
    put(sheet, "D17:K17", "=COUNTA(B5:B16)")
    form.totals["退单台账!D17"] = "formula stays"
    line(
        sheet,
        "A18:K18",
        "注：1.同一单位同一工单限退一次；2.未附依据的退单不予受理；3.行数不足可插入行。",
    )
    line(sheet, "A19:K19", "审核人：                    填表人：                    联系电话：")
    form.listing = {
        "register": "returns", "where": "退单台账", "first_row": 5, "last_row": 16, "serial": "A",
        "columns": {"B": "number", "C": "unit", "D": "reason", "E": "basis", "F": "proposed_unit",
                    "G": "asked_at", "H": "granted", "I": "decided_at"},
        "empty_columns": {"J": "not a column of the register", "K": p.REMARK},
    }  # fmt: skip
    widths(
        sheet,
        {
            "A": 6,
            "B": 18,
            "C": 14,
            "D": 18,
            "E": 22,
            "F": 14,
            "G": 17,
            "H": 10,
            "I": 17,
            "J": 14,
            "K": 10,
        },
    )
    printed(sheet, "4:4")
    sheet.freeze_panes = "A5"
    return form


def supervision_list() -> Form:
    """11 (.xls): supervision 督办 under a header of two rows; blank serial numbers."""
    form = Form("11", "督办事项台账", "xls", p.ZHAOYANG, "2026Q3", kind="list")
    sheet = form.sheet("Sheet1")
    title(sheet, "A1:H1", "昭阳区群众诉求督办事项台账（2026年三季度）", PLAIN_TITLE)
    heads(sheet, {
        "A2:A3": "序号", "B2:D2": "督办事项", "B3": "诉求编号", "C3": "所属社区（村）", "D3": "主办单位",
        "E2:F2": "督办情况", "E3": "督办方式", "F3": "督办时间", "G2:G3": "责任领导", "H2:H3": "办理进展",
    })  # fmt: skip
    form.headers("Sheet1", 2, 3)
    for row in range(4, 24):
        for letter in letters("A", "H"):
            put(sheet, f"{letter}{row}")
    line(
        sheet,
        "A24:H24",
        "填报单位（公章）：                         填报人：                         填报日期：",
    )
    form.listing = {
        "register": "supervision", "where": "Sheet1", "first_row": 4, "last_row": 23, "serial": "A",
        "columns": {"B": "number", "C": "area", "D": "lead", "E": "action", "F": "at"},
        "empty_columns": {"G": "not a column of the register", "H": "a person writes it"},
    }  # fmt: skip
    widths(sheet, {"A": 6, "B": 20, "C": 18, "D": 18, "E": 14, "F": 18, "G": 12, "H": 30})
    printed(sheet, "1:3")
    return form


def liaison_list() -> Form:
    """12: liaison 包联 with an example row that stays and a header of two rows; long dates."""
    form = Form("12", "包联责任落实情况台账", "xlsx", p.YUNFU, "@2026-10-31", kind="list")
    sheet = form.sheet("台账")
    title(sheet, "A1:L1", "云富街道包联责任落实情况台账")
    line(
        sheet,
        "A2:L2",
        "填报单位（盖章）：                                              截至日期：2026年10月31日",
        BODY,
    )
    heads(sheet, {
        "A3:A4": "序号", "B3:B4": "包联层级", "C3:E3": "包联责任人", "C4": "姓名", "D4": "单位及职务",
        "E4": "办公电话", "F3:H3": "包联对象", "F4": "社区", "G4": "小区", "H4": "楼栋（网格）", "I3:J3": "包联时间",
        "I4": "起", "J4": "止", "K3:K4": "包联任务", "L3:L4": "走访次数",
    })  # fmt: skip
    form.headers("台账", 3, 4)
    example = ("例", "机关联小区", "张某某", "市××局", "0870-×××××××", "人民路社区", "××小区", "—",
               "2026.3.1", "2026.12.31", "每月入户走访不少于1次", "3")  # fmt: skip
    for letter, text in zip(letters("A", "L"), example, strict=True):
        put(sheet, f"{letter}5", text, EXAMPLE)
        form.keep.append(f"台账!{letter}5")
    for row in range(6, 21):
        for letter in letters("A", "L"):
            put(sheet, f"{letter}{row}").number_format = "yyyy.m.d" if letter in "IJ" else "General"
    line(
        sheet,
        "A21:L21",
        "注：示例行请勿删除；包联层级填写“处级领导包社区、机关联小区、党员进楼栋、网格员驻网格”之一。",
    )
    form.listing = {
        "register": "liaison", "where": "台账", "first_row": 6, "last_row": 20, "serial": "A",
        "columns": {"B": "level", "C": "who", "D": "unit", "E": "duty_phone", "F": "community",
                    "G": "compound", "H": "part", "I": "valid_from", "J": "valid_to", "K": "task"},
        "empty_columns": {"L": "not a column of the register"},
    }  # fmt: skip
    widths(
        sheet,
        {
            "A": 6,
            "B": 16,
            "C": 10,
            "D": 20,
            "E": 15,
            "F": 14,
            "G": 16,
            "H": 12,
            "I": 12,
            "J": 12,
            "K": 28,
            "L": 9,
        },
    )
    printed(sheet, "3:4")
    sheet.freeze_panes = "C5"
    return form
