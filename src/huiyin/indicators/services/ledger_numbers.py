"""Numbers of a kept ledger: which rows of it a slice means, and what of them its drill-down shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from huiyin.base.rules.workday_calendar import local_date
from huiyin.indicators.registry import Column, Rows, Slice
from huiyin.registers.registry import Register
from huiyin.registers.services import exporting


def rows_of(register: Register, *, stock: bool = False, **fixed: Any) -> Rows:
    """Rows of the ledger in a slice: that fell into the period, or (stock) that held on its last
    day. `fixed` narrows them as a filter of the ledger's list does."""
    assert register.model is not None
    model, day, ends = register.model, register.day, register.ends

    def rows(part: Slice) -> QuerySet[Any]:
        first, last = local_date(part.start), local_date(part.end - timedelta(seconds=1))
        found = model._default_manager.filter(
            withdrawn_at__isnull=True, area__path__startswith=part.area_path, **fixed
        )
        if stock:
            found = found.filter(**{f"{day}__lte": last})
            return found.filter(Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": last}))
        return found.filter(**{f"{day}__gte": first, f"{day}__lte": last})

    return rows


def columns_of(register: Register) -> tuple[Column, ...]:
    """The ledger's own list columns, masked as there; the first opens the row."""

    def show(name: str) -> Any:
        column = register.column(name)
        return lambda row: exporting.words_of(exporting.cell_of(register, row, column))

    def link(row: Any) -> str:
        return reverse("register_row", args=[register.code, row.pk])

    return tuple(
        Column(col.heading, show(col.name), link if n == 0 else None)
        for n, col in enumerate(exporting.columns_listed(register))
    )
