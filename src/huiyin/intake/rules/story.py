"""A case as its reporter reads it: how far it is, and what happened, in plain words.

The sentences are those of the transition table (`told`); what was written to the reporter is shown
exactly as it was sent, and only once the step that sends it was taken: a reply that waits for
review, or a plea for more time that nobody granted, is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from huiyin.cases.rules import signing_off
from huiyin.cases.rules import words as w
from huiyin.cases.rules.transitions import Transition

#: status → (share of the ring, tone). Without a share the matter ended without being solved here.
STANDING: dict[str, tuple[float | None, str]] = {
    w.REGISTERED: (0.1, "waiting"),
    w.AWAITING_DISPATCH: (0.2, "working"),
    w.AWAITING_ACCEPTANCE: (0.35, "working"),
    w.AWAITING_RETURN_RULING: (0.35, "working"),
    w.IN_PROGRESS: (0.55, "working"),
    w.SUSPENDED: (0.55, "paused"),
    w.AWAITING_REVIEW: (0.75, "working"),
    w.AWAITING_CALLBACK: (0.9, "waiting"),
    w.CLOSED: (1.0, "solved"),
    w.ARCHIVED: (1.0, "solved"),
    w.ANSWERED: (1.0, "solved"),
    w.MERGED: (0.35, "working"),
    w.TOLD_CHANNEL: (None, "stopped"),
    w.DECLINED: (None, "stopped"),
    w.TERMINATED: (None, "stopped"),
    w.WITHHELD: (None, "stopped"),
}
assert set(STANDING) == set(w.STATUSES)

#: event → events whose public words go out with it, the newest of them first.
SENDS = {
    "approved": ("result_submitted",),
    "extension_granted": ("extension_asked",),
    "suspended": ("suspension_asked",),
    "terminated": ("termination_asked",),
}
#: Events whose public words wait for another one.
WAITING_WORDS = frozenset(e for sources in SENDS.values() for e in sources)
#: Events that no transition names.
TOLD_BESIDES = {
    "reported": "收到您的反映",
    "handled_on_spot": "已当场处理",
    "history_imported": "已答复",
}
_SOLVED = frozenset({"signed_off", "answered_at_once", "handled_on_spot", "rechecked"})
_WAITING = frozenset({"approved"})
_STOPPED = frozenset({"declined", "channel_told", "terminated", "suspended"})
#: Events that name who takes the matter over.
_NAMES_LEAD = frozenset({"dispatched", "redispatched", "return_granted"})


#: Where what was sent to the reporter stands at the top of the page.
_REPLIED = frozenset({
    w.AWAITING_CALLBACK, w.CLOSED, w.ARCHIVED, w.ANSWERED, w.TOLD_CHANNEL, w.DECLINED,
    w.TERMINATED, w.SUSPENDED,
})  # fmt: skip
#: Steps of a case as somebody reads them whose own report runs with it; None = not theirs to read.
_OF_ANOTHER: dict[str, str | None] = {
    "reported": None,
    "reporter_answered": None,
    "relapse_reported": None,
    "voice_added": None,
    "approved": "办理结果已核对",
    "rework_ordered": "尚未解决，已发回重办",
}


def headline(status: str, code: str) -> str:
    """Where it stands, in plain words; what was closed without the reporter's word is not 核实."""
    if status in (w.CLOSED, w.ARCHIVED) and code in signing_off.TOLD and code != "satisfied":
        return "已办结" if code not in signing_off.UNSOLVED else "已结束办理，结果见经过"
    return w.PUBLIC_STATUSES[status]


def standing(status: str, code: str) -> tuple[float | None, str]:
    """(share of the ring, tone): no closed green ring for what ended unsolved."""
    if status in (w.CLOSED, w.ARCHIVED) and code in signing_off.UNSOLVED:
        return None, "stopped"
    return STANDING[status]


@dataclass(frozen=True)
class Fact:
    """An event of the ledger: its place, what, when, and its parsed body."""

    seq: int
    action: str
    at: datetime
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """A line of the resident's timeline (shape of base/_timeline.html)."""

    what: str
    at: datetime
    tone: str = "working"
    icon: str = "closed"
    detail: str = ""
    words: str = ""
    action: str = ""
    count: int = 1


def story(
    facts: Sequence[Fact],
    transitions: Iterable[Transition],
    replies: Mapping[int, str],
    units: Mapping[int, str],
) -> list[Told]:
    """The timeline, newest first. `replies`: seq → public reply; `units`: id → name."""
    told_by_event = {t.event: t.told for t in transitions} | TOLD_BESIDES
    lines: list[Told] = []
    for i, fact in enumerate(facts):
        what = told_by_event.get(fact.action, "")
        if fact.action == "signed_off":
            what = signing_off.told(fact.body.get("data", {})) or what
        if not what:
            continue
        line = Told(
            what, fact.at, _tone(fact.action), _icon(fact.action), _detail(fact, units),
            _words(facts[: i + 1], replies), fact.action,
        )  # fmt: skip
        if fact.action == "voice_added" and lines and lines[-1].action == "voice_added":
            n = lines[-1].count + 1
            lines[-1] = replace(line, count=n, what=f"又有 {n} 人反映同一问题")
        else:
            lines.append(line)
    return lines[::-1]


def _words(so_far: Sequence[Fact], replies: Mapping[int, str]) -> str:
    """What was sent to the reporter with the last of these events."""
    now = so_far[-1]
    sources = SENDS.get(now.action)
    if sources is None:
        return "" if now.action in WAITING_WORDS else replies.get(now.seq, "")
    return next((replies.get(f.seq, "") for f in reversed(so_far) if f.action in sources), "")


def _detail(fact: Fact, units: Mapping[int, str]) -> str:
    if fact.action in _NAMES_LEAD:
        name = units.get(fact.body.get("set", {}).get("lead_id") or 0, "")
        return f"由{name}办理" if name else ""
    if fact.action == "reporter_answered":
        return f"您说：{answer_words(fact.body.get('data', {}))}"
    return ""


def answer_words(data: Mapping[str, Any]) -> str:
    """'已解决，满意' from what the reporter answered."""
    solved = "已解决" if data.get("resolved") else "没有解决"
    feeling = w.SATISFACTION.get(data.get("satisfied") or "", "")
    return f"{solved}，{feeling}" if feeling else solved


def _tone(action: str) -> str:
    if action in _SOLVED:
        return "solved"
    if action in _WAITING:
        return "waiting"
    return "stopped" if action in _STOPPED else "working"


def _icon(action: str) -> str:
    icons = {"reported": "message", "voice_added": "person", "first_contacted": "phone",
             "contact_transferred": "phone", "reporter_answered": "person"}  # fmt: skip
    if action in _SOLVED:
        return "solved"
    if action in _WAITING:
        return "waiting"
    return icons.get(action, "stopped" if action in _STOPPED else "working")


def with_reply(lines: Sequence[Told], status: str) -> tuple[Told | None, list[Told]]:
    """The newest words to the reporter, for the top of the page, and the timeline without them;
    None while something newer is under way."""
    if status not in _REPLIED:
        return None, list(lines)
    for i, line in enumerate(lines):
        if line.words:
            return line, [*lines[:i], replace(line, words=""), *lines[i + 1 :]]
    return None, list(lines)


def of_another(lines: Iterable[Told]) -> list[Told]:
    """The steps of the case that somebody's own report runs with: what was done, never what anybody
    wrote or was written to."""
    kept = []
    for line in lines:
        what = _OF_ANOTHER.get(line.action, line.what)
        if what is not None:
            kept.append(replace(line, what=what, words=""))
    return kept
