"""Ledgers of the demonstration's communities, written as their clerks write them."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from huiyin.communities import registers
from huiyin.communities.rules import words
from huiyin.drill.rules import places
from huiyin.drill.services.building import City, County
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.registers.registry import Register
from huiyin.registers.services import writing
from huiyin.registers.services.reading import Reader
from huiyin.registers.services.writing import Source

#: What members do in a community, with the kind under which it counts.
ACTIVITIES = (
    ("清理楼道堆物", "environment"), ("入户讲防火", "safety"), ("帮独居老人换灯泡", "care"),
    ("周末义务维修", "skills"), ("四点半课堂", "youth"), ("政策宣讲", "policy"),
)  # fmt: skip
WEEKS = 12


def keep(city: City, *, now: datetime) -> int:
    """Liaison, registrations and three months of services for every community; number of rows."""
    random, rows = Random(530600), 0
    for county in city.counties:
        for area_id, unit in county.communities.items():
            clerk = county.unit_posts[unit.pk][0]
            area = Area.objects.get(pk=area_id)
            rows += _community(county, area, clerk, now, random)
    return rows


def _community(county: County, area: Area, clerk: ActingPost, now: datetime, random: Random) -> int:
    """The ledgers of one community, entered over the last three months."""
    members = [places.invented_name(random.randint(300, 690)) for _ in range(5)]
    began = now - timedelta(weeks=WEEKS)
    rows = [(registers.LIAISON, began, {
        "who": county.centre_posts["leader"][0].person_name, "level": "leader",
        "community": area.name, "unit": county.centre.name, "duty_phone": county.centre.phone,
        "task": "每月到社区一次，牵头解决最难的一件事", "valid_from": began.date(),
    })]  # fmt: skip
    for n, member in enumerate(members):
        rows.append((registers.DUAL_REGISTRATION, began + timedelta(days=n), {
            "member": member, "phone": f"1990870{random.randint(0, 9999):04d}",
            "community": area.name, "home_unit": f"{county.area.name}{places.DEPARTMENTS[n].name}",
            "kind": list(words.SERVICE_KINDS)[n], "registered_on": (began + timedelta(days=n)).date(),
        }))  # fmt: skip
    for week in range(WEEKS):
        day = began + timedelta(weeks=week, days=5)
        activity, kind = random.choice(ACTIVITIES)
        for member in random.sample(members, 2):
            rows.append((registers.SERVICE, day, {
                "activity": activity, "day": day.date(), "kind": kind, "community": area.name,
                "member": member, "person_times": 1,
            }))  # fmt: skip
    rows.append((registers.SERVICE, now, {
        "activity": "迎新春文艺演出值守", "day": now.date(), "kind": "emergency",
        "community": area.name, "person_times": f"{random.randint(2, 9)}0余",
    }))  # fmt: skip
    for register, at, raw in rows:
        _write(register, area, clerk, at, raw)
    return len(rows)


def _write(
    register: Register, area: Area, clerk: ActingPost, at: datetime, raw: dict[str, Any]
) -> None:
    values, area_id, problems = Reader(register, area.parent or area, at.date()).row(raw)
    if problems or area_id is None:
        raise ValueError(f"{register.code}: {problems}")
    writing.write(register, values, area_id=area_id, source=Source(clerk, at))
