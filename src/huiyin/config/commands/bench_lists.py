"""lists: the slowest twentieth of the case list against the bare index walk that it stands on.

Ours is cases.selectors.lists.cases_page as the page calls it (keys, rows with their place and unit,
total), for a dispatcher of a county and for a handler of a unit, with the filters that people use.
The limit is the walk of 51 keys of one scope and the 50 rows by their ids, and nothing else.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from huiyin.config.command import say
from huiyin.config.commands.bench import Measure
from huiyin.config.commands.bench_city import City, empty_cases, report

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

    from huiyin.org.rules.grants import ActingPost

SIZES = {"lists_10k": 10_000, "lists_100k": 100_000}
LARGE = {"lists_1m": 1_000_000}
FILED = 10_000
WANTED = 0.1
REPEATS = 30
_WALK = (
    "SELECT opened_at, case_id FROM cases_scope WHERE scope_id = %s"
    " ORDER BY opened_at DESC, case_id DESC LIMIT 51"
)


def measure(city: City, options: argparse.Namespace) -> dict[str, Measure]:
    """p95 in milliseconds at each size; ours and the limit take turns."""
    from huiyin.cases.services import filing

    empty_cases()
    reports = (report(city, n) for n in range(FILED))
    for _ in filing.file_reports(reports, recorded_at=city.at):
        pass
    _give_to_unit(city)
    found = {}
    for name, size in (SIZES | (LARGE if options.large else {})).items():
        grow(size)
        ours, limit, slowest = _p95(city)
        say(f"  {size:,} 件：最慢的是{slowest}")
        what = f"{size:,} 件时列表的 p95，对裸索引查询（50 件一页）；最慢的是{slowest}"
        found[name] = Measure(ours, limit, WANTED, "ms", what)
    return found


def _p95(city: City) -> tuple[float, float, str]:
    """p95 of ours and of the limit, and which list has the highest p95 of its own."""
    ours: dict[str, list[float]] = {}
    limit: list[float] = []
    for turn in range(REPEATS + 2):
        for label, post, ask in _asks(city):
            mine = _timed(ask)
            raw = _timed(lambda scope=post.scope_id: _walk(scope))  # type: ignore[misc]
            if turn >= 2:  # the first two warm up
                ours.setdefault(label, []).append(mine)
                limit.append(raw)
    each = {label: _at_95(values) for label, values in ours.items()}
    say("  " + "，".join(f"{label} {ms:.1f} ms" for label, ms in each.items()))
    slowest = max(each, key=lambda label: each[label])
    everything = [value for values in ours.values() for value in values]
    return _at_95(everything), _at_95(limit), f"“{slowest}” {each[slowest]:.0f} ms"


def _asks(city: City) -> list[tuple[str, ActingPost, Callable[[], object]]]:
    """The lists that people open: its name, by whom, the read."""
    from huiyin.cases.rules.case_filter import OPEN, CaseFilter
    from huiyin.cases.selectors import lists

    desk, unit = city.dispatcher, city.handler
    first = lists.cases_page([desk], CaseFilter(), now=city.at)
    compound = city.compounds[0].pk
    narrow = [
        ("县级全部", desk, CaseFilter()), ("县级在办", desk, CaseFilter(status=OPEN)),
        ("县级投诉", desk, CaseFilter(kind="complaint")),
        ("县级一个小区", desk, CaseFilter(compound_id=compound)),
        ("县级超期", desk, CaseFilter(overdue=True)), ("单位全部", unit, CaseFilter()),
        ("单位在办", unit, CaseFilter(status=OPEN)),
    ]  # fmt: skip

    def read(post: ActingPost, chosen: CaseFilter) -> Callable[[], object]:
        return lambda: lists.cases_page([post], chosen, now=city.at)

    def second() -> object:
        return lists.cases_page([desk], CaseFilter(), now=city.at, older_than=first.older)

    asks = [(label, post, read(post, chosen)) for label, post, chosen in narrow]
    return [*asks, ("县级第二页", desk, second)]


def _walk(scope: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_WALK, [scope])
        keys = [row[1] for row in cursor.fetchall()]
        cursor.execute("SELECT * FROM cases_case WHERE id = ANY(%s)", [keys])
        cursor.fetchall()


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _at_95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _give_to_unit(city: City) -> None:
    """Every fifth case of the county stands in the unit's scope, as dispatch would put it."""
    from django.db import connection

    from huiyin.org.rules.grants import scope_of_area, scope_of_unit

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_scope (scope_id, opened_at, case_id, type, open)"
            " SELECT %s, opened_at, case_id, type, open FROM cases_scope"
            " WHERE scope_id = %s AND case_id %% 5 = 0",
            [scope_of_unit(city.unit.pk), scope_of_area(city.county.pk)],
        )


def grow(size: int) -> None:
    """Up to `size` cases: those that were filed, again under other ids and times.

    Only what a list reads (case and scopes) is multiplied; such cases have no ledger. Every tenth
    is open, as in an installation that has stood for years.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), count(*) FROM cases_case")
        first, have = cursor.fetchone()
        for k in range(have // FILED, size // FILED):
            moved = {"opened_at": f"opened_at - interval '{k * 11} seconds'"}
            _again(cursor, "cases_case", first, moved | {
                "id": f"id + {k * FILED}", "number": f"number || '-{k}'", "external_key": "NULL",
            })  # fmt: skip
            _again(cursor, "cases_scope", first, moved | {"case_id": f"case_id + {k * FILED}"})
        cursor.execute(
            "UPDATE cases_case SET status = 'closed' WHERE id % 10 <> 0 AND status <> 'closed'"
        )
        cursor.execute("UPDATE cases_scope SET open = FALSE WHERE case_id % 10 <> 0 AND open")
    analyse()


def _again(cursor: CursorWrapper, table: str, first: int, changed: dict[str, str]) -> None:
    """Insert the rows of the filed cases once more, some columns changed; own ids are drawn anew."""
    key = "id" if table == "cases_case" else "case_id"
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND (column_name <> 'id' OR %s = 'id') ORDER BY ordinal_position",
        [table, key],
    )
    columns = [row[0] for row in cursor.fetchall()]
    values = ", ".join(changed.get(c, f'"{c}"') for c in columns)
    names = ", ".join(f'"{c}"' for c in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}"  # noqa: S608
        f" WHERE {key} BETWEEN {first} AND {first + FILED - 1}"
    )


def analyse() -> None:
    """As autovacuum does sooner or later: statistics and the visibility map."""
    from django.conf import settings

    from huiyin.base import pg

    for table in ("cases_case", "cases_scope"):
        settings.HUIYIN_CLUSTER.psql(f"VACUUM ANALYZE {table}", pg.DATABASE)
