"""Cases in trouble: over their time, and stuck: nothing happens, or nobody is there who could act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases.models import Case
from huiyin.cases.rules import words as w
from huiyin.cases.rules.stuck import NEXT_GRANT, SILENT, UNIT_EMPTY, UNIT_GONE, nobody
from huiyin.cases.selectors.kept_out import LET_IN, let_in_params
from huiyin.org.models import Area, Post
from huiyin.org.rules.grants import AREA, ROLES, ActingPost
from huiyin.org.selectors import in_force

#: More than this nobody reads at one sitting; the page says that there are more.
SHOWN = 200

OPEN = tuple(s for s in w.STATUSES if s not in w.ENDED)
UNDER_WAY = (w.AWAITING_ACCEPTANCE, w.IN_PROGRESS, w.AWAITING_RETURN_RULING, w.AWAITING_REVIEW,
             w.AWAITING_CALLBACK)  # fmt: skip


@dataclass(frozen=True)
class StuckCase:
    """A case that does not go on by itself. `reasons`: sentences for the screen."""

    case: Case
    last_at: datetime
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Stuck:
    """The longest silent first; `more`: there are others beyond `rows`."""

    rows: tuple[StuckCase, ...]
    more: bool


@dataclass(frozen=True)
class StuckCounts:
    """How many cases are stuck, and how many at what; one case may be stuck at several."""

    total: int
    silent: int
    unit_gone: int
    unit_empty: int
    nobody: int


def stuck_cases(
    posts: Sequence[ActingPost], *, now: datetime, day: date, days: int, limit: int = SHOWN
) -> Stuck:
    """Open cases of these posts' areas without an event for `days` days or without a way forward.

    A suspended case that is not due for its review is not stuck. Five queries.
    """
    scopes = _stuck_scopes(posts)
    if not scopes:
        return Stuck((), more=False)
    without = _places_without(scopes, day)
    params = _params(posts, scopes, without, now=now, day=day, days=days) | {"limit": limit + 1}
    with connection.cursor() as cursor:
        cursor.execute(_STUCK, params)
        found = cursor.fetchall()
    cases = _in_bulk([row[0] for row in found[:limit]])
    rows = []
    for pk, last_at, silent, gone, empty in found[:limit]:
        case = cases[pk]
        reasons = [
            *([SILENT.format(days=(now - last_at).days)] if silent else []),
            *([UNIT_GONE] if gone else []),
            *([UNIT_EMPTY] if empty and not gone else []),
            *([nobody(case.status)] if (case.status, case.area_id) in without else []),
        ]
        rows.append(StuckCase(case, last_at, tuple(reasons)))
    return Stuck(tuple(rows), more=len(found) > limit)


def stuck_counts(
    posts: Sequence[ActingPost], *, now: datetime, day: date, days: int
) -> StuckCounts:
    """How many cases `stuck_cases` would give without a limit, and at what. Four queries."""
    scopes = _stuck_scopes(posts)
    if not scopes:
        return StuckCounts(0, 0, 0, 0, 0)
    without = _places_without(scopes, day)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, _params(posts, scopes, without, now=now, day=day, days=days))
        return StuckCounts(*cursor.fetchone())


def _stuck_scopes(posts: Sequence[ActingPost]) -> list[int]:
    return sorted({p.scope_id for p in posts if p.may("case.stuck")})


def _params(
    posts: Sequence[ActingPost], scopes: Sequence[int], without: set[tuple[str, int]], *,
    now: datetime, day: date, days: int,
) -> dict[str, Any]:  # fmt: skip
    return {
        "scopes": list(scopes), "open": list(OPEN), "before": now - timedelta(days=days),
        "now": now, "day": day, "suspended": w.SUSPENDED,
        "roles": [r for r, role in ROLES.items() if "case.handle" in role.grants],
        "places": [f"{status}:{area}" for status, area in without] or [""],
    } | let_in_params(posts, day=day)  # fmt: skip


#: The last event of a case is the one whose seq is the case's version: an index look-up.
_FOUND = f"""
  SELECT c.id, e.at,
    e.at < %(before)s AND NOT (c.status = %(suspended)s AND c.due_at > %(now)s) AS silent,
    COALESCE(c.lead_id IS NOT NULL AND u.valid_to < %(day)s, FALSE) AS gone,
    c.status IN ('awaiting_acceptance', 'in_progress') AND c.lead_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM org_post p WHERE p.unit_id = c.lead_id
        AND p.role = ANY(%(roles)s) AND p.valid_from <= %(day)s
        AND (p.valid_to IS NULL OR p.valid_to >= %(day)s)) AS empty,
    c.status || ':' || c.area_id = ANY(%(places)s) AS forsaken
  FROM cases_case c
  JOIN cases_event e ON e.case_id = c.id AND e.seq = c.version
  LEFT JOIN org_unit u ON u.id = c.lead_id
  WHERE c.status = ANY(%(open)s)
    AND EXISTS (SELECT 1 FROM cases_scope s WHERE s.case_id = c.id
      AND s.scope_id = ANY(%(scopes)s))
    AND {" AND ".join(LET_IN)}
"""  # noqa: S608
_STUCK = f"""
SELECT id, at, silent, gone, empty FROM ({_FOUND}) x WHERE silent OR gone OR empty OR forsaken
ORDER BY at, id LIMIT %(limit)s
"""  # noqa: S608
_COUNTED = f"""
SELECT count(*), count(*) FILTER (WHERE silent), count(*) FILTER (WHERE gone),
  count(*) FILTER (WHERE empty AND NOT gone), count(*) FILTER (WHERE forsaken)
FROM ({_FOUND}) x WHERE silent OR gone OR empty OR forsaken
"""  # noqa: S608


def overdue_cases(
    posts: Sequence[ActingPost], *, now: datetime, level: int | None = None, limit: int = SHOWN
) -> list[Case]:
    """Cases under way that are over their time in the supervisor's areas, the longest first.

    `level` narrows to one step of supervision (words.SUPERVISION_LEVELS). One row more than `limit`
    says that there are others. Two queries.
    """
    scopes = sorted({p.scope_id for p in posts if p.may("case.supervise")})
    if not scopes:
        return []
    sql = (
        "SELECT c.id FROM cases_case c WHERE c.status = ANY(%(statuses)s) AND c.due_at < %(now)s"  # noqa: S608
        " AND EXISTS (SELECT 1 FROM cases_scope s WHERE s.case_id = c.id"
        " AND s.scope_id = ANY(%(scopes)s))"
        f" AND {' AND '.join(LET_IN)}"
        + ("" if level is None else " AND c.supervision = %(level)s")
        + " ORDER BY c.due_at, c.id LIMIT %(limit)s"
    )
    params: dict[str, Any] = {
        "statuses": list(UNDER_WAY), "now": now, "scopes": scopes, "level": level,
        "limit": limit + 1,
    } | let_in_params(posts, day=local_date(now))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        ids = [row[0] for row in cursor.fetchall()]
    cases = _in_bulk(ids)
    return [cases[pk] for pk in ids]


def _in_bulk(ids: Sequence[int]) -> dict[int, Case]:
    return Case.objects.select_related("area", "compound", "lead").in_bulk(list(ids))


def _places_without(scopes: Sequence[int], day: date) -> set[tuple[str, int]]:
    """(status, area) of open cases for whose next step nobody is in post in any area above them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.status, c.area_id FROM cases_case c"
            " WHERE c.status = ANY(%(statuses)s) AND EXISTS (SELECT 1 FROM cases_scope s"
            " WHERE s.case_id = c.id AND s.scope_id = ANY(%(scopes)s))",
            {"statuses": list(NEXT_GRANT), "scopes": list(scopes)},
        )
        pairs = cursor.fetchall()
    if not pairs:
        return set()
    manned: dict[str, set[int]] = {}
    for role, area in Post.objects.filter(in_force(day)).values_list("role", "area").distinct():
        if ROLES[role].scope == AREA:
            for grant in ROLES[role].grants:
                manned.setdefault(grant, set()).add(area)
    paths = {a.pk: a.ancestor_ids for a in Area.objects.filter(pk__in={area for _, area in pairs})}
    return {
        (status, area)
        for status, area in pairs
        if not manned.get(NEXT_GRANT[status], set()) & set(paths[area])
    }
