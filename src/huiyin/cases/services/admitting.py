"""Admission: answer at once, tell the legal channel, decline; merging of duplicates."""

from __future__ import annotations

from huiyin.base.rules.masking import mask_text
from huiyin.cases.models import Case, CaseLink
from huiyin.cases.rules import words as w
from huiyin.cases.rules.events import Words
from huiyin.cases.rules.titles import title_from
from huiyin.cases.services import batches
from huiyin.cases.services.steps import ActionRefused, Step, stage
from huiyin.triage.rules import danger_words


@stage("answer", "decline")
def end_at_once(step: Step) -> None:
    step.changes |= {"closed_at": step.at, "replied_at": step.at}
    if step.given.get("reason"):
        step.data["reason"] = step.given["reason"]


@stage("tell_channel")
def tell_channel(step: Step) -> None:
    """What is in petition, court or review is answered with that channel, linked, not run twice."""
    step.changes |= {"closed_at": step.at, "replied_at": step.at}
    step.data |= {"channel": step.given["channel"]}
    CaseLink.objects.create(
        case=step.case, kind="outside", channel=step.given["channel"],
        outside_number=step.given.get("outside_number") or "",
        outside_on=step.given.get("outside_on"), seq=step.case.version + 1,
    )  # fmt: skip


@stage("write_down")
def write_down(step: Step) -> None:
    """The speaker's words in writing, by a person; search follows them, and the title where the
    speaker wrote nothing beside."""
    case, text = step.case, mask_text(step.given["text"])
    step.words["text"] = Words(text, public=True)
    if case.channel == "voice":
        title = title_from(text)
        step.words["title"] = Words(title)
        case.title = title
        case.save(update_fields=["title"])
        written = ""
    else:
        written = case.words.filter(key="text").order_by("seq").first().text or ""  # type: ignore[union-attr]
    said = f"{written} {text}".strip()
    batches.index_again(case.pk, f"{case.title} {said} {case.place_text}", said)
    if step.given.get("accuses") == "yes":
        cadre = any(h.key == "cadre" for h in danger_words.scan(text).hits)
        step.then.append(("withhold", {"channel": "cadre" if cadre else "discipline"}))


@stage("withhold")
def withhold(step: Step) -> None:
    """Take it out of the line: what accuses an official belongs to the channel that the reply names.

    The record stays; who could see it, can no more (services.performing closes the scopes).
    """
    if Case.objects.filter(merged_into=step.case, status=w.MERGED).exists():
        raise ActionRefused("有别的件并在此件里：请先逐件拆出单独办，再转检举控告")
    step.changes |= {"closed_at": step.at, "replied_at": step.at, "confidential": True}
    step.data["channel"] = step.given["channel"]
    step.words["reply"] = Words(w.ACCUSATION_REPLIES[step.given["channel"]], public=True)
    step.case.assignments.filter(ended_at__isnull=True).update(ended_at=step.at)


@stage("merge")
def merge(step: Step) -> None:
    """Run with another case; this reporter keeps a number and a callback of their own."""
    into = Case.objects.select_for_update().get(pk=step.given["into"])
    if into.merged_into_id:
        raise ActionRefused("要并入的那件本身已并入别件，请并入最后那件")
    step.changes |= {"merged_into_id": into.pk, "closed_at": step.at}
    step.data["into"] = into.number


@stage("unmerge")
def unmerge(step: Step) -> None:
    step.data["out_of"] = step.case.merged_into.number if step.case.merged_into else ""
    step.changes |= {"merged_into_id": None, "closed_at": None}
