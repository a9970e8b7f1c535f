"""What paperwork shows in the menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled
from huiyin.paperwork import registry


def material_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {"label": "素材", "url": reverse("material"), "icon": "list"}


def papers_link(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """For whoever may draft one of them."""
    if not any(p.may(kind.grant) for kind in registry.all_kinds() for p in posts):
        return None
    return "base/_menu_item.html", {"label": "公文稿", "url": reverse("papers"), "icon": "print"}


panels.register("menu", papers_link, order=41)
panels.register("menu", material_link, grant="phrases.view", order=40)
