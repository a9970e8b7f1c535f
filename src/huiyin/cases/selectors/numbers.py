"""Rows that the numbers of the report loop count in a period (practice.md §1.5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from huiyin.base.rules.local_defaults import CONTACT_HOURS
from huiyin.base.selectors import local_number
from huiyin.cases.models import Assignment, Callback, Case, CaseEvent, CaseRequest, OnSpotLook
from huiyin.cases.rules import words as w
from huiyin.indicators.registry import Rows, Slice

#: 书面督办 and 提醒函; a reminder 催办 comes before and is no supervision yet.
SUPERVISED = ("supervision_issued", "admonition_issued")


def in_area(prefix: str, part: Slice) -> Q:
    """Cases of the slice's place: `prefix` = the way from the row to its case."""
    return Q(**{f"{prefix}area__path__startswith": part.area_path})


def received(part: Slice) -> QuerySet[Case]:
    """Reports received in the period, imported histories not counted."""
    rows = Case.objects.filter(
        in_area("", part), type="report", opened_at__gte=part.start, opened_at__lt=part.end
    ).exclude(sign_off_code="imported")
    if part.unit_id:
        rows = rows.filter(lead=part.unit_id)
    return rows.select_related("lead")


def imported(part: Slice) -> QuerySet[Case]:
    """Closed histories from before: counted nowhere else."""
    return Case.objects.filter(
        in_area("", part), type="report", sign_off_code="imported",
        opened_at__gte=part.start, opened_at__lt=part.end,
    ).select_related("lead")  # fmt: skip


def on_spot(part: Slice) -> QuerySet[Case]:
    """自办件: found and put right on the spot, outside the three rates."""
    return received(part).filter(sign_off_code="on_spot")


def on_spot_ever(part: Slice) -> QuerySet[Case]:
    """…and those among them that a look has turned into ordinary cases since."""
    drawn = OnSpotLook.objects.filter(case=OuterRef("pk"))
    return received(part).filter(Q(sign_off_code="on_spot") | Exists(drawn))


def on_spot_looked(part: Slice) -> QuerySet[Case]:
    """…that the subdistrict looked at."""
    looked = OnSpotLook.objects.filter(case=OuterRef("pk"), looked_at__isnull=False)
    return on_spot_ever(part).filter(Exists(looked))


def _looks(part: Slice, *verdicts: str) -> QuerySet[OnSpotLook]:
    cases = on_spot_ever(part).values("pk")
    rows = OnSpotLook.objects.filter(case__in=cases, verdict__in=verdicts)
    return rows.select_related("case", "unit", "community")


def on_spot_judged(part: Slice) -> QuerySet[OnSpotLook]:
    """Looks that could say whether it was so."""
    return _looks(part, "true", "untrue")


def on_spot_true(part: Slice) -> QuerySet[OnSpotLook]:
    """…of which the look said that it was so."""
    return _looks(part, "true")


def dispatched(part: Slice) -> QuerySet[Assignment]:
    """Dispatches to a lead in the period, of cases that were not excluded from scoring nor taken out
    of the line as 检举控告."""
    rows = _dispatches(part)
    return rows.filter(unit=part.unit_id) if part.unit_id else rows


def sent(part: Slice) -> QuerySet[Assignment]:
    """The same dispatches, of the unit that dispatched them."""
    rows = _dispatches(part)
    return rows.filter(dispatched_by=part.unit_id) if part.unit_id else rows


def _dispatches(part: Slice) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(
        in_area("case__", part), case__type="report", role="lead", case__excluded=False,
        dispatched_at__gte=part.start, dispatched_at__lt=part.end,
    )  # fmt: skip
    return rows.exclude(case__status=w.WITHHELD).select_related("case", "unit", "dispatched_by")


def responded(part: Slice) -> QuerySet[Assignment]:
    """…whose unit had the reporter within the hours of 本地参数; a callback may contradict it."""
    within = timedelta(hours=local_number(CONTACT_HOURS))
    denied = Callback.objects.filter(
        case=OuterRef("case"), round=OuterRef("round"), contacted_in_time=False
    )
    return dispatched(part).filter(
        first_contact_at__lte=F("dispatched_at") + within
    ).exclude(Exists(denied))  # fmt: skip


def called_back(part: Slice) -> QuerySet[Callback]:
    """The last answer of each reporter who was reached, from all or from a random sample."""
    later = Callback.objects.filter(
        case=OuterRef("case"), round=OuterRef("round"), outcome="reached",
        ordinal__gt=OuterRef("ordinal"),
    )  # fmt: skip
    rows = Callback.objects.filter(
        in_area("case__", part), case__type="report", outcome="reached", case__excluded=False,
        sample__in=("all", "random"), at__gte=part.start, at__lt=part.end,
    ).exclude(Exists(later))  # fmt: skip
    if part.unit_id:
        rows = rows.filter(case__lead=part.unit_id)
    return rows.select_related("case", "case__lead")


def resolved(part: Slice) -> QuerySet[Callback]:
    """…who said that it is solved."""
    return called_back(part).filter(resolved=True)


def rated(part: Slice) -> QuerySet[Callback]:
    """…who said how satisfied they are."""
    return called_back(part).exclude(satisfied="")


def satisfied(part: Slice) -> QuerySet[Callback]:
    """…of whom satisfied or fairly satisfied."""
    return rated(part).filter(satisfied__in=("satisfied", "fair"))


def replied(part: Slice) -> QuerySet[Case]:
    """Cases whose reply fell into the period; what was excluded leaves every measure of the unit."""
    rows = Case.objects.filter(
        in_area("", part), type="report", replied_at__gte=part.start, replied_at__lt=part.end,
        met_deadline__isnull=False, excluded=False,
    ).exclude(status=w.WITHHELD)  # fmt: skip
    if part.unit_id:
        rows = rows.filter(lead=part.unit_id)
    return rows.select_related("lead")


def replied_in_time(part: Slice) -> QuerySet[Case]:
    """…each time before it was due."""
    return replied(part).filter(met_deadline=True)


def finished(part: Slice) -> QuerySet[Case]:
    """Signed off in the period after a dispatch, not excluded."""
    rows = Case.objects.filter(
        in_area("", part), type="report", closed_at__gte=part.start, closed_at__lt=part.end,
        status__in=(w.CLOSED, w.ARCHIVED), dispatched_at__isnull=False, excluded=False,
    )  # fmt: skip
    if part.unit_id:
        rows = rows.filter(lead=part.unit_id)
    return rows.select_related("lead")


def finished_at_once(part: Slice) -> QuerySet[Case]:
    """…by the first unit, at the first go."""
    return finished(part).filter(reworks=0, transfers=0)


def returned_dispatches(part: Slice) -> QuerySet[Assignment]:
    """Dispatches that the unit asked to give back, whatever the ruling."""
    asked = CaseRequest.objects.filter(case=OuterRef("case"), unit=OuterRef("unit"), kind="return")
    return dispatched(part).filter(Exists(asked))


def misdispatched(part: Slice) -> QuerySet[Assignment]:
    """Dispatches to the wrong unit, given back rightly or sent on: of the dispatcher, not of the unit."""
    return sent(part).filter(misdispatched=True)


def excluded(part: Slice) -> QuerySet[Case]:
    """Received in the period and excluded from scoring since."""
    return received(part).filter(excluded=True)


def led(part: Slice) -> QuerySet[Assignment]:
    """Every dispatch to a lead in the period, excluded from scoring or not."""
    rows = Assignment.objects.filter(
        in_area("case__", part), case__type="report", role="lead",
        dispatched_at__gte=part.start, dispatched_at__lt=part.end,
    ).exclude(case__status=w.WITHHELD)  # fmt: skip
    if part.unit_id:
        rows = rows.filter(unit=part.unit_id)
    return rows.select_related("case", "unit", "dispatched_by")


def ended(*statuses: str) -> Rows:
    """Cases that ended in the period in one of these ways, histories not counted."""

    def rows(part: Slice) -> QuerySet[Case]:
        found = Case.objects.filter(
            in_area("", part), type="report", status__in=statuses,
            closed_at__gte=part.start, closed_at__lt=part.end,
        ).exclude(sign_off_code="imported")  # fmt: skip
        if part.unit_id:
            found = found.filter(lead=part.unit_id)
        return found.select_related("lead")

    return rows


def signed_off(part: Slice) -> QuerySet[Case]:
    """Signed off in the period after a dispatch, excluded from scoring or not."""
    return ended(w.CLOSED, w.ARCHIVED)(part).filter(dispatched_at__isnull=False)


def requests(kind: str, *, when: str, **fixed: Any) -> Rows:
    """Requests of one kind whose moment `when` (asked_at, decided_at) fell into the period."""

    def rows(part: Slice) -> QuerySet[CaseRequest]:
        found = CaseRequest.objects.filter(
            in_area("case__", part), case__type="report", kind=kind,
            **{f"{when}__gte": part.start, f"{when}__lt": part.end}, **fixed,
        ).exclude(case__status=w.WITHHELD)  # fmt: skip
        if part.unit_id:
            found = found.filter(unit=part.unit_id)
        return found.select_related("case", "unit")

    return rows


def happened(*actions: str) -> Rows:
    """Events of the ledger of these names in the period, by the lead that the case has now."""

    def rows(part: Slice) -> QuerySet[CaseEvent]:
        found = CaseEvent.objects.filter(
            in_area("case__", part), case__type="report", action__in=actions,
            at__gte=part.start, at__lt=part.end,
        ).exclude(case__status=w.WITHHELD)  # fmt: skip
        if part.unit_id:
            found = found.filter(case__lead=part.unit_id)
        return found.select_related("case", "case__lead")

    return rows


def tried(part: Slice) -> QuerySet[Callback]:
    """Every attempt to hear a reporter, in vain or not."""
    rows = Callback.objects.filter(
        in_area("case__", part), case__type="report", at__gte=part.start, at__lt=part.end
    )
    if part.unit_id:
        rows = rows.filter(case__lead=part.unit_id)
    return rows.select_related("case", "case__lead")
