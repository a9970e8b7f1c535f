"""Every number equals what one counts from its rows: fetched as CSV as a person does, in plain Python.

Three cities written by hand: without a row, with one row, with rows on every boundary of a period.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from huiyin.base import clock
from huiyin.cases.rules import words
from huiyin.indicators import registry
from huiyin.indicators.registry import Indicator, Slice
from huiyin.indicators.rules import periods
from huiyin.indicators.services import computing, exporting
from huiyin.indicators.services.computing import Value
from huiyin.org.models import Account, Area, Person, Post
from huiyin.registers import registry as ledgers
from huiyin.registers.services import writing
from huiyin.registers.services.reading import Reader
from huiyin.registers.services.writing import Source
from huiyin.triage.models import Category
from tests.cast import DAY, FIRST, Cast, at

PERIODS = ("2026", "2026H2", "2026Q3", "2026-09", "2026-10@28", "2026-W40", "2026-09-30",
           "2026-01-01/2026-09-30", "@2026-09-30", "2Y2027")  # fmt: skip
KINDS = tuple(words.KINDS)
CUT_PERIODS = ("2026", "2026-09-30", "2026-10@28")
#: Moments on the edges of day, week, month, quarter, half, year and of a month from the 28th.
EDGES = (
    "2025-12-31 23:59", "2026-01-01 00:00", "2026-06-30 23:59", "2026-07-01 00:00", "2026-09-27 23:59",
    "2026-09-28 00:00", "2026-09-29 23:59", "2026-09-30 00:00", "2026-09-30 23:59", "2026-10-01 00:00",
    "2026-10-04 23:59", "2026-10-05 00:00", "2026-10-27 23:59", "2026-10-28 00:00",
)  # fmt: skip


def recounted(kind: str, rows: list[dict[str, str]]) -> Decimal | None:
    """The aggregate of the rows of a CSV, as somebody does it who only has the file."""
    if kind == "count":
        return Decimal(len(rows))
    if kind == "distinct":
        return Decimal(len({row["去重键"] for row in rows if row["去重键"]}))
    if kind == "sum":
        return sum((Decimal(row["数量"]) for row in rows), Decimal(0))
    if not rows:
        return None
    if kind == "mean":
        total = sum(Decimal(row["数量"]) for row in rows)
        return (total / len(rows)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    hits = sum(row["计入分子"] == "是" for row in rows)
    return (Decimal(hits) * 100 / len(rows)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@pytest.fixture
def statistician(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The city's statistician at the browser, at the end of the year."""
    now = at("2026-12-30 10:00")
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: now.date())
    person = Person.objects.create(name="市统计")
    Post.objects.create(person=person, unit=cast.centre, area=cast.city, role="statistician",
                        valid_from=FIRST)  # fmt: skip
    account = Account.objects.create(username="shi", person=person, password="!",
                                     password_changed_at=now)  # fmt: skip
    client = Client()
    client.force_login(account, "huiyin.org.backends.AccountBackend")
    return client


def _nothing(cast: Cast) -> None:
    """A city where nothing happened."""


def _one(cast: Cast) -> None:
    """One case that went all the way, one service, one member, one liaison."""
    _solved(cast, DAY)
    _ledgers(cast, DAY, "周党员", "1")


def _edges(cast: Cast) -> None:
    """Something on every edge, some of it unsolved, returned, approximate, twice the same person."""
    _categories()
    for n, moment in enumerate(EDGES):
        when = at(moment)
        cast.report(f"{n} 栋漏水", at=when, kind=KINDS[n % 5], channel=("web", "phone")[n % 2],
                    category=("010101", "020101", "")[n % 3])  # fmt: skip
        _ledgers(cast, when, "周党员" if n % 2 else f"党员{n}", "30余" if n % 3 == 0 else str(n))
        if n % 4 == 0:
            _solved(cast, when)
    case = cast.case_at("awaiting_acceptance")
    cast.act(case, "return_case", cast.handler, DAY + timedelta(hours=1), reason="wrong_duty",
             basis="三定方案", proposed_unit=cast.police.pk, note="不属本单位")  # fmt: skip


def _categories() -> None:
    """The first level of the tree, as a city has it."""
    for code, name in (("01", "房屋与物业"), ("02", "水电气")):
        Category.objects.create(code=code, name=name, level=1, origin="测试", valid_from=FIRST)


def _solved(cast: Cast, when: datetime) -> None:
    """A report filed at that moment, handled in the days after it and signed off."""
    case = cast.report("水管爆了", at=when)
    steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("admit", "dispatcher", {}),
        ("dispatch", "dispatcher", {"lead": cast.housing.pk}),
        ("accept", "handler", {}),
        ("contact", "handler", {"how": "phone"}),
        ("submit_result", "handler", {"reply": "已修好"}),
        ("approve", "reviewer", {}),
        ("call_back", "callback", {"channel": "phone", "outcome": "reached", "resolved": True,
                                   "satisfied": "satisfied", "contacted_in_time": True}),
        ("sign_off", "callback", {"code": "satisfied"}),
    )  # fmt: skip
    for n, (action, role, given) in enumerate(steps):
        case = cast.act(case, action, getattr(cast, role), when + timedelta(minutes=n), **given)


def _ledgers(cast: Cast, when: datetime, member: str, person_times: str) -> None:
    day = when.date().isoformat()
    for code, raw in (
        ("service", {"activity": "清理楼道", "day": day, "kind": "environment", "member": member,
                     "person_times": person_times}),
        ("dual_registration", {"member": member, "registered_on": day,
                               "left_on": (when.date() + timedelta(days=90)).isoformat()}),
        ("liaison", {"who": f"书记{day}", "level": "leader", "valid_from": day}),
    ):  # fmt: skip
        register = ledgers.get(code)
        reader = Reader(register, Area.objects.get(pk=cast.clerk.area_id), date(2026, 9, 30))
        values, area_id, problems = reader.row(raw | {"community": cast.community.name})
        assert not problems
        assert area_id is not None
        writing.write(register, values, area_id=area_id, source=Source(cast.clerk, when))


@pytest.mark.parametrize("city", [_nothing, _one, _edges], ids=lambda f: f.__name__.strip("_"))
def test_every_number_equals_its_rows(cast: Cast, city: Callable[[Cast], None]) -> None:
    city(cast)

    for indicator in registry.all_indicators():
        for area in (cast.city, cast.county, cast.community):
            for code in PERIODS:
                period = periods.parse(code)
                part = Slice(area.path, period.start, period.end)
                text, n = exporting.csv_text(indicator, part)
                _expect(indicator, computing.compute(indicator, part), text, n, f"{area} {code}")


@pytest.mark.parametrize("city", [_nothing, _one, _edges], ids=lambda f: f.__name__.strip("_"))
def test_every_number_cut_by_a_value_equals_its_rows(
    cast: Cast, city: Callable[[Cast], None]
) -> None:
    city(cast)

    for indicator in registry.all_indicators():
        for dimension in indicator.dimensions:
            for value in dimension.words:
                for code in CUT_PERIODS:
                    period = periods.parse(code)
                    part = Slice(
                        cast.county.path, period.start, period.end, by=(dimension.code, value)
                    )
                    text, n = exporting.csv_text(indicator, part)
                    where = f"{dimension.code}:{value} {code}"
                    _expect(indicator, computing.compute(indicator, part), text, n, where)


def test_the_values_of_a_dimension_that_every_row_has_are_the_whole(cast: Cast) -> None:
    """Kinds and channels of counts: nothing is lost. Of distinct things no such sum is expected."""
    _edges(cast)

    for indicator in registry.all_indicators():
        for dimension in indicator.dimensions:
            if dimension.code == "category" or indicator.kind != "count":
                continue
            part = Slice(cast.city.path, at("2026-01-01 00:00"), at("2027-01-01 00:00"))
            cut = computing.compute_by_value(indicator, part, dimension)
            whole = computing.compute(indicator, part)
            assert sum(value.n for _, _, value in cut) == whole.n, (indicator.code, dimension.code)


def test_what_a_person_downloads_is_what_the_page_says(cast: Cast, statistician: Client) -> None:
    _edges(cast)

    for indicator in registry.all_indicators():
        asked = {"place": cast.county.code, "period": "2026Q3"}
        page = statistician.get(f"/data/{indicator.code}/", asked)
        file = statistician.get(f"/data/{indicator.code}/rows.csv", asked).content.decode()
        _expect(indicator, page.context["value"], file, page.context["value"].n, "page")


def _expect(indicator: Indicator, value: Value, text: str, n: int, where: str) -> None:
    """The value is what the rows of the file give."""
    rows = list(csv.DictReader(StringIO(text.removeprefix(exporting.MARK))))
    assert value.value == recounted(indicator.kind, rows), f"{indicator.code} {where}"
    assert value.n == n == len(rows), f"{indicator.code} {where}"
    if indicator.kind == "sum":
        inexact = [row for row in rows if row["口径"] != "exact"]
        assert value.approximate == len(inexact), f"{indicator.code} {where}"


def test_the_rows_of_a_period_and_of_what_follows_it_are_all_rows(
    cast: Cast, statistician: Client
) -> None:
    """Each moment lies in exactly one of two neighbouring periods: nothing is lost, nothing twice."""
    _edges(cast)

    def n(period: str) -> int:
        page = statistician.get(
            "/data/reports_received/", {"place": cast.city.code, "period": period}
        )
        return int(page.context["value"].n)

    assert n("2026") == n("2026H1") + n("2026H2")
    assert n("2026H2") == n("2026Q3") + n("2026Q4")
    assert n("2026Q3") == n("2026-07") + n("2026-08") + n("2026-09")
    assert n("2026-09-28/2026-10-27") == n("2026-10@28")
    assert n("@2026-12-31") == n("2Y2027") + n("@2024-12-31")


def test_nobody_sees_a_name_in_the_rows_of_a_number(cast: Cast, statistician: Client) -> None:
    _one(cast)

    for indicator in registry.all_indicators():
        asked = {"place": cast.city.code, "period": "2026"}
        page = statistician.get(f"/data/{indicator.code}/", asked).content.decode()
        file = statistician.get(f"/data/{indicator.code}/rows.csv", asked).content.decode()
        assert "周党员" not in page + file
        assert "13800001234" not in page + file
