"""What intake shows on pages of others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled


def report_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_public_link.html", {"label": "反映问题", "url": reverse("report")}


def track_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_public_link.html", {"label": "看进度", "url": reverse("track")}


def import_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {
        "label": "导入诉求", "url": reverse("import_list"), "icon": "upload",
    }  # fmt: skip


panels.register("menu.public", report_link, order=10)
panels.register("menu.public", track_link, order=20)
panels.register("menu", import_link, grant="case.import", order=60)
