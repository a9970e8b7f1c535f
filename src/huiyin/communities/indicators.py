"""Numbers of the community's ledgers: 次, 人次 and 名 are three measures of the same services."""

from __future__ import annotations

from datetime import date

from huiyin.base.rules.measures import NAMES, PERSON_TIMES, PIECES, TIMES
from huiyin.communities.rules import words
from huiyin.indicators.registry import Dimension, Indicator, register
from huiyin.indicators.rules import dashboards
from huiyin.indicators.rules.dashboards import Chart
from huiyin.indicators.services.ledger_numbers import columns_of, rows_of
from huiyin.registers import registry as ledgers

SINCE = date(2026, 1, 1)
SERVICE, LIAISON = ledgers.get("service"), ledgers.get("liaison")
DUAL_REGISTRATION = ledgers.get("dual_registration")
_PARTY = "社区党组织"
_SERVED = rows_of(SERVICE)
_SERVED_COLUMNS = columns_of(SERVICE)
KIND = Dimension("kind", "类别", words.SERVICE_KINDS, "kind", aliases={
    "policy": ("政策宣讲", "宣传", "理论宣讲"), "mediation": ("矛盾纠纷调解", "纠纷调解", "调解"),
    "safety": ("安全排查", "巡查", "安全隐患排查"), "environment": ("环境卫生", "环境卫生整治", "卫生清扫"),
    "care": ("帮扶", "帮老扶弱", "困难帮扶", "助老助残"), "youth": ("青少年", "关爱青少年"),
    "skills": ("便民服务", "维修", "技能服务"), "emergency": ("应急", "值班值守", "应急处置"),
})  # fmt: skip
LEVEL = Dimension("level", "层级", words.LIAISON_LEVELS, "level", aliases={
    "leader": ("领导包社区", "处级领导", "领导"), "unit": ("机关单位联小区", "机关", "单位联小区"),
    "member": ("党员联楼栋", "党员"), "grid": ("网格员", "网格员包网格"),
})  # fmt: skip

SERVICES = register(Indicator(
    "service_times", "下沉服务", TIMES, "期内活动数：同一社区、同一天、同一活动算一次",
    "次按活动计", _PARTY, SINCE, _SERVED, _SERVED_COLUMNS,
    distinct=("community", "day", "activity"), grant="service.view", dimensions=(KIND,),
    terms=("下沉服务", "开展服务", "志愿服务", "服务活动", "开展下沉服务", "服务次数", "开展志愿服务"),
))  # fmt: skip
PERSON_TIMES_SERVED = register(Indicator(
    "service_person_times", "下沉服务人次", PERSON_TIMES, "期内各行服务人次之和；含“余”“约”的是下限",
    "人次按服务次×人计", _PARTY, SINCE, _SERVED, _SERVED_COLUMNS,
    total="person_times", bound="person_times_bound", grant="service.view", dimensions=(KIND,),
    terms=("下沉服务", "参与服务", "志愿服务", "服务人次", "下沉服务人次", "参加服务", "参与下沉服务"),
))  # fmt: skip
MEMBERS_SERVED = register(Indicator(
    "service_members", "参加下沉服务的人", NAMES, "期内登记了姓名的服务人，按人去重",
    "名按去重人计", _PARTY, SINCE, _SERVED, _SERVED_COLUMNS,
    distinct=("member_index",), grant="service.view",
    terms=("党员", "在职党员", "志愿者", "下沉党员", "参加服务党员", "参与服务党员", "下沉服务党员"),
))  # fmt: skip
REGISTERED = register(Indicator(
    "dual_registered", "在册双报到党员", NAMES, "期末在册（未转出）的报到党员，按人去重",
    DUAL_REGISTRATION.basis, _PARTY, SINCE, rows_of(DUAL_REGISTRATION, stock=True),
    columns_of(DUAL_REGISTRATION), distinct=("member_index",), stock=True,
    grant="dual_registration.view",
    terms=("报到党员", "双报到", "在职党员报到", "在册报到党员", "双报到党员", "报到在职党员",
           "已报到党员"),
))  # fmt: skip
NEWLY_REGISTERED = register(Indicator(
    "dual_registered_new", "新报到党员", NAMES, "期内报到的党员，按人去重", DUAL_REGISTRATION.basis, _PARTY,
    SINCE, rows_of(DUAL_REGISTRATION), columns_of(DUAL_REGISTRATION), distinct=("member_index",),
    grant="dual_registration.view",
    terms=("新报到", "新增报到党员", "新报到党员", "新增双报到党员", "新增报到"),
))  # fmt: skip
LIAISONS = register(Indicator(
    "liaisons", "包联关系", PIECES, "期末有效的包联关系数", LIAISON.basis, _PARTY, SINCE,
    rows_of(LIAISON, stock=True), columns_of(LIAISON), stock=True, grant="liaison.view",
    dimensions=(LEVEL,), terms=("包联", "包联关系", "包联数", "包联关系数", "建立包联关系"),
))  # fmt: skip
LIAISON_COMMUNITIES = register(Indicator(
    "liaison_communities", "有处级领导包联的社区", PIECES, "期末有处级领导包联的社区，按社区去重", LIAISON.basis,
    _PARTY, SINCE, rows_of(LIAISON, stock=True, level="leader"), columns_of(LIAISON),
    distinct=("community",), stock=True, grant="liaison.view",
    terms=("包联社区", "领导包联社区", "领导联系社区", "处级领导包联社区", "领导包社区数"),
))  # fmt: skip

dashboards.declare(
    "党员服务", roles=("community_clerk", "leader", "statistician"), order=60,
    tiles=("service_times", "service_person_times", "service_members", "dual_registered",
           "liaisons", "liaison_communities"),
    charts=(Chart("service_times", dashboards.TREND), Chart("service_times", dashboards.AREAS)),
)  # fmt: skip
