"""Reading a row of a form or a table into values: what is typed, and which place or unit it names.

Names are looked up inside the acting post's area only: 团结路社区 stands in two counties.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiyin.org import selectors as org
from huiyin.org.models import Area, Compound, Unit
from huiyin.org.rules.grants import ActingPost
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Column, Unreadable, read

#: Where the acting area is one of these, the place of a row is known: nobody types it.
SMALL = ("community", "grid", "micro_grid")


def known_of(register: Register, post: ActingPost, within: Area, day: date) -> dict[str, Any]:
    """What nobody has to type: values that the register knows of a post, and the place of a post
    that is for one community."""
    known = dict(register.known(post, day)) if register.known else {}
    by_name = register.place != "area" and register.column(register.place).kind == c.AREA
    if within.kind in SMALL and by_name:
        known[register.place] = f"#{within.pk}"
    return known


@dataclass
class Reader:
    """Reads rows for one register and one acting area; keeps what it looked up."""

    register: Register
    within: Area
    day: date
    year: int | None = None
    _found: dict[tuple[str, str], Any] = field(default_factory=dict)
    _around: Area | None = None

    @property
    def around(self) -> Area:
        """Where units are looked for: the county around the acting area, since a department of the
        county works in a community too."""
        if self._around is None:
            county = Area.objects.filter(pk__in=self.within.ancestor_ids, kind="county").first()
            self._around = county or self.within
        return self._around

    def row(self, raw: Mapping[str, Any]) -> tuple[dict[str, Any], int | None, list[str]]:
        """(values, area id, problems). With problems the row must not be written; the area is None
        where the place could not be read."""
        values: dict[str, Any] = {}
        problems: list[str] = []
        for column in self.register.columns:
            try:
                values[column.name] = self.value(column, raw.get(column.name))
            except Unreadable as error:
                problems.append(str(error))
        return values, self.area_of(values), problems

    def value(self, column: Column, raw: Any) -> Any:
        """One value; a reference as its id. Raises Unreadable."""
        read_value = read(column, raw, year=self.year)
        if column.kind not in c.REFERENCES or read_value is None:
            return read_value
        asked = (column.kind, str(read_value))
        if asked not in self._found:
            self._found[asked] = self._look_up(column, str(read_value))
        answer = self._found[asked]
        if isinstance(answer, str):
            raise Unreadable(f"“{column.label}”：{answer}")
        return answer

    def area_of(self, values: Mapping[str, Any]) -> int | None:
        """The area in which the row stands: that of its place, else the acting post's own."""
        if self.register.place == "area" or not self.register.kept:
            return self.within.pk
        column = self.register.column(self.register.place)
        chosen = values.get(column.name)
        if chosen is None:
            return None if column.required else self.within.pk
        if column.kind == c.COMPOUND:
            return Compound.objects.values_list("community_id", flat=True).get(pk=chosen)
        if column.kind == c.UNIT:
            return Unit.objects.values_list("area_id", flat=True).get(pk=chosen)
        return int(chosen)

    def _look_up(self, column: Column, name: str) -> int | str:
        """The id, or why there is none."""
        if name.startswith("#") and name[1:].isdigit():  # what a choice on a page sends
            return self._by_id(column, int(name[1:]))
        if column.kind == c.AREA:
            try:
                return org.find_area(name, within=self.within, day=self.day).pk
            except (org.AreaNotFound, org.AmbiguousName) as error:
                return str(error)
        if column.kind == c.COMPOUND:
            found = org.find_compounds(name, within=self.within, day=self.day)[:2]
            exact = [row for row in found if row.name == name] or list(found)
            return self._only(exact, f"{self.within.name}没有小区“{name[:30]}”", name)
        pool = Unit.objects.filter(org.in_force(self.day), area__path__startswith=self.around.path)
        units = list(pool.filter(name=name)[:2] or pool.filter(short_name=name)[:2])
        return self._only(units, f"{self.around.name}没有单位“{name[:30]}”", name)

    def _only(self, rows: list[Any], none: str, name: str) -> int | str:
        if not rows:
            return none
        return rows[0].pk if len(rows) == 1 else f"“{name[:30]}”不止一个，请写明所属街道或全称"

    def _by_id(self, column: Column, pk: int) -> int | str:
        """A choice that a page offered, looked at again: an address can be made up."""
        rows: Any
        if column.kind == c.AREA:
            rows = Area.objects.filter(pk=pk, path__startswith=self.within.path)
        elif column.kind == c.COMPOUND:
            rows = Compound.objects.filter(pk=pk, community__path__startswith=self.within.path)
        else:
            rows = Unit.objects.filter(pk=pk, area__path__startswith=self.around.path)
        return pk if rows.exists() else f"不在{self.within.name}范围内，请重新选择"
