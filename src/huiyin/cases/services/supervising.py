"""Supervision in three steps, escalation by people or by rule, consultation."""

from __future__ import annotations

from huiyin.cases.services.steps import Step, stage

LEVELS = {"remind": 1, "supervise": 2, "admonish": 3}


@stage(*LEVELS)
def supervise(step: Step) -> None:
    step.changes["supervision"] = LEVELS[step.transition.action]


@stage("escalate", "escalate_automatically")
def escalate(step: Step) -> None:
    step.changes["escalated"] = True
    if step.given.get("why"):
        step.data["why"] = step.given["why"]


@stage("consult")
def consult(step: Step) -> None:
    step.data["units"] = list(step.given["units"])


@stage("remind_due", "mark_overdue")
def mark(step: Step) -> None:
    """What the sweep found; idempotent by (deadline, step), which it keeps on the deadline."""
    step.data |= {"deadline": step.given["deadline"], "what": step.given["what"]}
    if step.transition.action == "mark_overdue" and step.given["what"] == "handle":
        step.changes["met_deadline"] = False
