"""Reads of places for posters: within the areas of who prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from huiyin.intake.services import placing
from huiyin.org.models import Area, Building, Compound, Unit
from huiyin.org.rules import kinds
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import in_force

A_PAGE = 50
#: A county has fewer communities than this.
MOST_COMMUNITIES = 400


@dataclass(frozen=True)
class CompoundPage:
    """Compounds by pinyin. `before`, `after` = positions of the neighbours, "" for none."""

    rows: tuple[Compound, ...]
    before: str
    after: str
    total: int


def compounds_within(posts: Sequence[ActingPost], *, day: date) -> QuerySet[Compound]:
    """Compounds in the areas of these posts; a grid worker's are those of the community. One query
    for the areas."""
    areas = Area.objects.filter(pk__in={p.area_id for p in posts}).select_related("parent__parent")
    within = Q(pk__in=())
    for area in areas:
        within |= Q(community__path__startswith=placing.reach(area).path)
    return Compound.objects.filter(within, in_force(day)).select_related("community")


def communities_of(pool: QuerySet[Compound]) -> list[Area]:
    """The communities in which these compounds lie, by code."""
    found = Area.objects.filter(pk__in=pool.values("community"))
    return list(found.order_by("code", "pk")[:MOST_COMMUNITIES])


def compounds_page(
    pool: QuerySet[Compound], *, text: str = "", community: int | None = None,
    after: str = "", before: str = "",
) -> CompoundPage:  # fmt: skip
    """A page of the compounds, each with `n_buildings`. Two queries."""
    if text:
        spelt = text.lower().replace(" ", "")
        pool = pool.filter(
            Q(name__contains=text) | Q(aliases__contains=text) | Q(pinyin__contains=spelt)
        )
    if community is not None:
        pool = pool.filter(community=community)
    total = pool.count()
    key, _, pk = (before or after).rpartition("|")
    number = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0
    if before:
        pool = pool.filter(Q(pinyin__lt=key) | Q(pinyin=key, pk__lt=number))
        pool = pool.order_by("-pinyin", "-pk")
    else:
        if after:
            pool = pool.filter(Q(pinyin__gt=key) | Q(pinyin=key, pk__gt=number))
        pool = pool.order_by("pinyin", "pk")
    found = list(pool.annotate(n_buildings=Count("buildings"))[: A_PAGE + 1])
    more, found = len(found) > A_PAGE, found[:A_PAGE]
    if before:
        found.reverse()
    first = _position(found[0]) if found and (more if before else after) else ""
    last = _position(found[-1]) if found and (before or more) else ""
    return CompoundPage(tuple(found), first, last, total)


def _position(compound: Compound) -> str:
    return f"{compound.pinyin}|{compound.pk}"


def buildings_of(compounds: Sequence[Compound], *, limit: int) -> list[Building]:
    """Their buildings, by compound and name."""
    rows = Building.objects.filter(compound__in=[c.pk for c in compounds])
    return list(rows.select_related("compound__community").order_by("compound", "pk")[:limit])


def phone_of(area: Area, *, day: date) -> tuple[str, str]:
    """Number and name of the public phone desk that answers for an area, ("", "") where none is
    known: the nearest centre above."""
    rows = Unit.objects.filter(
        in_force(day), kind=kinds.CENTRE, area__in=area.ancestor_ids
    ).exclude(phone="").order_by("-area__path", "pk")  # fmt: skip
    centre = rows.first()
    return (centre.phone, centre.short_name) if centre else ("", "")
