"""Word tables of the organisation department: dual registration, services, liaison."""

from __future__ import annotations

from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from tests.forms.drawing import Form, derived, knows, nobody, word_put, word_rows, word_table
from tests.forms.layouts import places as p


def _paper(form: Form, landscape: bool) -> None:
    form.word = docx.Document()
    section = form.word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)


def _paragraph(
    form: Form, text: str, size: float = 12, centre: bool = False, face: str = "仿宋_GB2312"
) -> None:
    paragraph = form.word.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), face
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _heads(made: Any, texts: dict[tuple[int, int], str | tuple[str, tuple[int, int]]]) -> None:
    for where, text in texts.items():
        if isinstance(text, tuple):
            word_put(made, where, text[0], text[1])
        else:
            word_put(made, where, text)


def dual_quarter() -> Form:
    """08: one Word table, a merged header of two rows, communities down, a blank total."""
    form = Form("08", "党员双报到和下沉服务情况统计表", "docx", p.YUNFU, "2026Q3")
    _paper(form, landscape=True)
    _paragraph(form, "附件2", face="黑体")
    _paragraph(
        form, "云富街道党员“双报到”和下沉服务情况统计表", 18, centre=True, face="方正小标宋简体"
    )
    _paragraph(form, "填报单位（盖章）：                              统计时间：2026年第三季度")
    made = word_table(form, 12, 9)
    _heads(made, {
        (1, 1): ("序号", (2, 1)), (1, 2): ("社区", (2, 2)), (1, 3): ("在职党员报到（名）", (1, 4)),
        (2, 3): "期末在册", (2, 4): "本季度新增", (1, 5): ("下沉服务", (1, 7)), (2, 5): "开展活动（次）",
        (2, 6): "参与人次", (2, 7): "参与党员（名）", (1, 8): ("认领微心愿（个）", (2, 8)),
        (1, 9): ("备注", (2, 9)),
    })  # fmt: skip
    form.headers("T1", 1, 2)
    columns = {
        3: knows("dual_registered"), 4: knows("dual_registered_new"), 5: knows("service_times"),
        6: knows("service_person_times"), 7: knows("service_members"),
        8: nobody("no record of wishes 微心愿"), 9: nobody(p.REMARK),
    }  # fmt: skip
    rows = [({1: str(n), 2: name}, {"place": code})
            for n, (code, name) in enumerate(p.YUNFU_COMMUNITIES.items(), 1)]  # fmt: skip
    word_rows(form, 1, made, 3, rows, columns)
    whole = {
        "ask": "the nine communities are the street without its four villages",
        "candidates": (),
    }
    word_rows(form, 1, made, 12, [({}, whole)], columns)
    word_put(made, (12, 1), "社区合计", (12, 2))
    _paragraph(form, "注：“名”按人去重，“人次”按参加次数累计，“次”按活动统计，三者不得混用。", 10)
    _paragraph(form, "党工委书记：              填表人：              联系电话：")
    return form


_SERVICES = {
    "政策宣传": "kind:policy", "矛盾纠纷调解": "kind:mediation", "安全巡查": "kind:safety",
    "环境卫生整治": "kind:environment", "帮老助困": "kind:care", "青少年服务": "kind:youth",
    "便民维修": "kind:skills", "应急值守": "kind:emergency",
}  # fmt: skip
_LAYERS = (
    ("1", "处级领导包社区", "level:leader"),
    ("2", "机关单位联小区", "level:unit"),
    ("3", "党员进楼栋", "level:member"),
    ("4", "网格员驻网格", "level:grid"),
)


def services_and_liaison() -> Form:
    """09: a Word file with two tables: services by kind, liaison by layer."""
    form = Form("09", "下沉服务和包联工作情况表", "docx", p.LUDIAN, "2026-10")
    _paper(form, landscape=False)
    _paragraph(
        form, "鲁甸县党员干部下沉服务和包联工作情况表", 18, centre=True, face="方正小标宋简体"
    )
    _paragraph(
        form,
        "鲁组通〔2026〕41号附件          报送单位：                报送时间：    年  月  日",
        10,
    )
    _paragraph(form, "一、2026年10月下沉服务情况", face="黑体")
    made = word_table(form, 12, 6)
    _heads(made, {
        (1, 1): ("服务类别", (2, 1)), (1, 2): ("本月", (1, 3)), (1, 4): ("1—10月", (1, 5)),
        (2, 2): "次数", (2, 3): "人次", (2, 4): "次数", (2, 5): "人次", (1, 6): ("人次占比", (2, 6)),
    })  # fmt: skip
    form.headers("T1", 1, 2)
    total = "2026-01-01/2026-10-31"
    columns = {
        2: knows("service_times"), 3: knows("service_person_times"),
        4: knows("service_times", period=total), 5: knows("service_person_times", period=total),
    }  # fmt: skip
    rows = [({1: name}, {"by": by}) for name, by in _SERVICES.items()]
    rows.append(({1: "文艺汇演"}, nobody("not among the kinds of service")))
    word_rows(
        form,
        1,
        made,
        3,
        rows,
        {**columns, 6: nobody("of the month or of ten months: the form does not say")},
    )
    word_rows(form, 1, made, 12, [({1: "合计", 6: "100%"}, {})], {**columns, 6: {}})
    for at in range(3, 11):
        form.empty.pop(f"T1!R{at}C6")
        form.ask[f"T1!R{at}C6"] = {
            "why": "share of the month or of the ten months",
            "candidates": [],
        }
    for column in columns:
        form.totals[f"T1!R12C{column}"] = (
            f"total of R3C{column}:R11C{column} by indicator at {p.LUDIAN}"
        )
    _paragraph(form, "二、包联关系建立情况（截至10月底）", face="黑体")
    made = word_table(form, 7, 4)
    for column, text in enumerate(("序号", "包联层级", "包联关系数（个）", "占全部的比重（%）"), 1):
        word_put(made, (1, column), text)
    form.headers("T2", 1, 1)
    rows2: list[Any] = [({1: n, 2: name}, {"by": by}) for n, name, by in _LAYERS]
    word_rows(form, 2, made, 2, rows2, {3: knows("liaisons"), 4: derived("share", "3")})
    for at in range(2, 6):
        form.cells[f"T2!R{at}C4"]["of"] = [f"T2!R{at}C3", "T2!R6C3"]
    word_rows(form, 2, made, 6, [({1: "", 2: "合计", 4: "100"}, {})], {3: knows("liaisons"), 4: {}})
    form.totals["T2!R6C3"] = f"total of R2C3:R5C3 by indicator at {p.LUDIAN}"
    word_rows(form, 2, made, 7, [({1: "5", 2: "有处级领导包联的社区（个）", 4: "—"}, {})],
              {3: knows("liaison_communities"), 4: {}})  # fmt: skip
    _paragraph(form, "填表人：                    审核人：                    联系电话：")
    return form


def service_roll() -> Form:
    """13: a list in Word, one row a service record; two empty rows are not all that it needs."""
    form = Form("13", "在职党员下沉服务登记表", "docx", "530681001002", "2026-10", kind="list")
    _paper(form, landscape=True)
    _paragraph(form, "在职党员下沉服务登记表", 18, centre=True, face="方正小标宋简体")
    _paragraph(form, "社区：人民路社区                                        登记时段：2026年10月")
    made = word_table(form, 8, 10)
    for column, text in enumerate((
        "序号", "服务时间", "服务事项", "服务类别", "服务小区", "党员姓名", "所在单位", "服务人次", "社区评语", "本人签字",
    ), 1):  # fmt: skip
        word_put(made, (1, column), text)
    form.headers("T1", 1, 1)
    form.listing = {
        "register": "service", "where": "T1", "first_row": 2, "last_row": 8, "serial": "C1",
        "columns": {"C2": "day", "C3": "activity", "C4": "kind", "C5": "compound", "C6": "member",
                    "C7": "home_unit", "C8": "person_times", "C9": "feedback"},
        "empty_columns": {"C10": "signed by hand"},
    }  # fmt: skip
    _paragraph(
        form,
        "登记人：                    社区党组织负责人：                    （行数不够可自行添加）",
        10,
    )
    return form
