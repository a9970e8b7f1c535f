"""Reads for resident pages: places, what is public, and a case for whoever reported it.

PUBLIC: `public_hint` and `voice_target` are all that the public learns of cases: category, count
and month of open reports at a place. Hint, board, map, feed, search and Open311 go through here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from huiyin.base.models import Attachment
from huiyin.base.rules.workday_calendar import local_date
from huiyin.base.services import personal
from huiyin.cases import registry
from huiyin.cases.models import Case, CaseContact, CaseEvent, Deadline, Handover
from huiyin.cases.rules import words as w
from huiyin.cases.rules.deadlines import Limit, pick
from huiyin.cases.selectors import callbacks_now, limits, running_deadlines
from huiyin.intake.rules import places, story
from huiyin.org import selectors as org
from huiyin.org.models import Area, Building, Compound, Person, Post, Unit
from huiyin.org.rules import kinds
from huiyin.org.selectors import mapping
from huiyin.triage.selectors import category_tree

HOTLINE = "12345"
#: Dispatched and not ended: a person has read the report and given it its category.
_PUBLIC_STATUSES = (
    w.AWAITING_ACCEPTANCE, w.IN_PROGRESS, w.AWAITING_RETURN_RULING, w.AWAITING_REVIEW,
    w.AWAITING_CALLBACK, w.SUSPENDED,
)  # fmt: skip


# -- places ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Place:
    """Where a report is: the smallest known area, and the compound and building if any."""

    token: str
    area: Area
    name: str
    above: str
    compound: Compound | None = None
    building: Building | None = None

    @property
    def vague(self) -> bool:
        """Larger than a community: the resident has to say where exactly."""
        return self.area.kind in (kinds.CITY, kinds.COUNTY, kinds.SUBDISTRICT)


def place_at(text: str, *, day: date) -> Place | None:
    """The place behind a token of an address (c12, a7, b3); None when there is none in force."""
    token = places.parse(text)
    if token is None:
        return None
    if token.kind == "area":
        area = Area.objects.filter(org.in_force(day), pk=token.id).first()
        return None if area is None else Place(str(token), area, area.name, _above(area))
    building = None
    compound_id = token.id
    if token.kind == "building":
        building = Building.objects.filter(pk=token.id).first()
        if building is None:
            return None
        compound_id = building.compound_id
    compound = (
        Compound.objects.filter(org.in_force(day), pk=compound_id)
        .select_related("community")
        .first()
    )
    if compound is None:
        return None
    name = f"{compound.name}{building.name}" if building else compound.name
    above = org.full_area_name(compound.community)
    return Place(str(token), compound.community, name, above, compound, building)


def _above(area: Area) -> str:
    full = org.full_area_name(area)
    return full.removesuffix(area.name)


def counties(*, day: date) -> list[Area]:
    """The counties and districts to choose from, by code."""
    return list(Area.objects.filter(org.in_force(day), kind=kinds.COUNTY).order_by("code", "pk"))


@dataclass(frozen=True)
class Below:
    """One step of the choice of a place: what lies right below an area."""

    area: Area
    above: tuple[Area, ...]
    areas: tuple[Area, ...]
    compounds: tuple[Compound, ...]


def below(area_id: int, *, day: date) -> Below | None:
    """Areas down to communities, and the compounds of a community, by pinyin."""
    area = Area.objects.filter(org.in_force(day), pk=area_id).first()
    if area is None or area.kind in (kinds.GRID, kinds.MICRO_GRID):
        return None
    by_id = {a.pk: a for a in Area.objects.filter(pk__in=area.ancestor_ids)}
    above = tuple(by_id[i] for i in area.ancestor_ids[:-1] if by_id[i].kind != kinds.CITY)
    if area.kind == kinds.COMMUNITY:
        compounds = Compound.objects.filter(
            org.in_force(day), Q(community=area) | Q(area_links__area=area)
        ).distinct()
        return Below(area, above, (), tuple(compounds.order_by("pinyin", "name", "pk")))
    children = org.children_of(area, day=day).exclude(kind__in=(kinds.GRID, kinds.MICRO_GRID))
    return Below(area, above, tuple(children), ())


@dataclass(frozen=True)
class Found:
    """A hit of the place search: where it leads and which one it is (names repeat)."""

    token: str
    name: str
    where: str


def find_places(
    text: str, *, day: date, limit: int = 12, within: Area | None = None
) -> list[Found]:
    """Compounds, then communities and towns, by part of a name or by pinyin; names repeat, so
    each says where it lies. `within`: an area to stay in, default the whole city. [] for an empty
    text."""
    root, text = within or mapping.city(), text.strip()
    if root is None or not text:
        return []
    compounds = org.find_compounds(text, within=root, limit=limit, day=day)
    areas = list(
        Area.objects.filter(
            org.in_force(day), kind__in=(kinds.COMMUNITY, kinds.SUBDISTRICT, kinds.COUNTY),
            path__startswith=root.path,
        )
        .filter(
            Q(name__contains=text) | Q(pinyin__startswith=text.lower())
            | Q(pinyin__contains=f" {text.lower()}")
        )
        .order_by("code", "pk")[: limit - len(compounds)]
    )  # fmt: skip
    names = _full_names([c.community for c in compounds] + areas)
    return [Found(f"c{c.pk}", c.name, names[c.community_id]) for c in compounds] + [
        Found(f"a{a.pk}", a.name, names[a.pk].removesuffix(a.name)) for a in areas
    ]


def _full_names(areas: Iterable[Area]) -> dict[int, str]:
    """'水富市云富街道团结路社区' for each, in one query."""
    areas = list(areas)
    ids = {i for a in areas for i in a.ancestor_ids}
    names = dict(Area.objects.filter(pk__in=ids).values_list("pk", "name"))
    return {a.pk: "".join(names[i] for i in a.ancestor_ids[1:]) or a.name for a in areas}


# -- public --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Hint:
    """All that others learn of open reports at a place: category (its code and its word on the
    screen), voices, since which month."""

    category: str
    label: str
    voices: int
    since: date


def public_hint(place: Place, *, limit: int = 5) -> list[Hint]:
    """Open reports of a place by category, most voices first. Two queries.

    Voices are distinct people: cases of that category and those merged into them, one phone
    counted once. Never in it: confidential reports, accusations, what is withheld, and what no
    person has dispatched yet.
    """
    cases = list(_public_cases(place).values_list("pk", "category", "opened_at", "merged"))
    by_case: dict[int, str] = {}
    since: dict[str, datetime] = {}
    for pk, category, opened_at, merged_id in cases:
        by_case[pk] = category
        if merged_id:
            by_case[merged_id] = category
        since[category] = min(opened_at, since.get(category, opened_at))
    people: dict[str, set[str]] = {category: set() for category in since}
    phones = dict(
        CaseContact.objects.filter(case__in=by_case, role="reporter").values_list(
            "case", "phone_index"
        )
    )
    for pk, category in by_case.items():
        people[category].add(phones.get(pk) or f"case:{pk}")
    hints = [
        Hint(category, label, len(who), local_date(since[category]).replace(day=1))
        for category, who in people.items()
        if (label := public_label(category))
    ]
    return sorted(hints, key=lambda h: (-h.voices, h.since, h.category))[:limit]


def public_label(category: str) -> str:
    """The last name of a category's path ('管道漏水'); "" for a code that nobody could read."""
    path = category_tree().path(category)
    return path[-1] if path else "" if category.isascii() else category


def voice_target(place: Place, category: str) -> int | None:
    """The case that a further voice about that category at that place runs with: the oldest."""
    row = _public_cases(place).filter(category=category).order_by("opened_at", "pk").first()
    return row.pk if row else None


def _public_cases(place: Place) -> QuerySet[Case]:
    where = Q(compound=place.compound) if place.compound else Q(area=place.area, compound=None)
    return (
        Case.objects.filter(where, type="report", status__in=_PUBLIC_STATUSES, confidential=False)
        .exclude(kind="accusation")
        .exclude(category="")
    )


# -- for whoever reported it -------------------------------------------------------------------------
def contact_by_tail(number: str, tail: str) -> CaseContact | None:
    """The contact of case `number` whose phone ends so, or whose code it is. One query."""
    return (
        CaseContact.objects.filter(
            case__number=number, phone_tail=personal.tail_index(tail, number),
            erased_at__isnull=True,
        )
        .select_related("case")
        .order_by("-role", "pk")
        .first()
    )  # fmt: skip


def own_case(number: str) -> Case | None:
    """A case for whoever has shown that it is theirs; the view asks for that first."""
    return (
        Case.objects.select_related("area", "compound", "building", "lead", "merged_into")
        .filter(number=number)
        .first()
    )


def callback_is_for_somebody_else(case: Case) -> bool:
    """Whether it was reported for somebody 代报, who is then asked whether it is solved."""
    return case.contacts.filter(role="for_whom", erased_at__isnull=True).exists()


def own_words(case: Case) -> str:
    """What the reporter wrote, for the reporter alone; "" for what is kept closed even there."""
    if case.confidential or case.kind == "accusation" or case.status == w.WITHHELD:
        return ""
    return (
        case.words.filter(key="text").order_by("seq").values_list("text", flat=True).first() or ""
    )


def own_photos(case: Case) -> QuerySet[Attachment]:
    """What the reporter sent along, oldest first."""
    return Attachment.objects.filter(
        subject=f"case:{case.pk}", from_reporter=True, erased_at__isnull=True
    ).order_by("pk")


def own_attachment(case: Case, attachment_id: int) -> Attachment | None:
    """One photo that the reporter of this case may see, or None."""
    return own_photos(case).filter(pk=attachment_id).first()


def story_of(case: Case) -> list[story.Told]:
    """The timeline for the reporter, newest first. Three queries."""
    facts = [
        story.Fact(e.seq, e.action, e.at, json.loads(e.body))
        for e in CaseEvent.objects.filter(case=case).order_by("seq")
    ]
    replies = {
        seq: text or ""
        for seq, text in case.words.filter(key="reply", public=True).values_list("seq", "text")
    }
    leads = {f.body["set"].get("lead_id") for f in facts} - {None}
    units = dict(Unit.objects.filter(pk__in=leads).values_list("pk", "short_name"))
    return story.story(facts, registry.get(case.type).transitions, replies, units)


def answer_now(case: Case) -> str:
    """What the reporter answered online to the reply that stands now, in words; "" when nothing."""
    online = [c for c in callbacks_now(case) if c.channel == "web"]
    if not online:
        return ""
    last = online[-1]
    return story.answer_words({"resolved": last.resolved, "satisfied": last.satisfied})


#: A clock that stands still is due in that year.
_STANDS_STILL = 9999
#: What the resident waits for, the first that runs.
_WAITS_FOR = ("handle", "admit", "suspension_review", "callback")


def waits_for(case: Case) -> Deadline | None:
    """The running clock that the resident waits for, or None."""
    running = {d.what: d for d in running_deadlines([case.pk]) if d.due_at.year < _STANDS_STILL}
    return next((running[what] for what in _WAITS_FOR if what in running), None)


@dataclass(frozen=True)
class Receiver:
    """First receiver 首接负责: one name, one unit, one phone. `accepted`: the unit has taken over."""

    name: str
    unit: str
    phone: str
    accepted: bool = False


def first_receiver(case: Case, *, day: date) -> Receiver:
    """Whom to call: whoever accepted the case, until then whoever received it, else the desk.

    Of somebody whose post has ended by `day`: whoever took the sheet over, until then the unit.
    """
    lead = (
        case.assignments.filter(role="lead", ended_at__isnull=True, accepted_at__isnull=False)
        .select_related("unit", "accepted_by")
        .first()
    )
    if lead is not None:
        name = _still_there(lead.accepted_by, lead.unit, day)
        return Receiver(name, lead.unit.name, lead.unit.phone or HOTLINE, accepted=True)
    took = (
        CaseEvent.objects.filter(
            case=case, post__isnull=False, action__in=("admitted", "reported", "dispatched")
        )
        .select_related("post__unit", "post__person")
        .order_by("seq")
        .first()
    )
    if took is None or took.post is None:
        return desk_for(case.area, day=day)
    post = took.post
    if post.valid_to is None or post.valid_to >= day:
        return _receiver(post)
    sheet = Handover.objects.filter(post=post).select_related("taken_by").first()
    name = _still_there(sheet.taken_by if sheet else None, post.unit, day)
    return Receiver(name, post.unit.name, post.unit.phone or HOTLINE)


def _still_there(person: Person | None, unit: Unit, day: date) -> str:
    """The name of somebody who has a post at the unit on that day, else ""."""
    if person is None or not Post.objects.filter(
        org.in_force(day), person=person, unit=unit
    ).exists():  # fmt: skip
        return ""
    return person.name


def desk_for(area: Area, *, day: date) -> Receiver:
    """The reception of a place: the nearest centre and who has been at its desk the longest."""
    post = (
        Post.objects.filter(
            org.in_force(day), role="desk", area__in=area.ancestor_ids, unit__kind=kinds.CENTRE
        )
        .select_related("unit", "person")
        .order_by("-area__path", "valid_from", "pk")
        .first()
    )
    if post is not None:
        return _receiver(post)
    centre = (
        Unit.objects.filter(org.in_force(day), kind=kinds.CENTRE, area__in=area.ancestor_ids)
        .order_by("-area__path", "pk")
        .first()
    )
    if centre is not None:
        return Receiver("", centre.name, centre.phone or HOTLINE)
    return Receiver("", "政务服务热线", HOTLINE)


def _receiver(post: Post) -> Receiver:
    return Receiver(post.person.name, post.unit.name, post.unit.phone or HOTLINE)


def limit_for(what: str, *, kind: str, urgency: str, channel: str, day: date) -> Limit | None:
    """How long `what` may take for such a report."""
    return pick(limits(), what=what, day=day, kind=kind, urgency=urgency, channel=channel)


def units_about(place: Place, *, day: date) -> list[Unit]:
    """Units that a report from this place may be about: those that serve the compound."""
    return org.units_serving(place.compound, day=day) if place.compound else []
