"""Everything that happened to a case, oldest first, with the words as they were written and sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.base.models import Attachment
from huiyin.cases import registry
from huiyin.cases.models import Case, CaseEvent, CaseWords, Deadline
from huiyin.cases.rules import timeline as rules
from huiyin.cases.rules.looks import EVENT_LABELS, Look, event_look
from huiyin.org.models import Unit
from huiyin.org.rules import kinds

#: An event recorded this much later than it happened says so.
LATE = timedelta(minutes=30)


@dataclass(frozen=True)
class Text:
    """Something that somebody wrote. `public`: the reporter sees it exactly so. `text` None: erased."""

    key: str
    label: str
    text: str | None
    public: bool


@dataclass(frozen=True)
class TimelineItem:
    """One event. `clocks`: deadlines that ended with it, (sentence, in time). `late`: recorded then."""

    seq: int
    event: str
    what: str
    at: datetime
    who: str
    post: str
    look: Look
    facts: tuple[str, ...]
    texts: tuple[Text, ...]
    clocks: tuple[tuple[str, bool], ...]
    files: tuple[Attachment, ...]
    late: datetime | None


def attachments_of(case: Case) -> list[Attachment]:
    """Files of a case that are still there, oldest first."""
    return list(
        Attachment.objects.filter(subject=f"case:{case.pk}", erased_at__isnull=True).order_by("id")
    )


def timeline(case: Case) -> list[TimelineItem]:
    """Five queries. The caller has asked whether the case may be seen."""
    events = list(
        CaseEvent.objects.filter(case=case).select_related("person", "post__unit").order_by("seq")
    )
    texts: dict[int, list[CaseWords]] = {}
    for row in CaseWords.objects.filter(case=case).order_by("seq", "id"):
        texts.setdefault(row.seq, []).append(row)
    ended: dict[datetime, list[Deadline]] = {}
    for deadline in Deadline.objects.filter(case=case, met_at__isnull=False).order_by("id"):
        if deadline.met_at:
            ended.setdefault(deadline.met_at, []).append(deadline)
    named: set[int] = set().union(*(rules.units_named(e.data) for e in events))
    names = dict(Unit.objects.filter(pk__in=named).values_list("pk", "short_name"))
    files = _files_by_event(events, attachments_of(case))
    table = registry.get(case.type).transitions
    labels = {t.event: t.label for t in table} | EVENT_LABELS
    asked = {(t.event, a.key): a.label for t in table for a in t.asks if a.words}
    return [
        TimelineItem(
            seq=event.seq, event=event.action, what=labels.get(event.action, event.action),
            at=event.at, who=event.person.name if event.person else _who(event),
            post=_post(event), look=event_look(event.action),
            facts=tuple(rules.facts(event.action, event.data, names)),
            texts=tuple(_text(row, asked.get((event.action, row.key)))
                        for row in texts.get(event.seq, ()) if row.key not in rules.NOT_TEXTS),
            clocks=tuple(_clock(d) for d in ended.pop(event.at, ())),
            files=tuple(files.get(event.seq, ())),
            late=event.recorded_at if event.recorded_at - event.at > LATE else None,
        )
        for event in events
    ]  # fmt: skip


def _who(event: CaseEvent) -> str:
    reporter = event.action in (
        "reported", "reporter_answered", "relapse_reported", "voice_added",
    )  # fmt: skip
    return "诉求人" if reporter else "系统"


def _post(event: CaseEvent) -> str:
    if event.post is None:
        return ""
    return f"{event.post.unit.short_name}·{kinds.ROLE_LABELS[event.post.role]}"


def _text(row: CaseWords, asked: str | None) -> Text:
    return Text(row.key, asked or rules.TEXT_LABELS.get(row.key, "说明"), row.text, row.public)


def _clock(deadline: Deadline) -> tuple[str, bool]:
    assert deadline.met_at is not None
    words = rules.clock_words(deadline.what, met_at=deadline.met_at, due_at=deadline.due_at)
    return words, deadline.met_at <= deadline.due_at


def _files_by_event(
    events: Sequence[CaseEvent], attachments: Sequence[Attachment]
) -> dict[int, list[Attachment]]:
    """Files under the event that brought them; what none names came with the report."""
    by_id = {a.pk: a for a in attachments}
    placed: dict[int, list[Attachment]] = {}
    for event in events:
        for entry in event.data.get("files") or ():
            pk = entry["id"] if isinstance(entry, dict) else int(entry)
            if pk in by_id:
                placed.setdefault(event.seq, []).append(by_id.pop(pk))
    if by_id and events:
        placed.setdefault(events[0].seq, [])[:0] = list(by_id.values())
    return placed
