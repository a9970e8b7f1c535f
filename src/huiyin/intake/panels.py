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


def import_actions(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "intake/_import_actions.html", {}


def desk_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {
        "label": "登记来电", "url": reverse("desk"), "icon": "phone", "exact": True,
    }  # fmt: skip


def on_spot_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {
        "label": "自办与上报",
        "url": reverse("on_spot"),
        "icon": "check",
    }


def mediation_link(subject: Any, posts: Sequence[Acting]) -> Filled:
    return "base/_menu_item.html", {
        "label": "登记调解", "url": reverse("mediation_new"), "icon": "person",
    }  # fmt: skip


def answers_link(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """For whoever may edit them: desk and supervisor."""
    if not any(p.may("case.answer") or p.may("case.supervise") for p in posts):
        return None
    return "base/_menu_item.html", {
        "label": "知识答复", "url": reverse("answer_list"), "icon": "message",
    }  # fmt: skip


def answers_aside(said: Any, posts: Sequence[Acting]) -> Filled | None:
    """Answers that fit what is being typed (the template asks, it knows the day)."""
    return ("intake/_answers.html", {"said": said}) if said else None


panels.register("menu", desk_link, grant="case.file", order=20)
panels.register("menu", on_spot_link, grant="case.on_spot", order=22)
panels.register("menu", mediation_link, grant="case.mediate", order=24)
panels.register("menu", answers_link, order=50)
panels.register("desk.answers", answers_aside, grant="case.file", order=10)
panels.register("menu.public", report_link, order=10)
panels.register("menu.public", track_link, order=20)
panels.register("case_list.actions", import_actions, grant="case.import", order=10)
panels.register("menu", import_link, grant="case.import", order=60)
