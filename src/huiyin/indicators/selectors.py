"""Published figures: what somebody may see of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from huiyin.indicators import registry
from huiyin.indicators.models import Correction, Snapshot, Target
from huiyin.indicators.registry import Slice
from huiyin.org.models import Area
from huiyin.org.rules.grants import ROLES, UNIT, ActingPost


def visible_snapshots(posts: Sequence[ActingPost]) -> QuerySet[Snapshot]:
    """Figures of numbers that these posts may see, of places in their areas, newest first.

    `state` = what the last correction found, None as long as nothing was.
    """
    able = Q(pk__in=[])
    paths = dict(Area.objects.filter(pk__in={p.area_id for p in posts}).values_list("pk", "path"))
    for post in posts:
        codes = [i.code for i in registry.all_indicators() if post.may(i.grant)]
        here = Q(code__in=codes, area__path__startswith=paths[post.area_id])
        able |= here & Q(unit=post.unit_id) if ROLES[post.role].scope == UNIT else here
    last = Correction.objects.filter(snapshot=OuterRef("pk")).order_by("-pk")
    return (
        Snapshot.objects.filter(able)
        .annotate(state=Subquery(last.values("state")[:1]), now=Subquery(last.values("printed")[:1]),
                  found_at=Subquery(last.values("found_at")[:1]))
        .select_related("area", "unit", "person").order_by("-at", "-pk")
    )  # fmt: skip


def snapshots_of(code: str, part: Slice, area: Area) -> QuerySet[Snapshot]:
    """Figures that were published of exactly this slice, newest first, five at most."""
    dimension, value = part.by or ("", "")
    return Snapshot.objects.filter(
        code=code, area=area, start=part.start, end=part.end, unit=part.unit_id,
        dimension=dimension, dimension_value=value,
    ).select_related("person").order_by("-at", "-pk")[:5]  # fmt: skip


def published_since(at: datetime) -> QuerySet[Snapshot]:
    """Every figure that was published since then, oldest first: for the nightly count."""
    return Snapshot.objects.filter(at__gte=at).select_related("area").order_by("pk")


def targets_at(area: Area, day: date) -> dict[str, Target]:
    """Code of a number → its target on that day: that of the place itself, else of the nearest above."""
    rows = Target.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), withdrawn_at__isnull=True,
        valid_from__lte=day, area__in=[area.pk, *area.ancestor_ids],
    ).select_related("area")  # fmt: skip
    named = {name: i.code for i in registry.all_indicators() for name in (i.code, i.label)}
    nearest_last = sorted(rows, key=lambda t: (len(t.area.path), t.valid_from, t.pk))
    return {named[t.indicator]: t for t in nearest_last if t.indicator in named}
