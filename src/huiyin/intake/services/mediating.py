"""Mediation of neighbours: what its acts change beside status, words and clocks of the table.

The engine runs the rows of rules.mediation like any others; stages are its own way to be extended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.cases.services import filing, performing
from huiyin.cases.services.steps import Step, in_post, stage
from huiyin.intake.services.once import once
from huiyin.intake.services.placing import Where
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.rules import danger_words

CODE = "mediation"


@dataclass(frozen=True)
class Application:
    """Who asks for mediation and why. `both_agree`: the other side was asked and agrees too; else
    it waits until somebody has asked. The other side stays unnamed: a door is enough to find it."""

    client_id: str
    where: Where
    text: str
    place_text: str = ""
    name: str = ""
    phone: str = ""
    channel: str = "visit"
    both_agree: bool = False


def open_mediation(application: Application, *, post: ActingPost, at: datetime) -> str:
    """Open a mediation, begun at once where both sides agree; its number.

    The same application twice is one case. Raises once.UsedBefore, ActionRefused.
    """

    def act() -> dict[str, Any]:
        filed = filing.file_report(_report(application, post, at), recorded_at=at)
        if application.both_agree:
            performing.perform(case=filed.case_id, action="agree_to_mediate", by=in_post(post),
                               at=at, given={"agreed": "both"})  # fmt: skip
        return {"number": filed.number, "case": filed.case_id}

    a = application
    parts = [
        ("where", f"{a.where.place.token} {a.where.typed}"), ("text", a.text), ("name", a.name),
        ("place_text", a.place_text), ("phone", a.phone), ("channel", a.channel),
        ("both_agree", str(a.both_agree)),
    ]  # fmt: skip
    number: str = once(client_id=a.client_id, parts=parts, at=at, act=act).answer["number"]
    return number


def _report(application: Application, post: ActingPost, at: datetime) -> filing.NewReport:
    place = application.where.place
    alerts = danger_words.scan(application.text)
    who = filing.Contact(application.name, application.phone, choice="direct")
    return filing.NewReport(
        text=application.text, at=at, channel=application.channel, area_id=place.area.pk,
        case_type=CODE, urgency="life" if alerts.life else "normal",
        compound_id=place.compound.pk if place.compound else None,
        building_id=place.building.pk if place.building else None,
        place_text=" ".join(p for p in (application.where.typed, application.place_text) if p),
        contacts=(who,), entered_by=post,
        suggestion={"alerts": list(dict.fromkeys(h.key for h in alerts.hits))} if alerts.hits else {},
    )  # fmt: skip


@stage("agree_to_mediate")
def agree(step: Step) -> None:
    """Both sides said yes: kept in the event, for without it there is no mediation."""
    step.data["agreed"] = step.given["agreed"]


@stage("reach_agreement")
def agreement(step: Step) -> None:
    step.changes |= {"closed_at": step.at, "replied_at": step.at}
    step.data["form"] = step.given["form"]


@stage("decline_mediation", "fail_mediation")
def end_without_agreement(step: Step) -> None:
    step.changes |= {"closed_at": step.at, "replied_at": step.at}


@stage("withdraw_mediation")
def withdraw(step: Step) -> None:
    step.changes["closed_at"] = step.at
