"""A street of 水富 with a compound, its firm and some departments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

import pytest

from huiyin.org.models import Area, Compound, Unit
from huiyin.org.services import organising

FIRST = date(2020, 1, 1)
DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=8)))


@dataclass
class Street:
    """The community, its compound, and the units by function."""

    community: Area
    compound: Compound
    units: dict[str, Unit]


@pytest.fixture
def street(db: None) -> Street:
    area: Area | None = None
    areas: dict[str, Area] = {}
    for code, name, kind in (
        ("530600", "昭通市", "city"),
        ("530681", "水富市", "county"),
        ("530681001", "云富街道", "subdistrict"),
        ("530681001004", "团结路社区", "community"),
    ):
        parent = area
        area = Area.objects.create(code=code, name=name, kind=kind, parent=parent, valid_from=FIRST)
        area.path = f"{parent.path if parent else '/'}{area.pk}/"
        area.save(update_fields=["path"])
        areas[kind] = area
    compound = Compound.objects.create(
        name="青禾小区", community=areas["community"], valid_from=FIRST
    )
    units = {}
    for function, kind, name, place in (
        ("housing", "department", "住建局", "county"),
        ("police", "department", "公安局", "county"),
        ("water", "department", "供水公司", "county"),
        ("locality", "subdistrict", "云富街道办", "subdistrict"),
        ("community", "community", "团结路社区", "community"),
        ("property", "firm", "青禾物业", "county"),
    ):
        units[function] = organising.create_unit(
            kind=kind, name=name, short_name=name, area=areas[place], valid_from=FIRST,
            function=function,
        )  # fmt: skip
    organising.serve_compound(unit=units["property"], compound=compound, valid_from=FIRST)
    return Street(areas["community"], compound, units)
