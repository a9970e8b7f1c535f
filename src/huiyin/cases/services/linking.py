"""Reclassify, name whom a case is about, split into children, link, ask whom a case is about for a statement."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiyin.cases.models import CaseLink, StatementRequest
from huiyin.cases.services import clocks, filing
from huiyin.cases.services.clocks import limit_for
from huiyin.cases.services.steps import SYSTEM, ActionRefused, Step, stage
from huiyin.org.rules.grants import ActingPost


@stage("reclassify")
def reclassify(step: Step) -> None:
    """A corrected kind or urgency: the handling limit is replaced, counted from the same dispatch."""
    for key in ("kind", "urgency", "category"):
        if step.given.get(key):
            step.changes[key] = step.given[key]
            setattr(step.case, key, step.given[key])
    limit = limit_for(step.case, "handle", step.at)
    if limit is not None:
        step.data |= {"amount": limit.amount, "unit": limit.unit}
        step.case.deadlines.filter(what="handle", met_at=None, cancelled_at=None).update(
            basis=limit.basis
        )


@stage("correct_about")
def correct_about(step: Step) -> None:
    """Who the case is about, or nobody; a support part of that unit ends with it."""
    about = step.given.get("about_unit")
    step.changes["about_unit_id"] = about
    step.data |= {"units": [about] if about else []}
    for part in step.case.assignments.filter(unit=about or 0, ended_at__isnull=True):
        part.ended_at = step.at
        part.save(update_fields=["ended_at"])
        clocks.cancel(step.case, ["support"], step.at, part)
        step.left_units.add(part.unit_id)


@stage("split")
def split(step: Step) -> None:
    """A child of its own, awaiting dispatch, in the words of whoever splits: no contact goes along."""
    case = step.case
    child = filing.file_report(
        filing.NewReport(
            text=step.given["text"], at=step.at, channel=case.channel, area_id=case.area_id,
            kind=case.kind, urgency=case.urgency, category=case.category,
            compound_id=case.compound_id, building_id=case.building_id,
            place_text=case.place_text, confidential=case.confidential,
            about_unit_id=case.about_unit_id, entered_by=step.by.post, admitted=True,
            parent_id=case.pk, case_type=case.type,
        ),
        recorded_at=step.recorded_at,
    )  # fmt: skip
    step.data["child"] = child.number


@stage("link_related")
def link_related(step: Step) -> None:
    CaseLink.objects.create(
        case=step.case, kind="related", other_id=step.given["into"], seq=step.case.version + 1
    )
    step.data["other"] = step.given["into"]


@stage("link_repeat")
def link_repeat(step: Step) -> None:
    """The same person about the same matter: told, not merged, and to the desk only."""
    CaseLink.objects.create(
        case=step.case, kind="repeat", other_id=step.given["into"], seq=step.case.version + 1
    )
    step.data["other"] = step.given["into"]


@stage("ask_statement")
def ask_statement(step: Step) -> None:
    """The unit sees the question only: neither the case nor the reporter's words."""
    StatementRequest.objects.create(
        case=step.case, unit_id=step.case.about_unit_id or 0, question=step.given["question"],
        asked_at=step.at,
    )  # fmt: skip
    step.data["unit"] = step.case.about_unit_id


@stage("receive_statement")
def receive_statement(step: Step) -> None:
    step.data |= {"unit": step.given["unit"], "by": step.given["by"]}


@transaction.atomic
def answer_statement(
    *, request: StatementRequest, text: str, by: ActingPost, at: datetime
) -> StatementRequest:
    """The asked unit answers; its words go into the case, which it still does not see."""
    from huiyin.cases.services import performing

    row = StatementRequest.objects.select_for_update().get(pk=request.pk)
    if row.unit_id != by.unit_id:
        raise ActionRefused("这份说明不是请本单位作的")
    if row.answered_at is not None:
        raise ActionRefused("这份说明已经答复过")
    if not text.strip():
        raise ActionRefused("请写下说明")
    row.answered_at, row.answered_by_id, row.answer = at, by.person_id, text
    row.save(update_fields=["answered_at", "answered_by", "answer"])
    performing.perform(
        case=row.case_id, action="receive_statement", by=SYSTEM, at=at,
        given={"statement": text, "unit": by.unit_id, "by": by.person_name},
    )  # fmt: skip
    return row
