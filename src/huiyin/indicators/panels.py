"""The numbers in the menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled
from huiyin.indicators import registry
from huiyin.registers.rules import standing
from huiyin.registers.rules.standing import Hung


def menu(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """For whoever may see one of them."""
    if not any(p.may(i.grant) for i in registry.all_indicators() for p in posts):
        return None
    return "base/_menu_item.html", {
        "label": "指标", "url": reverse("indicator_list"), "icon": "board",
    }  # fmt: skip


def followed() -> list[Hung]:
    """Definitions 口径 whose basis names a document."""
    return [
        Hung("口径", i.label, i.basis, reverse("indicator_detail", args=[i.code]))
        for i in registry.all_indicators()
    ]


standing.declare("indicators", followed)
panels.register("menu", menu, order=37)
