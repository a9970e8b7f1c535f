"""Reads of the register of forms: which forms somebody may see, what is due, what is asked twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Length

from huiyin.base.selectors import workday_calendar
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.models import FormFill, FormTemplate
from huiyin.paperwork.rules import catalogue
from huiyin.paperwork.rules.catalogue import Spot

GRANT = "forms.fill"
#: Forms among which fields asked twice are looked for.
COMPARED = 300
#: Forms stand on the start page so many workdays before they are owed, and so many of them.
WORKDAYS_AHEAD, SHOWN = 5, 10


def visible(posts: Sequence[ActingPost]) -> QuerySet[FormTemplate]:
    """Forms in force that were registered for an area of these posts, around it or below it."""
    areas = {p.area_id for p in posts if p.may(GRANT)}
    mine = Q(pk__in=[])
    for row in Area.objects.filter(pk__in=areas):
        mine |= Q(area__path__startswith=row.path) | Q(area__in=row.ancestor_ids)
    return FormTemplate.objects.filter(mine, retired_at__isnull=True)


def listed(posts: Sequence[ActingPost], text: str = "") -> QuerySet[FormTemplate]:
    """The register of forms, newest first."""
    rows = visible(posts).select_related("unit", "area")
    for word in text.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(issuer__icontains=word) | Q(number__icontains=word))  # fmt: skip
    return rows.order_by("-pk")


def of_fingerprint(posts: Sequence[ActingPost], fingerprint: str, area: Area) -> FormTemplate | None:  # fmt: skip
    """The form of this structure that is nearest to a place."""
    return (
        visible(posts)
        .filter(fingerprint=fingerprint, area__in=area.ancestor_ids)
        .order_by(Length("area__path").desc(), F("pk").desc())
        .first()
    )


def nearest(posts: Sequence[ActingPost], spots: Sequence[Spot], title: str) -> FormTemplate | None:  # fmt: skip
    """An earlier version of a changed form: the same title, or most of the same blanks."""
    best, most = None, 0.5
    for row in visible(posts).order_by("-pk")[:COMPARED]:
        share = catalogue.same_form([catalogue.spot(s) for s in row.structure], spots)
        if catalogue.timeless(row.title) == catalogue.timeless(title):
            share += 0.25
        if share > most:
            best, most = row, share
    return best


def fills_of(template: FormTemplate) -> QuerySet[FormFill]:
    """Fillings of a form, newest first."""
    return template.fills.select_related("area", "person", "post__unit").order_by("-at", "-pk")


@dataclass(frozen=True)
class Burden:
    """What the forms of a role ask in a week: by hand, and filled by the system."""

    role: str
    forms: int
    by_hand: float
    filled: float

    @property
    def share(self) -> int:
        """How much of it the system fills, in percent."""
        total = self.by_hand + self.filled
        return round(self.filled * 100 / total) if total else 0


def burden(posts: Sequence[ActingPost]) -> list[Burden]:
    """Per role, from frequency × number of blanks. One query."""
    held: dict[str, list[float]] = {}
    rows = visible(posts).order_by().values_list("role", "frequency").annotate(
        by_hand=Sum("by_hand"), known=Sum("known"), n=Sum(1)
    )  # fmt: skip
    for role, frequency, by_hand, known, n in rows:
        kept = held.setdefault(role, [0, 0.0, 0.0])
        kept[0] += n
        kept[1] += by_hand * catalogue.A_WEEK[frequency]
        kept[2] += known * catalogue.A_WEEK[frequency]
    return [Burden(role, int(n), a, b) for role, (n, a, b) in sorted(held.items())]


@dataclass(frozen=True)
class AskedTwice:
    """A field and the forms that ask it."""

    words: str
    forms: tuple[FormTemplate, ...]


def asked_twice(posts: Sequence[ActingPost], limit: int = 200) -> list[AskedTwice]:
    """Fields that several forms ask, among the newest COMPARED forms. One query."""
    rows = {row.pk: row for row in visible(posts).order_by("-pk")[:COMPARED]}
    found = catalogue.asked_twice(
        (pk, [catalogue.spot(s) for s in row.structure]) for pk, row in rows.items()
    )
    return [AskedTwice(words, tuple(rows[pk] for pk in ids)) for words, ids in found[:limit]]


def owed_soon(posts: Sequence[ActingPost], day: date) -> list[tuple[FormTemplate, date]]:
    """Forms of these posts' own units that are owed within five workdays, the nearest first."""
    calendar = workday_calendar()
    last, n = day, 0
    while n < WORKDAYS_AHEAD and last < day + timedelta(days=30):
        last += timedelta(days=1)
        n += calendar.is_workday(last)
    units = {p.unit_id for p in posts if p.may(GRANT)}
    rows = visible(posts).filter(unit__in=units).order_by("-pk")[:COMPARED]
    found = [(row, when) for row in rows if (when := due(row, day)) is not None and when <= last]
    return sorted(found, key=lambda pair: (pair[1], pair[0].pk))[:SHOWN]


def due(template: FormTemplate, day: date) -> date | None:
    """The next day by which a form is owed."""
    return catalogue.next_due(template.frequency, template.due_day, template.expires_on, day)
