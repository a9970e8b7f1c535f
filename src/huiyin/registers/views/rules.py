"""制度文件: what follows a document, and what still follows one that is over or that nobody entered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiyin.base import clock
from huiyin.org import access
from huiyin.registers import selectors
from huiyin.registers.models import RuleDocument
from huiyin.registers.registry import Register
from huiyin.registers.rules.standing import Hung
from huiyin.registers.views import asked


@require_GET
@access.needs()
def standing(request: HttpRequest) -> HttpResponse:
    """Expired documents with what hangs on them, and numbers without a row."""
    register = asked.find(request, "rules")
    return render(request, "registers/rules_standing.html", {
        "register": register, "standing": selectors.how_it_stands(clock.today()),
        "may_keep": any(p.may(register.keep) for p in access.posts(request)),
    })  # fmt: skip


def hung_on(register: Register, row: Any) -> list[Hung] | None:
    """What follows this row, where it is a document; None for any other ledger."""
    if register.model is not RuleDocument:
        return None
    return selectors.hanging_on(row.number)
