"""Tags of case pages: a case's state and ring, its marks."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiyin.base.rules import times
from huiyin.base.rules.looks import TONES
from huiyin.base.templatetags import huiyin
from huiyin.cases.models import Assignment, Case, CaseContact, CaseLink, CaseRequest, Deadline
from huiyin.cases.rules import looks
from huiyin.cases.rules import words as w
from huiyin.cases.services.revealing import Shown

register = template.Library()


@register.simple_tag
def case_status(case: Case) -> SafeString:
    """The state of a case: icon, word, colour. As base/_status.html, without a template of its own:
    a list has fifty of them, and each would cost 0.3 ms."""
    return _mark(case.status_label, looks.STATUS_TONES.get(case.status, "closed"))


@register.simple_tag(takes_context=True)
def due_mark(context: template.Context, at: datetime | None) -> SafeString | str:
    """What is left of a time limit, in a row of a list; the case page says how it came about."""
    if at is None:
        return ""
    standing = times.standing(context["now"], at)
    words = huiyin.remaining(at, context["now"])
    return _mark(words, standing, f"到期 {times.short_time(at, now=context['now'])}")


def _mark(word: str, tone: str, title: str = "") -> SafeString:
    icon = {"over": "overdue", "soon": "due-soon", "running": "clock"}.get(tone) or TONES[tone]
    hint = format_html(' title="{}"', title) if title else ""
    return format_html(
        '<span class="hy-status hy-status--{}"{}>{} {}</span>', tone, hint, huiyin.icon(icon), word
    )


@register.simple_tag
def case_ring(case: Case, size: int = 20) -> SafeString:
    """How far round the circle the case has come."""
    return huiyin.ring(looks.share(case.status), size, case.status_label)


@register.filter
def marks(case: Case) -> list[tuple[str, str]]:
    """What must not be overlooked: (word, tone), the hottest first."""
    found = []
    if case.urgency != "normal":
        tone = "danger" if case.urgency == "life" else "soon"
        found.append((w.URGENCIES[case.urgency], tone))
    if case.escalated:
        found.append(("已提级", "over"))
    if case.supervision:
        found.append((w.SUPERVISION_LEVELS[case.supervision], "over"))
    if case.confidential:
        found.append(("保密", "paused"))
    if case.reworks:
        found.append((f"重办 {case.reworks} 次", "soon"))
    if case.transfers:
        found.append((f"转办 {case.transfers} 次", "soon"))
    if case.round > 1:
        found.append((f"第 {case.round} 轮", "soon"))
    if case.excluded:
        found.append(("已剔除（不计考核）", "stopped"))
    return found


@register.filter
def kind_label(case: Case) -> str:
    """求助、投诉 …"""
    return w.KINDS.get(case.kind, case.kind)


@register.filter
def channel_label(case: Case) -> str:
    """电话、扫码 …"""
    return w.CHANNELS.get(case.channel, case.channel)


@register.filter
def supervision_label(case: Case) -> str:
    """催办、书面督办、提醒函, or 未催办."""
    return w.SUPERVISION_LEVELS[case.supervision] or "未催办"


@register.filter
def waited(since: datetime, now: datetime) -> str:
    """'已等 3 天', '已等 5 小时', '刚到'."""
    hours = int((now - since).total_seconds() // 3600)
    if hours < 1:
        return "刚到"
    return f"已等 {hours // 24} 天" if hours >= 48 else f"已等 {hours} 小时"


@register.filter
def role_label(assignment: Assignment) -> str:
    """主办、协办、核实."""
    return w.ASSIGNMENT_ROLES.get(assignment.role, assignment.role)


@register.filter
def request_label(request: CaseRequest) -> str:
    """退单、延期 …"""
    return w.REQUESTS.get(request.kind, request.kind)


@register.filter
def request_reason(request: CaseRequest) -> str:
    """The coded reason of a request in words."""
    reasons = {**w.RETURN_REASONS, **w.SUSPEND_REASONS, **w.EXCLUDE_REASONS, **w.TERMINATE_REASONS}
    return reasons.get(request.reason, request.reason)


@register.filter
def clock_label(deadline: Deadline) -> str:
    """签收、办理 …"""
    return w.DEADLINES.get(deadline.what, deadline.what)


@register.filter
def choice_label(contact: CaseContact) -> str:
    """可直接联系我、只经热线或社区转接、保密."""
    return w.CONTACT_CHOICES.get(contact.choice, contact.choice)


@register.filter
def contact_role_label(contact: CaseContact) -> str:
    """反映人、被代报人."""
    return w.CONTACT_ROLES.get(contact.role, contact.role)


@register.filter
def link_label(link: CaseLink) -> str:
    """已在其他渠道、相关 …"""
    return w.LINKS.get(link.kind, link.kind)


@register.filter
def outside_channel_label(link: CaseLink) -> str:
    """信访、诉讼、仲裁 …"""
    return w.TELL_CHANNELS.get(link.channel, link.channel)


@register.filter
def paper_time(at: datetime) -> str:
    """'2026年11月24日 09:30': paper outlives the year in which it is read."""
    return times.long_time(at)


@register.filter
def print_contact(shown: Shown) -> str:
    """'反映人 张** 138****1234', or why nothing stands there."""
    if shown.contact.erased_at:
        return "已清除"
    if not shown.access.masked:
        return "不显示"
    return f"{contact_role_label(shown.contact)} {shown.name or '未留姓名'} {shown.phone}".strip()
