"""Where a row of a file belongs: its words of the place, matched within the installation's areas.

A name is never matched without its parent: 团结路社区 stands in two counties. So communities and
compounds are looked for only once the county is known, from the file or from --place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from huiyin.intake.rules import addresses
from huiyin.intake.rules.import_rows import PlaceWords
from huiyin.org import selectors as org
from huiyin.org.models import Area, Compound
from huiyin.org.rules import kinds
from huiyin.org.rules.names import short_division_name

_Names = tuple[dict[str, list[str]], dict[str, list[Area]]]


@dataclass(frozen=True)
class Placed:
    """The smallest known area, the compound if known, the words for the screen, the door (sealed
    with the contact), and what the receipt should say about it."""

    area_id: int
    compound_id: int | None = None
    place_text: str = ""
    door: str = ""
    remark: str = ""


class Placer:
    """Places the rows of one file; keeps what it looked up, so that 100,000 rows ask little."""

    def __init__(self, base: Area, *, day: date) -> None:
        """`base` = the area that the file is of; a row without words of place is placed there."""
        self.base, self.day = base, day
        root = Area.objects.filter(pk=base.ancestor_ids[0]).values_list("name", flat=True).first()
        self._above = ("云南省", root or "")
        self._found: dict[tuple[int, str], Area | None] = {}
        self._compounds: dict[int, dict[str, list[Compound]]] = {}
        self._below: dict[int, _Names] = {}

    def place(self, words: PlaceWords) -> Placed:
        """Never refuses: what does not fit stays as text."""
        if not words:
            return Placed(self.base.pk)
        area, compound, unmatched = self.base, None, []
        for said in (words.area, words.subdistrict, words.community):
            found = self._area(said, area) if said else area
            if found is None:
                unmatched.append(said)
            else:
                area = found
        area, rest = self._walk(addresses.plain(words.address), area)
        if words.compound:
            compound = self._compound(addresses.plain(words.compound), area)
            if compound is None:
                unmatched.append(words.compound)
        elif rest:
            compound = self._compound_in(rest, area)
        if compound is not None:
            area = compound.community
        shown, door = addresses.shown_and_door(words.address)
        text = " ".join([*unmatched, shown]).strip()
        return Placed(
            area.pk, compound.pk if compound else None, text[: addresses.LONGEST_PLACE], door,
            self._remark(unmatched, area, words.address),
        )  # fmt: skip

    def _remark(self, unmatched: list[str], area: Area, address: str) -> str:
        if unmatched:
            return f"“{'”“'.join(unmatched)}”没有对上本地区划，原样记在地点里，按“{area.name}”登记"
        if address and area.pk == self.base.pk and area.kind in (kinds.CITY, kinds.COUNTY):
            return f"地址没有对上街道或社区，按“{area.name}”登记"
        return ""

    def _area(self, said: str, within: Area) -> Area | None:
        """The one area of that name in or below, its parent being known."""
        key = (within.pk, said)
        if key not in self._found:
            try:
                found: Area | None = org.find_area(said, within=within, day=self.day)
            except LookupError:
                found = None
            if found is not None and self._lacks_parent(found, within, said):
                found = None
            self._found[key] = found
        return self._found[key]

    @staticmethod
    def _lacks_parent(found: Area, within: Area, said: str) -> bool:
        """A community's name alone says nothing in a whole city; “水富市…团结路社区” does."""
        alone = found.name.startswith(short_division_name(addresses.plain(said)))
        return within.kind == kinds.CITY and found.kind == kinds.COMMUNITY and alone

    def _walk(self, address: str, area: Area) -> tuple[Area, str]:
        """Follow the names at the head of an address downwards; the rest of the address."""
        for above in self._above:
            address = address.removeprefix(above)
        while address:
            index, by_name = self._names_below(area)
            name = addresses.head_of(address, index)
            if not name and address.startswith(area.name):  # a column said it already
                address = address.removeprefix(area.name)
                continue
            if not name or len(by_name[name]) > 1:
                break
            area, address = by_name[name][0], address.removeprefix(name)
        return area, address

    def _names_below(self, area: Area) -> _Names:
        """Names of the areas below by which an address may go on."""
        if area.pk not in self._below:
            steps = (
                (kinds.COUNTY, kinds.SUBDISTRICT)
                if area.kind == kinds.CITY
                else (kinds.SUBDISTRICT, kinds.COMMUNITY)
            )
            by_name: dict[str, list[Area]] = {}
            rows = Area.objects.filter(
                org.in_force(self.day), path__startswith=area.path, kind__in=steps
            ).exclude(pk=area.pk)
            for row in rows.order_by("code", "pk"):
                by_name.setdefault(row.name, []).append(row)
            self._below[area.pk] = (addresses.by_first_two(by_name), by_name)
        return self._below[area.pk]

    def _compound(self, said: str, area: Area) -> Compound | None:
        """The one compound of that name or alias in the area; none in a whole city."""
        found = self._compounds_in(area).get(said, [])
        return found[0] if len(found) == 1 else None

    def _compound_in(self, address: str, area: Area) -> Compound | None:
        """The one compound whose name stands in an address."""
        names = self._compounds_in(area)
        found = names.get(addresses.named_in(address, names), [])
        return found[0] if len(found) == 1 else None

    def _compounds_in(self, area: Area) -> dict[str, list[Compound]]:
        if area.kind == kinds.CITY:
            return {}
        if area.pk not in self._compounds:
            names: dict[str, list[Compound]] = {}
            rows = Compound.objects.filter(
                org.in_force(self.day), community__path__startswith=area.path
            ).select_related("community")
            for row in rows.order_by("pk"):
                several = [row.name, *re.split(r"[、,，;；\s]+", row.aliases)]
                for name in dict.fromkeys(addresses.plain(n) for n in several if n):
                    names.setdefault(name, []).append(row)
            self._compounds[area.pk] = names
        return self._compounds[area.pk]
