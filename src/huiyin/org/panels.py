"""Menu of the three administrators, and what stands below one's own name."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled, Function


def _menu(label: str, name: str, icon: str) -> Function:
    def entry(subject: object, posts: Sequence[Acting]) -> Filled:
        return "base/_menu_item.html", {"label": label, "url": reverse(name), "icon": icon}

    entry.__qualname__ = f"menu_{name}"
    return entry


def own_account(subject: object, posts: Sequence[Acting]) -> Filled:
    """Change the password, sign out."""
    return "org/_own_account.html", {}


panels.register("menu", _menu("值班表", "on_call", "phone"), grant="org.on_call", order=44)
panels.register(
    "menu", _menu("账号与岗位", "account_list", "person"), grant="system.accounts", order=80
)
panels.register("menu", _menu("系统错误", "error_list", "danger"), grant="system.errors", order=81)
panels.register(
    "menu", _menu("本地参数", "default_list", "list"), grant="system.defaults", order=82
)
panels.register("menu", _menu("工作日历", "calendar", "clock"), grant="system.defaults", order=82)
panels.register("menu", _menu("审计", "audit_list", "eye"), grant="system.audit", order=83)
panels.register("person", own_account)
