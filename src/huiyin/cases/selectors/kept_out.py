"""Who is kept out of a case: whom it is about, and who is recused 回避 from it (practice.md §0.8).

One condition for every read: list, inbox, page, files, search, contacts. It holds for a person in
whatever post: whoever has one post in a recused unit does not look in from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.cases.models import Case, CaseScope, Recusal
from huiyin.cases.rules import words as w
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import in_force

_OPEN = tuple(s for s in w.STATUSES if s not in w.ENDED)

#: A recusal r and a case c that it is about.
_MATCHES = (
    "({r}.case_id = {c}.id OR {r}.about_unit_id = {c}.about_unit_id"
    " OR {r}.about_person_id = {c}.about_person_id OR {r}.compound_id = {c}.compound_id)"
)
_IN_FORCE = "({r}.valid_from <= %(today)s AND ({r}.valid_to IS NULL OR {r}.valid_to >= %(today)s))"
#: The same as `let_in`, on a case c, with the parameters of `let_in_params`.
LET_IN = (
    "(c.about_unit_id IS NULL OR c.about_unit_id <> ALL(%(mine)s))",
    "(c.about_person_id IS NULL OR c.about_person_id <> ALL(%(persons)s))",
    "NOT EXISTS (SELECT 1 FROM cases_recusal x WHERE "  # noqa: S608  our own words
    + _IN_FORCE.format(r="x")
    + " AND (x.person_id = ANY(%(persons)s) OR x.unit_id = ANY(%(mine)s)) AND "
    + _MATCHES.format(r="x", c="c")
    + ")",
)
#: Open parts of recused units, one row a case: (case_id, since). `{role}` = lead or support.
RECUSED_PARTS = (
    "(SELECT a.case_id, max(r.entered_at) AS since FROM cases_recusal r"  # noqa: S608
    " JOIN cases_assignment a ON a.unit_id = r.unit_id AND a.role = '{role}'"
    " AND a.ended_at IS NULL AND a.done_at IS NULL"
    " JOIN cases_case k ON k.id = a.case_id WHERE "
    + _IN_FORCE.format(r="r")
    + " AND "
    + _MATCHES.format(r="r", c="k")
    + " GROUP BY a.case_id)"
)


def let_in(cases: QuerySet[Case], posts: Sequence[ActingPost], *, day: date) -> QuerySet[Case]:
    """Without the cases that are about these people or their units, or from which they are recused."""
    units, persons = {p.unit_id for p in posts}, {p.person_id for p in posts}
    recused = Recusal.objects.filter(
        in_force(day), Q(person__in=persons) | Q(unit__in=units)
    ).filter(
        Q(case=OuterRef("pk")) | Q(about_unit=OuterRef("about_unit"))
        | Q(about_person=OuterRef("about_person")) | Q(compound=OuterRef("compound"))
    )  # fmt: skip
    return cases.exclude(about_unit__in=units).exclude(about_person__in=persons).exclude(
        Exists(recused)
    )  # fmt: skip


def let_in_params(posts: Sequence[ActingPost], *, day: date) -> dict[str, Any]:
    """What the conditions of LET_IN name."""
    return {
        "mine": sorted({p.unit_id for p in posts}),
        "persons": sorted({p.person_id for p in posts}),
        "today": day,
    }


def scopes_let_in(case: Case, posts: Sequence[ActingPost], *, day: date) -> set[int]:
    """Scopes in which the case lies, for these posts of one person; none when they are kept out.
    One query."""
    units, persons = {p.unit_id for p in posts}, {p.person_id for p in posts}
    if case.about_unit_id in units or case.about_person_id in persons:
        return set()
    recused = Recusal.objects.filter(
        in_force(day), _about(case), Q(person__in=persons) | Q(unit__in=units)
    )
    scopes = CaseScope.objects.filter(~Exists(recused), case=case)
    return set(scopes.values_list("scope_id", flat=True))


def recused_from(case: Case, *, day: date) -> tuple[frozenset[int], frozenset[int]]:
    """Persons and units that are recused from the case on that day. One query."""
    pairs = list(Recusal.objects.filter(in_force(day), _about(case)).values_list("person", "unit"))
    return (
        frozenset(p for p, _ in pairs if p is not None),
        frozenset(u for _, u in pairs if u is not None),
    )


def _about(case: Case) -> Q:
    """Recusals that are about this case."""
    about = Q(case=case)
    if case.about_unit_id:
        about |= Q(about_unit=case.about_unit_id)
    if case.about_person_id:
        about |= Q(about_person=case.about_person_id)
    if case.compound_id:
        about |= Q(compound=case.compound_id)
    return about


@dataclass(frozen=True)
class Hit:
    """Open cases that a recusal is about, and those of them that its unit still leads or supports."""

    cases: int
    to_redispatch: int


def hits(recusals: Iterable[Recusal]) -> dict[int, Hit]:
    """How many open cases each recusal keeps somebody out of. One query."""
    ids = [r.pk for r in recusals]
    sql = (
        "SELECT r.id, count(*), count(*) FILTER (WHERE EXISTS (SELECT 1 FROM cases_assignment a"  # noqa: S608
        " WHERE a.case_id = c.id AND a.unit_id = r.unit_id AND a.ended_at IS NULL"
        " AND a.done_at IS NULL))"
        f" FROM cases_recusal r JOIN cases_case c ON {_MATCHES.format(r='r', c='c')}"
        " WHERE r.id = ANY(%(ids)s) AND c.status = ANY(%(open)s) GROUP BY r.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"ids": ids, "open": list(_OPEN)})
        found = {pk: Hit(n, parts) for pk, n, parts in cursor.fetchall()}
    return {pk: found.get(pk, Hit(0, 0)) for pk in ids}
