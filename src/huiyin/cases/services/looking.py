"""The subdistrict looks at a sample of 自办件; what was not put right goes the ordinary way."""

from __future__ import annotations

from huiyin.cases.models import OnSpotLook
from huiyin.cases.services.checking import new_round
from huiyin.cases.services.steps import Step, stage
from huiyin.org.rules.grants import scope_of_unit


@stage("draw_on_spot")
def draw_on_spot(step: Step) -> None:
    """From now on the subdistrict sees it and is asked to look."""
    given = step.given
    OnSpotLook.objects.create(
        case=step.case, month=given["month"], community_id=given["community"],
        unit_id=given["unit"], drawn_at=step.at,
    )  # fmt: skip
    step.new_scopes.add(scope_of_unit(given["unit"]))
    step.data |= {"month": given["month"], "units": [given["unit"]], "why": given["why"]}


@stage("look_true", "look_unsure")
def look(step: Step) -> None:
    _record(step)


@stage("look_untrue")
def look_untrue(step: Step) -> None:
    """It was not put right: who looked has checked this round, and a round begins of the ordinary
    way, in which the subdistrict itself may lead."""
    _record(step)
    step.then.append(("reopen_on_spot", {}))


@stage("reopen_on_spot")
def reopen_on_spot(step: Step) -> None:
    new_round(step)


def _record(step: Step) -> None:
    found = step.case.on_spot_looks.get(looked_at__isnull=True)
    found.verdict = step.transition.action.removeprefix("look_")
    found.looked_at, found.by_id = step.at, step.by.person_id
    found.save(update_fields=["verdict", "looked_at", "by"])
    step.data["verdict"] = found.verdict
