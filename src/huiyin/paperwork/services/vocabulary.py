"""What the system knows, in words, for one form's place: from the registries and the areas."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from huiyin.indicators import registry as indicators
from huiyin.org.models import Area, Unit
from huiyin.org.rules import kinds
from huiyin.org.rules.names import bare_name
from huiyin.org.selectors import in_force
from huiyin.paperwork.rules.vocabulary import (
    Body,
    Dimension,
    Ledger,
    Number,
    Place,
    Vocabulary,
)
from huiyin.registers import registry as registers
from huiyin.registers.rules import columns as c

#: A county has about 200 areas down to the communities, the whole city 1,600.
MOST_PLACES = 5000


def for_place(place: Area, day: date) -> Vocabulary:
    """Numbers, places in and below `place`, units that work there, ledgers. Four queries."""
    above = Area.objects.filter(pk__in=place.ancestor_ids[:-1]).values_list("name", flat=True)
    return Vocabulary(numbers(), _places(place, day), _units(place, day), ledgers(), tuple(above))


def numbers() -> tuple[Number, ...]:
    """Every indicator with the names under which forms ask for it."""
    return tuple(
        Number(
            i.code, i.label, i.measure.word, i.terms, i.stock, bool(i.by_unit), i.kind,
            tuple(map(_dimension, i.dimensions)),
        )
        for i in indicators.all_indicators()
    )  # fmt: skip


def _dimension(declared: indicators.Dimension) -> Dimension:
    words = declared.words.items()
    values = tuple((value, (word, *declared.aliases.get(value, ()))) for value, word in words)
    return Dimension(declared.code, declared.label, values)


def _places(place: Area, day: date) -> tuple[Place, ...]:
    rows = (
        Area.objects.filter(in_force(day), path__startswith=place.path)
        .exclude(kind__in=(kinds.GRID, kinds.MICRO_GRID))
        .order_by("path")[:MOST_PLACES]
    )
    found = [_place(row) for row in rows]
    found.sort(key=lambda p: p.path != place.path)
    return tuple(found) if found and found[0].path == place.path else (_place(place), *found)


def _place(row: Area) -> Place:
    names = [row.name]
    bare = bare_name(row.name)
    if len(bare) >= 2 and bare != row.name:
        names.append(bare)
    if row.kind == kinds.COMMUNITY:
        names += [f"{bare}社区居委会", f"{bare}社区居民委员会", f"{bare}居委会"]
        if row.name.endswith("村"):
            names += [f"{row.name}委会", f"{row.name}民委员会"]
    if row.kind == kinds.SUBDISTRICT:
        names.append(f"{row.name}办事处" if row.name.endswith("街道") else f"{row.name}人民政府")
    return Place(row.code, row.name, row.kind, row.path, tuple(dict.fromkeys(names)))


def _units(place: Area, day: date) -> tuple[Body, ...]:
    rows = Unit.objects.filter(
        in_force(day), Q(area__path__startswith=place.path) | Q(area__in=place.ancestor_ids)
    ).exclude(kind=kinds.OWNERS).select_related("area").order_by("pk")[:MOST_PLACES]  # fmt: skip
    return tuple(Body(u.pk, _unit_names(u)) for u in rows)


def _unit_names(unit: Unit) -> tuple[str, ...]:
    """住建局 is 市住建局 and 水富市住建局 too, in the papers of its county."""
    short, around = unit.short_name, unit.area.name
    level = around[-1:] if around[-1:] in ("市", "县", "区") else ""
    more = (f"{level}{short}", f"{around}{short}") if level else ()
    return tuple(dict.fromkeys((unit.name, short, *more)))


def ledgers() -> tuple[Ledger, ...]:
    """Every register with the headings of its columns; never a moment or a person's data in words."""
    found = []
    for register in registers.all_registers():
        columns = tuple(
            (col.name, tuple(dict.fromkeys((col.label, col.heading, *col.aliases))))
            for col in register.columns
        )
        choices = tuple(
            (col.name, value, label)
            for col in register.columns
            if col.kind == c.CHOICE and (col.lookup or not col.show)
            for value, label in col.choices.items()
        )
        found.append(Ledger(register.code, register.label, columns, choices))
    return tuple(found)
