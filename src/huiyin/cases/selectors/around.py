"""Units that can be given a part in a case: those in force around its place, nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from huiyin.cases.models import Case
from huiyin.org.models import Area, Unit
from huiyin.org.rules import kinds
from huiyin.org.rules.names import is_pinyin_query
from huiyin.org.selectors import in_force

#: Levels, widest first, whose paths bound “around”: the county of the place, else the city.
_WIDEST = 2


@dataclass(frozen=True)
class UnitChoice:
    """One unit as it stands in a list. `only_support`: a community, which never leads."""

    id: int
    name: str
    group: str
    only_support: bool
    pinyin: str

    @property
    def label(self) -> str:
        return f"{self.name}（只能协办）" if self.only_support else self.name


def units_around(area: Area, *, day: date) -> QuerySet[Unit]:
    """Units in force in the county of the place and in the areas above it; the whole city when the
    place is no narrower than that. What names no place around is never offered."""
    ancestors = area.ancestor_ids
    bound = ancestors[: min(_WIDEST, len(ancestors))]
    path = "/" + "/".join(str(i) for i in bound) + "/"
    return Unit.objects.filter(
        in_force(day), Q(area__path__startswith=path) | Q(area__in=ancestors)
    )


def nearest_units(case: Case, *, day: date, limit: int = 120) -> list[UnitChoice]:
    """What a list can show without searching: who serves the compound, the place's own chain of
    areas, and the subdistricts beside it. Two queries."""
    serving: set[int] = set()
    if case.compound_id:
        serving = set(
            Unit.objects.filter(
                in_force(day), compound_links__compound=case.compound_id,
                compound_links__valid_to__isnull=True,
            ).values_list("pk", flat=True)
        )  # fmt: skip
    chain = case.area.ancestor_ids
    units = (
        units_around(case.area, day=day)
        .filter(
            Q(area__in=chain) | Q(pk__in=serving) | Q(kind=kinds.UNIT_SUBDISTRICT)
            | Q(kind=kinds.UNIT_COMMUNITY, area__parent__in=chain[2:])
        )
        .exclude(kind=kinds.CENTRE)
        .select_related("area")
    )  # fmt: skip
    ordered = sorted(
        units, key=lambda u: (u.pk not in serving, *_nearness(u, chain), u.pinyin, u.pk)
    )
    return [choice(u, serving=u.pk in serving) for u in ordered[:limit]]


def find_units(area: Area, typed: str, *, day: date, limit: int = 20) -> list[UnitChoice]:
    """Units around the place whose name, short name or pinyin holds what was typed; those that
    begin with it first."""
    text = typed.strip()
    if not text:
        return []
    match = Q(name__contains=text) | Q(short_name__contains=text)
    if is_pinyin_query(text):
        match |= Q(pinyin__contains=text.lower().replace(" ", "").replace("'", ""))
    units = (
        units_around(area, day=day).filter(match).exclude(kind=kinds.CENTRE).select_related("area")
    )
    chain = area.ancestor_ids
    ordered = sorted(
        units.order_by("pk")[:200],
        key=lambda u: (not u.short_name.startswith(text), *_nearness(u, chain), u.pinyin, u.pk),
    )
    return [choice(u) for u in ordered[:limit]]


def choice(unit: Unit, *, serving: bool = False) -> UnitChoice:
    """A unit as a choice; `serving` = it serves the compound of the case."""
    return UnitChoice(
        id=unit.pk, name=unit.short_name,
        group="服务本小区" if serving else f"{unit.area.name} · {kinds.UNIT_LABELS[unit.kind]}",
        only_support=unit.kind in kinds.NEVER_LEAD, pinyin=unit.pinyin,
    )  # fmt: skip


def _nearness(unit: Unit, chain: list[int]) -> tuple[int, int]:
    """Own areas of the place before others, the narrowest first."""
    if unit.area_id in chain:
        return (0, -chain.index(unit.area_id))
    return (1, 0)
