"""The ledgers in the menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from huiyin.base import panels
from huiyin.base.panels import Acting, Filled
from huiyin.base.services.defaults import defaults_providers
from huiyin.registers import registry
from huiyin.registers.rules import standing
from huiyin.registers.rules.standing import Hung


def menu(subject: Any, posts: Sequence[Acting]) -> Filled | None:
    """For whoever may see one of them."""
    if not any(p.may(r.view) for r in registry.all_registers() for p in posts):
        return None
    return "base/_menu_item.html", {
        "label": "台账", "url": reverse("register_index"), "icon": "list",
    }  # fmt: skip


def followed_by_ledgers() -> list[Hung]:
    """Ledgers whose basis names a document."""
    return [
        Hung("台账", r.label, r.basis, reverse("register_rows", args=[r.code]))
        for r in registry.all_registers()
    ]


def followed_by_defaults() -> list[Hung]:
    """Limits, caps and templates that were confirmed by a document."""
    url = reverse("default_list")
    return [
        Hung(provider.label, f"{row.label} {row.value}".strip(), row.document, url)
        for provider in defaults_providers() for row in provider.rows() if row.document
    ]  # fmt: skip


standing.declare("ledgers", followed_by_ledgers)
standing.declare("defaults", followed_by_defaults)
panels.register("menu", menu, order=46)
