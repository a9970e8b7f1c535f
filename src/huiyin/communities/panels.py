"""Menu of where compounds lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled
from huiyin.communities.selectors import GRANT, may_locate
from huiyin.org.rules.grants import ActingPost


def menu(subject: object, posts: Sequence[Acting]) -> Filled | None:
    """For posts of an area and of subdistricts."""
    if not any(may_locate(p) for p in cast(Sequence[ActingPost], posts)):
        return None
    return "base/_menu_item.html", {
        "label": "小区定位", "url": reverse("compound_list"), "icon": "place",
    }  # fmt: skip


panels.register("menu", menu, grant=GRANT, order=72)
