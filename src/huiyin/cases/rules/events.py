"""An event of the ledger as bytes: what is hashed, what stands outside, what it does to the row.

The body is canonical JSON kept as text; verification reads those bytes and never re-serialises.
Words that somebody wrote are not in it, only their salted commitments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from huiyin.base.rules.canonical import canonical_json, event_hash, utc_text
from huiyin.base.rules.encryption import commit

GENESIS = "0" * 64

#: Columns of a case that are projected from events, with how each is written into a body.
PROJECTED = (
    "type", "number", "status", "round", "channel", "category", "kind", "urgency", "confidential",
    "area_id", "compound_id", "building_id", "latitude", "longitude", "opened_at", "dispatched_at",
    "due_at", "first_contact_at", "replied_at", "closed_at", "met_deadline", "lead_id",
    "about_unit_id", "about_person_id", "resolved", "satisfied", "sign_off_code", "excluded",
    "sampled", "reworks", "transfers", "supervision", "escalated", "parent_id", "merged_into_id",
    "external_key",
)  # fmt: skip
#: Columns whose text is erasable; they must match their commitments as long as they are there.
COMMITTED = ("title", "place_text")


@dataclass(frozen=True)
class Words:
    """Text that somebody wrote. `public`: shown to the reporter as written."""

    text: str
    public: bool = False


@dataclass(frozen=True)
class NewEvent:
    """What happened, before it is written down. `at` = when it happened, `recorded_at` = when we learnt it."""

    action: str
    at: datetime
    recorded_at: datetime
    person_id: int | None = None
    post_id: int | None = None
    actor: str = "person"  # person | reporter | system
    duty: str | None = None
    set: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """An event ready for its table: body text, hash, and the words beside it (key, text, salt, public)."""

    body: str
    hash: str
    words: tuple[tuple[str, str, bytes, bool], ...]


def plain(value: Any) -> Any:
    """A column value as it stands in a body: UTC ISO times, decimals as text."""
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    return value


def write(
    *,
    case_id: int,
    number: str,
    seq: int,
    round_: int,
    prev_hash: str,
    event: NewEvent,
    new_salt: Callable[[], bytes],
) -> Written:
    """Body and hash of an event. `new_salt` gives 16 random bytes, one per value."""
    unknown = set(event.set) - set(PROJECTED)
    if unknown:
        raise ValueError(f"not a projected column: {sorted(unknown)}")
    words = tuple((k, v.text, new_salt(), v.public) for k, v in event.words.items() if v.text)
    body = canonical_json(
        {
            "case": case_id,
            "number": number,
            "seq": seq,
            "round": round_,
            "action": event.action,
            "at": plain(event.at),
            "recorded_at": plain(event.recorded_at),
            "actor": event.actor,
            "person": event.person_id,
            "post": event.post_id,
            "duty": event.duty,
            "set": {k: plain(v) for k, v in event.set.items()},
            "data": plain(event.data),
            "words": {key: commit(text, salt) for key, text, salt, _ in words},
        }
    )
    return Written(body=body.decode(), hash=event_hash(prev_hash, body), words=words)


def replay(bodies: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Fold parsed bodies, oldest first, into the projected columns (plain values)."""
    row: dict[str, Any] = {}
    for body in bodies:
        row.update(body["set"])
    return row


def projected(case: Any) -> dict[str, Any]:
    """The same columns read off a case row (plain values)."""
    return {name: plain(getattr(case, name)) for name in PROJECTED}
