"""Numbers of the report loop (practice.md §1.5): each names the rows that it counts.

办结率 is deliberately not here: it is no measure of anything (design §3). Rates come only from
callbacks of all or of a random sample, and always say how many.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from huiyin.base.rules.local_defaults import CONTACT_HOURS
from huiyin.base.rules.measures import CASES, PERCENT, TIMES, TRANSFERS
from huiyin.cases.rules import words as w
from huiyin.cases.selectors import numbers as n
from huiyin.cases.selectors import standing
from huiyin.indicators.registry import Column, Dimension, Indicator, register
from huiyin.indicators.rules import dashboards
from huiyin.indicators.rules.dashboards import Chart
from huiyin.triage.selectors import top_categories

SINCE = date(2026, 1, 1)
_HOTLINE = "受理中心"


def _case_link(case: Any) -> str:
    return reverse("case_detail", args=[case.number])


def _ruling(request: Any) -> str:
    if request.decided_at is None:
        return "待裁定"
    return {True: "准予", False: "驳回", None: "作废"}[request.granted]


def _of_category(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    return rows.filter(category__startswith=code)


# 举报 of a citizen is `accusation` in the engine, where `report` is the 诉求 itself; in the codes of
# forms and figures the five kinds are named as forms name them.
KIND = Dimension(
    "kind", "性质",
    {"enquiry": "咨询", "help": "求助", "complaint": "投诉", "report": "举报", "suggestion": "建议"},
    "kind", stored={"report": "accusation"},
    aliases={"enquiry": ("咨询类", "咨询件"), "help": ("求助类", "求助件", "求决"),
             "complaint": ("投诉类", "投诉件"), "report": ("举报类", "举报件", "accusation"),
             "suggestion": ("建议类", "意见建议", "建议件")},
)  # fmt: skip
CHANNEL = Dimension("channel", "来源", w.CHANNELS, "channel", aliases={
    "phone": ("热线", "来电", "12345热线", "电话热线"), "web": ("网站", "网上", "网络"),
    "qr": ("二维码", "扫码反映"), "visit": ("来访接待", "走访接待"), "excel": ("导入", "表格"),
})  # fmt: skip
CATEGORY = Dimension("category", "类别", lambda: dict(top_categories()), _of_category)

CASE_COLUMNS = (
    Column("编号", lambda c: c.number, _case_link),
    Column("受理时间", lambda c: c.opened_at),
    Column("性质", lambda c: w.KINDS.get(c.kind, "")),
    Column("主办", lambda c: c.lead.short_name if c.lead else ""),
    Column("状态", lambda c: c.status_label),
)
ASSIGNMENT_COLUMNS = (
    Column("编号", lambda a: a.case.number, lambda a: _case_link(a.case)),
    Column("主办", lambda a: a.unit.short_name),
    Column("派出", lambda a: a.dispatched_at),
    Column("首次联系", lambda a: a.first_contact_at),
)
SENT_COLUMNS = (
    *ASSIGNMENT_COLUMNS[:3],
    Column("派单单位", lambda a: a.dispatched_by.short_name if a.dispatched_by else ""),
    Column("误派", lambda a: "是" if a.misdispatched else ""),
)
CALLBACK_COLUMNS = (
    Column("编号", lambda c: c.case.number, lambda c: _case_link(c.case)),
    Column("主办", lambda c: c.case.lead.short_name if c.case.lead else ""),
    Column("回访时间", lambda c: c.at),
    Column("已解决", lambda c: {True: "是", False: "否", None: ""}[c.resolved]),
    Column("满意度", lambda c: w.SATISFACTION.get(c.satisfied, "")),
    Column("样本", lambda c: w.SAMPLES[c.sample]),
)
REQUEST_COLUMNS = (
    Column("编号", lambda r: r.case.number, lambda r: _case_link(r.case)),
    Column("退单单位", lambda r: r.unit.short_name if r.unit else ""),
    Column("理由", lambda r: w.RETURN_REASONS.get(r.reason, "")),
    Column("裁定", _ruling),
)
LOOK_COLUMNS = (
    Column("编号", lambda k: k.case.number, lambda k: _case_link(k.case)),
    Column("社区", lambda k: k.community.name),
    Column("核看单位", lambda k: k.unit.short_name),
    Column("核看时间", lambda k: k.looked_at),
    Column("结果", lambda k: w.LOOKS.get(k.verdict, "")),
)
EXTENSION_COLUMNS = (
    *REQUEST_COLUMNS[:1],
    Column("申请单位", lambda r: r.unit.short_name if r.unit else ""),
    Column("延长", lambda r: r.amount),
    Column("裁定时间", lambda r: r.decided_at),
)
EVENTS = {"supervision_issued": "书面督办", "admonition_issued": "提醒函",
          "rework_ordered": "发回重办", "reopened": "反弹重开"}  # fmt: skip
EVENT_COLUMNS = (
    Column("编号", lambda e: e.case.number, lambda e: _case_link(e.case)),
    Column("时间", lambda e: e.at),
    Column("事项", lambda e: EVENTS.get(e.action, "")),
    Column("主办", lambda e: e.case.lead.short_name if e.case.lead else ""),
)

# -- declarations ------------------------------------------------------------------------------
#: Words by which articles mean one number or another: they belong to each, so that a check says which
#: definitions compete instead of choosing one (the three problem counts, design §3).
_SOLVING = ("解决问题", "解决诉求", "解决难题", "解决急难愁盼")
_TREATING = ("处理问题", "处置问题", "处理事项", "处置事项")
_HANDLING = ("办理诉求", "办理事项", "办好诉求", "办理民生事项")

_RATE = "三率只来自独立回访，打不通、拒评不进分母；无抽样不出率"
_ASKED = "退单、延期、挂账、剔除、终止是五件事，各有申请和裁定"

RECEIVED = register(Indicator(
    "reports_received", "诉求受理", CASES, "期内受理的诉求件数", "接诉即办业务规则", _HOTLINE,
    SINCE, n.received, CASE_COLUMNS, by_unit="lead_id", dimensions=(KIND, CHANNEL, CATEGORY),
    terms=("诉求受理", "受理量", "受理件数", "受理诉求", "受理", "接收群众诉求", "受理群众诉求", "诉求量",
           "诉求总量", "收到群众诉求", "接诉量"),
))  # fmt: skip
IMPORTED = register(Indicator(
    "reports_imported", "历史导入", CASES, "期内受理、以历史方式导入的件数（不含在其他指标内）",
    "历史导入单列", _HOTLINE, SINCE, n.imported, CASE_COLUMNS, by_unit="lead_id",
    terms=("历史导入", "导入历史件", "历史件", "补录历史诉求"),
))  # fmt: skip
ON_SPOT = register(Indicator(
    "handled_on_spot", "自办件", CASES, "期内当场发现、当场解决，未经派单的件数；不进三率",
    "自行处置不计派遣量", _HOTLINE, SINCE, n.on_spot, CASE_COLUMNS, by_unit="lead_id",
    terms=("自办件", "自行处置", "自办", "当场办结", "现场办结", "当场解决", "现场解决", "网格自办"),
))  # fmt: skip
_LOOK = "自办件不经回访，由街道抽查；每社区每月抽一次，盐在抽取时生成并公开，可复算，不由人选"
ON_SPOT_LOOKED = register(Indicator(
    "on_spot_looked_share", "自办件核看比例", PERCENT,
    "街道核看过的自办件 ÷ 期内自办件（含核看后重新办理的）", _LOOK, _HOTLINE, SINCE, n.on_spot_ever,
    CASE_COLUMNS, hits=n.on_spot_looked, sample_note="期内自办件",
    terms=("自办件核看比例", "自办件核看率", "自办件抽查比例"),
))  # fmt: skip
ON_SPOT_TRUE = register(Indicator(
    "on_spot_true_share", "核看属实", PERCENT,
    "核看属实 ÷ 核看属实与不属实之和（未能核实的不进分母）", _LOOK, _HOTLINE, SINCE,
    n.on_spot_judged, LOOK_COLUMNS, hits=n.on_spot_true, sample_note="抽中并核看出结果的自办件",
    terms=("核看属实率", "自办件属实率", "抽查属实率"),
))  # fmt: skip
DISPATCHED = register(Indicator(
    "cases_dispatched", "派出", CASES, "期内派给主办单位的件，按件去重（改派的仍算一件；含已剔除的）",
    "派出即计时，不以签收为准", _HOTLINE, SINCE, n.led, SENT_COLUMNS, by_unit="unit_id",
    distinct=("case",),
    terms=("派出", *_HANDLING, "派单量", "派单件数", "派单", "转办件数", "转派", "交办件数", "派遣量", "派发"),
))  # fmt: skip
REPLIED = register(Indicator(
    "cases_replied", "答复", CASES, "期内答复的件，按最近一次答复计（已剔除的除外；与按期答复率同一批件）",
    "派出即计时，不以签收为准", _HOTLINE, SINCE, n.replied, CASE_COLUMNS, by_unit="lead_id",
    terms=("答复", *_TREATING, *_HANDLING, "答复件数", "已答复", "回复件数", "答复量", "答复诉求", "办理答复"),
))  # fmt: skip
REPLIED_IN_TIME = register(Indicator(
    "cases_replied_in_time", "按期答复", CASES, "期内答复的件中每次答复都在到期前的（已剔除的除外）",
    "派出即计时，不以签收为准", _HOTLINE, SINCE, n.replied_in_time, CASE_COLUMNS, by_unit="lead_id",
    terms=("按期答复", "按期答复件数", "按时答复", "限时答复", "期限内答复"),
))  # fmt: skip
SIGNED_OFF = register(Indicator(
    "cases_signed_off", "销号（办结）", CASES,
    "期内经派单办理并销号的件（含已剔除的；自办件、历史导入不在内；其后反弹重开的不再计入）",
    "销号须经回访", _HOTLINE, SINCE, n.signed_off, CASE_COLUMNS, by_unit="lead_id",
    dimensions=(KIND,),
    terms=("销号", *_SOLVING, *_TREATING, *_HANDLING, "办结", "办结量", "办结件数", "已办结", "办结诉求", "办结件", "销号件数", "逐一销号",
           "办理完结"),
))  # fmt: skip
_AS_OF = "按台账记下的事件还原到期末那一刻；性质、主办、是否剔除按现在的登记"
OPEN = register(Indicator(
    "cases_open", "在办", CASES, "期末以前受理、到期末还没有结束的件（含待受理、挂账）", _AS_OF, _HOTLINE,
    SINCE, standing.open_at, CASE_COLUMNS, by_unit="lead_id", stock=True, dimensions=(KIND,),
    terms=("在办", "在办件", "在办件数", "正在办理", "办理中", "未办结", "尚未办结", "待办结"),
))  # fmt: skip
OVERDUE = register(Indicator(
    "overdue_now", "超期未答复", CASES,
    "到期末办理时限已过、还没有答复的件（已剔除的除外；批准延期、更正性质后按现在的时限算）",
    "派出即计时；" + _AS_OF, _HOTLINE, SINCE, standing.overdue_at, CASE_COLUMNS, by_unit="lead_id",
    version=3, stock=True,
    terms=("超期未答复", "超期件数", "超期件", "逾期未答复", "超期未办", "逾期件数", "超期", "逾期"),
))  # fmt: skip
SUSPENDED = register(Indicator(
    "cases_suspended", "挂账", CASES, "到期末已同意挂账、还没有恢复办理的件",
    "时限内不能解决的进问题库，季度复核；" + _AS_OF, _HOTLINE, SINCE, standing.suspended_at,
    CASE_COLUMNS, by_unit="lead_id", stock=True,
    terms=("挂账", "挂账件", "挂账件数", "挂账问题", "挂账督办件"),
))  # fmt: skip
RETURNS_ASKED = register(Indicator(
    "returns_asked", "退单申请", TIMES, "期内提出的退单申请，不论裁定", _ASKED, _HOTLINE, SINCE,
    n.requests("return", when="asked_at"), REQUEST_COLUMNS, by_unit="unit_id",
    terms=("退单申请", "申请退单", "退单", "退单次数", "提出退单"),
))  # fmt: skip
RETURNS_GRANTED = register(Indicator(
    "returns_granted", "准予退单", TIMES, "期内裁定准予的退单", _ASKED, _HOTLINE, SINCE,
    n.requests("return", when="decided_at", granted=True), REQUEST_COLUMNS, by_unit="unit_id",
    terms=("准予退单", "同意退单", "批准退单", "退单通过"),
))  # fmt: skip
EXTENSIONS_GRANTED = register(Indicator(
    "extensions_granted", "准予延期", TIMES, "期内同意的延期申请", _ASKED, _HOTLINE, SINCE,
    n.requests("extension", when="decided_at", granted=True), EXTENSION_COLUMNS, by_unit="unit_id",
    terms=("准予延期", "同意延期", "批准延期", "延期", "延期次数", "延期办理"),
))  # fmt: skip
REWORKS = register(Indicator(
    "reworks", "发回重办", TIMES, "期内因回访未解决发回重办的次数（审核退回的不算）", "回访说没有解决的发回重办",
    _HOTLINE, SINCE, n.happened("rework_ordered"), EVENT_COLUMNS, by_unit="case__lead_id",
    terms=("发回重办", "重办", "重办次数", "返工", "二次办理"),
))  # fmt: skip
SUPERVISIONS = register(Indicator(
    "supervisions", "督办", TIMES, "期内发出的书面督办和提醒函（催办、提级不算）",
    "催办 → 书面督办 → 提醒函", _HOTLINE, SINCE, n.happened(*n.SUPERVISED), EVENT_COLUMNS,
    by_unit="case__lead_id", terms=("督办", "督办次数", "书面督办", "下发督办", "督查督办", "督办函"),
))  # fmt: skip
RELAPSES = register(Indicator(
    "relapses", "反弹", CASES, "期内因反弹重开的件，按件去重", "办结后复查或诉求人反映又出现的重开",
    _HOTLINE, SINCE, n.happened("reopened"), EVENT_COLUMNS, distinct=("case",),
    terms=("反弹", "反弹件", "反弹件数", "问题反弹", "反弹重开", "重复反弹"),
))  # fmt: skip
DECLINED = register(Indicator(
    "cases_declined", "不予受理", CASES, "期内决定不予受理的件，每件都有给诉求人的解释", "接诉即办业务规则",
    _HOTLINE, SINCE, n.ended(w.DECLINED), CASE_COLUMNS,
    terms=("不予受理", "不予受理件", "不受理"),
))  # fmt: skip
ANSWERED = register(Indicator(
    "cases_answered_at_once", "即时答复", CASES, "期内受理时当场答复、未派单的件；不进三率",
    "接诉即办业务规则", _HOTLINE, SINCE, n.ended(w.ANSWERED), CASE_COLUMNS,
    terms=("即时答复", "当场答复", "直接答复", "直接办理", "即时办结", "在线解答"),
))  # fmt: skip
CALLBACKS_MADE = register(Indicator(
    "callbacks_made", "回访", TIMES, "期内回访次数（含未联系上、拒绝评价和本人网上确认）", _RATE, _HOTLINE,
    SINCE, n.tried, CALLBACK_COLUMNS, by_unit="case__lead_id",
    terms=("回访", "回访次数", "开展回访", "回访量"),
))  # fmt: skip
_EACH_ROUND = "（全量或随机抽样，已剔除的除外；每件每轮取最后一次）"
CALLBACKS_REACHED = register(Indicator(
    "callbacks_reached", "有效回访", CASES, f"期内回访联系上的件{_EACH_ROUND}", _RATE, _HOTLINE, SINCE,
    n.called_back, CALLBACK_COLUMNS, by_unit="case__lead_id",
    terms=("有效回访", "有效回访件数", "回访成功", "回访到", "回访件数"),
))  # fmt: skip
CALLBACKS_RESOLVED = register(Indicator(
    "callbacks_resolved", "回访认定已解决", CASES, f"有效回访中诉求人说已解决的件{_EACH_ROUND}", _RATE,
    _HOTLINE, SINCE, n.resolved, CALLBACK_COLUMNS, by_unit="case__lead_id",
    terms=("回访认定已解决", *_SOLVING, "已解决", "解决件数", "解决", "实际解决", "回访解决"),
))  # fmt: skip
CALLBACKS_SATISFIED = register(Indicator(
    "callbacks_satisfied", "回访满意或基本满意", CASES,
    f"有效回访中评价满意或基本满意的件{_EACH_ROUND}", _RATE, _HOTLINE, SINCE, n.satisfied,
    CALLBACK_COLUMNS, by_unit="case__lead_id",
    terms=("回访满意", "满意件数", "满意", "满意或基本满意", "群众满意"),
))  # fmt: skip
RESPONSE = register(Indicator(
    "response_rate", "响应率", PERCENT,
    "派出后 {} 小时内联系到诉求人的派单 ÷ 应响应派单（已剔除的除外；回访否认的不算）", _RATE,
    _HOTLINE, SINCE, n.dispatched, ASSIGNMENT_COLUMNS, by_unit="unit_id", hits=n.responded, sample_note="全部派单",
    params=(CONTACT_HOURS,), terms=("响应率", "及时响应率", "24小时响应率", "诉求响应率", "联系率"),
))  # fmt: skip
RESOLUTION = register(Indicator(
    "resolution_rate", "解决率", PERCENT,
    "回访认定“已解决” ÷ 有效回访（全量或随机抽样，已剔除的除外；每件只抽一次，重办、反弹沿用）", _RATE, _HOTLINE, SINCE,
    n.called_back, CALLBACK_COLUMNS, by_unit="case__lead_id", hits=n.resolved, sample_note="有效回访",
    version=2, terms=("解决率", "问题解决率", "诉求解决率", "回访解决率"),
))  # fmt: skip
SATISFACTION = register(Indicator(
    "satisfaction_rate", "满意率", PERCENT, "回访“满意”或“基本满意” ÷ 作了评价的有效回访", _RATE,
    _HOTLINE, SINCE, n.rated, CALLBACK_COLUMNS, by_unit="case__lead_id", hits=n.satisfied, sample_note="作了评价的有效回访",
    terms=("满意率", "群众满意率", "满意度", "回访满意率", "群众满意度"),
))  # fmt: skip
ON_TIME = register(Indicator(
    "on_time_rate", "按期答复率", PERCENT,
    "每次答复都在到期前的件 ÷ 期内答复（退回重办按原时限，发回重办另起时限，逾期一次即不算按期；"
    "已剔除的除外）",
    "派出即计时，不以签收为准", _HOTLINE, SINCE, n.replied, CASE_COLUMNS, by_unit="lead_id",
    hits=n.replied_in_time, version=2,
    terms=("按期答复率", "按时答复率", "按期办理率", "及时答复率", "按期回复率"),
))  # fmt: skip
AT_ONCE = register(Indicator(
    "first_time_rate", "一次办结率", PERCENT, "未改派、未重办即销号 ÷ 期内销号（已剔除的除外）",
    "首接负责", _HOTLINE, SINCE, n.finished, CASE_COLUMNS, by_unit="lead_id", hits=n.finished_at_once,
    version=2,
    terms=("一次办结率", "一次性办结率", "首办解决率"),
))  # fmt: skip
TRANSFERS_MEAN = register(Indicator(
    "mean_transfers", "平均转办次数", TRANSFERS,
    "期内销号各件转办（改派、准予退单）次数之和 ÷ 件数（已剔除的除外）", "首接负责",
    _HOTLINE, SINCE, n.finished, CASE_COLUMNS, by_unit="lead_id", amount="transfers", version=2,
    terms=("平均转办次数", "平均转派次数", "件均转办次数"),
))  # fmt: skip
RETURN_RATE = register(Indicator(
    "return_rate", "退单率", PERCENT, "提出退单的派单 ÷ 派单；考承办端，须与误派率同看",
    "退单率与误派率配对", _HOTLINE, SINCE, n.dispatched, ASSIGNMENT_COLUMNS, by_unit="unit_id",
    hits=n.returned_dispatches,
    terms=("退单率", "申请退单率"),
))  # fmt: skip
MISDISPATCH = register(Indicator(
    "misdispatch_rate", "误派率", PERCENT,
    "获准退单、或注明派错单位而改派的派单 ÷ 派单；考派单端，按派单单位列",
    "退单率与误派率配对", _HOTLINE, SINCE, n.sent, SENT_COLUMNS, by_unit="dispatched_by_id",
    hits=n.misdispatched, version=2,
    terms=("误派率", "错派率", "派单差错率"),
))  # fmt: skip
EXCLUDED_RATE = register(Indicator(
    "exclusion_rate", "剔除率", PERCENT, "期内受理中经两人评审剔除 ÷ 期内受理；公布以防滥用",
    "剔除只影响考核", _HOTLINE, SINCE, n.received, CASE_COLUMNS, by_unit="lead_id", hits=n.excluded,
    terms=("剔除率",),
))  # fmt: skip

#: The board's columns, in order: never 办结率.
BOARD = (
    RECEIVED, RESPONSE, RESOLUTION, SATISFACTION, ON_TIME, AT_ONCE, TRANSFERS_MEAN, RETURN_RATE,
    MISDISPATCH, OVERDUE, EXCLUDED_RATE,
)  # fmt: skip
#: Totals alone: what was put right without dispatch has no lead, and its sample beside it.
BESIDE = (ON_SPOT, ON_SPOT_LOOKED, ON_SPOT_TRUE)

# -- dashboards --------------------------------------------------------------------------------
_TREND, _AREAS, _UNITS = dashboards.TREND, dashboards.AREAS, dashboards.UNITS
dashboards.declare(
    "群众诉求", roles=("leader", "statistician"), order=10,
    tiles=("reports_received", "response_rate", "resolution_rate", "satisfaction_rate",
           "on_time_rate", "overdue_now"),
    charts=(Chart("reports_received", _TREND), Chart("reports_received", _AREAS),
            Chart("resolution_rate", _TREND), Chart("overdue_now", _AREAS)),
)  # fmt: skip
dashboards.declare(
    "派单", roles=("dispatcher",), order=10,
    tiles=("reports_received", "misdispatch_rate", "return_rate", "first_time_rate",
           "mean_transfers", "overdue_now"),
    charts=(Chart("reports_received", _TREND), Chart("misdispatch_rate", _TREND),
            Chart("return_rate", _UNITS)),
)  # fmt: skip
dashboards.declare(
    "督办", roles=("supervisor",), order=10,
    tiles=("overdue_now", "on_time_rate", "response_rate", "resolution_rate", "exclusion_rate"),
    charts=(Chart("overdue_now", _UNITS), Chart("on_time_rate", _TREND),
            Chart("resolution_rate", _UNITS)),
)  # fmt: skip
dashboards.declare(
    "审核", roles=("reviewer",), order=10,
    tiles=("on_time_rate", "first_time_rate", "resolution_rate", "satisfaction_rate"),
    charts=(Chart("first_time_rate", _TREND), Chart("on_time_rate", _UNITS)),
)  # fmt: skip
dashboards.declare(
    "本单位", roles=("unit_head",), order=10,
    tiles=("reports_received", "response_rate", "on_time_rate", "resolution_rate",
           "satisfaction_rate", "return_rate", "overdue_now"),
    charts=(Chart("reports_received", _TREND), Chart("on_time_rate", _TREND)),
)  # fmt: skip
dashboards.declare(
    "自办件", roles=("leader", "supervisor"), order=40,
    tiles=("handled_on_spot", "on_spot_looked_share", "on_spot_true_share"),
    charts=(Chart("handled_on_spot", _TREND),),
)  # fmt: skip
