"""What paperwork shows in the menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.urls import reverse

from huiyin.base import clock, panels
from huiyin.base.panels import Acting, Filled
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork import registry
from huiyin.paperwork.selectors import catalogue


def material_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {"label": "素材", "url": reverse("material"), "icon": "list"}


def papers_link(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """For whoever may draft one of them."""
    if not any(p.may(kind.grant) for kind in registry.all_kinds() for p in posts):
        return None
    return "base/_menu_item.html", {"label": "公文稿", "url": reverse("papers"), "icon": "print"}


def forms_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {
        "label": "上级报表",
        "url": reverse("form_list"),
        "icon": "list",
    }


def forms_due(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """On the start page, five workdays before a form is owed."""
    owed = catalogue.owed_soon(cast(Sequence[ActingPost], posts), clock.today())
    return ("paperwork/_forms_due.html", {"forms": owed}) if owed else None


panels.register("home.today", forms_due, grant="forms.fill", order=30)
panels.register("menu", forms_link, grant="forms.fill", order=39)


def articles_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {
        "label": "数据核对", "url": reverse("article_list"), "icon": "check",
    }  # fmt: skip


panels.register("menu", articles_link, grant="articles.check", order=42)
panels.register("menu", papers_link, order=41)
panels.register("menu", material_link, grant="phrases.view", order=40)
