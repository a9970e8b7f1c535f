"""The inbox: everything that waits for a person over all their posts, hottest first, in two queries.

One UNION of bounded branches, one per row of rules.waiting that a post may do. Each starts at what
is small: open parts of the unit, undecided requests, running clocks, cases of one open status.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from huiyin.base import selectors as base
from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases import registry
from huiyin.cases.models import Case
from huiyin.cases.rules import local_limits
from huiyin.cases.rules import waiting as rules
from huiyin.cases.rules import words as w
from huiyin.cases.rules.waiting import Waiting
from huiyin.cases.selectors.kept_out import LET_IN, RECUSED_PARTS, let_in_params
from huiyin.org.rules.grants import ActingPost

PAGE = 50

#: (heat, urgency, burns at, case id, code): where a row stands in the order of the inbox.
Position = tuple[int, int, datetime, int, str]


@dataclass(frozen=True)
class WaitingRow:
    """One line of the inbox. `due_at` = the clock that burns, None where none runs (then it waits
    `since`)."""

    waiting: Waiting
    case: Case
    due_at: datetime | None
    since: datetime
    heat: int
    position: Position


@dataclass(frozen=True)
class WaitingCount:
    """How many rows of one kind wait, and how many of them are over their time."""

    waiting: Waiting
    n: int
    over: int


@dataclass(frozen=True)
class Inbox:
    """`counts` in the order of the table, only what is not nought; `rows` hottest first.

    `more` = position after which the next rows begin, None on the last page.
    """

    counts: tuple[WaitingCount, ...]
    rows: tuple[WaitingRow, ...]
    more: Position | None

    @property
    def total(self) -> int:
        return sum(c.n for c in self.counts)

    @property
    def over(self) -> int:
        return sum(c.over for c in self.counts)


_EMPTY = Inbox((), (), None)

_CASE = "c.id, c.urgency, c.opened_at, c.due_at, c.replied_at, c.round, c.status"
#: Contacted, or answered before without a contact (the reply met that clock) and sent back since.
_CONTACTED = (
    "(c.first_contact_at IS NOT NULL OR c.reworks > 0 AND NOT EXISTS (SELECT 1"
    " FROM cases_deadline k WHERE k.case_id = c.id AND k.what = 'contact'"
    " AND k.met_at IS NULL AND k.cancelled_at IS NULL))"
)
_RUNS = (
    "EXISTS (SELECT 1 FROM cases_deadline k WHERE k.case_id = c.id AND k.what = '{}'"
    " AND k.met_at IS NULL AND k.cancelled_at IS NULL)"
)
#: The case that theirs runs with was answered, and nobody has heard this reporter since (see
#: cases.selectors.merged, which the sign-off of that case asks).
_MERGED_NOT_HEARD = (
    "EXISTS (SELECT 1 FROM cases_case h WHERE h.id = c.merged_into_id"
    " AND h.status IN ('awaiting_callback', 'closed') AND h.sampled IS DISTINCT FROM FALSE"
    " AND NOT EXISTS (SELECT 1 FROM cases_callback k WHERE k.case_id = c.id"
    " AND k.outcome IN ('reached', 'refused') AND k.at >= h.replied_at)"
    " AND (SELECT count(*) FROM cases_callback k WHERE k.case_id = c.id AND k.at >= h.replied_at)"
    " < %(attempts)s)"
    " AND EXISTS (SELECT 1 FROM cases_contact k WHERE k.case_id = c.id AND k.phone <> '')"
)
#: Nobody rings any more (guards three_attempts_at_most, not_rung_after_refusal): tried often enough in
#: vain since the reply that stands, or the reporter refused to answer.
_GIVEN_UP = (
    "EXISTS (SELECT 1 FROM cases_callback k WHERE k.case_id = c.id AND k.round = c.round"
    " AND k.at >= c.replied_at"
    " HAVING count(*) >= %(attempts)s OR bool_or(k.outcome = 'refused'))"
)
#: What `narrow` means, on the case c (and the request r).
_NARROW = {
    "": "TRUE",
    "not_contacted": f"NOT {_CONTACTED}",
    "contacted": f"{_CONTACTED} AND c.reworks = 0",
    "sent_back": f"{_CONTACTED} AND c.reworks > 0",
    "relay_not_contacted": (
        f"NOT {_CONTACTED} AND EXISTS (SELECT 1 FROM cases_contact k"  # noqa: S608
        " WHERE k.case_id = c.id AND k.choice <> 'direct')"
    ),
    "first_review": "r.first_by_id IS NULL",
    "second_review": "r.first_by_id IS NOT NULL AND r.first_by_id <> %(me)s",
    "not_heard": f"c.resolved IS NULL AND c.sampled IS DISTINCT FROM FALSE AND NOT {_GIVEN_UP}",
    "heard": f"(c.resolved IS NOT NULL OR c.sampled IS FALSE OR {_GIVEN_UP})",
    "merged_not_heard": _MERGED_NOT_HEARD,
    "supervised": _RUNS.format("supervision_answer"),
    "escalated": f"c.escalated AND {_RUNS.format('coordinate')}",
    "overdue_unsupervised": "c.due_at < %(now)s AND c.supervision = 0",
}


def soon() -> timedelta:
    """What is due within this is "soon": 本地参数."""
    return timedelta(hours=base.local_number(local_limits.SOON))


def inbox(
    posts: Sequence[ActingPost],
    *,
    now: datetime,
    code: str = "",
    after: Position | None = None,
    limit: int = PAGE,
) -> Inbox:
    """What waits for these posts (of one person) at `now`; `code` narrows the rows to one kind.

    Counts are always of everything. Two queries, whatever the number of rows.
    """
    branches, params = _branches(posts, now)
    if not branches:
        return _EMPTY
    params |= {"code": code, "limit": limit + 1, "now": now, "soon": soon(),
               "patience": timedelta(hours=base.local_number(local_limits.PATIENCE))}  # fmt: skip
    beyond = "TRUE"
    if after is not None:
        beyond = (
            "(heat, urgency_rank, burns_at, case_id, code) > (%(h)s, %(u)s, %(b)s, %(i)s, %(c)s)"
        )
        params |= dict(zip("hubic", after, strict=True))
    sql = (
        f"WITH w AS MATERIALIZED ({' UNION ALL '.join(branches)}),"  # noqa: S608  our own words
        f" hot AS MATERIALIZED (SELECT code, case_id, due_at, since, {_HEAT} AS heat,"
        f" {_RANK} AS urgency_rank, COALESCE(due_at, since + %(patience)s) AS burns_at FROM w)"
        " (SELECT 'n' AS what, code, count(*) AS case_id, NULL::timestamptz AS due_at,"
        " NULL::timestamptz AS since, (count(*) FILTER (WHERE due_at < %(now)s))::int AS heat,"
        " 0 AS urgency_rank, NULL::timestamptz AS burns_at FROM hot GROUP BY code)"
        " UNION ALL"
        " (SELECT 'r', code, case_id, due_at, since, heat, urgency_rank, burns_at FROM hot"
        f" WHERE (%(code)s = '' OR code = %(code)s) AND {beyond}"
        " ORDER BY heat, urgency_rank, burns_at, case_id, code LIMIT %(limit)s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    asked = {row.code: row for row in registry.waiting_rows()}
    counts = {row[1]: WaitingCount(asked[row[1]], row[2], row[5])
              for row in found if row[0] == "n"}  # fmt: skip
    keys = sorted((row for row in found if row[0] == "r"), key=lambda r: (*r[5:8], r[2], r[1]))
    more = len(keys) > limit
    rows = _rows(keys[:limit])
    return Inbox(
        counts=tuple(counts[code] for code in asked if code in counts),
        rows=rows,
        more=rows[-1].position if more and rows else None,
    )


#: rules.waiting.heat and URGENCY_RANKS as SQL; a test compares them.
_HEAT = (
    f"CASE WHEN urgency = 'life' THEN {rules.LIFE} WHEN due_at < %(now)s THEN {rules.OVER}"
    f" WHEN due_at <= %(now)s + %(soon)s THEN {rules.NEARLY} ELSE {rules.REST} END"
)
_RANK = (
    "CASE urgency "
    + " ".join(f"WHEN '{urgency}' THEN {rank}" for urgency, rank in rules.URGENCY_RANKS.items())
    + " END"
)


def _rows(keys: Sequence[tuple[Any, ...]]) -> tuple[WaitingRow, ...]:
    asked = {row.code: row for row in registry.waiting_rows()}
    cases = {
        c.pk: c
        for c in Case.objects.filter(pk__in={k[2] for k in keys}).select_related(
            "area", "compound", "lead"
        )
    }
    return tuple(
        WaitingRow(
            waiting=asked[code], case=cases[case_id], due_at=due_at, since=since,
            heat=heat, position=(heat, rank, burns_at, case_id, code),
        )
        for _, code, case_id, due_at, since, heat, rank, burns_at in keys
        if case_id in cases
    )  # fmt: skip


def _branches(posts: Sequence[ActingPost], now: datetime) -> tuple[list[str], dict[str, Any]]:
    """One SELECT per thing that these posts may be asked, and the parameters of all."""
    if not posts:
        return [], {}
    params: dict[str, Any] = {"me": posts[0].person_id, "ahead": now + rules.AHEAD,
                              "attempts": int(base.local_value("callback.attempts"))}  # fmt: skip
    params |= let_in_params(posts, day=local_date(now))
    branches = []
    for i, row in enumerate(registry.waiting_rows()):
        able = [p for p in posts if p.may(row.grant) and p.may("case.view")]
        if not able:
            continue
        params |= {
            f"statuses{i}": list(row.statuses),
            f"scopes{i}": sorted({p.scope_id for p in able}),
            f"units{i}": sorted({p.unit_id for p in able}),
            f"types{i}": _types(row),
        }
        branches.append(_branch(row, i))
    return branches, params


def _types(row: Waiting) -> list[str]:
    """Case types whose table knows the answer that is asked for: others share only the status."""
    return [t.code for t in registry.all_types()
            if row.action in t.actions and t.actions[row.action].grant == row.grant]  # fmt: skip


def _branch(row: Waiting, i: int) -> str:
    """SELECT code, case_id, urgency, due_at, since of one kind of waiting."""
    due, since, join = "c.due_at", "c.opened_at", ""
    where = [f"c.status = ANY(%(statuses{i})s)", f"c.type = ANY(%(types{i})s)",
             _NARROW[row.narrow], *LET_IN]  # fmt: skip
    scope = (
        "EXISTS (SELECT 1 FROM cases_scope s WHERE s.case_id = c.id"  # noqa: S608
        f" AND s.scope_id = ANY(%(scopes{i})s){_open_only(row)})"
    )
    start = "cases_case c"
    if row.found in (rules.LEAD, rules.SUPPORT):
        start = "cases_assignment a JOIN cases_case c ON c.id = a.case_id"
        where += [f"a.unit_id = ANY(%(units{i})s)", f"a.role = '{row.found}'",
                  "a.ended_at IS NULL", "a.done_at IS NULL"]  # fmt: skip
        since = "a.dispatched_at"
    elif row.found == rules.REQUEST:
        start = "cases_request r JOIN cases_case c ON c.id = r.case_id"
        where += [f"r.kind = '{row.request}'", "r.decided_at IS NULL",
                  "r.asked_by_id IS DISTINCT FROM %(me)s", scope]  # fmt: skip
        since = "r.asked_at"
    elif row.found in rules.RECUSED:
        parts = RECUSED_PARTS.format(role=rules.RECUSED[row.found])
        start = f"{parts} p JOIN cases_case c ON c.id = p.case_id"
        where.append(scope)
        since = "p.since"
    elif row.found == rules.LOOK:
        start = "cases_on_spot_look l JOIN cases_case c ON c.id = l.case_id"
        where += [f"l.unit_id = ANY(%(units{i})s)", "l.looked_at IS NULL", scope]
        since = "l.drawn_at"
    elif row.found == rules.CLOCK:
        start = "cases_deadline d JOIN cases_case c ON c.id = d.case_id"
        where += [f"d.what = '{row.clock}'", "d.due_at <= %(ahead)s", "d.met_at IS NULL",
                  "d.cancelled_at IS NULL", scope]  # fmt: skip
        due = "d.due_at"
    else:
        where.append(scope)
        since = "COALESCE(c.replied_at, c.dispatched_at, c.opened_at)"
    if row.clock and row.found != rules.CLOCK:
        of = " AND d.assignment_id = a.id" if row.found == rules.SUPPORT else ""
        join = (
            f" LEFT JOIN LATERAL (SELECT min(d.due_at) AS due_at FROM cases_deadline d"  # noqa: S608
            f" WHERE d.case_id = c.id AND d.what = '{row.clock}' AND d.met_at IS NULL"
            f" AND d.cancelled_at IS NULL{of}) d ON TRUE"
        )
        due = "d.due_at"
    if row.duty:
        where.append(_free_for(row.duty, i))
    return (
        f"SELECT '{row.code}'::text AS code, c.id AS case_id, c.urgency, {due} AS due_at,"  # noqa: S608
        f" {since} AS since FROM {start}{join} WHERE {' AND '.join(where)}"
    )


def _open_only(row: Waiting) -> str:
    """Where only open cases are meant, the small index of open scopes is enough."""
    return "" if set(row.statuses) & set(w.ENDED) else " AND s.open"


def _free_for(duty: str, i: int) -> str:
    """Nobody takes a second duty in a round, as a person or in every unit that they could act for."""
    return (
        "NOT EXISTS (SELECT 1 FROM cases_duty t WHERE t.case_id = c.id AND t.round = c.round"  # noqa: S608
        f" AND t.person_id = %(me)s AND t.duty <> '{duty}')"
        " AND (SELECT count(DISTINCT t.unit_id) FROM cases_unit_duty t WHERE t.case_id = c.id"
        f" AND t.round = c.round AND t.unit_id = ANY(%(units{i})s) AND t.duty <> '{duty}')"
        f" < cardinality(%(units{i})s)"
    )
