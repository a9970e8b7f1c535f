"""Accounts that the sign-in page of the demonstration offers, with what each one is for."""

from __future__ import annotations

SHOWN = {
    "desk": "受理员：登记来电、当场答复",
    "dispatcher": "派单员：派单、裁定退单",
    "housing": "住建局承办人：签收、联系、答复",
    "reviewer": "审核员：核对办理结果",
    "callback": "回访员：回访、销号、复查",
    "supervisor": "督办员：督办、裁定延期与挂账",
    "leader": "领导：看板、指标",
    "statistician": "统计员：导入表格、指标",
    "shequ": "社区专干：协办、转接、自办件",
    "shequ.grid": "网格员：自办、上报",
    "jiedao": "街道承办人",
    "wuye": "物业项目经理",
    "admin": "系统管理员：账号与岗位",
    "security": "安全管理员：本地参数",
    "audit": "审计管理员：审计",
}
