"""The board: the three rates of each unit with their samples. Units stand by name, never by rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.base.selectors import local_value
from huiyin.cases.indicators import BESIDE, BOARD
from huiyin.indicators import views as numbers
from huiyin.indicators.registry import Indicator
from huiyin.indicators.services import computing
from huiyin.indicators.services.computing import Value
from huiyin.org import access
from huiyin.org.models import Unit


@dataclass(frozen=True)
class Cell:
    """A number on the board; a rate of too few cases shows how many there are, and no rate."""

    indicator: Indicator
    value: Value | None
    min_cases: int

    @property
    def too_few(self) -> bool:
        rate = self.indicator.kind == "ratio"
        return rate and (self.value is None or self.value.n < self.min_cases)


@access.needs("case.board")
def board(request: HttpRequest) -> HttpResponse:
    """City or unit, one period: totals on top, then the units that took part."""
    what = numbers.asked(request, access.posts(request), "case.board")
    least = int(local_value("board.min_cases"))
    totals = [Cell(i, computing.compute(i, what.part), 1) for i in (*BOARD, *BESIDE)]
    columns = {i.code: computing.compute_by_unit(i, what.part) for i in BOARD}
    ids = {unit for values in columns.values() for unit in values}
    units = Unit.objects.filter(pk__in=ids).order_by("pinyin", "pk")
    rows = [
        {"unit": u, "cells": [Cell(i, columns[i.code].get(u.pk), least) for i in BOARD]}
        for u in units
    ]
    context: dict[str, Any] = {
        "sees_topics": any(p.may("case.topics") for p in access.posts(request)),
        "totals": totals, "rows": rows, "columns": BOARD, "min_cases": least,
        **numbers.frame(what),
    }  # fmt: skip
    return render(request, "cases/board.html", context)
