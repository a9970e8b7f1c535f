"""Words of liaison 包联, dual registration 双报到 and service 下沉服务 (practice.md §4.6)."""

from __future__ import annotations

#: Four layers of liaison in 水富 (practice.md §4.6): relations with a time, never fields.
LIAISON_LEVELS = {
    "leader": "处级领导包社区",
    "unit": "机关联小区",
    "member": "党员进楼栋",
    "grid": "网格员驻网格",
}
SERVICE_KINDS = {
    "policy": "政策宣传",
    "mediation": "矛盾调解",
    "safety": "安全巡查",
    "environment": "环境整治",
    "care": "帮老助困",
    "youth": "青少年服务",
    "skills": "便民维修",
    "emergency": "应急值守",
}
