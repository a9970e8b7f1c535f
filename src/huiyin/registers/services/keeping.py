"""Retention: what is personal is cleared when its time is over (个人信息保护法第十九条)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from huiyin.base.rules.local_defaults import LocalDefaultSeed
from huiyin.base.rules.workday_calendar import local_date, start_of_day
from huiyin.base.selectors import local_number
from huiyin.registers import registry
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Column
from huiyin.registers.services import writing

BATCH = 500


def clear_expired(*, at: datetime) -> dict[str, int]:
    """Clear personal values past their time in every kept register: code → rows. One run takes at
    most BATCH rows of a register and field; the job runs nightly and goes on."""
    done = {}
    for register in registry.all_registers():
        if register.kept and register.personal:
            n = sum(_clear(register, col.name, _days(col), at) for col in register.personal)
            if n:
                done[register.code] = n
    return done


def _days(column: Column) -> int:
    kept = column.keep_days
    return local_number(kept) if isinstance(kept, LocalDefaultSeed) else kept


def _clear(register: Register, name: str, days: int, at: datetime) -> int:
    """A row's time begins with its last day; one that is still valid is not over."""
    assert register.model is not None
    column = register.column(register.ends or register.day)
    before = local_date(at) - timedelta(days=days)
    edge = start_of_day(before) if column.kind == c.MOMENT else before
    over = Q(**{f"{column.path}__lt": edge}) | Q(withdrawn_at__lt=at - timedelta(days=days))
    rows = register.model._default_manager.filter(over).exclude(**{name: ""}).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:BATCH])
    return sum(writing.erase(register, pk, [register.column(name)], at=at) for pk in ids)
