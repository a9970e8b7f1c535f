"""What the portal shows on pages of others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled
from huiyin.indicators.rules import dashboards
from huiyin.org.rules.grants import ActingPost


def posters_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {
        "label": "二维码海报", "url": reverse("poster_list"), "icon": "print",
    }  # fmt: skip


def dashboard_link(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """For roles that have one."""
    if not any(isinstance(p, ActingPost) and dashboards.sections_of(p.role) for p in posts):
        return None
    return "base/_menu_item.html", {
        "label": "我的数字", "url": reverse("dashboard"), "icon": "board",
    }  # fmt: skip


panels.register("menu", dashboard_link, order=35)
panels.register("menu", posters_link, grant="case.file", order=52)
