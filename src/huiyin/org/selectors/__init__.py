"""Reads of areas, places, units and posts. All take the day; none reads the clock."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length

from huiyin.org.models import Area, Compound, Person, Post, Unit
from huiyin.org.rules import kinds
from huiyin.org.rules.grants import ActingPost
from huiyin.org.rules.names import (
    bare_name,
    is_pinyin_query,
    short_division_name,
    unpadded_code,
)


class AreaNotFound(LookupError):
    """No area of that code or name in force. The message is fit for the screen."""


class AmbiguousName(LookupError):
    """A name that several areas bear. The message lists them and asks for the parent."""

    def __init__(self, name: str, areas: list[Area]) -> None:
        places = "、".join(full_area_name(a) for a in areas[:6])
        super().__init__(f"“{name}”有 {len(areas)} 处：{places}；请写明上级区域")
        self.areas = areas


def in_force(day: date | None) -> Q:
    """Rows valid on `day` (first and last day included); None = rows without an end."""
    if day is None:
        return Q(valid_to__isnull=True)
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def area_at(code: str, day: date) -> Area:
    """The area that bore the code on that day; a code that ended by then gives its successor.

    Codes padded to 12 digits are read too (530681001000 = 530681001). 530681 on a day of 2017
    raises AreaNotFound (it was 530630 then); 530630 today gives 水富市.
    """
    codes = {code, unpadded_code(code)}
    rows = list(
        Area.objects.filter(code__in=codes).select_related("successor").order_by("-valid_from")
    )
    for row in rows:
        if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):
            return row
    for row in rows:
        successor = row.successor
        if successor is not None and row.valid_to is not None and row.valid_to < day:
            return area_at(successor.code, day)
    raise AreaNotFound(
        f"没有代码为 {code} 的区域，或它在 {day.year}年{day.month}月{day.day}日不存在"
    )


def find_area(name: str, *, within: Area, kind: str | None = None, day: date | None = None) -> Area:
    """The one area of that name in or below `within`; names are never matched without a parent.

    Takes official long forms (…居民委员会) and, when nothing bears the whole name, the bare one
    (团结路 for 团结路社区). Parents may stand in front: '水富市云富街道团结路社区'. Raises
    AmbiguousName or AreaNotFound.
    """
    wanted = short_division_name(name.strip().replace(" ", "").replace("　", ""))
    pool = Area.objects.filter(in_force(day), path__startswith=within.path)
    if kind is not None:
        pool = pool.filter(kind=kind)
    found = list(pool.filter(name=wanted).order_by("code", "pk"))
    if not found and wanted:
        bare = pool.filter(name__startswith=wanted).order_by("code", "pk")
        found = [a for a in bare if bare_name(a.name) == wanted]
    if not found and wanted:
        return _find_by_steps(name, wanted, within=within, kind=kind, day=day)
    if len(found) > 1:
        raise AmbiguousName(name, found)
    if not found:
        raise AreaNotFound(f"{within.name}没有名为“{name}”的区域")
    return found[0]


def _find_by_steps(
    name: str, wanted: str, *, within: Area, kind: str | None, day: date | None
) -> Area:
    """'水富市云富街道团结路社区': cut the longest parent's name off the front and look below it."""
    parents = Area.objects.filter(in_force(day), path__startswith=within.path).exclude(
        kind__in=(kinds.COMMUNITY, kinds.GRID, kinds.MICRO_GRID)
    )
    heads = [p for p in parents if wanted.startswith(p.name) and wanted != p.name]
    if within.name in {p.name for p in heads}:
        heads = [p for p in heads if p.pk == within.pk]
    if len(heads) > 1:
        raise AmbiguousName(name, heads)
    if not heads:
        raise AreaNotFound(f"{within.name}没有名为“{name}”的区域")
    return find_area(wanted.removeprefix(heads[0].name), within=heads[0], kind=kind, day=day)


def full_area_name(area: Area) -> str:
    """'水富市云富街道团结路社区': from the county down; the city alone stands for itself."""
    names = dict(Area.objects.filter(pk__in=area.ancestor_ids).values_list("pk", "name"))
    chain = [names[pk] for pk in area.ancestor_ids]
    return "".join(chain[1:]) or area.name


def children_of(area: Area, *, day: date | None = None) -> QuerySet[Area]:
    """The areas right below, by code."""
    return Area.objects.filter(in_force(day), parent=area).order_by("code", "pk")


def areas_within(area: Area, *, kind: str, day: date | None = None) -> QuerySet[Area]:
    """Areas of a kind in or below an area, by code."""
    return Area.objects.filter(in_force(day), path__startswith=area.path, kind=kind).order_by(
        "code", "pk"
    )


def find_compounds(
    text: str, *, within: Area, limit: int = 20, day: date | None = None
) -> list[Compound]:
    """Compounds in an area by part of a name or alias, or by pinyin and initials (xtd, xintiandi).

    Those that begin with the text come first. An empty text gives the first by pinyin.
    """
    pool = Compound.objects.filter(
        in_force(day), community__path__startswith=within.path
    ).select_related("community__parent")
    text = text.strip()
    if not text:
        return list(pool.order_by("pinyin", "pk")[:limit])
    if is_pinyin_query(text):
        wanted = text.lower().replace(" ", "").replace("'", "")
        match = Q(pinyin__contains=wanted) | Q(name__icontains=text) | Q(aliases__icontains=text)
        first = Q(pinyin__startswith=wanted) | Q(pinyin__contains=" " + wanted)
    else:
        match = Q(name__contains=text) | Q(aliases__contains=text)
        first = Q(name__startswith=text)
    begins = list(pool.filter(match & first).order_by("pinyin", "pk")[:limit])
    rest = pool.filter(match).exclude(pk__in=[c.pk for c in begins]).order_by("pinyin", "pk")
    return begins + list(rest[: limit - len(begins)])


def units_with_function(function: str, area: Area, *, day: date | None = None) -> list[Unit]:
    """Units that may lead in that function for a place: those of the place's own area or of an
    area above it, nearest first. Communities are left out: they only ever support.
    """
    return [u for u in _units(function, area, day) if u.kind not in kinds.NEVER_LEAD]


def supporting_units(function: str, area: Area, *, day: date | None = None) -> list[Unit]:
    """The same with communities among them: who may support."""
    return list(_units(function, area, day))


def _units(function: str, area: Area, day: date | None) -> QuerySet[Unit]:
    return (
        Unit.objects.filter(in_force(day), function=function, area__in=area.ancestor_ids)
        .select_related("area")
        .order_by(Length("area__path").desc(), F("area__path").desc(), "pinyin", "pk")
    )


def community_unit(area: Area, *, day: date | None = None) -> Unit | None:
    """The community that looks after a place, or None above community level."""
    return _unit_of_kind(kinds.UNIT_COMMUNITY, area, day)


def subdistrict_unit(area: Area, *, day: date | None = None) -> Unit | None:
    """The subdistrict or town of a place: it leads where the rules name the community."""
    return _unit_of_kind(kinds.UNIT_SUBDISTRICT, area, day)


def _unit_of_kind(kind: str, area: Area, day: date | None) -> Unit | None:
    return (
        Unit.objects.filter(in_force(day), kind=kind, area__in=area.ancestor_ids)
        .order_by(Length("area__path").desc(), "pk")
        .first()
    )


def units_serving(compound: Compound, *, day: date | None = None) -> list[Unit]:
    """Firms, service teams and committees that serve a compound, by kind and pinyin."""
    links = (
        Q(compound_links__valid_to__isnull=True)
        if day is None
        else Q(compound_links__valid_from__lte=day)
        & (Q(compound_links__valid_to__isnull=True) | Q(compound_links__valid_to__gte=day))
    )
    return list(
        Unit.objects.filter(in_force(day), links, compound_links__compound=compound)
        .distinct()
        .order_by("kind", "pinyin", "pk")
    )


def posts_of(person: Person | int, day: date) -> list[ActingPost]:
    """Posts in force of a person (or person's id) on a day, in the order in which they began.
    One query."""
    rows = (
        Post.objects.filter(in_force(day), person=person)
        .select_related("person", "unit")
        .order_by("valid_from", "pk")
    )
    return [acting(row) for row in rows]


def all_posts_of(person_id: int) -> list[Post]:
    """Posts of a person, past ones too, the newest first."""
    return list(
        Post.objects.filter(person=person_id)
        .select_related("person", "unit", "area")
        .order_by("-valid_from", "-pk")
    )


def acting(post: Post) -> ActingPost:
    """A post as the rules see it (its person and unit should be loaded)."""
    return ActingPost(
        post_id=post.pk, person_id=post.person_id, person_name=post.person.name,
        unit_id=post.unit_id, unit_kind=post.unit.kind, unit_name=post.unit.short_name,
        area_id=post.area_id, role=post.role,
    )  # fmt: skip


def search_units(text: str, *, day: date, limit: int = 20) -> list[Unit]:
    """Units in force by part of a name or by pinyin, with their areas."""
    match = Q(name__contains=text) | Q(short_name__contains=text)
    if is_pinyin_query(text):
        match |= Q(pinyin__contains=text.lower().replace(" ", ""))
    return list(
        Unit.objects.filter(in_force(day), match)
        .select_related("area")
        .order_by("pinyin", "pk")[:limit]
    )


def post_areas(unit: Unit) -> QuerySet[Area]:
    """Areas for which somebody at the unit may be in charge: its own and those right below."""
    return Area.objects.filter(
        Q(pk=unit.area_id) | Q(parent=unit.area_id, valid_to__isnull=True)
    ).order_by(Length("path"), "code", "pk")
