"""Rows of registers: what these posts may see, filtered, a page at a time, with honest sums.

The one filter of permission (`visible`) feeds list, detail, export, print and drill-down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from huiyin.base.rules.workday_calendar import start_of_day
from huiyin.org.models import Area, Post, Unit
from huiyin.org.rules.grants import AREA, ROLES, ActingPost
from huiyin.org.selectors import in_force
from huiyin.registers.models import LateFact, MonthClose, PeriodLock, RowVersion, RuleDocument
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules import grouping, standing
from huiyin.registers.rules.columns import Column
from huiyin.registers.rules.grouping import Group
from huiyin.registers.rules.standing import Hung

PAGE = 50
#: More rows than this are said as “约”.
COUNTED = 20_000


@dataclass(frozen=True)
class Narrow:
    """What part of a register is meant. `first` and `last` are days, both included; `as_of` keeps
    what was valid on that day (registers with a last day). `cells`: code of a group → its value, as
    a cell of a 临时统计 means it ("" = where nothing stands)."""

    text: str = ""
    area_id: int | None = None
    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    chosen: Mapping[str, str] | None = None
    cells: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Page:
    """One page, newest first. `before`, `after`: keys of the neighbouring pages, None at an end."""

    rows: tuple[Any, ...]
    before: str | None
    after: str | None
    about: int
    exact: bool


@dataclass(frozen=True)
class ColumnSum:
    """The sum of a column over what was asked: `approximate` rows are in it with their bounds."""

    column: Column
    value: Decimal
    approximate: int

    @property
    def words(self) -> str:
        """'1,320 人次（含约数）'."""
        unit = self.column.measure.word if self.column.measure else ""
        return f"{c.number_words(self.value)} {unit}" + ("（含约数）" if self.approximate else "")


def visible(register: Register, posts: Sequence[ActingPost], *, day: date) -> QuerySet[Any]:
    """Rows of the register that these posts may see: of their area, or of their unit. `day` = today:
    a recusal holds from – to."""
    able = [p for p in posts if p.may(register.view)]
    if register.rows is not None:
        return register.rows(able, day)
    assert register.model is not None
    rows = register.model._default_manager.filter(withdrawn_at__isnull=True)
    if not able:
        return rows.none()
    if register.everywhere:
        return rows
    mine = Q(pk__in=[])
    areas = {p.area_id for p in able if ROLES[p.role].scope == AREA}
    for path in Area.objects.filter(pk__in=areas).values_list("path", flat=True):
        mine |= Q(area__path__startswith=path)
    if register.unit:
        units = [p.unit_id for p in able if ROLES[p.role].scope != AREA]
        mine |= Q(**{f"{register.column(register.unit).path}__in": units})
    return rows.filter(mine)


def narrowed(register: Register, rows: QuerySet[Any], narrow: Narrow) -> QuerySet[Any]:
    """The rows that the filter means."""
    day = register.column(register.day)
    if narrow.first:
        rows = rows.filter(**{f"{day.path}__gte": _edge(day, narrow.first)})
    if narrow.last:
        rows = rows.filter(**{f"{day.path}__lt": _edge(day, narrow.last + timedelta(days=1))})
    if narrow.as_of and register.ends:
        ends = register.column(register.ends).path
        rows = rows.filter(
            Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": narrow.as_of}),
            **{f"{day.path}__lte": narrow.as_of},
        )
    if narrow.area_id:
        path = Area.objects.filter(pk=narrow.area_id).values_list("path", flat=True).first()
        place = _place_path(register)
        rows = rows.filter(**{f"{place}__path__startswith": path}) if path else rows.none()
    for name, value in (narrow.chosen or {}).items():
        rows = rows.filter(**{register.column(name).path: value})
    for code, value in (narrow.cells or {}).items():
        rows = rows.filter(_in_cell(grouping.group_of(register.columns, code), value))
    return rows.filter(_with_words(register, narrow.text)) if narrow.text else rows


def _in_cell(group: Group, value: str) -> Q:
    """Rows of one group. What cannot be its value means no row."""
    path, nothing = group.column.path, Q(pk__in=[])
    if group.step in grouping.STEPS_OF_AREAS:
        if not value:
            return Q(**{f"{path}__kind__in": grouping.ABOVE_AREAS[group.step]})
        area = Area.objects.filter(pk=int(value)).first() if value.isdigit() else None
        return Q(**{f"{path}__path__startswith": area.path}) if area else nothing
    if group.step:
        edges = grouping.period_edges(value) if value else None
        if edges is None:
            return nothing if value else Q(**{f"{path}__isnull": True})
        first, after = (_edge(group.column, day) for day in edges)
        return Q(**{f"{path}__gte": first, f"{path}__lt": after})
    if group.column.kind == c.YES_NO:
        return Q(**{path: value == "1"}) if value else Q(**{f"{path}__isnull": True})
    if group.column.kind in c.REFERENCES:
        if value:
            return Q(**{path: int(value)}) if value.isdigit() else nothing
        return Q(**{f"{path}__isnull": True})
    return Q(**{path: value}) if value else Q(**{path: ""}) | Q(**{f"{path}__isnull": True})


def _place_path(register: Register) -> str:
    return register.place if register.kept else register.column(register.place).path


def _edge(day: Column, at: date) -> date | datetime:
    return start_of_day(at) if day.kind == c.MOMENT else at


def _with_words(register: Register, text: str) -> Q:
    """Every word somewhere in the lines of the row; what is encrypted is not searched."""
    searched = [col for col in register.columns
                if not col.personal and (col.kind in (c.LINE, c.TEXT) or col.kind in c.REFERENCES)
                and (col.lookup or not col.show)]  # fmt: skip
    found = Q()
    for word in text.split()[:6]:
        anywhere = Q(pk__in=[])
        for col in searched:
            path = f"{col.path}__name" if col.kind in c.REFERENCES else col.path
            anywhere |= Q(**{f"{path}__icontains": word})
        found &= anywhere
    return found


def page(
    register: Register, rows: QuerySet[Any], *, after: str = "", before: str = "", limit: int = PAGE
) -> Page:
    """One page, newest first, by (day, id). `after`, `before`: keys of a neighbouring page."""
    path = register.column(register.day).path
    related = [*register.related, *_references(register)]
    rows = rows.select_related(*related) if related else rows
    backwards = bool(before)
    key = _key_of(register, before or after)
    if key is not None:
        at, pk = key
        sign = "gt" if backwards else "lt"
        beyond = Q(**{f"{path}__{sign}": at}) | Q(**{path: at, f"pk__{sign}": pk})
        shown = rows.filter(beyond)
    else:
        shown = rows
    order = (path, "pk") if backwards else (F(path).desc(nulls_last=True), "-pk")
    found = list(shown.order_by(*order)[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    earlier = more if backwards else key is not None
    later = key is not None if backwards else more
    total = len(found) if not earlier and not later else rows.order_by()[: COUNTED + 1].count()
    return Page(
        rows=tuple(found), before=_key_text(register, found[0]) if found and earlier else None,
        after=_key_text(register, found[-1]) if found and later else None,
        about=min(total, COUNTED), exact=total <= COUNTED,
    )  # fmt: skip


def _references(register: Register) -> list[str]:
    return [col.name for col in register.columns if col.kind in c.REFERENCES and not col.show]


def _key_text(register: Register, row: Any) -> str:
    value: Any = row
    for part in register.column(register.day).path.split("__"):
        value = getattr(value, part)
    return f"{value.isoformat() if value else ''}~{row.pk}"


def _key_of(register: Register, text: str) -> tuple[Any, int] | None:
    day, _, pk = text.rpartition("~")
    if not pk.isdigit() or not day:
        return None
    try:
        kind = register.column(register.day).kind
        return (datetime.fromisoformat(day) if kind == c.MOMENT else date.fromisoformat(day)), int(
            pk
        )
    except ValueError:
        return None


def sums(register: Register, rows: QuerySet[Any]) -> list[ColumnSum]:
    """Sums of the number columns over all these rows. One query. Unlike measures stay apart."""
    numbers = [col for col in register.columns if col.kind in c.NUMBERS and not col.show]
    if not numbers:
        return []
    asked: dict[str, Any] = {}
    for col in numbers:
        asked[f"sum_{col.name}"] = Sum(col.path)
        if col.kind == c.QUANTITY:
            inexact = ~Q(**{f"{col.name}_bound": "exact"}) & Q(**{f"{col.name}__isnull": False})
            asked[f"about_{col.name}"] = Count("pk", filter=inexact)
    found = rows.order_by().aggregate(**asked)
    return [
        ColumnSum(col, Decimal(found[f"sum_{col.name}"] or 0), found.get(f"about_{col.name}", 0))
        for col in numbers
    ]


def versions(register: Register, row_id: int) -> list[RowVersion]:
    """Everything that was ever said of a row, newest first."""
    rows = RowVersion.objects.filter(register=register.code, row=row_id)
    return list(rows.select_related("person").order_by("-seq")[:200])


def as_recorded(
    register: Register, row_ids: Sequence[int], until: datetime
) -> dict[int, RowVersion]:
    """What was known of these rows at that moment; rows that nobody had entered are left out."""
    found: dict[int, RowVersion] = {}
    rows = RowVersion.objects.filter(
        register=register.code, row__in=list(row_ids), recorded_at__lte=until
    ).order_by("row", "seq")  # fmt: skip
    for version in rows:
        found[version.row] = version
    return {pk: v for pk, v in found.items() if v.action != "withdrawn"}


@dataclass(frozen=True)
class Standing:
    """How what follows documents stands on a day: `expired` = (document, what still hangs on it),
    `unknown` = 文号 that no row of 制度文件 has, with what names it."""

    expired: tuple[tuple[RuleDocument, tuple[Hung, ...]], ...]
    unknown: tuple[tuple[str, tuple[Hung, ...]], ...]


def hanging_on(number: str) -> list[Hung]:
    """What follows the document of that number."""
    return [hung for hung in standing.everything() if standing.names(hung.said, number)]


def how_it_stands(day: date) -> Standing:
    """What hangs on documents that are no longer in force, and on documents that nobody entered."""
    documents = list(
        RuleDocument.objects.filter(withdrawn_at__isnull=True).order_by("number")[:2000]
    )
    everything = standing.everything()
    expired = [
        (document, tuple(h for h in everything if standing.names(h.said, document.number)))
        for document in documents if document.valid_to and document.valid_to < day
    ]  # fmt: skip
    known = {standing.plain_number(document.number) for document in documents}
    unknown: dict[str, list[Hung]] = {}
    for hung in everything:
        for number in standing.numbers_in(hung.said):
            if number not in known:
                unknown.setdefault(number, []).append(hung)
    return Standing(
        tuple((document, hung) for document, hung in expired if hung),
        tuple((number, tuple(hung)) for number, hung in sorted(unknown.items())),
    )


def locks_around(posts: Sequence[ActingPost]) -> QuerySet[PeriodLock]:
    """Locks in the areas of these posts and above them, those that hold first, the newest first."""
    near = Q(pk__in=[])
    for area in Area.objects.filter(pk__in={p.area_id for p in posts}):
        near |= Q(area__path__startswith=area.path) | Q(area__in=area.ancestor_ids)
    rows = PeriodLock.objects.filter(near).select_related("area", "locked_by", "lifted_by")
    return rows.order_by(F("lifted_at").desc(nulls_first=True), "-last", "-pk")


def closing_units(area: Area, *, day: date) -> QuerySet[Unit]:
    """Units of an area in which somebody closes the month: those that keep ledgers."""
    roles = [name for name, role in ROLES.items() if "month.close" in role.grants]
    held = Post.objects.filter(in_force(day), role__in=roles, unit=OuterRef("pk"))
    rows = Unit.objects.filter(Exists(held), in_force(day), area__path__startswith=area.path)
    return rows.order_by("area__path", "pinyin", "pk")


def closes_of(units: Sequence[Unit], month: date) -> dict[int, MonthClose]:
    """Unit → its closing of that month. One query."""
    rows = MonthClose.objects.filter(unit__in=[u.pk for u in units], month=month)
    return {row.unit_id: row for row in rows.select_related("closed_by")}


def late_facts(area: Area, month: date) -> QuerySet[LateFact]:
    """What came late for days of that month, newest first."""
    following = (month + timedelta(days=31)).replace(day=1)
    return LateFact.objects.filter(
        area__path__startswith=area.path, day__gte=month, day__lt=following
    ).select_related("area", "unit").order_by("-recorded_at", "-pk")  # fmt: skip


def late_rows(register: Register, ids: Sequence[int]) -> set[int]:
    """Those of the rows that have a late version. One query; none for a ledger of the engine."""
    if not register.kept or not ids:
        return set()
    return set(
        LateFact.objects.filter(register=register.code, row__in=ids).values_list("row", flat=True)
    )
