"""Why an action may not be done now. Each guard sees only values and answers a sentence or None.

Sources: practice.md §1.3 (return, extension, suspension, exclusion, escalation), design.md §3.
"""

from __future__ import annotations

from huiyin.base.rules.times import short_time
from huiyin.cases.rules import (  # noqa: F401  (their guards register themselves)
    guards_above,
    guards_accusing,
    guards_checking,
)
from huiyin.cases.rules import words as w
from huiyin.cases.rules.facts import Facts
from huiyin.cases.rules.guarding import GUARDS as GUARDS
from huiyin.cases.rules.guarding import Guard as Guard
from huiyin.cases.rules.guarding import guard
from huiyin.org.rules import kinds


# -- dispatch ----------------------------------------------------------------------------------
@guard
def lead_can_lead(f: Facts) -> str | None:
    """A community only supports (§0.9); whom a case is about never leads it (design §3)."""
    lead = f.units.get(f.given.get("lead") or 0)
    if lead is None:
        return "请选择主办单位"
    if lead.kind in kinds.NEVER_LEAD:
        return f"{lead.name}是社区，只能协办；请由所属街道主办，社区列为协办"
    if lead.id == f.about_unit_id:
        return f"此件反映的就是{lead.name}，不能由它主办"
    if lead.id in (f.given.get("support") or ()):
        return f"{lead.name}不能既主办又协办"
    return None


@guard
def units_not_recused(f: Facts) -> str | None:
    named = [f.given.get("lead"), *(f.given.get("support") or ())]
    for unit_id in named:
        if unit_id in f.recused_units:
            return f"{f.units[unit_id].name}已登记回避，不能参与此件"
        if unit_id and unit_id == f.about_unit_id:
            return f"此件反映的就是{f.units[unit_id].name}，不能参与办理；可另请其书面说明"
        if unit_id and f.unit_duties.get(unit_id) == "check":
            return f"{f.units[unit_id].name}已核验过本轮办理，不能再承办"
    return None


@guard
def unit_lost_return(f: Facts) -> str | None:
    """A unit whose return was granted does not get the same case again in that round."""
    lead = f.given.get("lead") or 0
    for r in f.requests:
        if r.kind == "return" and r.granted and r.unit_id == lead and r.round == f.round:
            return f"{f.units[lead].name}的退单已获准，不能再派给它"
    return None


@guard
def lead_changes(f: Facts) -> str | None:
    if f.given.get("lead") == f.lead_id:
        return "改派须换一个主办单位"
    return None


@guard
def support_recused(f: Facts) -> str | None:
    return None if f.support_recused else "没有回避的协办单位要更换"


# -- handling ----------------------------------------------------------------------------------
@guard
def not_contacted_yet(f: Facts) -> str | None:
    return "首次联系已登记过" if f.contacted else None


@guard
def not_arrived_yet(f: Facts) -> str | None:
    return "到场已登记过" if f.arrived else None


@guard
def support_open(f: Facts) -> str | None:
    return None if f.my_support_open else "本单位的协办已反馈过"


@guard
def support_answered(f: Facts) -> str | None:
    """Support units answer to the lead while their clock runs (practice.md 首接负责); after that the
    lead need not wait, and the case shows who did not answer."""
    if f.open_support:
        return (
            f"协办单位还没有反馈：{'、'.join(f.open_support)}；可先电话催促，"
            "协办时限过了仍不反馈的，主办可直接答复"
        )
    return None


@guard
def no_open_return(f: Facts) -> str | None:
    return "退单正在裁定" if f.open_request("return") else None


@guard
def from_a_sheet(f: Facts) -> str | None:
    """Whatever the status: a sheet 交接单 hands over all that was accepted, never a button alone."""
    return None if f.given.get("from") else "请在交接单上接手"


# -- return ------------------------------------------------------------------------------------
@guard
def return_in_time(f: Facts) -> str | None:
    """Within the window from dispatch, not from acceptance (practice.md 退单口径). Closed is closed: a
    sweep that ends the clock, or a reply, does not open it again."""
    if f.return_until is None or f.at > f.return_until:
        until = f"（到 {short_time(f.return_until)} 为止）" if f.return_until else ""
        return f"已过退单期限{until}，请继续办理；确属职责不清可申请会商或提级"
    return None


@guard
def return_once(f: Facts) -> str | None:
    if any(r.kind == "return" and r.unit_id == f.unit_id for r in f.requests):
        return "同一单位对同一件只能退一次"
    return None


@guard
def not_ruled_before(f: Facts) -> str | None:
    """A unit that the arbiter named cannot return the case (practice §1.3 经研究确定的单位不得再退)."""
    if f.lead_was_ruled:
        return "此件经裁定由本单位承办，不得再退；确有困难可申请会商或提级"
    return None


@guard
def asker_is_not_decider(f: Facts) -> str | None:
    for r in f.requests:
        if not r.decided and r.asked_by is not None and r.asked_by == f.person_id:
            return "提出申请的人不能自己裁定"
    return None


# -- extension ---------------------------------------------------------------------------------
@guard
def extension_in_time(f: Facts) -> str | None:
    if f.extension_until is not None and f.at > f.extension_until:
        return f"延期须在到期前至少 {f.extension_ahead} 个工作日提出"
    return None


@guard
def extension_once(f: Facts) -> str | None:
    granted = [r for r in f.requests if r.kind == "extension" and r.granted and r.round == f.round]
    if len(granted) >= f.extension_times:
        times = "一次" if f.extension_times == 1 else f" {f.extension_times} 次"
        return f"延期以{times}为限"
    return None


@guard
def extension_not_urgent(f: Facts) -> str | None:
    return "紧急类不得延期" if f.urgency != "normal" else None


@guard
def extension_not_longer(f: Facts) -> str | None:
    amount = f.given.get("amount") or 0
    if amount < 1:
        return "请填写要延长多少"
    if amount > f.extension_most:
        return f"一次延期最多 {f.extension_most}，与原时限同单位"
    return None


def _pending(kind: str) -> Guard:
    def check(f: Facts) -> str | None:
        return None if f.open_request(kind) else f"没有待裁定的{w.REQUESTS[kind]}申请"

    return check


def _none_pending(kind: str) -> Guard:
    def check(f: Facts) -> str | None:
        return f"已有一份{w.REQUESTS[kind]}申请待裁定" if f.open_request(kind) else None

    return check


for _name, _kind in (
    ("extension", "extension"), ("suspension", "suspend"), ("termination", "terminate"),
    ("exclusion", "exclude"), ("relapse", "relapse"),
):  # fmt: skip
    GUARDS[f"{_name}_pending"] = _pending(_kind)
    GUARDS[f"no_open_{_name}"] = _none_pending(_kind)


# -- exclusion ---------------------------------------------------------------------------------
@guard
def exclusion_open_once(f: Facts) -> str | None:
    if any(r.kind == "exclude" and (not r.decided or r.granted) for r in f.requests):
        return "剔除已申请过"
    return None


@guard
def first_review_open(f: Facts) -> str | None:
    r = f.open_request("exclude")
    return "初审已通过，等待另一人复审" if r and r.first_by else None


@guard
def second_reviewer_differs(f: Facts) -> str | None:
    r = f.open_request("exclude")
    if r is None or r.first_by is None:
        return "须先由另一人初审"
    return "剔除须两人评审，不能由同一人完成" if r.first_by == f.person_id else None


# -- merging -----------------------------------------------------------------------------------
@guard
def merge_target_fits(f: Facts) -> str | None:
    if f.merge_target is None:
        return "没有这一件，请核对编号"
    status, itself = f.merge_target
    if itself:
        return "不能并入自己"
    if status in w.ENDED:
        return "要并入的那件已经结束"
    return None


@guard
def other_case_exists(f: Facts) -> str | None:
    if f.merge_target is None:
        return "没有这一件，请核对编号"
    return "不能关联自己" if f.merge_target[1] else None


@guard
def about_changes(f: Facts) -> str | None:
    """Whom a case is about never leads it: first another lead, then the name."""
    about = f.given.get("about_unit")
    if about == f.about_unit_id:
        return "与现在登记的一样，没有改动"
    if about and about == f.lead_id:
        return "这个单位正在主办此件，请先改派给别的单位，再登记"
    return None


@guard
def is_about_a_unit(f: Facts) -> str | None:
    return None if f.about_unit_id else "此件没有登记被反映的单位"


@guard
def no_open_statement(f: Facts) -> str | None:
    return "已请其说明，尚未答复" if f.statement_open else None


def recusal_error(f: Facts) -> str | None:
    """Whoever is recused takes no part: neither a duty nor a request, note or word."""
    if f.person_id is not None and f.person_id in f.recused_persons:
        return "您已登记回避，不能参与此件"
    if f.unit_id is not None and f.unit_id in f.recused_units:
        return "您的单位已登记回避，不能参与此件"
    return None


def duty_error(f: Facts, duty: str | None) -> str | None:
    """Finder ≠ handler ≠ checker, by person and by unit; the database refuses it as well."""
    if duty is None or f.person_id is None:
        return None
    had = f.duties.get(f.person_id)
    if had and had != duty:
        return f"您在此件本轮已承担“{w.DUTIES[had]}”，不能再做“{w.DUTIES[duty]}”"
    unit_had = f.unit_duties.get(f.unit_id or 0)
    if duty in ("handle", "check") and unit_had and unit_had != duty:
        return f"您的单位在此件本轮已承担“{w.DUTIES[unit_had]}”，不能再做“{w.DUTIES[duty]}”"
    return None
