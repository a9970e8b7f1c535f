"""Reports of the hotline desk: month, quarter and half year by towns, indicators, units, counties."""

from __future__ import annotations

from tests.forms.drawing import (
    BODY,
    GREY,
    HEAD,
    LEFT,
    PLAIN_TITLE,
    RIGHT,
    Form,
    derived,
    formula,
    heads,
    knows,
    letters,
    line,
    nobody,
    printed,
    put,
    table,
    title,
    total_of,
    unsure,
    widths,
)
from tests.forms.layouts import places as p


def town_month() -> Form:
    """01: two header rows, towns of a city, 其中 of five kinds, a blank total, 办结率 asked."""
    form = Form("01", "群众诉求办理情况月报表", "xlsx", p.SHUIFU, "2026-10")
    sheet = form.sheet("月报表")
    line(sheet, "A1:B1", "附件1", HEAD)
    title(sheet, "A2:M2", "水富市群众诉求办理情况月报表")
    line(sheet, "A3:E3", "填报单位（盖章）：", BODY)
    line(sheet, "F3:I3", "填报日期：    年  月  日", BODY)
    line(sheet, "J3:M3", "单位：件、%", BODY, RIGHT)
    heads(sheet, {
        "A4:A5": "序号", "B4:B5": "镇（街道）", "C4:C5": "受理\n件数", "D4:H4": "其中",
        "D5": "咨询", "E5": "求助", "F5": "投诉", "G5": "举报", "H5": "建议", "I4:I5": "派单\n件数",
        "J4:J5": "办结\n件数", "K4:K5": "办结率", "L4:L5": "群众\n满意率", "M4:M5": "备注",
    })  # fmt: skip
    form.headers("月报表", 4, 5)
    columns = {
        "C": knows("reports_received"),
        **{x: knows("reports_received", by=by) for x, by in zip("DEFGH", p.KINDS.values(), strict=True)},
        "I": knows("cases_dispatched"), "J": knows("cases_signed_off"),
        "K": nobody(p.NO_CLOSING_RATE), "L": knows("satisfaction_rate"), "M": nobody(p.REMARK),
    }  # fmt: skip
    rows = [
        ({"A": n, "B": name}, {"place": code})
        for n, (code, name) in enumerate(p.SHUIFU_TOWNS.items(), 1)
    ]
    table(form, sheet, 6, rows, columns, formats={"K": "0.00%", "L": "0.00"})
    table(
        form, sheet, 10, [({}, {"place": p.SHUIFU})], columns, formats={"K": "0.00%", "L": "0.00"}
    )
    put(sheet, "A10:B10", "合    计", HEAD)
    total_of(form, sheet, 10, 6, 9, p.SHUIFU)
    line(
        sheet,
        "A11:M11",
        "填表说明：1.本表由市政务服务局汇总，于次月5日前报送；2.办结件数指经回访后销号的件数；3.不得漏报、瞒报。",
    )
    line(sheet, "A12:M12", "单位负责人：                填表人：                联系电话：")
    widths(sheet, {"A": 5.5, "B": 14, "M": 12, **dict.fromkeys("CDEFGHIJKL", 8.6)})
    printed(sheet, "4:5")
    sheet.freeze_panes = "C6"
    return form


_DASH = "—"


def indicator_month() -> Form:
    """02: indicators down, periods across: 本月, 上月, 环比; 1—10月, 上年同期, 同比."""
    form = Form("02", "接诉即办工作主要指标完成情况表", "xlsx", p.ZHAOYANG, "2026-10")
    sheet = form.sheet("10月")
    title(sheet, "A1:I1", "昭阳区接诉即办工作主要指标完成情况表", PLAIN_TITLE)
    title(sheet, "A2:I2", "（2026年10月）", BODY)
    line(sheet, "A3:F3", "填报单位：昭阳区政务服务管理局", BODY)
    line(sheet, "G3:I3", "昭政服统〔2026〕3号", BODY, RIGHT)
    heads(sheet, {
        "A4:B5": "指标名称", "C4:C5": "计量单位", "D4:F4": "本期", "D5": "本月", "E5": "上月",
        "F5": "环比（%）", "G4:I4": "累计", "G5": "1—10月", "H5": "上年同期", "I5": "同比（%）",
    })  # fmt: skip
    form.headers("10月", 4, 5)
    asked = [
        ("一、受理群众诉求总量", "件", knows("reports_received")),
        *((f"{'其中：' if n == 0 else ''}{name}类", "件", knows("reports_received", by=by))
          for n, (name, by) in enumerate(p.KINDS.items())),
        ("二、转派承办单位", "件", knows("cases_dispatched")),
        ("三、承办单位按期答复", "件", knows("cases_replied_in_time")),
        ("四、办结销号", "件", knows("cases_signed_off")),
        ("五、期末在办", "件", knows("cases_open")),
        ("六、响应率", "%", knows("response_rate")),
        ("七、解决率", "%", knows("resolution_rate")),
        ("八、满意度", "%", knows("satisfaction_rate")),
        ("九、平均办理时长", "小时", nobody("no indicator of the time taken")),
        ("十、12345热线话务接通率", "%", nobody("no record of calls put through")),
    ]  # fmt: skip
    columns = {
        "D": {}, "E": {"period": "2026-09"}, "F": derived("mom", "D", "E"),
        "G": {"period": "2026-01-01/2026-10-31"}, "H": {"period": "2025-01-01/2025-10-31"},
        "I": derived("yoy", "G", "H"),
    }  # fmt: skip
    rows = []
    for name, unit, meaning in asked:
        dashes = {"F": _DASH, "I": _DASH} if unit != "件" else {}
        if "期末" in name:
            dashes = dict.fromkeys("GHI", _DASH)
        rows.append(({"C": unit, **dashes}, meaning))
    table(form, sheet, 6, rows, columns, formats=dict.fromkeys("FI", "0.0"))
    for number, (name, _, _) in enumerate(asked, 6):
        inside = 6 < number <= 11
        put(sheet, f"{'B' if inside else f'A{number}:B'}{number}", name, BODY, LEFT)
    put(sheet, "A7:A11", "")
    line(
        sheet,
        "A21:I21",
        "注：1.环比＝（本月－上月）÷上月×100%；2.同比＝（本年累计－上年同期）÷上年同期×100%；3.“—”处不填。",
    )
    line(sheet, "A22:C22", "单位负责人：")
    line(sheet, "D22:F22", "填表人：")
    line(sheet, "G22:I22", "联系电话：")
    widths(sheet, {"A": 4, "B": 26, "C": 9, **dict.fromkeys("DEFGHI", 11)})
    printed(sheet, landscape=False)
    return form


_UNITS = (
    "住建局", "综合执法局", "公安局", "消防大队", "自然资源局", "市场监管局", "生态环境分局", "司法局",
    "搬迁安置办", "民政局", "供水公司", "供电局", "燃气公司",
)  # fmt: skip


def units_quarter() -> Form:
    """03: three header rows, thirteen units and one unknown, 三率, SUM formulas, a hidden column."""
    form = Form("03", "治理特勤队承办诉求情况统计表（三季度）", "xlsx", p.SHUIFU, "2026Q3")
    sheet = form.sheet("Sheet1")
    title(sheet, "A1:O1", "水富市治理特勤队承办群众诉求情况统计表")
    line(sheet, "A2:H2", "统计时段：2026年7月1日—9月30日", BODY)
    line(sheet, "I2:O2", "计量单位：件、次、%", BODY, RIGHT)
    heads(sheet, {
        "A3:A5": "序号", "B3:B5": "单位代码", "C3:C5": "成员单位", "D3:D5": "交办\n件数",
        "E3:H3": "办理情况", "E4:F4": "答复", "E5": "答复件数", "F5": "按期答复\n件数",
        "G4:H4": "办结和逾期", "G5": "销号件数", "H5": "期末逾期未答复",
        "I3:J3": "退单（次）", "I4:I5": "申请", "J4:J5": "同意",
        "K3:N3": "群众评价", "K4:K5": "有效回访\n（件）", "L4:N4": "三率（%）", "L5": "响应率",
        "M5": "解决率", "N5": "满意率", "O3:O5": "扣分",
    })  # fmt: skip
    form.headers("Sheet1", 3, 5)
    columns = {
        "D": knows("cases_dispatched"), "E": knows("cases_replied"),
        "F": knows("cases_replied_in_time"), "G": knows("cases_signed_off"),
        "H": knows("overdue_now"), "I": knows("returns_asked"), "J": knows("returns_granted"),
        "K": knows("callbacks_reached"), "L": knows("response_rate"),
        "M": knows("resolution_rate"), "N": knows("satisfaction_rate"),
        "O": nobody("points are a decision of people; no machine marks"),
    }  # fmt: skip
    rows = [
        (
            {"A": n, "B": f"SF{n:02d}", "C": name if name.endswith("公司") else f"市{name}"},
            {"unit": name},
        )
        for n, name in enumerate(_UNITS, 1)
    ]
    rows.append(({"A": 14, "B": "SF14", "C": "市档案馆"}, nobody("no such unit handles cases")))
    table(form, sheet, 6, rows, columns, height=20, formats=dict.fromkeys("LMN", "0.00"))
    led = unsure(
        "the units listed are not all who handle: the city's rate has the subdistricts in it"
    )
    table(form, sheet, 20, [({}, led)], columns, formats=dict.fromkeys("LMN", "0.00"))
    put(sheet, "A20:C20", "总 计", HEAD)
    for letter in letters("D", "K"):
        formula(form, sheet, f"{letter}20", f"=SUM({letter}6:{letter}19)")
    for letter in letters("A", "O"):
        sheet[f"{letter}20"].fill = GREY
    line(
        sheet,
        "A21:O21",
        "备注：1.交办件数按派出时间统计；2.三率由市热线办随机回访得出；3.扣分由督查室填写。",
    )
    line(sheet, "A22:O22", "审核人：            制表人：            制表时间：")
    widths(sheet, {"A": 5, "B": 9, "C": 16, "O": 7, **dict.fromkeys("DEFGHIJKLMN", 8.5)})
    sheet.column_dimensions["B"].hidden = True
    printed(sheet, "1:5")
    sheet.freeze_panes = "D6"
    return form


def counties_half() -> Form:
    """04 (.xls): four header rows, the total first, counties by short names, half year."""
    form = Form("04", "各县（市、区）受理群众诉求汇总表", "xls", p.ZHAOTONG, "2026H1")
    sheet = form.sheet("汇总表")
    title(sheet, "A1:P1", "昭通市2026年上半年各县（市、区）受理群众诉求汇总表", PLAIN_TITLE)
    line(sheet, "A2:H2", "填报单位：", BODY)
    line(sheet, "I2:P2", "单位：件，%", BODY, RIGHT)
    heads(sheet, {
        "A3:A6": "县（市、区）", "B3:N3": "受  理  情  况", "B4:D4": "受理总量", "B5:B6": "上半年",
        "C5:C6": "去年同期", "D5:D6": "同比", "E4:N4": "按诉求性质分",
        **{f"{a}5:{b}5": name for (a, b), name in zip(("EF", "GH", "IJ", "KL", "MN"), p.KINDS, strict=True)},
        **{f"{x}6": "件数" if n % 2 == 0 else "占比" for n, x in enumerate("EFGHIJKLMN")},
        "O3:P3": "热线运行", "O4:O6": "座席数", "P4:P6": "运行经费\n（万元）",
    })  # fmt: skip
    form.headers("汇总表", 3, 6)
    columns = {
        "B": knows("reports_received"), "C": knows("reports_received", period="2025H1"),
        "D": derived("yoy", "B", "C"),
        "O": nobody("no record of seats"), "P": nobody("no record of money"),
    }  # fmt: skip
    for (count, share), by in zip(("EF", "GH", "IJ", "KL", "MN"), p.KINDS.values(), strict=True):
        columns[count] = knows("reports_received", by=by)
        columns[share] = derived("share", count, "B")
    rows = [({"A": "全  市"}, {"place": p.ZHAOTONG})]
    rows += [({"A": name[:2]}, {"place": code}) for code, name in p.COUNTIES.items()]
    table(form, sheet, 7, rows, columns, height=19, formats=dict.fromkeys("DFHJLN", "0.0"))
    total_of(form, sheet, 7, 8, 18, p.ZHAOTONG)
    line(
        sheet,
        "A19:P19",
        "说明：1.占比为该性质诉求占本县（市、区）受理总量的比重；2.座席数、运行经费按6月底数填报。",
    )
    line(
        sheet,
        "A20:P20",
        "单位负责人：          填表人：          联系电话：          报送日期：2026年7月  日",
    )
    widths(sheet, {"A": 13, **dict.fromkeys("BCDEFGHIJKLMNOP", 8)})
    printed(sheet, "3:6")
    return form


def reconciled() -> Form:
    """15: the same thing seemingly asked twice (办结, 销号), 满意 apart from 基本满意: a person settles."""
    form = Form("15", "诉求办结销号情况核对表", "xlsx", p.LUDIAN, "2026-10")
    sheet = form.sheet("核对表")
    line(sheet, "A1:B1", "附件3", HEAD)
    title(sheet, "A2:P2", "鲁甸县群众诉求办结销号情况核对表")
    line(
        sheet,
        "A3:P3",
        "填报单位：            填报日期：            截至时间：2026年10月31日            单位：件",
        BODY,
    )
    heads(sheet, {
        "A4:A6": "乡镇（街道）", "B4:H4": "本月", "B5:B6": "登记受理", "C5:E5": "办理", "C6": "办结数",
        "D6": "销号数", "E6": "按期办结", "F5:H5": "回访评价", "F6": "满意", "G6": "基本满意",
        "H6": "不满意", "I4:N4": "截至目前", "I5:I6": "登记受理", "J5:L5": "办理", "J6": "办结数",
        "K6": "销号数", "L6": "在办", "M5:N5": "退单", "M6": "提出申请", "N6": "获准",
        "O4:O6": "本月退单", "P4:P6": "是否完成整改",
    })  # fmt: skip
    form.headers("核对表", 4, 6)
    twice = "办结数 and 销号数 stand side by side: one of them is signed off, which one and what the other is only the sender knows"
    total = "2026-01-01/2026-10-31"
    columns = {
        "B": knows("reports_received"),
        "C": unsure(twice, "cases_signed_off", "cases_replied"),
        "D": unsure(twice, "cases_signed_off"),
        "E": unsure("closing in time is not recorded, answering in time is", "cases_replied_in_time"),
        "F": nobody("满意 apart from 基本满意 is no indicator"),
        "G": nobody("基本满意 apart from 满意 is no indicator"),
        "H": nobody("不满意 is no indicator"),
        "I": knows("reports_received", period=total),
        "J": unsure(twice, "cases_signed_off", "cases_replied"),
        "K": unsure(twice, "cases_signed_off"),
        "L": knows("cases_open", period=total),
        "M": knows("returns_asked", period=total), "N": knows("returns_granted", period=total),
        "O": unsure("asked for or granted", "returns_asked", "returns_granted"),
        "P": nobody("a person says"),
    }  # fmt: skip
    rows = [({"A": name}, {"place": code}) for code, name in p.LUDIAN_TOWNS.items()]
    rows.append(({"A": "合  计"}, {"place": p.LUDIAN}))
    table(form, sheet, 7, rows, columns, height=20)
    total_of(form, sheet, 20, 7, 19, p.LUDIAN)
    line(sheet, "A21:P21", "填表人：            审核人：            分管领导签字：")
    widths(sheet, {"A": 15, "P": 10, **dict.fromkeys("BCDEFGHIJKLMNO", 8)})
    printed(sheet, "4:6")
    return form
