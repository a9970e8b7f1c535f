"""Kinds of area and unit, and roles, with the words of the screen."""

from __future__ import annotations

CITY, COUNTY, SUBDISTRICT, COMMUNITY, GRID, MICRO_GRID = (
    "city", "county", "subdistrict", "community", "grid", "micro_grid",
)  # fmt: skip
AREA_LABELS = {
    CITY: "市（州）",
    COUNTY: "县（市、区）",
    SUBDISTRICT: "街道（乡镇）",
    COMMUNITY: "社区（村）",
    GRID: "网格",
    MICRO_GRID: "微网格",
}

CENTRE, DEPARTMENT, UNIT_SUBDISTRICT, UNIT_COMMUNITY, SERVICE_TEAM, FIRM, OWNERS, BRIGADE = (
    "centre", "department", "subdistrict", "community", "service_team", "firm",
    "owners_committee", "brigade",
)  # fmt: skip
UNIT_LABELS = {
    CENTRE: "受理中心",
    DEPARTMENT: "部门",
    UNIT_SUBDISTRICT: "街道（乡镇）",
    UNIT_COMMUNITY: "社区（村）",
    SERVICE_TEAM: "社区服务队",
    FIRM: "物业企业",
    OWNERS: "业主委员会",
    BRIGADE: "消防救援",
}
#: Kinds of unit that only ever support 协助 (practice.md §0.9): the subdistrict leads for them.
NEVER_LEAD = (UNIT_COMMUNITY,)

ROLE_LABELS = {
    "desk": "受理员",
    "dispatcher": "派单员",
    "reviewer": "审核员",
    "callback": "回访员",
    "supervisor": "督办员",
    "handler": "承办人",
    "unit_head": "单位负责人",
    "community_clerk": "社区专干",
    "grid_worker": "网格员",
    "firm_manager": "物业项目经理",
    "leader": "领导",
    "statistician": "统计员",
    "system_admin": "系统管理员",
    "security_admin": "安全管理员",
    "audit_admin": "审计管理员",
}
