"""The ledgers in the menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled
from huiyin.registers import registry


def menu(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """For whoever may see one of them."""
    if not any(p.may(r.view) for r in registry.all_registers() for p in posts):
        return None
    return "base/_menu_item.html", {
        "label": "台账", "url": reverse("register_index"), "icon": "list",
    }  # fmt: skip


panels.register("menu", menu, order=46)
