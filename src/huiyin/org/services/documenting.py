"""docs/generated/permissions.md from the permission table."""

from __future__ import annotations

from huiyin.org.rules.grants import AREA, GRANT_LABELS, ROLES
from huiyin.org.rules.kinds import ROLE_LABELS


def permissions_markdown() -> str:
    """The whole page: roles with scope, then grants × roles. Written by `huiyin docs`."""
    return "\n".join([*_roles(), "", *_matrix(), ""])


def _roles() -> list[str]:
    lines = [
        "# 权限 Permissions",
        "",
        "Generated from `src/huiyin/org/rules/grants.py` by `huiyin docs`; do not edit.",
        "",
        "A person acts in a post; what a post may do = grant × scope. 区域 = cases placed in the "
        "post's area or below; 本单位 = cases that the post's unit takes part in.",
        "",
        "| 角色 | code | 范围 | 动态口令 | 互斥 |",
        "|---|---|---|---|---|",
    ]
    for code, role in ROLES.items():
        scope = "区域" if role.scope == AREA else "本单位"
        lines.append(
            f"| {ROLE_LABELS[code]} | `{code}` | {scope} | {'是' if role.needs_totp else ''} "
            f"| {'是' if role.exclusive else ''} |"
        )
    return lines


def _matrix() -> list[str]:
    lines = [
        "| 权限 | code | " + " | ".join(ROLE_LABELS[code] for code in ROLES) + " |",
        "|---|---|" + "---|" * len(ROLES),
    ]
    for grant, label in GRANT_LABELS.items():
        cells = " | ".join("●" if grant in role.grants else "" for role in ROLES.values())
        lines.append(f"| {label} | `{grant}` | {cells} |")
    return lines
