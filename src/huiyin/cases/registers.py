"""Ledgers that the engine keeps by itself: reports, returns, suspensions, callbacks, supervision.

Columns after practice.md §1.7. Nobody writes them; they are listed, printed and exported like any
other, and show only cases that these posts may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from huiyin.base.rules.measures import CASES, TIMES
from huiyin.cases import selectors
from huiyin.cases.models import Callback, Case, CaseEvent, CaseRequest, OnSpotDraw
from huiyin.cases.rules import words as w
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.registers import registry
from huiyin.registers.registry import Register, Rows
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Column

SUPERVISION = {"reminder_sent": "催办", "supervision_issued": "书面督办", "admonition_issued": "提醒函",
               "supervision_answered": "答复督办", "escalated": "提级", "escalated_by_rule": "自动提级",
               "coordinated": "协调结果"}  # fmt: skip
#: How files name the column of the lead unit.
LEADS = ("主办单位", "承办单位", "责任单位", "办理单位")


def _cases(posts: Sequence[ActingPost], day: date) -> QuerySet[Case]:
    return selectors.visible_to(posts, day=day).select_related("area", "compound", "lead")


def _of_seen(rows: QuerySet[Any]) -> Rows:
    """Rows about cases that these posts may see."""

    def seen(posts: Sequence[ActingPost], day: date) -> QuerySet[Any]:
        return rows.filter(
            case__in=selectors.visible_to(posts, day=day).values("pk")
        ).select_related("case", "case__area", "case__compound", "case__lead")

    return seen


def _link(row: Any) -> str:
    case = row if isinstance(row, Case) else row.case
    return reverse("case_detail", args=[case.number])


def _number(prefix: str = "case__") -> Column:
    return Column(
        "number", "编号", show=lambda r: (r if isinstance(r, Case) else r.case).number, link=_link,
        lookup=f"{prefix}number", width=12,
        aliases=("诉求编号", "工单编号", "工单号", "件号", "受理编号", "案件编号"),
    )  # fmt: skip


def _place(prefix: str = "case__") -> Column:
    return Column(
        "area", "社区", c.AREA, show=lambda r: (r if isinstance(r, Case) else r.case).area,
        lookup=f"{prefix}area", width=16, wide=True,
        aliases=("所属社区", "村（社区）", "社区（村）", "属地社区", "所在社区"),
    )  # fmt: skip


REPORTS = registry.register(Register(
    code="reports", label="诉求台账", basis="编号、来源、时限、结果随办件自动生成",
    answers_for="受理中心", day="opened_at", place="area", view="case.view", take_out="case.export",
    rows=_cases, noun="件",
    columns=(
        _number(""),
        Column("title", "标题", aliases=("诉求标题", "诉求内容", "主要内容", "反映事项", "诉求事项"), show=lambda r: r.title, lookup="title", width=26),
        Column("status", "状态", c.CHOICE, aliases=("办理状态", "当前状态", "办件状态"), choices=w.STATUSES, show=lambda r: r.status,
               lookup="status", filtered=True),
        Column("opened_at", "受理时间", c.MOMENT, aliases=("受理日期", "来件时间", "登记时间", "诉求时间"), show=lambda r: r.opened_at, lookup="opened_at"),
        _place(""),
        Column("compound", "小区", c.COMPOUND, show=lambda r: r.compound, lookup="compound",
               aliases=("小区名称", "所属小区", "所在小区"),
               wide=True, width=16),
        Column("kind", "性质", c.CHOICE, aliases=("诉求性质", "诉求类型", "类型"), choices=w.KINDS, show=lambda r: r.kind, lookup="kind",
               filtered=True, wide=True),
        Column("urgency", "紧急度", c.CHOICE, aliases=("紧急程度",), choices=w.URGENCIES, show=lambda r: r.urgency,
               lookup="urgency", filtered=True, listed=False),
        Column("lead", "主办", c.UNIT, show=lambda r: r.lead, lookup="lead", width=16, aliases=LEADS),
        Column("dispatched_at", "派出时间", c.MOMENT, aliases=("派单时间", "交办时间"), show=lambda r: r.dispatched_at, listed=False,
               lookup="dispatched_at"),
        Column("first_contact_at", "首次联系", c.MOMENT, show=lambda r: r.first_contact_at,
               listed=False, lookup="first_contact_at"),
        Column("due_at", "时限", c.MOMENT, aliases=("办理时限", "办结时限", "截止时间"), show=lambda r: r.due_at, listed=False, lookup="due_at"),
        Column("replied_at", "答复时间", c.MOMENT, aliases=("回复时间",), show=lambda r: r.replied_at, listed=False,
               lookup="replied_at"),
        Column("closed_at", "办结时间", c.MOMENT, aliases=("销号时间", "结案时间"), show=lambda r: r.closed_at, wide=True,
               lookup="closed_at"),
        Column("resolved", "已解决", c.YES_NO, aliases=("是否解决",), show=lambda r: r.resolved, lookup="resolved",
               listed=False),
        Column("satisfied", "满意", c.YES_NO, aliases=("是否满意",), show=lambda r: r.satisfied, lookup="satisfied",
               listed=False),
        Column("reworks", "重办次数", c.WHOLE, show=lambda r: r.reworks, lookup="reworks",
               measure=TIMES, listed=False),
        Column("sign_off_code", "销号类型", show=lambda r: w.SIGN_OFF_CODES.get(
            r.sign_off_code, ""), listed=False),
    ),
))  # fmt: skip


def _requests(
    code: str, label: str, kind: str, basis: str, reasons: dict[str, str], *more: Column
) -> Register:
    """A ledger of one kind of request: who asked, why, what was decided."""
    return registry.register(Register(
        code=code, label=label, basis=basis, answers_for="派单与督办岗位", day="asked_at",
        place="area", view="case.view", take_out="case.export",
        rows=_of_seen(CaseRequest.objects.filter(kind=kind)), related=("unit", "asked_by"),
        columns=(
            _number(),
            Column("asked_at", "提出时间", c.MOMENT, aliases=("申请时间", "提出日期", "申请日期", "退单时间", "挂账时间"), show=lambda r: r.asked_at, lookup="asked_at"),
            Column("unit", "提出单位", c.UNIT, aliases=("申请单位", "承办单位", "退单单位", "挂账单位"), show=lambda r: r.unit, lookup="unit", width=16),
            Column("reason", "理由", c.CHOICE, aliases=("退单理由", "退单原因", "挂账理由", "挂账原因", "原因", "申请理由"), choices=reasons, show=lambda r: r.reason,
                   lookup="reason", filtered=True, width=14),
            *more,
            Column("granted", "结论", aliases=("裁定结论", "裁定结果", "裁定意见", "审批结果"), show=_verdict),
            Column("decided_at", "裁定时间", c.MOMENT, aliases=("裁定日期", "审批时间"), show=lambda r: r.decided_at,
                   lookup="decided_at", wide=True),
            _place(),
        ),
    ))  # fmt: skip


def _verdict(request: CaseRequest) -> str:
    if request.decided_at is None:
        return "待裁定"
    return "同意" if request.granted else "不同意"


RETURNS = _requests(
    "returns", "退单台账", "return", "同一单位同一件限一次，在退单期限内提出，按裁定时限裁定（见时限）",
    w.RETURN_REASONS,
    Column("basis", "依据", show=lambda r: r.basis, lookup="basis", width=24, wide=True),
    Column("proposed_unit", "建议单位", c.UNIT, show=lambda r: r.proposed_unit,
           lookup="proposed_unit", width=16, wide=True),
)  # fmt: skip
SUSPENDED = _requests(
    "suspended", "挂账台账", "suspend", "时限内不能解决的进问题库，季度复核", w.SUSPEND_REASONS,
    Column("basis", "责任领导", show=lambda r: r.basis, lookup="basis", width=16),
    Column("expected_on", "预计解决", c.DAY, aliases=("预计解决时间", "预计解决日期", "预计解决时限", "预计完成时间"), show=lambda r: r.expected_on),
)  # fmt: skip

CALLBACKS = registry.register(Register(
    code="callbacks", label="回访台账", basis="独立回访；只有全量和随机抽样出率，打不通不进分母",
    answers_for="回访岗位", day="at", place="area", view="case.view", take_out="case.export",
    rows=_of_seen(Callback.objects.all()),
    columns=(
        _number(),
        Column("at", "回访时间", c.MOMENT, aliases=("回访日期",), show=lambda r: r.at, lookup="at"),
        Column("channel", "方式", c.CHOICE, aliases=("回访方式",), choices=w.CALLBACK_CHANNELS, show=lambda r: r.channel,
               lookup="channel", filtered=True),
        Column("outcome", "结果", c.CHOICE, aliases=("回访结果",), choices=w.CALLBACK_OUTCOMES, show=lambda r: r.outcome,
               lookup="outcome", filtered=True),
        Column("resolved", "已解决", c.YES_NO, aliases=("是否解决",), show=lambda r: r.resolved, lookup="resolved"),
        Column("satisfied", "满意度", c.CHOICE, aliases=("满意情况", "满意程度"), choices=w.SATISFACTION,
               show=lambda r: r.satisfied, lookup="satisfied", filtered=True),
        Column("sample", "样本", c.CHOICE, choices=w.SAMPLES, show=lambda r: r.sample,
               lookup="sample", filtered=True, wide=True),
        Column("lead", "主办", c.UNIT, show=lambda r: r.case.lead, lookup="case__lead", wide=True,
               width=16, aliases=LEADS),
        _place(),
    ),
))  # fmt: skip

SUPERVISED = registry.register(Register(
    code="supervision", label="督办台账", basis="催办 → 书面督办 → 提醒函；重办或转办三次自动提级",
    answers_for="督办岗位", day="at", place="area", view="case.view", take_out="case.export",
    rows=_of_seen(CaseEvent.objects.filter(action__in=tuple(SUPERVISION))),
    related=("person",),
    columns=(
        _number(),
        Column("at", "时间", c.MOMENT, aliases=("督办时间", "督办日期"), show=lambda r: r.at, lookup="at"),
        Column("action", "督办", c.CHOICE, aliases=("督办方式", "督办类型", "督办形式"), choices=SUPERVISION, show=lambda r: r.action,
               lookup="action", filtered=True),
        Column("person", "办理人", show=lambda r: r.person.name if r.person else "系统", wide=True),
        Column("lead", "主办", c.UNIT, show=lambda r: r.case.lead, lookup="case__lead", width=16,
               aliases=LEADS),
        _place(),
    ),
))  # fmt: skip


def _draws(posts: Sequence[ActingPost], day: date) -> QuerySet[OnSpotDraw]:
    """Draws of the communities within the areas of these posts."""
    paths = Area.objects.filter(pk__in={p.area_id for p in posts}).values_list("path", flat=True)
    within = Q(pk=None)
    for path in paths:
        within |= Q(community__path__startswith=path)
    return OnSpotDraw.objects.filter(within).select_related("community", "unit")


ON_SPOT_DRAWS = registry.register(Register(
    code="on_spot_draws", label="自办件抽取台账",
    basis="每社区每月抽一次；按“盐:月份:件号”的 SHA-256 从小到大取，可照此复算", answers_for="系统",
    day="drawn_at", place="area", view="case.view", take_out="case.export", rows=_draws, noun="次",
    columns=(
        Column("month", "月份", show=lambda r: r.month, lookup="month", width=10),
        Column("area", "社区", c.AREA, show=lambda r: r.community, lookup="community", width=18),
        Column("unit", "核看单位", c.UNIT, show=lambda r: r.unit, lookup="unit", width=16, wide=True),
        Column("of", "自办件数", c.WHOLE, show=lambda r: len(r.numbers), measure=CASES),
        Column("n", "抽中", c.WHOLE, show=lambda r: len(r.drawn), measure=CASES),
        Column("drawn", "抽中件号", show=lambda r: "、".join(r.drawn), width=30),
        Column("percent", "比例", show=lambda r: f"{r.percent}%", listed=False),
        Column("least", "至少", show=lambda r: f"{r.least} 件", listed=False),
        Column("salt", "盐", show=lambda r: r.salt, width=34, wide=True),
        Column("numbers", "全部件号", c.TEXT, show=lambda r: "、".join(r.numbers), listed=False,
               width=60),
        Column("drawn_at", "抽取时间", c.MOMENT, show=lambda r: r.drawn_at, lookup="drawn_at",
               wide=True),
    ),
))  # fmt: skip
