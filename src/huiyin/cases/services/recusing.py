"""Recusal 回避: a register that every read and act obeys (practice.md §0.8, selectors.kept_out).

A unit that leads or supports an open case when its recusal begins does not see it any more; the
case waits for the dispatcher (rules.waiting).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huiyin.cases.models import Recusal
from huiyin.cases.services.steps import ActionRefused
from huiyin.org.models import Unit
from huiyin.org.rules import kinds


@dataclass(frozen=True)
class NewRecusal:
    """Who keeps out (a person, a unit, or both) of cases about what (one of four), from – to."""

    reason: str
    valid_from: date
    valid_to: date | None = None
    person_id: int | None = None
    unit_id: int | None = None
    about_unit_id: int | None = None
    about_person_id: int | None = None
    compound_id: int | None = None
    case_id: int | None = None


@transaction.atomic
def enter(*, recusal: NewRecusal, by_person_id: int, at: datetime) -> Recusal:
    """Enter a recusal; from now on the engine refuses duties and assignments that it names."""
    if recusal.person_id is None and recusal.unit_id is None:
        raise ActionRefused("请选择回避的人员或单位")
    about = (
        recusal.about_unit_id, recusal.about_person_id, recusal.compound_id, recusal.case_id,
    )  # fmt: skip
    if not any(about):
        raise ActionRefused("请说明对什么回避：单位、人员、小区或某一件")
    if recusal.unit_id and Unit.objects.get(pk=recusal.unit_id).kind == kinds.CENTRE:
        raise ActionRefused("受理中心不能整体回避，否则没有人能派单；请登记要回避的人员")
    if recusal.valid_to is not None and recusal.valid_to < recusal.valid_from:
        raise ActionRefused("止期早于起期")
    return Recusal.objects.create(entered_by_id=by_person_id, entered_at=at, **recusal.__dict__)


@transaction.atomic
def end(*, recusal: Recusal, last_day: date) -> Recusal:
    """Give a recusal its last day; it is never deleted."""
    row = Recusal.objects.select_for_update().get(pk=recusal.pk)
    if last_day < row.valid_from:
        raise ActionRefused("止期早于起期")
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    return row
