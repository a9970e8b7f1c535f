"""What the portal shows on pages of others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled


def posters_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {
        "label": "二维码海报", "url": reverse("poster_list"), "icon": "print",
    }  # fmt: skip


panels.register("menu", posters_link, grant="case.file", order=52)
