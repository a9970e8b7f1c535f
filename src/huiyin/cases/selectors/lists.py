"""Lists of cases at scale: keys from scopes first, then the rows of one page.

A list starts at CaseScope, one scope at a time with UNION ALL, newest first (design §8): each branch
is a walk over an index that stops after one page. A filter that only few cases meet has an index of
its own, and the planner turns to it. Nothing here counts all rows: a total above a few thousand is
the planner's estimate and is shown as “约”.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from huiyin.base.rules.words import folded, query_tokens
from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases.models import Case
from huiyin.cases.rules.case_filter import OPEN, CaseFilter, Key
from huiyin.cases.selectors.kept_out import LET_IN, let_in_params
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost, scope_of_unit

PAGE = 50
#: A total is counted while the planner thinks it as cheap as this (about 10 ms), else estimated.
CHEAP = 3_000
COUNTED, OPEN_COUNTED = 2_000, 10_000
LOCAL = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class CasePage:
    """One page, newest first. `newer`, `older`: keys for the neighbouring pages, None at an end.

    `about` = number of all rows that match, `exact` when it was counted.
    """

    rows: tuple[Case, ...]
    newer: Key | None
    older: Key | None
    about: int
    exact: bool


_NOTHING = CasePage((), None, None, 0, True)


def cases_page(
    posts: Sequence[ActingPost],
    narrow: CaseFilter,
    *,
    now: datetime,
    older_than: Key | None = None,
    newer_than: Key | None = None,
    limit: int = PAGE,
) -> CasePage:
    """Cases that these posts may see and that the filter means, newest first.

    `older_than` or `newer_than` (one of them) = the key of a neighbouring page. At most five
    queries, none of which grows with the number of cases.
    """
    scopes = sorted({p.scope_id for p in posts if p.may("case.view")})
    if not scopes:
        return _NOTHING
    where, params = _where(posts, narrow, now)
    branches = _branches(scopes, narrow, where, params)
    backwards = newer_than is not None
    keys = _keys(branches, params, older_than or newer_than, backwards=backwards, limit=limit)
    more = len(keys) > limit
    keys = keys[:limit]
    if backwards:
        keys.reverse()
    rows = _cases(keys)
    has_newer = more if backwards else older_than is not None
    has_older = newer_than is not None if backwards else more
    if not has_newer and not has_older:
        about, exact = len(rows), True
    else:
        about, exact = _about(branches, params, open_only=narrow.open_only)
    return CasePage(
        rows=rows, newer=keys[0] if keys and has_newer else None,
        older=keys[-1] if keys and has_older else None, about=about, exact=exact,
    )  # fmt: skip


def _branches(
    scopes: Sequence[int], narrow: CaseFilter, where: list[str], params: dict[str, Any]
) -> list[str]:
    """FROM … WHERE of each scope that is walked. A unit has a scope of its own, far smaller than
    those of areas: a filter by unit walks that one and asks whether the rest may see it."""
    if narrow.unit_id is not None:
        params |= {"s0": scope_of_unit(narrow.unit_id), "scopes": list(scopes)}
        # A scalar question, so that the planner asks it row by row on the walk.
        walked = {"s0": ["(SELECT TRUE FROM cases_scope v WHERE v.case_id = s.case_id"
                         " AND v.scope_id = ANY(%(scopes)s) LIMIT 1)"]}  # fmt: skip
    else:
        walked = {f"s{i}": [] for i in range(len(scopes))}
        params |= {f"s{i}": scope for i, scope in enumerate(scopes)}
    opened = ["s.open"] if narrow.open_only else []
    return [
        "FROM cases_scope s JOIN cases_case c ON c.id = s.case_id WHERE "
        + " AND ".join([f"s.scope_id = %({name})s", *opened, *more, *where])
        for name, more in walked.items()
    ]


def _where(
    posts: Sequence[ActingPost], narrow: CaseFilter, now: datetime
) -> tuple[list[str], dict[str, Any]]:
    """Conditions on the case c and its scope row s, as SQL, and their parameters."""
    params = let_in_params(posts, day=local_date(now))
    where = [*LET_IN]
    if narrow.type:
        where.append("s.type = %(type)s")
        params["type"] = narrow.type
    for column in ("kind", "urgency", "channel"):
        if value := getattr(narrow, column):
            where.append(f"c.{column} = %({column})s")
            params[column] = value
    if narrow.category:
        where.append("c.category <> '' AND c.category LIKE %(category)s")
        params["category"] = _like(narrow.category) + "%"
    if narrow.statuses and narrow.status != OPEN:  # s.open says the same
        where.append("c.status = ANY(%(statuses)s)")
        params["statuses"] = list(narrow.statuses)
    if narrow.unit_id is not None:
        # As CASE: the planner does not know that nearly all cases of this scope have this lead.
        where.append("CASE WHEN c.lead_id = %(lead)s THEN TRUE ELSE FALSE END")
        params["lead"] = narrow.unit_id
    if narrow.compound_id is not None:
        where.append("c.compound_id = %(compound)s")
        params["compound"] = narrow.compound_id
    if narrow.area_id is not None:
        where.append("c.area_id = ANY(%(areas)s)")
        params["areas"] = _below(narrow.area_id)
    if narrow.overdue:
        where.append("c.due_at < %(now)s")
        params["now"] = now
    if narrow.since:
        where.append("s.opened_at >= %(since)s")
        params["since"] = datetime.combine(narrow.since, time.min, LOCAL)
    if narrow.until:
        where.append("s.opened_at < %(until)s")
        params["until"] = datetime.combine(narrow.until + timedelta(days=1), time.min, LOCAL)
    where += _search(narrow.words, params)
    return where, params


def _search(typed: str, params: dict[str, Any]) -> list[str]:
    """All words, exactly: pairs and characters by index, then a look at the text itself where the
    index may be wrong (a word of one or two characters is a token of its own)."""
    tokens = query_tokens(typed)
    if not typed.strip():
        return []
    if not tokens:
        return ["FALSE"]
    params["query"] = " & ".join("'" + t.replace("'", "''") + "'" for t in tokens)
    where = ["c.id IN (SELECT q.case_id FROM cases_search q WHERE q.words @@ %(query)s::tsquery)"]
    for i, term in enumerate(t for t in folded(typed).split() if query_tokens(t) != [t]):
        params[f"term{i}"] = f"%{_like(term)}%"
        where.append(
            f"(lower(normalize(c.title || ' ' || c.place_text, NFKC)) LIKE %(term{i})s"  # noqa: S608
            " OR EXISTS (SELECT 1 FROM cases_words x WHERE x.case_id = c.id AND x.seq = 1"
            f" AND lower(normalize(x.text, NFKC)) LIKE %(term{i})s))"
        )
    return where


def _like(text: str) -> str:
    """Text for LIKE, taken literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _below(area_id: int) -> list[int]:
    """The area and everything in it."""
    path = Area.objects.filter(pk=area_id).values_list("path", flat=True).first()
    if path is None:
        return []
    return list(Area.objects.filter(path__startswith=path).values_list("pk", flat=True))


def _keys(
    branches: Sequence[str],
    params: dict[str, Any],
    key: Key | None,
    *,
    backwards: bool,
    limit: int,
) -> list[Key]:
    """Keys of one page and one more, in the direction of the walk, each case once."""
    direction, sign = ("ASC", ">") if backwards else ("DESC", "<")
    beyond = ""
    if key is not None:
        beyond = f" AND (s.opened_at, s.case_id) {sign} (%(at)s, %(id)s)"
        params = params | {"at": key[0], "id": key[1]}
    order = f"ORDER BY opened_at {direction}, case_id {direction} LIMIT {limit + 1}"
    sql = " UNION ".join(
        f"(SELECT s.opened_at, s.case_id {branch}{beyond} {order.replace('opened_at', 's.opened_at').replace('case_id', 's.case_id')})"
        for branch in branches
    )
    if len(branches) > 1:
        sql = f"SELECT opened_at, case_id FROM ({sql}) u {order}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [(row[0], row[1]) for row in cursor.fetchall()]


def _cases(keys: Sequence[Key]) -> tuple[Case, ...]:
    by_id = (
        Case.objects.filter(pk__in=[pk for _, pk in keys])
        .select_related("area", "compound", "lead")
        .in_bulk()
    )
    return tuple(by_id[pk] for _, pk in keys if pk in by_id)


def _about(branches: Sequence[str], params: dict[str, Any], *, open_only: bool) -> tuple[int, bool]:
    """How many rows there are: counted while they are few, else as the planner estimates.

    What is open is never so much that it could not be counted, and is what the planner estimates
    worst. Scopes of one person mostly contain one another, so the largest estimate stands for all.
    """
    if open_only:
        n = _counted(branches, params, OPEN_COUNTED)
        return min(n, OPEN_COUNTED), n <= OPEN_COUNTED
    with connection.cursor() as cursor:
        estimates, cost = [], 0.0
        for branch in branches:
            cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT 1 {branch}", params)
            plan = cursor.fetchone()[0]
            top = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
            estimates.append(int(top["Plan Rows"]))
            cost += float(top["Total Cost"])
        if cost > CHEAP:
            return rounded(max(estimates)), False
    n = _counted(branches, params, COUNTED)
    return (n, True) if n <= COUNTED else (rounded(max(*estimates, n)), False)


def _counted(branches: Sequence[str], params: dict[str, Any], most: int) -> int:
    """Number of rows, at most one more than `most`."""
    union = " UNION ".join(f"(SELECT s.case_id {b} LIMIT {most + 1})" for b in branches)
    with connection.cursor() as cursor:
        sql = f"SELECT count(*) FROM (SELECT 1 FROM ({union}) u LIMIT {most + 1}) n"  # noqa: S608
        cursor.execute(sql, params)
        return int(cursor.fetchone()[0])


def rounded(n: int) -> int:
    """An estimate with no more digits than it deserves: three."""
    size = max(1, 10 ** (len(str(n)) - 3))
    return n // size * size
