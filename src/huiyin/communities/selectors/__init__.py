"""Compounds and where they lie, for those who may set that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from huiyin.org import selectors as org
from huiyin.org.models import Area, Compound
from huiyin.org.rules import kinds
from huiyin.org.rules.grants import ROLES, UNIT, ActingPost

GRANT = "org.locate"
TO_DO, DONE = Q(latitude=None), Q(latitude__isnull=False)


def may_locate(post: ActingPost) -> bool:
    """A post of an area, or of a subdistrict's own unit: a department locates nothing."""
    own = ROLES[post.role].scope != UNIT or post.unit_kind == kinds.UNIT_SUBDISTRICT
    return own and post.may(GRANT)


def locatable(posts: Sequence[ActingPost], *, day: date) -> QuerySet[Compound]:
    """Compounds in force whose point these posts may set."""
    areas = {p.area_id for p in posts if may_locate(p)}
    within = Q(pk__in=())
    for path in Area.objects.filter(pk__in=areas).values_list("path", flat=True):
        within |= Q(community__path__startswith=path)
    return Compound.objects.filter(within, org.in_force(day)).select_related("community__parent")


def narrowed(rows: QuerySet[Compound], *, text: str, part: str) -> QuerySet[Compound]:
    """By words of name, alias or community, and by whether it has a point (“todo”, “done”)."""
    if part in ("todo", "done"):
        rows = rows.filter(TO_DO if part == "todo" else DONE)
    for word in text.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(aliases__icontains=word) | Q(pinyin__startswith=word.lower())
            | Q(community__name__icontains=word)
        )  # fmt: skip
    return rows.order_by("community__path", "pinyin", "pk")
