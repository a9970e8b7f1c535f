"""Messages pasted from a chat group: each that a person looked at and ticked becomes a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.cases.services import filing
from huiyin.intake.rules import report_kinds, words
from huiyin.intake.services.once import once
from huiyin.intake.services.placing import Where
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.rules import danger_words, urgency


@dataclass(frozen=True)
class Draft:
    """One message as somebody edited it. `said_at` None: the text named no time. Empty `kind`: by
    its words. A chat name is kept sealed like any caller's. `wrongdoing`: “yes”, “no” or “” to the
    question whether it accuses an official, which its words may raise."""

    client_id: str
    where: Where
    text: str
    name: str = ""
    place_text: str = ""
    kind: str = ""
    said_at: datetime | None = None
    wrongdoing: str = ""


def file_draft(draft: Draft, *, post: ActingPost, at: datetime) -> str:
    """File one message; its number. The same draft twice is one report."""

    def act() -> dict[str, Any]:
        filed = filing.file_report(_report(draft, post, at), recorded_at=at)
        return {"number": filed.number, "case": filed.case_id}

    parts = [
        ("where", f"{draft.where.place.token} {draft.where.typed}"), ("text", draft.text),
        ("name", draft.name), ("place_text", draft.place_text), ("kind", draft.kind),
        ("wrongdoing", draft.wrongdoing),
    ]  # fmt: skip
    number: str = once(client_id=draft.client_id, parts=parts, at=at, act=act).answer["number"]
    return number


def _report(draft: Draft, post: ActingPost, at: datetime) -> filing.NewReport:
    place = draft.where.place
    kind = draft.kind or report_kinds.kind_of(text=draft.text)
    alerts = danger_words.scan(draft.text)
    withheld = alerts.wrongdoing and draft.wrongdoing != "no"
    # Nobody was asked who may call back: never more open than through the hotline or community.
    closed = withheld or words.DEFAULT_CHOICE[kind] == "confidential"
    choice = "confidential" if closed else "relay"
    heard = [] if withheld else list(dict.fromkeys(h.key for h in alerts.hits))
    return filing.NewReport(
        text=draft.text, at=min(draft.said_at or at, at), channel="paste", area_id=place.area.pk,
        kind=kind, urgency=urgency.urgency_of(draft.text, alerts).level,
        compound_id=place.compound.pk if place.compound else None,
        building_id=place.building.pk if place.building else None,
        place_text=" ".join(p for p in (draft.where.typed, draft.place_text) if p),
        contacts=(filing.Contact(name=draft.name, choice=choice),) if draft.name else (),
        confidential=closed, withheld=withheld, entered_by=post,
        admitted=post.may("case.admit") and not withheld,
        suggestion={"alerts": heard} if heard else {},
    )  # fmt: skip
