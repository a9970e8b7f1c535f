"""Forms of subdistricts and counties: communities, months, categories, two tables, weeks, pairs."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation

from tests.forms.drawing import (
    BODY,
    HEAD,
    LEFT,
    PLAIN_TITLE,
    RIGHT,
    SMALL,
    YELLOW,
    Form,
    derived,
    formula,
    framed,
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


def communities_month() -> Form:
    """05: communities and villages by short and long names, 小计 and 总计 as formulas, things nobody knows."""
    form = Form("05", "云富街道社区（村）诉求摸底表", "xlsx", p.YUNFU, "2026-10")
    sheet = form.sheet("摸底表")
    line(sheet, "A1:C1", "附件：", HEAD)
    title(sheet, "A2:L2", "云富街道各社区（村）群众诉求")
    title(sheet, "A3:L3", "及基础设施情况摸底表（10月）")
    line(
        sheet,
        "A4:L4",
        "填报单位（盖章）：云富街道党政综合办公室                                    2026年11月  日",
        BODY,
    )
    heads(sheet, {
        "A5:A6": "序号", "B5:C6": "社区（村）名称", "D5:D6": "接收群众\n诉求（件）",
        "E5:E6": "网格自办\n（件）", "F5:F6": "派单办理\n（件）", "G5:G6": "月末超期\n未答复（件）",
        "H5:H6": "群众满意度\n（%）", "I5:K5": "基础情况", "I6": "常住人口\n（人）", "J6": "充电桩\n（个）",
        "K6": "电动车\n（辆）", "L5:L6": "负责人签字",
    })  # fmt: skip
    form.headers("摸底表", 5, 6)
    columns = {
        "D": knows("reports_received"), "E": knows("handled_on_spot"),
        "F": knows("cases_dispatched"), "G": knows("overdue_now"), "H": knows("satisfaction_rate"),
        "I": nobody("no record of population"), "J": nobody("no record of charging ports yet"),
        "K": nobody("no record of vehicles"), "L": nobody("signed by hand"),
    }  # fmt: skip
    towns = list(p.YUNFU_COMMUNITIES.items())
    #: As the office types them: short, with 居委会, with 社区.
    typed = (
        "双江",
        "人民路",
        "兴化路社区",
        "团结路",
        "田坝",
        "温泉",
        "安江社区",
        "邵女坪",
        "安富社区居委会",
    )
    rows = [({"A": n, "C": typed[n - 1]}, {"place": code}) for n, (code, _) in enumerate(towns, 1)]
    table(form, sheet, 7, rows, columns, height=20)
    part = unsure("小计 of a rate: no place is only the communities or only the villages")
    table(form, sheet, 16, [({"A": "", "C": "小 计"}, part)], columns)
    rows = [({"A": n, "C": name.removesuffix("村") if n == 11 else name}, {"place": code})
            for n, (code, name) in enumerate(p.YUNFU_VILLAGES.items(), 10)]  # fmt: skip
    table(form, sheet, 17, rows, columns, height=20)
    table(form, sheet, 21, [({"A": "", "C": "小 计"}, part)], columns)
    table(form, sheet, 22, [({}, {})], columns)
    put(sheet, "A22:C22", "总     计", HEAD)
    put(sheet, "B7:B16", "社\n区")
    put(sheet, "B17:B21", "村")
    for letter in letters("D", "G"):
        formula(form, sheet, f"{letter}16", f"=SUM({letter}7:{letter}15)")
        formula(form, sheet, f"{letter}21", f"=SUM({letter}17:{letter}20)")
        formula(form, sheet, f"{letter}22", f"={letter}16+{letter}21")
    total_of(form, sheet, 22, 7, 20, p.YUNFU)
    rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True,
                          showErrorMessage=True, error="请填写非负整数", errorTitle="数据有误")  # fmt: skip
    sheet.add_data_validation(rule)
    rule.add("D7:G20")
    line(
        sheet,
        "A23:L23",
        "填报人：              联系电话：              （本表由各社区、村于每月3日前报街道，逾期视为零报告）",
    )
    widths(sheet, {"A": 5, "B": 4, "C": 17, "L": 12, **dict.fromkeys("DEFGHIJK", 10)})
    printed(sheet, "5:6", landscape=True)
    sheet.freeze_panes = "D7"
    return form


def months_year() -> Form:
    """06: months and quarters down, no formulas, two title rows; last year."""
    form = Form("06", "分月诉求办理情况统计表", "xlsx", p.ZHAOYANG, "2025")
    sheet = form.sheet("2025")
    title(sheet, "B2:J2", "昭阳区2025年度")
    title(sheet, "B3:J3", "分月群众诉求受理办理情况统计表")
    line(sheet, "B4:J4", "制表单位：区接诉即办工作专班                单位：件、次、%", BODY, RIGHT)
    heads(sheet, {
        "B5": "时间", "C5": "受理量", "D5": "派发量", "E5": "销号量", "F5": "月末在办", "G5": "发回重办",
        "H5": "解决率", "I5": "满意率", "J5": "信访件",
    })  # fmt: skip
    form.headers("2025", 5, 5)
    columns = {
        "C": knows("reports_received"), "D": knows("cases_dispatched"),
        "E": knows("cases_signed_off"), "F": knows("cases_open"), "G": knows("reworks"),
        "H": knows("resolution_rate"), "I": knows("satisfaction_rate"),
        "J": nobody("letters and visits 信访 are not recorded here"),
    }  # fmt: skip
    rows = []
    for quarter, name in enumerate(("一", "二", "三", "四"), 1):
        for month in range(quarter * 3 - 2, quarter * 3 + 1):
            rows.append(({"B": f"{month}月"}, {"period": f"2025-{month:02d}"}))
        rows.append(({"B": f"{name}季度小计"}, {"period": f"2025Q{quarter}"}))
    rows.append(({"B": "全年合计"}, {"period": "2025"}))
    table(form, sheet, 6, rows, columns, height=18, formats={"H": "0.0", "I": "0.0"})
    for row in (9, 13, 17, 21, 22):
        for letter in letters("B", "J"):
            sheet[f"{letter}{row}"].font = HEAD
    for letter in letters("C", "I"):
        for row, (first, last) in {
            9: (6, 8),
            13: (10, 12),
            17: (14, 16),
            21: (18, 20),
            22: (6, 20),
        }.items():
            form.totals[f"2025!{letter}{row}"] = (
                f"{letter}{first}:{letter}{last} together: by indicator at its own period"
            )
    line(sheet, "B23:J23", "注：季度小计、全年合计由填表单位填写。")
    line(sheet, "B24:D24", "审签：")
    line(sheet, "E24:G24", "填表：")
    line(sheet, "H24:J24", "2026年1月  日")
    widths(sheet, {"A": 2, "B": 14, **dict.fromkeys("CDEFGHIJ", 9.5)})
    printed(sheet, landscape=False)
    sheet.freeze_panes = "C6"
    return form


_CATEGORIES = (
    "房屋与物业", "消防安全", "水电气", "噪声与环境", "城市管理", "邻里与调解", "移民与安置", "劳动与社保",
    "教育医疗", "市场与消费", "民政救助",
)  # fmt: skip


def categories_quarter() -> Form:
    """07: first-level categories down; this quarter, the last, the same of last year, share."""
    form = Form("07", "三季度群众诉求分类统计表", "xlsx", p.SHUIFU, "2026Q3")
    sheet = form.sheet("分类")
    title(sheet, "A1:H1", "2026年三季度群众诉求分类统计表", PLAIN_TITLE)
    line(sheet, "A2:H2", "单位：件", BODY, RIGHT)
    heads(sheet, {
        "A3": "序号", "B3": "诉求类别", "C3": "本季度", "D3": "占比", "E3": "上季度", "F3": "去年同期",
        "G3": "较去年同期增长（%）", "H3": "主要问题",
    })  # fmt: skip
    form.headers("分类", 3, 3)
    columns = {
        "C": knows("reports_received"), "D": derived("share", "C", "C17"),
        "E": knows("reports_received", period="2026Q2"),
        "F": knows("reports_received", period="2025Q3"), "G": derived("yoy", "C", "F"),
        "H": nobody("a person writes it"),
    }  # fmt: skip
    rows = [
        ({"A": n, "B": name}, {"by": f"category:{name}"}) for n, name in enumerate(_CATEGORIES, 1)
    ]
    rows.append(({"A": 12, "B": "农业农村"}, nobody("not among the first-level categories")))
    rows.append(({"A": 13, "B": "国防军事"}, nobody("not among the first-level categories")))
    table(form, sheet, 4, rows, columns, formats={"D": "0.0%", "G": "0.0"})
    table(form, sheet, 17, [({"D": "100%"}, {})], columns, formats={"G": "0.0"})
    put(sheet, "A17:B17", "合计", HEAD)
    total_of(form, sheet, 17, 4, 16, p.SHUIFU)
    line(sheet, "A18:H18", "注：“主要问题”栏请列举反映最集中的2—3个具体问题，每条不超过30字。")
    widths(sheet, {"A": 6, "B": 16, "G": 12, "H": 36, **dict.fromkeys("CDEF", 10)})
    printed(sheet)
    return form


def _second_table(form: Form, sheet_name: str) -> None:
    """表二 of form 14, below 表一 on the same sheet."""
    sheet = form.book[sheet_name]
    line(sheet, "A14:E14", "表二  回访情况", HEAD)
    heads(sheet, {"A15": "序号", "B15": "项目", "C15": "10月", "D15": "今年累计", "E15": "说明"})
    form.headers(sheet_name, 15, 15)
    asked = (
        ("开展回访次数（次）", knows("callbacks_made")),
        ("有效回访件数（件）", knows("callbacks_reached")),
        ("其中：群众认为已解决（件）", knows("callbacks_resolved")),
        ("其中：满意和基本满意（件）", knows("callbacks_satisfied")),
        ("问题解决率（%）", knows("resolution_rate")),
        ("群众满意率（%）", knows("satisfaction_rate")),
        ("回访录音保存（条）", nobody("no record of recordings")),
    )
    rows = [({"A": n, "B": name}, meaning) for n, (name, meaning) in enumerate(asked, 1)]
    table(form, sheet, 16, rows, {
        "C": {}, "D": {"period": "2026-01-01/2026-10-31"}, "E": nobody("a person explains"),
    })  # fmt: skip
    for row in range(16, 23):
        sheet[f"B{row}"].alignment = LEFT


def two_tables() -> Form:
    """14: two tables of different columns on one sheet; a second sheet is only an instruction."""
    form = Form("14", "文屏街道诉求来源和回访情况表", "xlsx", p.WENPING, "2026-10")
    sheet = form.sheet("统计表")
    title(sheet, "A1:F1", "文屏街道群众诉求来源和回访情况表")
    line(sheet, "A2:F2", "填报单位：文屏街道办事处（盖章）              填报时间：", BODY)
    line(sheet, "A3:F3", "表一  诉求来源", HEAD)
    heads(sheet, {
        "A4:A5": "序号", "B4:B5": "诉求来源", "C4:D4": "当月", "C5": "件数", "D5": "占比（%）",
        "E4:E5": "上月件数", "F4:F5": "1至10月\n累计件数",
    })  # fmt: skip
    form.headers("统计表", 4, 5)
    asked = (
        ("电话反映", {"by": "channel:phone"}), ("网页填报", {"by": "channel:web"}),
        ("扫码反映", {"by": "channel:qr"}), ("来访", {"by": "channel:visit"}),
        ("敲门听需", {"by": "channel:door"}),
        ("县12345平台转办", unsure("how cases of the platform come in is settled locally", "channel:phone", "channel:excel", "channel:open311")),
        ("国务院客户端留言", nobody("not among the channels")),
    )  # fmt: skip
    columns = {
        "C": knows("reports_received"), "D": derived("share", "C", "C13"),
        "E": knows("reports_received", period="2026-09"),
        "F": knows("reports_received", period="2026-01-01/2026-10-31"),
    }  # fmt: skip
    rows = [({"A": n, "B": name}, meaning) for n, (name, meaning) in enumerate(asked, 1)]
    table(form, sheet, 6, rows, columns, height=20, formats={"D": "0.0"})
    table(form, sheet, 13, [({"A": "", "B": "合计", "D": 100}, {})], columns, height=20)
    total_of(form, sheet, 13, 6, 12, p.WENPING)
    _second_table(form, "统计表")
    line(
        sheet,
        "A23:F23",
        "主要负责人：            分管负责人：            填表人：            电话：",
    )
    widths(sheet, {"A": 6, "B": 30, **dict.fromkeys("CDEF", 12)})
    printed(sheet, landscape=False)
    told = form.book.create_sheet("填表说明")
    for row, text in enumerate((
        "填 表 说 明", "一、统计范围：街道辖区内各社区、村受理的群众诉求。",
        "二、“诉求来源”按首次登记的渠道统计，同一诉求不重复统计。",
        "三、“有效回访”指接通并取得评价的回访；未接通、拒绝评价的不计入。", "四、解决率、满意率保留两位小数。",
        "五、本表一式两份，于每月5日前报送，联系人：县政务服务局督查股。",
    ), 1):  # fmt: skip
        put(told, f"A{row}", text, HEAD if row == 1 else BODY, LEFT, boxed=False)
    told.column_dimensions["A"].width = 90
    return form


def pilot_communities() -> Form:
    """16: places across, indicators down, three header rows; the four are not the whole city."""
    form = Form("16", "试点社区基层治理重点指标汇总表", "xlsx", p.SHUIFU, "2026-10")
    sheet = form.sheet("汇总")
    title(sheet, "A1:H1", "水富市试点社区基层治理重点指标汇总表（2026年10月）")
    line(sheet, "A2:H2", "水基治办〔2026〕17号附件2", SMALL, RIGHT)
    heads(sheet, {
        "A3:A5": "序号", "B3:B5": "指  标", "C3:C5": "计量\n单位", "D3:G3": "试点社区", "D4:G4": "云富街道",
        "D5": "人民路", "E5": "团结路", "F5": "安江", "G5": "田坝", "H3:H5": "合计",
    })  # fmt: skip
    form.headers("汇总", 3, 5)
    asked = (
        ("受理诉求", "件", knows("reports_received")),
        ("  其中：投诉类", "件", knows("reports_received", by="kind:complaint")),
        ("        举报类", "件", knows("reports_received", by="kind:report")),
        ("交办件数", "件", knows("cases_dispatched")),
        ("下发督办", "次", knows("supervisions")),
        ("反弹件数", "件", knows("relapses")),
        ("按期答复率", "%", knows("on_time_rate")),
        ("24小时响应率", "%", knows("response_rate")),
        ("业委会组建率", "%", nobody("no record of owners' committees yet")),
        ("智能充电端口", "个", nobody("no record of charging ports yet")),
        ("微型消防站", "个", nobody("no record of fire stations yet")),
        ("投入经费", "万元", nobody("no record of money")),
    )
    places = ("530681001002", "530681001004", "530681001007", "530681001005")
    columns: dict[str, dict[str, object]] = {
        letter: {"place": code} for letter, code in zip("DEFG", places, strict=True)
    }
    columns["H"] = unsure("四个试点社区 together are no place: a rate of them is not the city's")
    rows = [
        ({"A": n, "B": name, "C": unit}, meaning)
        for n, (name, unit, meaning) in enumerate(asked, 1)
    ]
    table(form, sheet, 6, rows, columns)
    for row in (*range(6, 12), 15, 16, 17):
        formula(form, sheet, f"H{row}", f"=SUM(D{row}:G{row})")
    for row in range(6, 18):
        sheet[f"B{row}"].alignment = LEFT
    line(sheet, "A18:H18", "填表人：            审核人：            （请勿改动表格格式和公式）")
    widths(sheet, {"A": 6, "B": 24, "C": 8, **dict.fromkeys("DEFGH", 12)})
    printed(sheet)
    return form


def week_streets() -> Form:
    """17: one header row, a week, an instruction sheet first; four of twenty towns and their 小计."""
    form = Form("17", "城区街道诉求办理周调度表", "xlsx", p.ZHAOYANG, "2026-W48")
    told = form.sheet("说明")
    put(
        told,
        "A1",
        "本表每周一上午报送，“本周”指周一至周日；黄色单元格由热线办统一填写，各街道不填。",
        BODY,
        LEFT,
        boxed=False,
    )
    told.column_dimensions["A"].width = 60
    sheet = form.book.create_sheet("调度表")
    form.book.active = 1
    title(sheet, "A1:J1", "昭阳区城区街道群众诉求办理周调度表", PLAIN_TITLE)
    line(
        sheet,
        "A2:J2",
        "第48周（11月23日—11月29日）                                  单位：件",
        BODY,
    )
    heads(sheet, {
        "A3": "街道", "B3": "本周收到\n诉求", "C3": "上周收到\n诉求", "D3": "比上周（%）", "E3": "今年以来\n收到诉求",
        "F3": "本周\n销号", "G3": "今年以来\n销号", "H3": "截至本周末\n在办", "I3": "调度情况", "J3": "街道书记\n批示",
    })  # fmt: skip
    form.headers("调度表", 3, 3)
    year = "2026-01-01/2026-11-29"
    columns = {
        "B": knows("reports_received"), "C": knows("reports_received", period="2026-W47"),
        "D": derived("mom", "B", "C"), "E": knows("reports_received", period=year),
        "F": knows("cases_signed_off"), "G": knows("cases_signed_off", period=year),
        "H": knows("cases_open"), "I": nobody("a person writes it"), "J": nobody("written by hand"),
    }  # fmt: skip
    rows = [({"A": name}, {"place": code}) for code, name in p.ZHAOYANG_STREETS.items()]
    table(form, sheet, 4, rows, columns, formats={"D": "0.0"})
    four = unsure("四个街道 are not the whole district: neither its number nor another place's")
    table(form, sheet, 8, [({"A": "小计"}, four)], columns, formats={"D": "0.0"})
    table(form, sheet, 9, [({"A": "全区"}, {"place": p.ZHAOYANG})], columns, formats={"D": "0.0"})
    for letter in "BCDEFGH":
        sheet[f"{letter}9"].fill = YELLOW
    widths(sheet, {"A": 14, "I": 26, "J": 14, **dict.fromkeys("BCDEFGH", 11)})
    printed(sheet)
    return form


def pairs() -> Form:
    """18: labels and boxes side by side, a month of 28 to 27, the rarer numbers."""
    form = Form("18", "疑难诉求和办理质量情况报告表", "xlsx", p.SHUIFU, "2026-10@28")
    sheet = form.sheet("报告表")
    title(sheet, "A1:F1", "疑难诉求和办理质量情况报告表", PLAIN_TITLE)
    line(
        sheet, "A2:F2", "统计周期：9月28日—10月27日                报告单位：水富市政务服务局", BODY
    )
    boxes = (
        (("受理诉求（件）", knows("reports_received")), ("当场答复（件）", knows("cases_answered_at_once")),
         ("不予受理（件）", knows("cases_declined"))),
        (("批准延期（次）", knows("extensions_granted")), ("期末挂账（件）", knows("cases_suspended")),
         ("反弹重开（件）", knows("relapses"))),
        (("误派率（%）", knows("misdispatch_rate")), ("退单率（%）", knows("return_rate")),
         ("剔除率（%）", knows("exclusion_rate"))),
        (("一次办结率（%）", knows("first_time_rate")), ("平均转办次数", knows("mean_transfers")),
         ("发回重办（次）", knows("reworks"))),
        (("补录历史件（件）", knows("reports_imported")), ("办结率（%）", nobody(p.NO_CLOSING_RATE)),
         ("平均办理天数", nobody("no indicator of the time taken"))),
        (("被问责（人）", nobody("no record of sanctions")), ("媒体曝光（次）", nobody("no record of the press")),
         ("三率综合得分", nobody("weights are local; no score is made by machine"))),
    )  # fmt: skip
    for row, line_of in enumerate(boxes, 3):
        sheet.row_dimensions[row].height = 30
        for (label, meaning), (left, right) in zip(line_of, ("AB", "CD", "EF"), strict=True):
            put(sheet, f"{left}{row}", label, HEAD)
            put(sheet, f"{right}{row}")
            form.say(f"报告表!{right}{row}", {}, meaning)
    put(sheet, "A9", "存在的主要困难\n和工作建议", HEAD)
    put(sheet, "B9:F9", None, BODY, LEFT)
    form.empty["报告表!B9"] = "a person writes it"
    sheet.row_dimensions[9].height = 120
    line(sheet, "A10:F10", "单位负责人：            填报人：            填报日期：    年  月  日")
    framed(sheet, "A3:F9")
    widths(sheet, {**dict.fromkeys("ACE", 18), **dict.fromkeys("BDF", 12)})
    printed(sheet, landscape=False)
    return form
