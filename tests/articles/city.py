"""The plan's city as rows of the database: ledgers through their writing service, cases as finished rows.

A case of the plan has lived through its stages inside its month; building six thousand of them through
every service would take an hour. `agree` therefore asserts first that each number of the registry equals
facts.py, and only then are articles checked against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from huiyin.base.services.seeding import seed_local_defaults
from huiyin.cases.models import Assignment, Callback, Case, CaseRequest
from huiyin.cases.rules import words as w
from huiyin.indicators import registry as numbers
from huiyin.indicators.registry import Slice
from huiyin.indicators.rules import periods
from huiyin.indicators.services import computing
from huiyin.org.models import Area, Unit
from huiyin.org.services import seeding as org_seeding
from huiyin.registers import registry as ledgers
from huiyin.registers.rules.columns import Approximate
from huiyin.registers.services.writing import Source, write
from tests.articles import facts
from tests.cast import FIRST, SHANGHAI

KINDS = {"enquiry": "enquiry", "help": "help", "complaint": "complaint", "report": "accusation",
         "suggestion": "suggestion"}  # fmt: skip


def build() -> None:
    """Areas, one department, reports, services, registrations and liaisons of the plan."""
    org_seeding.seed_areas()
    seed_local_defaults()
    lead = Unit.objects.create(
        kind="department", name="昭通市政务服务管理局", short_name="市政务局",
        area=Area.objects.get(code="530600"), function="hotline", valid_from=FIRST,
    )  # fmt: skip
    areas = {a.code: a for a in Area.objects.filter(kind="community", valid_to__isnull=True)}
    _reports(areas, lead)
    _services(areas)
    _registrations(areas)
    _liaisons(areas)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner has never seen so many rows at once


def _moment(month: str, day: int, hour: int = 9) -> datetime:
    return datetime(int(month[:4]), int(month[5:]), day, hour, tzinfo=SHANGHAI)


# -- reports -----------------------------------------------------------------------------------
def _reports(areas: dict[str, Area], lead: Unit) -> None:
    cases: list[Case] = []
    lines: list[tuple[dict[str, int], list[Case]]] = []
    for line in facts.rows("reports"):
        month, area = line["month"], areas[line["community"]]
        counts = {k: int(v) for k, v in line.items() if k not in ("month", "community")}
        made = [_case(month, area, kind, len(cases) + n) for n, kind in enumerate(_kinds(counts))]
        _stages(made, counts, month, lead)
        cases += made
        lines.append((counts, made))
    Case.objects.bulk_create(cases, batch_size=1000)
    assignments: list[Assignment] = []
    requests: list[CaseRequest] = []
    callbacks: list[Callback] = []
    for counts, made in lines:
        sent = made[counts["on_spot"] :][: counts["dispatched"]]
        assignments += [_assignment(c, lead, n < counts["responded"]) for n, c in enumerate(sent)]
        # The last dispatched are given back: they were neither replied to nor signed off.
        for n, case in enumerate(reversed(sent[len(sent) - counts["returns_asked"] :])):
            granted = n < counts["returns_granted"]
            requests.append(_return(case, lead, granted=granted))
            if granted:
                assignments[-1 - n].misdispatched = True
        callbacks += _callbacks(sent, counts)
    Assignment.objects.bulk_create(assignments, batch_size=1000)
    CaseRequest.objects.bulk_create(requests, batch_size=1000)
    Callback.objects.bulk_create(callbacks, batch_size=1000)


def _kinds(counts: dict[str, int]) -> Iterator[str]:
    for kind in facts.KINDS:
        yield from [KINDS[kind]] * counts[f"received_{kind}"]


def _case(month: str, area: Area, kind: str, number: int) -> Case:
    return Case(
        type="report", number=f"HY{number:08d}", title="计划中的一件", status=w.AWAITING_DISPATCH,
        channel="phone", kind=kind, urgency="normal", area=area, opened_at=_moment(month, 2),
        head="0" * 64,
    )  # fmt: skip


def _stages(made: list[Case], counts: dict[str, int], month: str, lead: Unit) -> None:
    """How far each case came: put right on the spot first, then the dispatched in their order."""
    for case in made[: counts["on_spot"]]:
        case.status, case.sign_off_code = w.CLOSED, "on_spot"
        case.closed_at = _moment(month, 3)
    for n, case in enumerate(made[counts["on_spot"] :][: counts["dispatched"]]):
        case.status, case.lead, case.dispatched_at = w.IN_PROGRESS, lead, _moment(month, 4)
        if n < counts["replied"]:
            case.status, case.replied_at = w.AWAITING_CALLBACK, _moment(month, 12)
            case.met_deadline = n < counts["replied_in_time"]
        if n < counts["signed_off"]:
            case.status, case.closed_at = w.CLOSED, _moment(month, 20)
            case.sign_off_code = "satisfied"
            case.reworks = 0 if n < counts["first_time"] else 1


def _assignment(case: Case, lead: Unit, responded: bool) -> Assignment:
    assert case.dispatched_at is not None
    hours = 3 if responded else 30
    return Assignment(
        case=case, unit=lead, unit_kind=lead.kind, role="lead", ordinal=1,
        dispatched_at=case.dispatched_at, dispatched_by=lead,
        first_contact_at=case.dispatched_at + timedelta(hours=hours),
    )  # fmt: skip


def _return(case: Case, lead: Unit, *, granted: bool) -> CaseRequest:
    assert case.dispatched_at is not None
    return CaseRequest(
        case=case, kind="return", unit=lead, asked_at=case.dispatched_at + timedelta(hours=4),
        asked_seq=3, reason="wrong_duty", granted=granted,
        decided_at=case.dispatched_at + timedelta(hours=20),
    )  # fmt: skip


def _callbacks(sent: list[Case], counts: dict[str, int]) -> list[Callback]:
    """Of those replied to, so many were reached; of these so many resolved, rated, satisfied."""
    found = []
    for n, case in enumerate(sent[: counts["callbacks_reached"]]):
        assert case.replied_at is not None
        said = ""
        if n < counts["rated"]:
            said = "satisfied" if n < counts["satisfied"] else "dissatisfied"
        found.append(Callback(
            case=case, round=1, ordinal=1, at=case.replied_at + timedelta(days=2), channel="phone",
            outcome="reached", resolved=n < counts["resolved"], satisfied=said, sample="all",
        ))  # fmt: skip
    return found


# -- ledgers -----------------------------------------------------------------------------------
def _source(day: date) -> Source:
    return Source(None, datetime.combine(day, datetime.min.time(), SHANGHAI))


def _services(areas: dict[str, Area]) -> None:
    """So many activities, so many persons, so many 人次: one row for each person's part."""
    register = ledgers.get("service")
    for number, line in enumerate(facts.rows("services")):
        area, members = areas[line["community"]], line["members"].split()
        activities, total = int(line["activities"]), int(line["person_times"])
        n = max(activities, len(members), 1)
        for part in range(n):
            times = total // n + (part < total % n)
            raw = line["approximate"] if part == 0 else ""
            amount = Approximate(Decimal(times), "at_least" if raw else "exact", raw)
            day = date.fromisoformat(f"{line['month']}-{part % activities % 27 + 1:02d}")
            write(register, {
                "activity": f"第{number}项第{part % activities}场", "day": day, "kind": line["kind"],
                "community": area.pk, "member": members[part % len(members)] if members else None,
                "person_times": amount,
            }, area_id=area.pk, source=_source(day))  # fmt: skip


def _registrations(areas: dict[str, Area]) -> None:
    """Members register month by month; those who leave are the earliest who are still there."""
    register = ledgers.get("dual_registration")
    lines = sorted(facts.rows("dual_registration"), key=lambda line: line["month"])
    standing: dict[str, list[dict[str, Any]]] = {}
    number = 0
    for line in lines:
        here = standing.setdefault(line["community"], [])
        leaving = [row for row in here if row["left_on"] is None][: int(line["left_n"])]
        for row in leaving:
            row["left_on"] = date.fromisoformat(f"{line['month']}-15")
        for _ in range(int(line["n"])):
            number += 1
            here.append({
                "member": f"党员{number}", "phone": f"138{number:08d}", "left_on": None,
                "community": areas[line["community"]].pk,
                "registered_on": date.fromisoformat(f"{line['month']}-10"),
            })  # fmt: skip
    for rows in standing.values():
        for row in rows:
            write(register, row, area_id=row["community"], source=_source(row["registered_on"]))


def _liaisons(areas: dict[str, Area]) -> None:
    register = ledgers.get("liaison")
    for number, line in enumerate(facts.rows("liaison")):
        area, day = areas[line["community"]], date.fromisoformat(line["from"])
        for part in range(int(line["n"])):
            write(register, {
                "who": f"包联人{number}-{part}", "level": line["level"], "community": area.pk,
                "part": f"{number}-{part}", "valid_from": day,
            }, area_id=area.pk, source=_source(day))  # fmt: skip


# -- the city agrees with the plan -------------------------------------------------------------
PLACES = ("530600", "530681", "530602", "530681001007")
PERIODS = ("2024", "2025H1", "2025-03", "@2024-12-31", "2023-07-01/2025-06-30")


def disagreements() -> list[str]:
    """Numbers of the registry that are not what facts.py counts: must be none."""
    wrong = []
    places = {a.code: a for a in Area.objects.filter(code__in=PLACES, valid_to__isnull=True)}
    for code in facts.UNITS:
        for place in PLACES:
            for period in PERIODS:
                ours, truth = _ours(code, places[place], period), _truth(code, place, period)
                if truth is not None and abs(ours - truth) > Decimal("0.051"):
                    wrong.append(f"{code} {place} {period}: {ours} should be {truth}")
    return wrong


def _ours(code: str, area: Area, period: str) -> Decimal:
    span = periods.parse(period)
    found = computing.compute(numbers.get(code), Slice(area.path, span.start, span.end))
    return found.value if found.value is not None else Decimal(0)


def _truth(code: str, place: str, period: str) -> Decimal | None:
    try:
        exact = facts.value(code, place, period)
    except (facts.NoAnswer, ZeroDivisionError):
        return None
    return Decimal(exact.numerator) / exact.denominator
