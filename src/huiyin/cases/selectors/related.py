"""Cases that belong together: near copies, the same caller, the same place, links, parent and child.

Each read is bounded and gives only what these posts may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from huiyin.base.selectors import local_number
from huiyin.cases import selectors
from huiyin.cases.models import Case, CaseContact, CaseLink, CaseSearch, CaseWords
from huiyin.cases.rules import words as w
from huiyin.cases.rules.local_limits import LIKENESS
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.rules.near_copies import bigrams, jaccard

#: How many candidates that share a band are compared in full.
CANDIDATES = 60
SHOWN = 6


def least() -> float:
    """Below this likeness two texts are not shown as near copies: 本地参数."""
    return local_number(LIKENESS) / 100


@dataclass(frozen=True)
class NearCopy:
    """Another case with almost the same words. `likeness`: Jaccard index, 0 … 1."""

    case: Case
    likeness: float

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)


@dataclass(frozen=True)
class Links:
    """What is tied to a case by somebody's act."""

    parent: Case | None
    merged_into: Case | None
    children: tuple[Case, ...]
    merged: tuple[Case, ...]
    links: tuple[CaseLink, ...]

    def __bool__(self) -> bool:
        return bool(self.parent or self.merged_into or self.children or self.merged or self.links)


def near_copies(
    case: Case, posts: Sequence[ActingPost], *, day: date, open_only: bool
) -> list[NearCopy]:
    """Cases whose text says nearly the same, likest first. Three queries.

    `open_only`: those only into which this one could be merged.
    """
    bands = CaseSearch.objects.filter(case=case).values_list("bands", flat=True).first()
    if not bands:
        return []
    found = (
        _seen(posts, day)
        .filter(search__bands__overlap=bands)
        .exclude(pk=case.pk)
        .select_related("lead", "compound")
    )
    if open_only:
        found = found.exclude(status__in=w.ENDED)
    cases = list(found.order_by("-opened_at", "-id")[:CANDIDATES])
    texts = _texts([case, *cases])
    own = bigrams(texts.get(case.pk, ""))
    compared = [NearCopy(c, jaccard(own, bigrams(texts.get(c.pk, "")))) for c in cases]
    enough = least()
    alike = [n for n in compared if n.likeness >= enough]
    return sorted(alike, key=lambda n: (-n.likeness, -n.case.pk))[:SHOWN]


@dataclass(frozen=True)
class SameCaller:
    """Another case of the same phone. `repeat`: of the same matter too, near words or one place
    and category."""

    case: Case
    repeat: bool


def same_caller(case: Case, posts: Sequence[ActingPost], *, day: date) -> list[SameCaller]:
    """Other cases of the same phone, the same matter first, then newest; only for posts that may
    see callers' history. Showing it is audited: services.revealing."""
    able = [p for p in posts if p.may("case.caller_history")]
    if not able:
        return []
    phones = set(
        CaseContact.objects.filter(case=case)
        .exclude(phone_index="")
        .values_list("phone_index", flat=True)
    )
    if not phones:
        return []
    others = CaseContact.objects.filter(phone_index__in=phones).exclude(case=case).values("case")
    found = list(_seen(able, day).filter(pk__in=others).order_by("-opened_at", "-id")[:CANDIDATES])
    texts = _texts([case, *found])
    own = bigrams(texts.get(case.pk, ""))
    enough = least()
    told = [
        SameCaller(
            other,
            _same_place_and_category(case, other)
            or jaccard(own, bigrams(texts.get(other.pk, ""))) >= enough,
        )
        for other in found
    ]
    return sorted(told, key=lambda s: not s.repeat)[:SHOWN]


def _same_place_and_category(one: Case, other: Case) -> bool:
    where = (one.compound_id or one.area_id) == (other.compound_id or other.area_id)
    return bool(one.category) and one.category == other.category and where


def _texts(cases: Sequence[Case]) -> dict[int, str]:
    """What was reported, by case."""
    rows = CaseWords.objects.filter(case__in=cases, seq=1, key="text", text__isnull=False)
    return {pk: text or "" for pk, text in rows.values_list("case", "text")}


def same_place(case: Case, posts: Sequence[ActingPost], *, day: date) -> list[Case]:
    """Open cases of the same compound, else of the same community or below, newest first."""
    here = Q(compound=case.compound_id) if case.compound_id else Q(area=case.area_id, compound=None)
    if case.compound_id is None and len(case.area.ancestor_ids) < 4:
        return []  # a county is no place
    found = _seen(posts, day).filter(here).exclude(pk=case.pk).exclude(status__in=w.ENDED)
    return list(found.order_by("-opened_at", "-id")[:SHOWN])


def links_of(case: Case, posts: Sequence[ActingPost], *, day: date) -> Links:
    """Parent, children, merged cases and links. Five queries at most.

    That somebody reported the same twice is told to posts that may see callers' history only.
    """
    seen = _seen(posts, day)
    tied = {pk for pk in (case.parent_id, case.merged_into_id) if pk}
    above = seen.in_bulk(list(tied)) if tied else {}
    return Links(
        parent=above.get(case.parent_id or 0),
        merged_into=above.get(case.merged_into_id or 0),
        children=tuple(seen.filter(parent=case).order_by("id")[:20]),
        merged=tuple(seen.filter(merged_into=case).order_by("id")[:50]),
        links=tuple(
            CaseLink.objects.filter(case=case, ended_at__isnull=True)
            .filter(Q(other__isnull=True) | Q(other__in=seen))
            .exclude(
                kind__in=() if any(p.may("case.caller_history") for p in posts) else ("repeat",)
            )
            .select_related("other")
            .order_by("id")[:20]
        ),
    )


def _seen(posts: Sequence[ActingPost], day: date) -> QuerySet[Case]:
    return selectors.visible_to(posts, day=day)
