"""What the filters of a list offer: units and areas within the posts of whoever looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from huiyin.org.models import Area, Unit
from huiyin.org.rules import kinds
from huiyin.org.rules.grants import AREA, ROLES, ActingPost
from huiyin.org.selectors import in_force
from huiyin.triage.selectors import category_tree

#: A list longer than this is no choice; then only the upper levels are offered.
MOST = 400

Choices = list[tuple[str, str]]
Grouped = list[tuple[str, Choices]]


def units_offered(posts: Sequence[ActingPost], *, day: date) -> Grouped:
    """(kind, [(id, name)]) of units that may lead, in the areas of these posts; [] for posts of a
    unit, whose lists are their own cases. Two queries."""
    area = _widest(posts)
    if area is None:
        return []
    units = (
        Unit.objects.filter(
            in_force(day), Q(area__path__startswith=area.path) | Q(area__in=area.ancestor_ids)
        )
        .exclude(kind__in=(*kinds.NEVER_LEAD, kinds.CENTRE))
        .order_by("kind", "pinyin", "pk")
    )
    rows = list(units.values_list("kind", "pk", "short_name")[: MOST + 1])
    if len(rows) > MOST:
        wide = (kinds.DEPARTMENT, kinds.UNIT_SUBDISTRICT)
        rows = [r for r in rows if r[0] in wide][:MOST]
    groups: dict[str, Choices] = {}
    for kind in kinds.UNIT_LABELS:
        found = [(str(pk), name) for k, pk, name in rows if k == kind]
        if found:
            groups[kinds.UNIT_LABELS[kind]] = found
    return list(groups.items())


def areas_offered(posts: Sequence[ActingPost], *, day: date) -> Grouped:
    """(parent area, [(id, name)]) below the widest post, two levels down at most. Two queries."""
    area = _widest(posts)
    if area is None:
        return []
    depth = len(area.ancestor_ids)
    rows = list(
        Area.objects.filter(in_force(day), path__startswith=area.path)
        .exclude(pk=area.pk)
        .exclude(kind__in=(kinds.GRID, kinds.MICRO_GRID))
        .order_by("path")[: 4 * MOST]
    )
    rows = [a for a in rows if len(a.ancestor_ids) <= depth + 2]
    if len(rows) > MOST:
        rows = [a for a in rows if len(a.ancestor_ids) == depth + 1]
    by_id = {a.pk: a for a in rows}
    groups: dict[int, tuple[str, Choices]] = {}
    for a in rows:
        top = a if len(a.ancestor_ids) == depth + 1 else by_id.get(a.ancestor_ids[depth], a)
        label = f"{a.name}（全部）" if a is top else a.name
        groups.setdefault(top.pk, (top.name, []))[1].append((str(a.pk), label))
    return list(groups.values())


def categories_offered(*, leaves_only: bool) -> Grouped:
    """(first level, [(code, path below it)]): what a case is filed under, or, with upper levels,
    what a list is narrowed to. Read from the kept tree, without a query of its own."""
    tree = category_tree()
    groups: Grouped = []
    for top in tree.children():
        inside = [n for n in tree.nodes if n.code.startswith(top.code)]
        kept = [n for n in inside if not leaves_only or not tree.children(n.code)]
        choices = [(n.code, "›".join(tree.path(n.code)[1:]) or f"{n.name}（全部）") for n in kept]
        groups.append((top.name, choices))
    return groups


def _widest(posts: Sequence[ActingPost]) -> Area | None:
    """The area of the post that looks over the most; None when all see their unit's cases only."""
    ids = {p.area_id for p in posts if ROLES[p.role].scope == AREA and p.may("case.view")}
    areas = sorted(Area.objects.filter(pk__in=ids), key=lambda a: len(a.path))
    return areas[0] if areas else None
