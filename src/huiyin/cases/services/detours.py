"""Extension, suspension, exclusion, termination: five things with return, each asked and decided."""

from __future__ import annotations

from huiyin.cases.services.dispatching import ask_request, decide_request
from huiyin.cases.services.steps import Step, stage


@stage("ask_extension")
def ask_extension(step: Step) -> None:
    ask_request(step, "extension", amount=step.given["amount"])
    step.data["amount"] = step.given["amount"]


@stage("grant_extension")
def grant_extension(step: Step) -> None:
    request = decide_request(step, "extension", granted=True)
    step.data["amount"] = request.amount


@stage("refuse_extension")
def refuse_extension(step: Step) -> None:
    decide_request(step, "extension", granted=False)


@stage("ask_suspension")
def ask_suspension(step: Step) -> None:
    ask_request(step, "suspend")
    step.data["expected_on"] = step.given["expected_on"]


@stage("grant_suspension")
def grant_suspension(step: Step) -> None:
    decide_request(step, "suspend", granted=True)


@stage("refuse_suspension")
def refuse_suspension(step: Step) -> None:
    decide_request(step, "suspend", granted=False)


@stage("ask_exclusion")
def ask_exclusion(step: Step) -> None:
    ask_request(step, "exclude")


@stage("first_exclusion")
def first_exclusion(step: Step) -> None:
    request = step.case.requests.get(kind="exclude", decided_at__isnull=True)
    request.first_by_id, request.first_at = step.by.person_id, step.at
    request.save(update_fields=["first_by", "first_at"])
    step.data |= {"request": "exclude", "first": True}


@stage("second_exclusion")
def second_exclusion(step: Step) -> None:
    """Off scoring only: the case goes on and the reporter still gets an answer."""
    decide_request(step, "exclude", granted=True)
    step.changes["excluded"] = True


@stage("refuse_exclusion")
def refuse_exclusion(step: Step) -> None:
    decide_request(step, "exclude", granted=False)


@stage("ask_termination")
def ask_termination(step: Step) -> None:
    ask_request(step, "terminate")


@stage("grant_termination")
def grant_termination(step: Step) -> None:
    decide_request(step, "terminate", granted=True)
    step.changes["closed_at"] = step.at
    for assignment in step.case.assignments.filter(ended_at__isnull=True):
        assignment.ended_at = step.at
        assignment.save(update_fields=["ended_at"])


@stage("refuse_termination")
def refuse_termination(step: Step) -> None:
    decide_request(step, "terminate", granted=False)
