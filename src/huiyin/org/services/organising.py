"""Build and change the organisation: areas, compounds, units, people, posts. Rows are dated.

`by` is the post of the administrator who does it (audited); None = the installation itself (seed,
import, drill), which leaves no audit row. Errors are OrganisationError, fit for the screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q

from huiyin.base.services import audit
from huiyin.org import registry
from huiyin.org.models import (
    Area,
    Building,
    Compound,
    CompoundArea,
    Person,
    Post,
    Unit,
    UnitCompound,
)
from huiyin.org.rules import kinds
from huiyin.org.rules.grants import ROLES, ActingPost, exclusion_error
from huiyin.org.rules.names import pinyin_key

ONE_DAY = timedelta(days=1)

#: Which kind of area lies right below which.
BELOW = {
    kinds.CITY: (kinds.COUNTY,),
    kinds.COUNTY: (kinds.SUBDISTRICT,),
    kinds.SUBDISTRICT: (kinds.COMMUNITY,),
    kinds.COMMUNITY: (kinds.GRID,),
    kinds.GRID: (kinds.MICRO_GRID,),
    kinds.MICRO_GRID: (),
}


class OrganisationError(ValueError):
    """The change does not fit the organisation. The message is Chinese and fit for the screen."""


@transaction.atomic
def create_area(*, name: str, kind: str, code: str, parent: Area, valid_from: date) -> Area:
    """Add an area below `parent`: a grid belongs to a community, never to a town itself.

    `code`: 12 digits of the community + 3 for a grid + 2 for a micro grid (practice.md §3).
    """
    if kind not in BELOW[parent.kind]:
        wanted = "、".join(kinds.AREA_LABELS[k] for k in BELOW[parent.kind]) or "任何区域"
        raise OrganisationError(
            f"{parent.name}下面只能设{wanted}，不能设{kinds.AREA_LABELS.get(kind, kind)}"
        )
    _refuse_repeated(
        Area.objects.filter(code=code, valid_to__isnull=True).exists(),
        f"代码 {code} 已有在用的区域",
    )
    area = Area.objects.create(
        name=name, kind=kind, code=code, parent=parent, valid_from=valid_from,
        pinyin=pinyin_key(name),
    )  # fmt: skip
    area.path = f"{parent.path}{area.pk}/"
    area.save(update_fields=["path"])
    return area


@transaction.atomic
def end_area(*, area: Area, last_day: date, successor: Area | None) -> Area:
    """End an area; its code then leads to `successor`. Areas, compounds and units in it must have
    moved before.
    """
    row = Area.objects.select_for_update().get(pk=area.pk)
    after = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    for what, left in (
        ("下级区域", Area.objects.filter(after, parent=row).count()),
        ("小区", Compound.objects.filter(after, community=row).count()),
        ("单位", Unit.objects.filter(after, area=row).count()),
    ):
        if left:
            raise OrganisationError(f"{row.name}还有 {left} 个{what}，请先划转")
    row.valid_to, row.successor = _last_day(row.valid_from, last_day), successor
    row.save(update_fields=["valid_to", "successor"])
    return row


@transaction.atomic
def create_compound(
    *,
    name: str,
    community: Area,
    valid_from: date,
    aliases: Iterable[str] = (),
    households: int | None = None,
    areas: Iterable[Area] = (),
    point: tuple[Decimal, Decimal] | None = None,
) -> Compound:
    """Add a compound; `areas` = further communities or grids that it lies in; `point` = latitude
    and longitude, WGS-84."""
    if community.kind != kinds.COMMUNITY:
        raise OrganisationError(f"小区要归到社区（村），“{community.name}”不是社区")
    _refuse_repeated(
        Compound.objects.filter(name=name, community=community, valid_to__isnull=True).exists(),
        f"{community.name}已有小区“{name}”",
    )
    several = list(aliases)
    compound = Compound.objects.create(
        name=name, community=community, aliases="、".join(several), households=households,
        pinyin=pinyin_key(name), valid_from=valid_from,
        latitude=point[0] if point else None, longitude=point[1] if point else None,
    )  # fmt: skip
    CompoundArea.objects.bulk_create(
        CompoundArea(compound=compound, area=area, valid_from=valid_from)
        for area in {a.pk: a for a in (community, *areas)}.values()
    )
    return compound


def create_building(*, compound: Compound, name: str) -> Building:
    """Add a building, or give the one of that name in the compound."""
    building, _ = Building.objects.get_or_create(compound=compound, name=name)
    return building


@transaction.atomic
def create_unit(
    *,
    kind: str,
    name: str,
    area: Area,
    valid_from: date,
    short_name: str = "",
    function: str = "",
    phone: str = "",
) -> Unit:
    """Add a unit with its jurisdiction. A community unit lies in a community and so on."""
    level = {kinds.UNIT_COMMUNITY: kinds.COMMUNITY, kinds.UNIT_SUBDISTRICT: kinds.SUBDISTRICT}
    if kind not in kinds.UNIT_LABELS:
        raise OrganisationError(f"没有“{kind}”这类单位")
    if level.get(kind, area.kind) != area.kind:
        raise OrganisationError(
            f"{kinds.UNIT_LABELS[kind]}的管辖区域应为{kinds.AREA_LABELS[level[kind]]}，"
            f"“{area.name}”不是"
        )
    _refuse_repeated(
        Unit.objects.filter(name=name, area=area, valid_to__isnull=True).exists(),
        f"{area.name}已有单位“{name}”",
    )
    return Unit.objects.create(
        kind=kind, name=name, short_name=short_name or name[:20], function=function, area=area,
        phone=phone, pinyin=pinyin_key(short_name or name), valid_from=valid_from,
    )  # fmt: skip


@transaction.atomic
def end_unit(*, unit: Unit, last_day: date, at: datetime, by: ActingPost | None = None) -> Unit:
    """End a unit with its posts and the compounds that it serves."""
    row = Unit.objects.select_for_update().get(pk=unit.pk)
    for post in Post.objects.filter(unit=row, valid_to__isnull=True).order_by("pk"):
        end_post(post=post, last_day=last_day, at=at, by=by)
    UnitCompound.objects.filter(unit=row, valid_to__isnull=True).update(valid_to=last_day)
    row.valid_to = _last_day(row.valid_from, last_day)
    row.save(update_fields=["valid_to"])
    return row


@transaction.atomic
def serve_compound(*, unit: Unit, compound: Compound, valid_from: date) -> UnitCompound:
    """From that day the unit (firm, service team, committee) serves the compound. Whoever of the
    same kind served it until then ends the day before.
    """
    before = UnitCompound.objects.select_for_update(of=("self",)).filter(
        compound=compound, unit__kind=unit.kind, valid_to__isnull=True
    )
    for link in before:
        if link.unit_id == unit.pk:
            return link
        if link.valid_from >= valid_from:
            raise OrganisationError(
                f"{compound.name}自 {link.valid_from:%Y-%m-%d} 起已由同类单位服务，新的起始日须更晚"
            )
        link.valid_to = valid_from - ONE_DAY
        link.save(update_fields=["valid_to"])
    return UnitCompound.objects.create(unit=unit, compound=compound, valid_from=valid_from)


def create_person(*, name: str, work_phone: str = "") -> Person:
    """Add somebody who works with the system. Names repeat: two people may bear one."""
    if not name.strip():
        raise OrganisationError("请填写姓名")
    return Person.objects.create(
        name=name.strip(), pinyin=pinyin_key(name.strip())[:120], work_phone=work_phone
    )


@transaction.atomic
def create_post(
    *,
    person: Person,
    unit: Unit,
    role: str,
    valid_from: date,
    at: datetime,
    area: Area | None = None,
    title: str = "",
    valid_to: date | None = None,
    by: ActingPost | None = None,
    address: str = "",
) -> Post:
    """Put a person into a role at a unit, for `area` (default: the unit's), first to last day.

    The three administrators 三员 are exclusive, for as long as the posts overlap; the database
    refuses it too.
    """
    if role not in ROLES:
        raise OrganisationError(f"没有“{role}”这个角色")
    if valid_to is not None:
        _last_day(valid_from, valid_to)
    if unit.valid_to is not None and unit.valid_to < valid_from:
        raise OrganisationError(f"{unit.short_name}已于 {unit.valid_to:%Y-%m-%d} 停用")
    Person.objects.select_for_update().get(pk=person.pk)
    overlapping = Post.objects.filter(person=person).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    )
    if valid_to is not None:
        overlapping = overlapping.filter(valid_from__lte=valid_to)
    error = exclusion_error([*overlapping.values_list("role", flat=True), role])
    if error:
        raise OrganisationError(error)
    _refuse_repeated(
        overlapping.filter(unit=unit, role=role, area=area or unit.area).exists(),
        f"{person.name}已在{unit.short_name}任{kinds.ROLE_LABELS[role]}",
    )
    try:
        with transaction.atomic():
            post = Post.objects.create(
                person=person, unit=unit, area=area or unit.area, role=role, title=title,
                valid_from=valid_from, valid_to=valid_to,
            )  # fmt: skip
    except IntegrityError as error_:
        raise OrganisationError("同一天在同一单位不能两次担任同一角色") from error_
    _audit_post(post, "post_begun", at=at, by=by, address=address)
    return post


@transaction.atomic
def end_post(
    *,
    post: Post,
    last_day: date,
    at: datetime,
    by: ActingPost | None = None,
    address: str = "",
) -> Post:
    """Give a post its last day and run what apps hooked on (handover sheet), in one transaction."""
    row = (
        Post.objects.select_for_update(of=("self",))
        .select_related("person", "unit")
        .get(pk=post.pk)
    )
    if row.valid_to is not None and row.valid_to <= last_day:
        raise OrganisationError(f"此岗位已于 {row.valid_to:%Y-%m-%d} 结束")
    row.valid_to = _last_day(row.valid_from, last_day)
    row.save(update_fields=["valid_to"])
    for react in registry.post_endings():
        react(row, last_day, at)
    _audit_post(row, "post_ended", at=at, by=by, address=address)
    return row


def _audit_post(
    post: Post, action: str, *, at: datetime, by: ActingPost | None, address: str
) -> None:
    if by is None:
        return
    audit.record(
        at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
        address=address, action=action, subject=f"post:{post.pk}",
        reason=f"{post.person.name}，{post.unit.short_name}·{kinds.ROLE_LABELS[post.role]}",
    )  # fmt: skip


def _last_day(first: date, last: date) -> date:
    if last < first:
        raise OrganisationError(f"止期 {last:%Y-%m-%d} 早于起期 {first:%Y-%m-%d}")
    return last


def _refuse_repeated(repeated: bool, message: str) -> None:
    if repeated:
        raise OrganisationError(message)
