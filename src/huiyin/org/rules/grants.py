"""Who may do what: role × action × scope × realm. The one permission table (docs/generated/permissions.md).

Scope `unit`: cases that the post's unit takes part in. Scope `area`: cases placed in the post's
area or below. Realm `civic` or `party`: the wall follows the post in which one acts (design §3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from huiyin.org.rules import kinds

UNIT, AREA = "unit", "area"
CIVIC, PARTY = "civic", "party"


@dataclass(frozen=True)
class Role:
    """What a role may do. `exclusive`: nobody in it may hold any other post (三员)."""

    scope: str
    grants: frozenset[str]
    realm: str = CIVIC
    exclusive: bool = False
    needs_totp: bool = False


def _grants(*names: str) -> frozenset[str]:
    return frozenset(names)


_UNIT_WORK = (
    "case.view", "case.accept", "case.contact", "case.handle", "case.return", "case.ask_extension",
    "case.ask_suspension", "case.ask_exclusion", "case.ask_termination", "case.support",
    "case.contact_details",
)  # fmt: skip

ROLES: dict[str, Role] = {
    "desk": Role(AREA, _grants(
        "case.view", "case.file", "case.admit", "case.answer", "case.merge", "case.note",
        "case.withhold", "case.topics", "case.caller_history", "case.contact_details", "case.transfer_contact")),
    "dispatcher": Role(AREA, _grants(
        "case.view", "case.file", "case.admit", "case.dispatch", "case.rule_return", "case.merge",
        "case.note", "case.consult", "case.parent", "case.rule_extension", "case.board",
        "case.withhold", "case.topics",
        "triage.catalogue")),
    "reviewer": Role(AREA, _grants(
        "case.view", "case.review", "case.note", "case.rule_suspension", "case.rule_exclusion",
        "case.rule_termination", "case.rule_relapse", "case.board")),
    "callback": Role(AREA, _grants(
        "case.view", "case.callback", "case.sign_off", "case.recheck", "case.contact_details",
        "case.note", "case.archive")),
    "supervisor": Role(AREA, _grants(
        "org.on_call", "case.view", "case.supervise", "case.rule_extension", "case.rule_suspension",
        "case.rule_exclusion", "case.rule_termination", "case.escalate", "case.note", "case.board",
        "case.topics",
        "case.recusal", "case.stuck", "triage.catalogue", "rules.keep")),
    "handler": Role(UNIT, _grants(*_UNIT_WORK, "case.look_on_spot", "org.locate")),
    "unit_head": Role(UNIT, _grants(*_UNIT_WORK, "case.board", "case.look_on_spot", "org.handover", "org.locate",
        "forms.fill")),
    "community_clerk": Role(AREA, _grants(
        "case.view", "case.file", "case.support", "case.on_spot", "case.transfer_contact",
        "case.contact", "case.mediate", "forms.fill", "liaison.view", "liaison.keep",
        "dual_registration.view", "dual_registration.keep", "dual_registration.take_out",
        "service.view", "service.keep", "service.take_out", "month.close", "org.locate")),
    "grid_worker": Role(AREA, _grants(
        "case.view", "case.file", "case.on_spot", "case.support", "liaison.view", "service.view",
        "service.keep")),
    "firm_manager": Role(UNIT, _grants(*_UNIT_WORK, "case.on_spot")),
    "leader": Role(AREA, _grants(
        "case.view", "case.board", "case.topics", "case.escalate", "case.alert", "org.on_call",
        "articles.check", "liaison.view", "service.view", "indicator.publish", "phrases.view",
        "phrases.keep", "period.lock", "forms.fill")),
    "statistician": Role(AREA, _grants(
        "articles.check", "case.view", "case.board", "case.import", "case.export", "liaison.view",
        "service.view", "service.take_out", "dual_registration.view", "rules.keep", "indicator.publish",
        "phrases.view", "phrases.keep", "period.lock", "org.locate", "targets.keep",
        "forms.fill")),
    "system_admin": Role(AREA, _grants("system.accounts", "system.errors"), exclusive=True,
                         needs_totp=True),
    "security_admin": Role(AREA, _grants("system.policy", "system.defaults"), exclusive=True,
                           needs_totp=True),
    "audit_admin": Role(AREA, _grants("system.audit"), exclusive=True, needs_totp=True),
}  # fmt: skip

#: What everybody who works here may see: rules are no secret.
EVERYBODY = _grants("rules.view", "targets.view")
ROLES = {
    name: role if role.exclusive else replace(role, grants=role.grants | EVERYBODY)
    for name, role in ROLES.items()
}

#: What each grant lets one do, as the screen says it: reasons of refusals and permissions.md.
GRANT_LABELS = {
    "rules.view": "查看制度文件",
    "rules.keep": "登记制度文件",
    "targets.view": "查看目标值",
    "targets.keep": "登记目标值",
    "phrases.view": "查看提法",
    "phrases.keep": "登记提法",
    "case.view": "查看工单",
    "case.file": "登记诉求",
    "case.admit": "受理",
    "case.answer": "即时答复",
    "case.merge": "并单",
    "case.withhold": "转检举控告",
    "case.note": "写备注",
    "case.caller_history": "查看来电历史",
    "case.contact_details": "查看诉求人联系方式",
    "case.transfer_contact": "转接联系诉求人",
    "case.dispatch": "派单",
    "case.rule_return": "裁定退单",
    "case.consult": "组织会商",
    "case.parent": "拆分与关联工单",
    "case.rule_extension": "裁定延期",
    "case.rule_suspension": "裁定挂账",
    "case.rule_exclusion": "评审剔除",
    "case.rule_termination": "裁定终止",
    "case.rule_relapse": "认定反弹",
    "case.board": "查看看板",
    "case.topics": "查看热点",
    "case.review": "审核办理结果",
    "case.callback": "回访",
    "case.sign_off": "销号",
    "case.recheck": "复查",
    "case.archive": "归档",
    "case.supervise": "督办",
    "case.escalate": "提级",
    "case.recusal": "登记回避",
    "case.stuck": "查看卡住的件",
    "case.accept": "签收",
    "case.contact": "登记首次联系",
    "case.handle": "办理",
    "case.return": "退单",
    "case.ask_extension": "申请延期",
    "case.ask_suspension": "申请挂账",
    "case.ask_exclusion": "申请剔除",
    "case.ask_termination": "申请终止",
    "case.support": "协办",
    "case.on_spot": "自办",
    "case.look_on_spot": "核看自办件",
    "case.mediate": "调解",
    "case.import": "导入表格",
    "case.export": "导出表格",
    "case.alert": "知悉紧急报告",
    "org.on_call": "排值班表",
    "org.locate": "给小区定位",
    "triage.catalogue": "管理派单目录",
    "org.handover": "交接岗位",
    "indicator.publish": "固定并发布数字",
    "articles.check": "核对稿件数据",
    "period.lock": "锁定账期、批准补录",
    "month.close": "月结",
    "forms.fill": "填上级报表",
    "liaison.view": "查看包联",
    "liaison.keep": "登记包联",
    "dual_registration.view": "查看双报到",
    "dual_registration.keep": "登记双报到",
    "dual_registration.take_out": "导出双报到",
    "service.view": "查看下沉服务",
    "service.keep": "登记下沉服务",
    "service.take_out": "导出下沉服务",
    "system.accounts": "管理账号与岗位",
    "system.errors": "查看系统错误",
    "system.policy": "管理安全策略",
    "system.defaults": "确认本地参数",
    "system.audit": "查看审计",
}


@dataclass(frozen=True)
class ActingPost:
    """A post in force, as the rules see it."""

    post_id: int
    person_id: int
    person_name: str
    unit_id: int
    unit_kind: str
    unit_name: str
    area_id: int
    role: str

    @property
    def scope_id(self) -> int:
        """The scope in which this post sees cases (see scope_of_unit, scope_of_area)."""
        if ROLES[self.role].scope == UNIT:
            return scope_of_unit(self.unit_id)
        return scope_of_area(self.area_id)

    def may(self, grant: str) -> bool:
        return grant in ROLES[self.role].grants

    @property
    def role_label(self) -> str:
        return kinds.ROLE_LABELS[self.role]

    @property
    def label(self) -> str:
        """'市住建局·承办人': under which post something is done."""
        return f"{self.unit_name}·{self.role_label}"


def needs_totp(posts: Iterable[ActingPost]) -> bool:
    """Whether one of these posts asks for a second factor at sign-in (等保三级 双因素)."""
    return any(ROLES[p.role].needs_totp for p in posts)


def refusal(posts: Sequence[ActingPost], grants: Sequence[str]) -> str | None:
    """Why none of these posts may do any of these things, or None. Chinese, for the screen."""
    if any(p.may(g) for p in posts for g in grants):
        return None
    if not posts:
        return "您现在没有在任的岗位，请联系系统管理员"
    mine = "、".join(dict.fromkeys(kinds.ROLE_LABELS[p.role] for p in posts))
    wanted = "”或“".join(GRANT_LABELS[g] for g in grants)
    return f"您现在的岗位（{mine}）没有“{wanted}”的权限"


def scope_of_area(area_id: int) -> int:
    """Areas and units share one number line of scopes: areas even, units odd."""
    return area_id * 2


def scope_of_unit(unit_id: int) -> int:
    """The scope of what a unit takes part in (see scope_of_area)."""
    return unit_id * 2 + 1


def in_force(*, valid_from: date, valid_to: date | None, day: date) -> bool:
    """valid_from is the first day, valid_to the last day of validity."""
    return valid_from <= day and (valid_to is None or day <= valid_to)


def exclusion_error(roles: list[str]) -> str | None:
    """Why these posts cannot be one person's, or None. The three administrators 三员 are exclusive."""
    exclusive = [r for r in roles if ROLES[r].exclusive]
    if exclusive and len(roles) > 1:
        return "系统、安全、审计管理员互斥，且不得兼任业务岗位"
    return None
