"""The community's plain ledgers: liaison, dual registration, service. Each is one declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.base.rules import measures
from huiyin.base.rules.local_defaults import LocalDefaultSeed
from huiyin.base.services.defaults import declare_local_defaults
from huiyin.communities.models import DualRegistration, Liaison, ServiceRecord
from huiyin.communities.rules import words
from huiyin.registers import registry
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Column

#: After the last day (practice.md §8.3: 走访 2 年).
KEPT = LocalDefaultSeed(
    "retention.service_days", "双报到、服务台账的个人信息保存", 730, "天",
    "个人信息保护法第十九条；走访类保存 2 年为通行做法",
)  # fmt: skip
declare_local_defaults(KEPT)

_COMMUNITY = Column("community", "社区", c.AREA, required=True,
                    aliases=("所属社区", "村（社区）", "社区（村）", "报到社区", "服务社区"),
                    width=18)  # fmt: skip
_COMPOUND = Column("compound", "小区", c.COMPOUND, aliases=("小区名称", "服务小区"), width=18,
                   wide=True)  # fmt: skip


def _in_order(first: str, last: str) -> Any:
    def check(values: Mapping[str, Any]) -> str | None:
        begin, end = values.get(first), values.get(last)
        return "“止”早于“起”，请核对日期" if begin and end and end < begin else None

    return check


LIAISON = registry.register(Register(
    code="liaison", label="包联台账", basis="领导包社区、机关联小区、党员进楼栋、网格员驻网格",
    answers_for="社区党组织", model=Liaison, keys=("level", "compound", "part", "who", "valid_from"),
    place="community", day="valid_from", ends="valid_to", view="liaison.view",
    keep="liaison.keep", take_out="liaison.view", check=_in_order("valid_from", "valid_to"),
    columns=(
        Column("who", "包联人", required=True, aliases=("姓名", "包联领导", "责任人", "联系人"), limit=40,
               help="领导、机关联络人、党员或网格员的姓名"),
        Column("level", "层级", c.CHOICE, required=True, choices=words.LIAISON_LEVELS, filtered=True,
               aliases=("包联层级", "包联类型"), width=18),
        _COMMUNITY, _COMPOUND,
        Column("part", "楼栋或网格", aliases=("楼栋", "网格", "包联楼栋"), limit=40, wide=True),
        Column("unit", "单位", c.UNIT, aliases=("包联单位", "所在单位"), width=20, wide=True),
        Column("duty_phone", "办公电话", aliases=("联系电话",), limit=30, listed=False,
               help="办公电话，不填私人手机号"),
        Column("task", "任务", c.TEXT, aliases=("包联任务", "工作任务"), limit=500, listed=False,
               width=30),
        Column("valid_from", "起", c.DAY, required=True, aliases=("开始日期", "起始时间", "包联起")),
        Column("valid_to", "止", c.DAY, aliases=("结束日期", "截止时间", "包联止")),
    ),
))  # fmt: skip

DUAL_REGISTRATION = registry.register(Register(
    code="dual_registration", label="在职党员双报到", basis="单位党组织到社区报到、在职党员到居住地社区报到",
    answers_for="社区党组织", model=DualRegistration, keys=("member", "phone", "registered_on"),
    place="community", day="registered_on", ends="left_on", view="dual_registration.view",
    keep="dual_registration.keep", take_out="dual_registration.take_out",
    check=_in_order("registered_on", "left_on"),
    columns=(
        Column("member", "姓名", required=True, personal="name", keep_days=KEPT, indexed=True,
               aliases=("党员姓名",), limit=40),
        Column("phone", "电话", personal="phone", keep_days=KEPT, listed=False,
               aliases=("联系电话", "手机", "手机号")),
        _COMMUNITY,
        Column("home_unit", "工作单位", aliases=("所在单位", "单位"), limit=60, width=20),
        Column("speciality", "特长", aliases=("专长", "个人特长"), limit=60, wide=True),
        Column("kind", "服务岗位", c.CHOICE, choices=words.SERVICE_KINDS, filtered=True,
               aliases=("认领岗位", "服务类别", "岗位")),
        Column("micro_grid", "微网格", aliases=("网格", "所在微网格"), limit=40, wide=True),
        Column("registered_on", "报到日期", c.DAY, required=True, aliases=("报到时间", "登记日期")),
        Column("left_on", "转出日期", c.DAY, aliases=("转出时间",), wide=True),
    ),
))  # fmt: skip

SERVICE = registry.register(Register(
    code="service", label="下沉服务台账",
    basis="次按活动计，人次按服务次×人计，名按去重的人计，三者不能相加",
    answers_for="社区党组织", model=ServiceRecord, keys=("day", "activity", "compound", "member"),
    place="community", day="day", view="service.view", keep="service.keep",
    take_out="service.take_out",
    columns=(
        Column("activity", "活动", required=True, aliases=("活动名称", "服务内容", "服务事项"), limit=80,
               width=24),
        Column("day", "日期", c.DAY, required=True, aliases=("服务日期", "活动日期", "时间", "服务时间", "活动时间")),
        Column("kind", "类别", c.CHOICE, required=True, choices=words.SERVICE_KINDS, filtered=True,
               aliases=("服务类别", "活动类别")),
        _COMMUNITY, _COMPOUND,
        Column("member", "服务人", personal="name", keep_days=KEPT, indexed=True,
               aliases=("姓名", "党员姓名", "志愿者"), limit=40,
               help="一人一行；只知道总人次的，不填姓名，把人次写在后面"),
        Column("home_unit", "派出单位", aliases=("工作单位", "单位"), limit=60, width=20, wide=True),
        Column("person_times", "服务人次", c.QUANTITY, required=True,
               measure=measures.PERSON_TIMES, aliases=("人次", "参加人次")),
        Column("feedback", "社区评语", c.TEXT, aliases=("评语", "反馈"), limit=300, listed=False,
               width=24),
    ),
))  # fmt: skip
