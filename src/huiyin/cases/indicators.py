"""Numbers of the report loop (practice.md §1.5): each names the rows that it counts.

办结率 is deliberately not here: it is no measure of anything (design §3). Rates come only from
callbacks of all or of a random sample, and always say how many.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from huiyin.base.rules.measures import CASES, PERCENT, TRANSFERS
from huiyin.cases.models import Assignment, Callback, Case, CaseRequest, OnSpotLook
from huiyin.cases.rules import words as w
from huiyin.indicators.registry import Column, Indicator, Slice, register
from huiyin.indicators.rules import dashboards
from huiyin.indicators.rules.dashboards import Chart

SINCE = date(2026, 1, 1)
CONTACT_WITHIN = timedelta(hours=24)
_HOTLINE = "受理中心"


def _case_link(case: Any) -> str:
    return reverse("case_detail", args=[case.number])


def _in_area(prefix: str, part: Slice) -> Q:
    return Q(**{f"{prefix}area__path__startswith": part.area_path})


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
    Column("裁定", lambda r: {True: "准予", False: "驳回", None: "待裁定"}[r.granted]),
)


LOOK_COLUMNS = (
    Column("编号", lambda k: k.case.number, lambda k: _case_link(k.case)),
    Column("社区", lambda k: k.community.name),
    Column("核看单位", lambda k: k.unit.short_name),
    Column("核看时间", lambda k: k.looked_at),
    Column("结果", lambda k: w.LOOKS.get(k.verdict, "")),
)


# -- rows --------------------------------------------------------------------------------------
def received(part: Slice) -> QuerySet[Case]:
    """Reports received in the period, imported histories not counted."""
    rows = Case.objects.filter(
        _in_area("", part), type="report", opened_at__gte=part.start, opened_at__lt=part.end
    ).exclude(sign_off_code="imported")
    if part.unit_id:
        rows = rows.filter(lead=part.unit_id)
    return rows.select_related("lead")


def imported(part: Slice) -> QuerySet[Case]:
    """Closed histories from before: counted nowhere else."""
    return Case.objects.filter(
        _in_area("", part), type="report", sign_off_code="imported",
        opened_at__gte=part.start, opened_at__lt=part.end,
    ).select_related("lead")  # fmt: skip


def on_spot(part: Slice) -> QuerySet[Case]:
    """自办件: found and put right on the spot, outside the three rates."""
    return received(part).filter(sign_off_code="on_spot")


def on_spot_ever(part: Slice) -> QuerySet[Case]:
    """…and those among them that a look has turned into ordinary cases since."""
    drawn = OnSpotLook.objects.filter(case=OuterRef("pk"))
    return received(part).filter(Q(sign_off_code="on_spot") | Exists(drawn))


def on_spot_looked(part: Slice) -> QuerySet[Case]:
    """…that the subdistrict looked at."""
    looked = OnSpotLook.objects.filter(case=OuterRef("pk"), looked_at__isnull=False)
    return on_spot_ever(part).filter(Exists(looked))


def _looks(part: Slice, *verdicts: str) -> QuerySet[OnSpotLook]:
    cases = on_spot_ever(part).values("pk")
    rows = OnSpotLook.objects.filter(case__in=cases, verdict__in=verdicts)
    return rows.select_related("case", "unit", "community")


def on_spot_judged(part: Slice) -> QuerySet[OnSpotLook]:
    """Looks that could say whether it was so."""
    return _looks(part, "true", "untrue")


def on_spot_true(part: Slice) -> QuerySet[OnSpotLook]:
    return _looks(part, "true")


def dispatched(part: Slice) -> QuerySet[Assignment]:
    """Dispatches to a lead in the period, of cases that were not excluded from scoring nor taken out
    of the line as 检举控告."""
    rows = _dispatches(part)
    return rows.filter(unit=part.unit_id) if part.unit_id else rows


def sent(part: Slice) -> QuerySet[Assignment]:
    """The same dispatches, of the unit that dispatched them."""
    rows = _dispatches(part)
    return rows.filter(dispatched_by=part.unit_id) if part.unit_id else rows


def _dispatches(part: Slice) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(
        _in_area("case__", part), case__type="report", role="lead", case__excluded=False,
        dispatched_at__gte=part.start, dispatched_at__lt=part.end,
    )  # fmt: skip
    return rows.exclude(case__status=w.WITHHELD).select_related("case", "unit", "dispatched_by")


def responded(part: Slice) -> QuerySet[Assignment]:
    """…whose unit had the reporter within 24 h of dispatch; a callback may contradict it."""
    denied = Callback.objects.filter(
        case=OuterRef("case"), round=OuterRef("round"), contacted_in_time=False
    )
    return dispatched(part).filter(
        first_contact_at__lte=F("dispatched_at") + CONTACT_WITHIN
    ).exclude(Exists(denied))  # fmt: skip


def called_back(part: Slice) -> QuerySet[Callback]:
    """The last answer of each reporter who was reached, from all or from a random sample."""
    later = Callback.objects.filter(
        case=OuterRef("case"), round=OuterRef("round"), outcome="reached",
        ordinal__gt=OuterRef("ordinal"),
    )  # fmt: skip
    rows = Callback.objects.filter(
        _in_area("case__", part), case__type="report", outcome="reached", case__excluded=False,
        sample__in=("all", "random"), at__gte=part.start, at__lt=part.end,
    ).exclude(Exists(later))  # fmt: skip
    if part.unit_id:
        rows = rows.filter(case__lead=part.unit_id)
    return rows.select_related("case", "case__lead")


def resolved(part: Slice) -> QuerySet[Callback]:
    return called_back(part).filter(resolved=True)


def rated(part: Slice) -> QuerySet[Callback]:
    return called_back(part).exclude(satisfied="")


def satisfied(part: Slice) -> QuerySet[Callback]:
    return rated(part).filter(satisfied__in=("satisfied", "fair"))


def replied(part: Slice) -> QuerySet[Case]:
    """Cases whose reply fell into the period; what was excluded leaves every measure of the unit."""
    rows = Case.objects.filter(
        _in_area("", part), type="report", replied_at__gte=part.start, replied_at__lt=part.end,
        met_deadline__isnull=False, excluded=False,
    ).exclude(status=w.WITHHELD)  # fmt: skip
    if part.unit_id:
        rows = rows.filter(lead=part.unit_id)
    return rows.select_related("lead")


def replied_in_time(part: Slice) -> QuerySet[Case]:
    return replied(part).filter(met_deadline=True)


def finished(part: Slice) -> QuerySet[Case]:
    """Signed off in the period after a dispatch, not excluded."""
    rows = Case.objects.filter(
        _in_area("", part), type="report", closed_at__gte=part.start, closed_at__lt=part.end,
        status__in=(w.CLOSED, w.ARCHIVED), dispatched_at__isnull=False, excluded=False,
    )  # fmt: skip
    if part.unit_id:
        rows = rows.filter(lead=part.unit_id)
    return rows.select_related("lead")


def finished_at_once(part: Slice) -> QuerySet[Case]:
    return finished(part).filter(reworks=0, transfers=0)


def returned_dispatches(part: Slice) -> QuerySet[Assignment]:
    """Dispatches that the unit asked to give back, whatever the ruling."""
    asked = CaseRequest.objects.filter(case=OuterRef("case"), unit=OuterRef("unit"), kind="return")
    return dispatched(part).filter(Exists(asked))


def misdispatched(part: Slice) -> QuerySet[Assignment]:
    """Dispatches to the wrong unit, given back rightly or sent on: of the dispatcher, not of the unit."""
    return sent(part).filter(misdispatched=True)


def overdue_now(part: Slice) -> QuerySet[Case]:
    """Open cases whose due time lies before the end of the period, not excluded."""
    rows = Case.objects.filter(
        _in_area("", part), type="report", due_at__lt=part.end, excluded=False,
        status__in=(w.AWAITING_ACCEPTANCE, w.IN_PROGRESS, w.AWAITING_RETURN_RULING),
    )  # fmt: skip
    if part.unit_id:
        rows = rows.filter(lead=part.unit_id)
    return rows.select_related("lead")


def excluded(part: Slice) -> QuerySet[Case]:
    return received(part).filter(excluded=True)


# -- declarations ------------------------------------------------------------------------------
_RATE = "practice 1.5：三率只来自独立回访，打不通、拒评不进分母；无抽样不出率"

RECEIVED = register(Indicator(
    "reports_received", "诉求受理", CASES, "期内受理的诉求件数", "接诉即办业务规则", _HOTLINE,
    SINCE, received, CASE_COLUMNS, by_unit="lead_id",
))  # fmt: skip
IMPORTED = register(Indicator(
    "reports_imported", "历史导入", CASES, "期内受理、以历史方式导入的件数（不含在其他指标内）",
    "历史导入单列", _HOTLINE, SINCE, imported, CASE_COLUMNS, by_unit="lead_id",
))  # fmt: skip
ON_SPOT = register(Indicator(
    "handled_on_spot", "自办件", CASES, "期内当场发现、当场解决，未经派单的件数；不进三率",
    "practice 3：自行处置不计派遣量", _HOTLINE, SINCE, on_spot, CASE_COLUMNS, by_unit="lead_id",
))  # fmt: skip
_LOOK = "自办件不经回访，由街道抽查；按月份和件号抽取，不由人选"
ON_SPOT_LOOKED = register(Indicator(
    "on_spot_looked_share", "自办件核看比例", PERCENT,
    "街道核看过的自办件 ÷ 期内自办件（含核看后重新办理的）", _LOOK, _HOTLINE, SINCE, on_spot_ever,
    CASE_COLUMNS, hits=on_spot_looked, sample_note="期内自办件",
))  # fmt: skip
ON_SPOT_TRUE = register(Indicator(
    "on_spot_true_share", "核看属实", PERCENT,
    "核看属实 ÷ 核看属实与不属实之和（未能核实的不进分母）", _LOOK, _HOTLINE, SINCE, on_spot_judged,
    LOOK_COLUMNS, hits=on_spot_true, sample_note="抽中并核看出结果的自办件",
))  # fmt: skip
RESPONSE = register(Indicator(
    "response_rate", "响应率", PERCENT,
    "派出后 24 小时内联系到诉求人的派单 ÷ 应响应派单（已剔除的除外；回访否认的不算）", _RATE,
    _HOTLINE, SINCE, dispatched, ASSIGNMENT_COLUMNS, by_unit="unit_id", hits=responded, sample_note="全部派单",
))  # fmt: skip
RESOLUTION = register(Indicator(
    "resolution_rate", "解决率", PERCENT,
    "回访认定“已解决” ÷ 有效回访（全量或随机抽样，已剔除的除外）", _RATE, _HOTLINE, SINCE,
    called_back, CALLBACK_COLUMNS, by_unit="case__lead_id", hits=resolved, sample_note="有效回访",
))  # fmt: skip
SATISFACTION = register(Indicator(
    "satisfaction_rate", "满意率", PERCENT, "回访“满意”或“基本满意” ÷ 作了评价的有效回访", _RATE,
    _HOTLINE, SINCE, rated, CALLBACK_COLUMNS, by_unit="case__lead_id", hits=satisfied, sample_note="作了评价的有效回访",
))  # fmt: skip
ON_TIME = register(Indicator(
    "on_time_rate", "按期答复率", PERCENT,
    "每次答复都在到期前的件 ÷ 期内答复（退回重办按原时限，发回重办另起时限，逾期一次即不算按期；"
    "已剔除的除外）",
    "派出即计时，不以签收为准", _HOTLINE, SINCE, replied, CASE_COLUMNS, by_unit="lead_id",
    hits=replied_in_time, version=2,
))  # fmt: skip
AT_ONCE = register(Indicator(
    "first_time_rate", "一次办结率", PERCENT, "未改派、未重办即销号 ÷ 期内销号（已剔除的除外）",
    "首接负责", _HOTLINE, SINCE, finished, CASE_COLUMNS, by_unit="lead_id", hits=finished_at_once,
    version=2,
))  # fmt: skip
TRANSFERS_MEAN = register(Indicator(
    "mean_transfers", "平均转办次数", TRANSFERS,
    "期内销号各件转办（改派、准予退单）次数之和 ÷ 件数（已剔除的除外）", "首接负责",
    _HOTLINE, SINCE, finished, CASE_COLUMNS, by_unit="lead_id", amount="transfers", version=2,
))  # fmt: skip
RETURN_RATE = register(Indicator(
    "return_rate", "退单率", PERCENT, "提出退单的派单 ÷ 派单；考承办端，须与误派率同看",
    "退单率与误派率配对", _HOTLINE, SINCE, dispatched, ASSIGNMENT_COLUMNS, by_unit="unit_id",
    hits=returned_dispatches,
))  # fmt: skip
MISDISPATCH = register(Indicator(
    "misdispatch_rate", "误派率", PERCENT,
    "获准退单、或注明派错单位而改派的派单 ÷ 派单；考派单端，按派单单位列",
    "退单率与误派率配对", _HOTLINE, SINCE, sent, SENT_COLUMNS, by_unit="dispatched_by_id",
    hits=misdispatched, version=2,
))  # fmt: skip
EXCLUDED_RATE = register(Indicator(
    "exclusion_rate", "剔除率", PERCENT, "期内受理中经两人评审剔除 ÷ 期内受理；公布以防滥用",
    "剔除只影响考核", _HOTLINE, SINCE, received, CASE_COLUMNS, by_unit="lead_id", hits=excluded,
))  # fmt: skip
OVERDUE = register(Indicator(
    "overdue_now", "超期未答复", CASES, "到期未答复的在办件（截至期末，已剔除的除外）", "派出即计时",
    _HOTLINE, SINCE, overdue_now, CASE_COLUMNS, by_unit="lead_id", version=2,
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
