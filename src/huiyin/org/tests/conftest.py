"""A small piece of 昭通 for the tests of the organisation: two counties that share a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

import pytest

from huiyin.base.services.seeding import seed_local_defaults
from huiyin.org.models import Account, Area, Person, Post, Unit
from huiyin.org.rules.grants import ActingPost
from huiyin.org.rules.names import pinyin_key
from huiyin.org.selectors import acting
from huiyin.org.services import accounts, organising

FIRST = date(2020, 1, 1)
DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=8)))
PASSWORD = "Zhao-Tong-2026"


@dataclass
class Town:
    """Areas by their code, and the centre and housing bureau of 水富."""

    areas: dict[str, Area]
    centre: Unit
    housing: Unit

    def __getitem__(self, code: str) -> Area:
        return self.areas[code]


@pytest.fixture
def town(db: None) -> Town:
    seed_local_defaults()  # a sheet 交接单 counts what waits, by local numbers
    areas: dict[str, Area] = {}
    for code, name, kind, parent in (
        ("530600", "昭通市", "city", None),
        ("530602", "昭阳区", "county", "530600"),
        ("530681", "水富市", "county", "530600"),
        ("530602001", "凤凰街道", "subdistrict", "530602"),
        ("530681001", "云富街道", "subdistrict", "530681"),
        ("530681102", "太平镇", "subdistrict", "530681"),
        ("530602001002", "团结路社区", "community", "530602001"),
        ("530681001004", "团结路社区", "community", "530681001"),
        ("530681001005", "田坝社区", "community", "530681001"),
        ("530681102201", "太平村", "community", "530681102"),
    ):
        area = Area.objects.create(
            code=code, name=name, kind=kind, parent=areas[parent] if parent else None,
            pinyin=pinyin_key(name), valid_from=FIRST,
        )  # fmt: skip
        area.path = f"{areas[parent].path if parent else '/'}{area.pk}/"
        area.save(update_fields=["path"])
        areas[code] = area
    return Town(
        areas,
        organising.create_unit(
            kind="centre", name="水富市政务热线受理中心", short_name="受理中心",
            area=areas["530681"], valid_from=FIRST, function="热线",
        ),
        organising.create_unit(
            kind="department", name="水富市住房和城乡建设局", short_name="市住建局",
            area=areas["530681"], valid_from=FIRST, function="住建",
        ),
    )  # fmt: skip


def in_post(unit: Unit, role: str, name: str, *, valid_to: date | None = None) -> Post:
    person = organising.create_person(name=name)
    return organising.create_post(
        person=person, unit=unit, role=role, valid_from=FIRST, valid_to=valid_to, at=AT
    )


def account_of(person: Person, username: str) -> Account:
    return accounts.open_account(person=person, username=username, password=PASSWORD, at=AT)


@pytest.fixture
def administrator(town: Town) -> ActingPost:
    return acting(in_post(town.centre, "system_admin", "丁系统"))
