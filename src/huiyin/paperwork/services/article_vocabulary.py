"""The registry of numbers and the names of places as the linker wants them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from huiyin.indicators import registry
from huiyin.indicators.registry import Indicator
from huiyin.org import selectors as org
from huiyin.org.models import Area, Compound, Unit
from huiyin.org.rules import kinds
from huiyin.paperwork.rules.article_places import PlaceName
from huiyin.paperwork.rules.article_terms import Dimension, Known, Vocabulary

#: More names than an article's place can have; beyond it an article would have to name its county.
MOST_NAMES = 4000


def vocabulary() -> Vocabulary:
    """All declared numbers with their terms."""
    return Vocabulary([_known(i) for i in registry.all_indicators()])


def _known(indicator: Indicator) -> Known:
    return Known(
        indicator.code, indicator.label, indicator.measure.word, indicator.kind, indicator.terms,
        stock=indicator.stock, by_unit=bool(indicator.by_unit),
        dimensions=tuple(_dimension(d) for d in indicator.dimensions),
    )  # fmt: skip


def _dimension(dimension: registry.Dimension) -> Dimension:
    return Dimension(
        dimension.code, dimension.label,
        tuple((value, _spoken(word, dimension.aliases.get(value, ()))) for value, word in dimension.words.items()),
    )  # fmt: skip


def _spoken(word: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    """A value's word, its aliases, and 物业管理 for 物业管理类."""
    found = [word, *aliases]
    found += [w[:-1] for w in found if w.endswith("类") and len(w) > 2]
    return tuple(dict.fromkeys(found))


def place_names(root: Area, day: date) -> list[PlaceName]:
    """The root, what lies in it, what it lies in, and its neighbours: another county's figure is not
    ours. Units of the root are names, too."""
    parent = root.parent_id
    areas = Area.objects.filter(org.in_force(day)).filter(
        Q(path__startswith=root.path) | Q(pk__in=root.ancestor_ids)
        | Q(parent_id=parent, parent__isnull=False)
    ).exclude(kind__in=(kinds.GRID, kinds.MICRO_GRID))  # fmt: skip
    found = [place_of(a) for a in areas.order_by("path")[:MOST_NAMES]]
    return found + unit_names(root, day)


def place_of(area: Area) -> PlaceName:
    """An area as the linker knows it."""
    return PlaceName(area.code, area.name, area.kind, area.path)


def unit_names(root: Area, day: date) -> list[PlaceName]:
    """Departments and firms by their full and short names, with their county's name in front, too."""
    units = Unit.objects.filter(org.in_force(day), area__path__startswith=root.path).exclude(
        kind__in=(kinds.UNIT_COMMUNITY, kinds.UNIT_SUBDISTRICT)
    )
    found = []
    for unit in units.select_related("area").order_by("pk")[:MOST_NAMES]:
        names = {unit.name, unit.short_name}
        if unit.short_name[:1] == unit.area.name[-1:]:  # 市住建局 of 水富市 = 水富市住建局
            names.add(unit.area.name + unit.short_name[1:])
        found += [
            PlaceName("", name, "unit", unit.area.path, unit.pk) for name in sorted(names) if len(name) > 2
        ]  # fmt: skip
    return found


def compound_names(root: Area, day: date) -> list[str]:
    """Names of compounds: numbers within them are no figures."""
    return list(
        Compound.objects.filter(org.in_force(day), community__path__startswith=root.path)
        .order_by("pk").values_list("name", flat=True)[:MOST_NAMES]
    )  # fmt: skip
