"""What paperwork shows in the menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled


def material_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {"label": "素材", "url": reverse("material"), "icon": "list"}


panels.register("menu", material_link, grant="phrases.view", order=40)
