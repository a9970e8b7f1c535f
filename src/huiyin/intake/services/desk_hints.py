"""What stands beside the entry while somebody talks: dangers, copies, the place, the caller's past.

Everything is a hint for a person to decide on. A bounded number of queries, whatever is typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet

from huiyin.base.rules.encryption import EncryptionError
from huiyin.base.rules.masking import mask_name
from huiyin.base.rules.personal_data import UnreadablePhone, normalise_phone
from huiyin.base.rules.workday_calendar import local_date
from huiyin.base.services import personal
from huiyin.cases import selectors as cases
from huiyin.cases.models import Case, CaseContact, CaseWords
from huiyin.cases.rules import words as w
from huiyin.cases.selectors import confirmed
from huiyin.cases.selectors.around import UnitChoice, choice, units_around
from huiyin.cases.selectors.related import CANDIDATES, NearCopy, least
from huiyin.intake.rules import report_kinds
from huiyin.intake.selectors import Place
from huiyin.org.models import Area, OnCall, Unit
from huiyin.org.rules import kinds
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import units_serving
from huiyin.org.selectors.on_call import on_call
from huiyin.triage.rules import danger_words
from huiyin.triage.rules.near_copies import bigrams, jaccard, signature
from huiyin.triage.services import suggesting
from huiyin.triage.services.suggesting import Suggestion

#: Fewer letters than this say nothing yet.
LEAST_LETTERS = 6
COPIES, SAME_PLACE, HISTORY, UNITS = 3, 3, 4, 150


@dataclass(frozen=True)
class Hints:
    """`kind` (None = nothing said yet), `urgency`: what the words look like. `copies`: open cases in nearly the same words;
    `nearby`: other open cases of the same place. `units`: who may lead around the place;
    `about`: whom the report may be about; `on_call`: the leader on duty, where the words call for it."""

    alerts: danger_words.Alerts = field(default_factory=danger_words.Alerts)
    kind: report_kinds.Guess | None = None
    urgency: str = ""
    suggestion: Suggestion | None = None
    copies: tuple[NearCopy, ...] = ()
    nearby: tuple[Case, ...] = ()
    units: tuple[UnitChoice, ...] = ()
    about: tuple[Unit, ...] = ()
    on_call: OnCall | None = None

    @property
    def kind_label(self) -> str:
        """The kind that the words look like; "" where none says so."""
        return w.KINDS[self.kind.kind] if self.kind and self.kind.sure else ""

    @property
    def messages(self) -> list[tuple[str, str]]:
        """(key, sentence) of each thing that the words call for, once, emergencies first."""
        order = (danger_words.EMERGENCY, danger_words.ALERT, danger_words.WRONGDOING,
                 danger_words.ELSEWHERE)  # fmt: skip
        hits = sorted(self.alerts.hits, key=lambda h: order.index(h.kind))
        return list({h.key: (h.key, h.message) for h in hits}.values())


@dataclass(frozen=True)
class Caller:
    """Who has this number called as before. `total`: cases that these posts may see, `open`: of
    them not ended; `cases`: the newest. `name`: masked, to ask “is it still …”."""

    total: int
    open: int
    cases: tuple[Case, ...]
    name: str = ""
    compound_token: str = ""
    compound_name: str = ""


def hints(
    text: str,
    place: Place | None,
    posts: Sequence[ActingPost],
    *,
    at: datetime,
    about_unit_id: int | None = None,
    not_wrongdoing: bool = False,
) -> Hints:
    """Everything for the panel beside the entry. About 15 queries, whatever is typed.

    Of what seems to accuse an official nothing is worked out until somebody said that it does not.
    """
    alerts, day = danger_words.scan(text), local_date(at)
    withheld = alerts.wrongdoing and not not_wrongdoing
    enough = sum(c.isalnum() for c in text) >= LEAST_LETTERS and not withheld
    found = suggested(text, place, day=day, about_unit_id=about_unit_id) if enough else None
    copies = near_copies(text, place, posts, day=day) if enough else []
    nearby: list[Case] = []
    if place is not None and not place.vague:
        known = {c.case.pk for c in copies}
        nearby = [
            c for c in open_at(place, posts, day=day)[: SAME_PLACE + COPIES] if c.pk not in known
        ]
    return Hints(
        alerts=alerts, kind=report_kinds.guess(text=text) if enough else None,
        urgency=found.urgency.level if found else ("life" if alerts.life else ""),
        suggestion=found, copies=tuple(copies), nearby=tuple(nearby[:SAME_PLACE]),
        units=tuple(leading_units(place, day=day)) if place else (),
        about=tuple(units_serving(place.compound, day=day)) if place and place.compound else (),
        on_call=leader_on_duty(place.area.pk if place else posts[0].area_id, alerts, at)
        if posts else None,
    )  # fmt: skip


def leader_on_duty(area_id: int, alerts: danger_words.Alerts, at: datetime) -> OnCall | None:
    """Whoever is on duty for that place, where the words call for it. At most two queries."""
    if not alerts.leader_on_duty:
        return None
    return on_call(Area.objects.get(pk=area_id), at)


def suggested(
    text: str, place: Place | None, *, day: date, about_unit_id: int | None = None
) -> Suggestion:
    """What triage makes of the text at that place; units only where the place is known."""
    return suggesting.suggest(
        text=text, place_area_id=place.area.pk if place else None,
        compound_id=place.compound.pk if place and place.compound else None,
        about_unit_id=about_unit_id, day=day, learned=confirmed.learned_dispatches(),
    )  # fmt: skip


def near_copies(
    text: str, place: Place | None, posts: Sequence[ActingPost], *, day: date
) -> list[NearCopy]:
    """Open cases in these posts' sight whose text says nearly the same, likest first. Two queries.

    Where the compound is known, the same words about another compound are another matter.
    """
    bands = signature(text)
    if not bands:
        return []
    open_cases = _open(posts, day)
    if place is not None and place.compound is not None:
        open_cases = open_cases.filter(Q(compound=place.compound) | Q(compound=None))
    found = list(
        open_cases.filter(search__bands__overlap=bands).select_related("lead", "compound")
        .order_by("-opened_at", "-id")[:CANDIDATES]
    )  # fmt: skip
    texts = dict(
        CaseWords.objects.filter(
            case__in=[c.pk for c in found], seq=1, key="text", text__isnull=False
        ).values_list("case", "text")
    )
    own = bigrams(text)
    compared = [NearCopy(c, jaccard(own, bigrams(texts.get(c.pk) or ""))) for c in found]
    enough = least()
    alike = [n for n in compared if n.likeness >= enough]
    return sorted(alike, key=lambda n: (-n.likeness, -n.case.pk))[:COPIES]


def open_at(place: Place, posts: Sequence[ActingPost], *, day: date) -> QuerySet[Case]:
    """Open cases of the compound, else of the community outside every compound, newest first."""
    found = _open(posts, day).filter(type="report")
    if place.compound is not None:
        found = found.filter(compound=place.compound)
    else:
        found = found.filter(area=place.area, compound=None)
    return found.select_related("lead", "compound").order_by("-opened_at", "-id")


def leading_units(place: Place, *, day: date) -> list[UnitChoice]:
    """Units around the place that may lead, by pinyin; communities only ever support. One query."""
    units = units_around(place.area, day=day).exclude(kind__in=(*kinds.NEVER_LEAD, kinds.CENTRE))
    return [choice(u) for u in units.select_related("area").order_by("pinyin", "pk")[:UNITS]]


def leader_named(typed: str, place: Place, *, day: date) -> Unit | None:
    """The unit around the place that may lead and bears this name or short name, else None."""
    may_lead = units_around(place.area, day=day).exclude(kind__in=(*kinds.NEVER_LEAD, kinds.CENTRE))
    return _named(typed, may_lead)


def unit_named(typed: str, place: Place, *, day: date) -> Unit | None:
    """Any unit around the place of this name or short name; None when none or several bear it."""
    return _named(typed, units_around(place.area, day=day))


def _named(typed: str, names: QuerySet[Unit]) -> Unit | None:
    typed = typed.strip()
    for column in ("short_name", "name"):
        found = list(names.filter(**{column: typed}).order_by("pk")[:2])
        if len(found) == 1:
            return found[0]
    return None


def caller(phone: str, posts: Sequence[ActingPost], *, day: date, area_code: str) -> Caller | None:
    """What is known of a number while it is typed; None until it is a whole number, or unknown.

    Only posts that may see callers' history, and only cases in their sight. Three queries.
    """
    able = [p for p in posts if p.may("case.caller_history")]
    try:
        index = personal.phone_index(normalise_phone(phone, area_code=area_code))
    except UnreadablePhone:
        return None
    if not able or not index:
        return None
    seen = cases.visible_to(able, day=day).filter(
        pk__in=CaseContact.objects.filter(phone_index=index, erased_at__isnull=True).values("case")
    )
    rows = list(seen.select_related("compound", "lead").order_by("-opened_at", "-id")[:200])
    if not rows:
        return Caller(0, 0, ())
    placed = next((c.compound for c in rows if c.compound_id), None)
    return Caller(
        total=len(rows), open=sum(not c.ended for c in rows), cases=tuple(rows[:HISTORY]),
        name=_masked_name(rows[0], index),
        compound_token=f"c{placed.pk}" if placed else "",
        compound_name=placed.name if placed else "",
    )  # fmt: skip


def _masked_name(case: Case, index: str) -> str:
    contact = CaseContact.objects.filter(case=case, phone_index=index).order_by("pk").first()
    if contact is None or not contact.name:
        return ""
    try:
        name = personal.unseal(contact.name, table="cases_contact", field="name", salt=contact.salt)
    except EncryptionError:
        return ""
    return mask_name(name)


def _open(posts: Sequence[ActingPost], day: date) -> QuerySet[Case]:
    return cases.visible_to(posts, day=day).exclude(status__in=w.ENDED)
