"""What triage shows in the menu."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled


def catalogue_link(subject: object, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {
        "label": "派单目录", "url": reverse("catalogue_list"), "icon": "unit",
    }  # fmt: skip


panels.register("menu", catalogue_link, grant="triage.catalogue", order=52)
