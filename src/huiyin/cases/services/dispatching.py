"""Dispatch, redispatch, and the ruling on returns: who is made responsible."""

from __future__ import annotations

from huiyin.cases.models import Assignment, CaseRequest
from huiyin.cases.rules import words as w
from huiyin.cases.services import clocks, thresholds
from huiyin.cases.services.steps import Step, stage
from huiyin.org.models import Unit
from huiyin.org.rules.grants import scope_of_unit


@stage("dispatch", "redispatch", "grant_return")
def dispatch(step: Step) -> None:
    """Give the case a lead and support units. The clock runs from here, not from acceptance."""
    case, given = step.case, step.given
    if step.transition.action == "grant_return":
        _decide(step, "return", granted=True)
    _end_assignments(step)
    _void_requests(step)
    units = {
        u.pk: u for u in Unit.objects.filter(pk__in=[given["lead"], *given.get("support", ())])
    }
    lead = _assign(step, units[given["lead"]], "lead")
    supports = [_assign(step, units[pk], "support") for pk in given.get("support", ())]
    step.clock_assignments = {
        **{what: [lead] for what in ("accept", "contact", "handle", "return_window")},
        "support": list(supports),
    }
    transfers = case.transfers + (1 if case.dispatched_at else 0)
    step.changes |= {
        "lead_id": given["lead"],
        "dispatched_at": step.at,
        "transfers": transfers,
        "first_contact_at": None,
        "replied_at": None,
    }
    if case.met_deadline is not None:
        step.changes["met_deadline"] = None  # the next unit is judged by its own clock
    for key in ("kind", "urgency", "category"):
        if given.get(key):
            step.changes[key] = given[key]
    step.data |= {"lead": given["lead"], "support": list(given.get("support", ()))}
    if given.get("reason"):
        step.data["reason"] = given["reason"]
    step.new_scopes |= {scope_of_unit(pk) for pk in units}
    if transfers and not case.escalated and transfers >= thresholds.escalate_after():
        step.then.append(("escalate_automatically", {"why": "transfers"}))


@stage("replace_support")
def replace_support(step: Step) -> None:
    """Recused support units leave; the lead and its clock stay."""
    recused = step.case.assignments.filter(
        role="support", ended_at__isnull=True, done_at__isnull=True,
        unit__in=step.facts.recused_units,
    )  # fmt: skip
    for assignment in recused:
        assignment.ended_at = step.at
        assignment.save(update_fields=["ended_at"])
        clocks.cancel(step.case, ["support"], step.at, assignment)
        step.left_units.add(assignment.unit_id)
    units = Unit.objects.filter(pk__in=step.given.get("support") or ()).order_by("pk")
    step.clock_assignments["support"] = [_assign(step, u, "support") for u in units]
    step.data |= {"support": [u.pk for u in units], "units": sorted(step.left_units)}
    step.new_scopes |= {scope_of_unit(u.pk) for u in units}


@stage("return_case")
def ask_return(step: Step) -> None:
    """A unit says the case is not its own: once, with a legal basis and a proposed unit."""
    _ask(step, "return", proposed_unit_id=step.given["proposed_unit"])


@stage("refuse_return")
def refuse_return(step: Step) -> None:
    """The arbiter's decision stands: that unit cannot return the case again."""
    _decide(step, "return", granted=False)
    asked = step.case.requests.filter(kind="return").order_by("-asked_at").first()
    before = Assignment.objects.filter(
        case=step.case,
        role="lead",
        ended_at__isnull=True,
        unit_id=(asked.unit_id if asked else None) or 0,
    ).first()
    accepted = before is not None and before.accepted_at is not None
    step.changes["status"] = w.IN_PROGRESS if accepted else w.AWAITING_ACCEPTANCE


def _assign(step: Step, unit: Unit, role: str) -> Assignment:
    ordinal = step.case.assignments.count() + 1
    return Assignment.objects.create(
        case=step.case, unit=unit, unit_kind=unit.kind, role=role, round=step.case.round,
        ordinal=ordinal, dispatched_at=step.at, dispatched_by_id=step.by.unit_id,
    )  # fmt: skip


def _end_assignments(step: Step) -> None:
    returned = step.transition.action == "grant_return"
    wrong = returned or step.given.get("reason") == "wrong_unit"
    for assignment in step.case.assignments.filter(ended_at__isnull=True):
        assignment.ended_at = step.at
        if assignment.role == "lead":
            assignment.returned_at = step.at if returned else None
            assignment.misdispatched = wrong
        assignment.save(update_fields=["ended_at", "returned_at", "misdispatched"])
    # Of earlier rounds too: whoever is not given the case now has no part in it any more.
    step.left_units |= set(step.case.assignments.values_list("unit", flat=True))


#: Requests about the clock or the work of the unit that had the case. An exclusion is none of them:
#: it is about the report, and two reviewers decide it whoever handles it.
OF_THE_UNIT = ("extension", "suspend", "terminate")


def _void_requests(step: Step) -> None:
    """What the former unit asked for is not granted to the next one: neither granted nor refused,
    and the event that gave the case away names it."""
    left = step.case.requests.filter(kind__in=OF_THE_UNIT, decided_at__isnull=True)
    voided = list(left.order_by("id").values_list("kind", flat=True))
    left.update(decided_at=step.at)
    if voided:
        step.data["voided"] = voided


def _ask(step: Step, kind: str, **extra: object) -> CaseRequest:
    """Open a request of the acting unit; the event that asked is the next of the case."""
    step.data |= {"request": kind, "reason": step.given.get("reason", "")}
    if step.given.get("basis"):
        step.data["basis"] = step.given["basis"]
    return CaseRequest.objects.create(
        case=step.case, kind=kind, round=step.case.round, unit_id=step.by.unit_id,
        asked_at=step.at, asked_by_id=step.by.person_id, asked_seq=step.case.version + 1,
        reason=step.given.get("reason", ""), basis=step.given.get("basis", ""), **extra,
    )  # fmt: skip


def _decide(step: Step, kind: str, *, granted: bool) -> CaseRequest:
    """Decide the open request of that kind: a second event by a second person."""
    request = step.case.requests.get(kind=kind, decided_at__isnull=True)
    request.decided_at, request.decided_by_id, request.granted = (
        step.at, step.by.person_id, granted,
    )  # fmt: skip
    request.save(update_fields=["decided_at", "decided_by", "granted"])
    step.data |= {"request": kind, "granted": granted, "asked_seq": request.asked_seq}
    return request


ask_request, decide_request = _ask, _decide
