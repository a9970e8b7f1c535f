"""What the responsible units do: accept, contact, arrive, support, reply."""

from __future__ import annotations

from huiyin.cases.models import Assignment
from huiyin.cases.services import thresholds
from huiyin.cases.services.steps import Step, stage


@stage("accept")
def accept(step: Step) -> None:
    """The unit takes the case over; from now on it is its first receiver 首接负责."""
    _mine(step, "lead", accepted_at=step.at, accepted_by_id=step.by.person_id)


@stage("contact", "transfer_contact")
def contact(step: Step) -> None:
    """First contact with the reporter; a transfer by desk or community counts (practice.md §1.5)."""
    step.changes["first_contact_at"] = step.at
    if step.given.get("how"):
        step.data["how"] = step.given["how"]
    lead = step.case.assignments.get(role="lead", ended_at__isnull=True)
    lead.first_contact_at = step.at
    lead.save(update_fields=["first_contact_at"])


@stage("take_over", "hand_over")
def take_over(step: Step) -> None:
    """Somebody else of the unit is now the one whom the reporter reaches; history keeps the old name.
    Only of what was accepted: before that, whoever accepts is the one."""
    _mine(step, None, accepted_by_id=step.by.person_id)
    step.data["instead_of"] = step.given.get("from", "")


@stage("arrive")
def arrive(step: Step) -> None:
    _mine(step, None, arrived_at=step.at)


@stage("support_done")
def support_done(step: Step) -> None:
    """A support unit answers to the lead; its own clock ends."""
    step.assignment = _mine(step, "support", done_at=step.at)


@stage("submit_result")
def submit_result(step: Step) -> None:
    """The lead's reply to the reporter, stored as it will be sent. In time only when every reply of
    this unit was: a verdict of lateness stays, however often the case comes back."""
    step.changes["replied_at"] = step.at
    in_time = step.case.due_at is None or step.at <= step.case.due_at
    step.changes["met_deadline"] = in_time and step.case.met_deadline is not False
    if step.facts.late_support:
        step.data["unanswered"] = list(step.facts.late_support)
    _mine(step, "lead", done_at=step.at)


@stage("send_back", "rework")
def rework(step: Step) -> None:
    """Back to the lead; at a local number of times the case is escalated.

    What the reviewer sends back runs on with its old clock, so that an empty reply buys nothing; a
    rework after a callback has a limit of its own. The verdict on the deadline is not wiped.
    """
    step.changes |= {"reworks": step.case.reworks + 1, "replied_at": None, "resolved": None,
                     "satisfied": None}  # fmt: skip
    lead = step.case.assignments.get(role="lead", ended_at__isnull=True)
    lead.done_at = None
    lead.save(update_fields=["done_at"])
    step.clock_assignments["handle"] = [lead]
    if not step.case.escalated and step.case.reworks + 1 >= thresholds.escalate_after():
        step.then.append(("escalate_automatically", {"why": "reworks"}))


def _mine(step: Step, role: str | None, **values: object) -> Assignment:
    open_ones = step.case.assignments.filter(unit_id=step.by.unit_id or 0, ended_at__isnull=True)
    mine = open_ones.get(role=role) if role else open_ones.get()
    for name, value in values.items():
        setattr(mine, name, value)
    mine.save(update_fields=[n.removesuffix("_id") for n in values])
    step.data["assignment"] = mine.pk
    return mine
