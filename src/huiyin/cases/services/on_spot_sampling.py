"""The sample of 自办件, drawn by the month. What becomes of it: services.looking."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction

from huiyin.base import selectors as base
from huiyin.base.rules.workday_calendar import start_of_day
from huiyin.base.services.defaults import declare_local_defaults
from huiyin.cases.models import Case, OnSpotDraw, OnSpotLook
from huiyin.cases.rules import on_spot_sample as rules
from huiyin.cases.services import performing
from huiyin.cases.services.steps import SYSTEM
from huiyin.org.models import Area, Unit
from huiyin.org.rules import kinds
from huiyin.org.selectors import in_force

declare_local_defaults(rules.PERCENT, rules.LEAST)


@dataclass
class _Community:
    """The on-spot cases of one community in one month, and who looks at them."""

    area: Area
    unit: Unit
    cases: dict[str, int] = field(default_factory=dict)


def draw(*, month: date, at: datetime) -> int:
    """Draw the sample of a month that is over (`month` = any day of it); how many were drawn.

    A community that was drawn for that month already is left alone: run again, nothing changes, and
    the database refuses a second draw. The salt is made here, after the month's list is closed. One
    without a subdistrict in force waits until there is one.
    """
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    if at < start_of_day(after):
        raise ValueError(f"{first:%Y-%m} is not over")
    code = f"{first:%Y-%m}"
    done = {
        pk
        for model in (OnSpotDraw, OnSpotLook)  # looks of before draws were kept
        for pk in model.objects.filter(month=code).values_list("community", flat=True)
    }
    percent = int(base.local_value(rules.PERCENT.code))
    least = int(base.local_value(rules.LEAST.code))
    drawn = 0
    for community in _communities(first, after, at):
        if community.area.pk in done:
            continue
        numbers = sorted(community.cases)
        salt = secrets.token_hex(16)
        chosen = rules.draw(numbers, salt=salt, month=code, percent=percent, least=least)
        why = rules.explained(
            salt=salt, month=code, community=community.area.name, of=len(numbers), drawn=len(chosen),
            percent=percent, least=least,
        )  # fmt: skip
        with transaction.atomic():
            OnSpotDraw.objects.create(
                month=code, community=community.area, unit=community.unit, salt=salt,
                percent=percent, least=least, numbers=numbers, drawn_at=at,
            )  # fmt: skip
            for number in chosen:
                performing.perform(
                    case=community.cases[number], action="draw_on_spot", by=SYSTEM, at=at,
                    given={"month": code, "community": community.area.pk,
                           "unit": community.unit.pk, "why": why},
                )  # fmt: skip
        drawn += len(chosen)
    return drawn


def _communities(first: date, after: date, at: datetime) -> list[_Community]:
    """By community; a place above one stands for itself. Three queries."""
    rows = list(
        Case.objects.filter(
            type="report", sign_off_code="on_spot", closed_at__gte=start_of_day(first),
            closed_at__lt=start_of_day(after),
        ).values_list("pk", "number", "area", "area__path")
    )  # fmt: skip
    ids = {int(i) for *_, path in rows for i in path.split("/") if i}
    areas = Area.objects.in_bulk(ids)
    subdistricts = {
        u.area_id: u
        for u in Unit.objects.filter(
            in_force(at.date()), kind=kinds.UNIT_SUBDISTRICT, area__in=ids
        ).order_by("-pk")
    }
    found: dict[int, _Community] = {}
    for pk, number, area_id, path in rows:
        line = [areas[int(i)] for i in path.split("/") if i]
        own = next((a for a in line if a.kind == kinds.COMMUNITY), areas[area_id])
        unit = next((subdistricts[a.pk] for a in reversed(line) if a.pk in subdistricts), None)
        if unit is not None:
            found.setdefault(own.pk, _Community(own, unit)).cases[number] = pk
    return [found[pk] for pk in sorted(found)]
