"""Which time limit holds: the most specific row in force. Sources: practice.md §1.4.

Rows are data (cases.DeadlineRule); DEFAULTS seeds them, each 待本地确认 with its origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.cases.rules import words as w

#: The clock of a status that the case row shows as due; where none is named, nothing is due.
SHOWN_DUE: Mapping[str, tuple[str, ...]] = {
    w.REGISTERED: ("admit",),
    w.AWAITING_ACCEPTANCE: ("handle",),
    w.IN_PROGRESS: ("handle",),
    w.AWAITING_RETURN_RULING: ("handle",),
    w.AWAITING_CALLBACK: ("callback",),
    w.SUSPENDED: ("suspension_review",),
    w.CLOSED: ("recheck",),
}


@dataclass(frozen=True)
class Limit:
    """One row: how long `what` may take for a source × kind × category × urgency."""

    what: str
    amount: int
    unit: str
    origin: str
    channel: str = ""
    kind: str = ""
    category: str = ""
    urgency: str = ""
    case_type: str = "report"
    document: str = ""
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None
    id: int | None = None

    @property
    def basis(self) -> str:
        """What to cite: the local document, else the origin with 待本地确认."""
        return self.document or f"{self.origin}（待本地确认）"


class NoLimit(LookupError):
    """No row says how long this may take. The message names what is missing."""


def pick(
    limits: Iterable[Limit],
    *,
    what: str,
    day: date,
    case_type: str = "report",
    channel: str = "",
    kind: str = "",
    category: str = "",
    urgency: str = "",
) -> Limit | None:
    """The row that holds: urgency weighs before kind, category and channel; then the newest.

    None when no row names `what` for that type (the case type has no such clock).
    """
    facts = {"urgency": urgency, "kind": kind, "category": category, "channel": channel}
    best: tuple[tuple[int, ...], date, Limit] | None = None
    for row in limits:
        if row.what != what or row.case_type != case_type or row.valid_from > day:
            continue
        if row.valid_to is not None and row.valid_to < day:
            continue
        match = []
        for name, value in facts.items():
            said = getattr(row, name)
            fits = said == value or (name == "category" and said and value.startswith(said))
            if said and not fits:
                break
            match.append(len(said) if name == "category" else int(bool(said)))
        else:
            candidate = (tuple(match), row.valid_from, row)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    return best[2] if best else None


_JINGLONG = "贵州晴隆县热线办理时限"
_BEIJING = "北京市接诉即办分级时限"
_DEFAULT = "通行做法"

#: practice.md §1.3 and §1.4: the county of the same south-west as 昭通, urgent ones after Beijing.
DEFAULTS: tuple[Limit, ...] = (
    Limit("admit", 2, "hours", _BEIJING),
    Limit("accept", 2, "hours", _JINGLONG),
    Limit("accept", 1, "hours", _DEFAULT, urgency="life"),
    Limit("contact", 24, "hours", _DEFAULT),
    Limit("contact", 2, "hours", _BEIJING, urgency="life"),
    Limit("handle", 5, "workdays", _JINGLONG),
    Limit("handle", 1, "workdays", _JINGLONG, kind="enquiry"),
    Limit("handle", 5, "workdays", _JINGLONG, kind="help"),
    Limit("handle", 5, "workdays", _JINGLONG, kind="suggestion"),
    Limit("handle", 10, "workdays", _JINGLONG, kind="complaint"),
    Limit("handle", 10, "workdays", _JINGLONG, kind="accusation"),
    Limit("handle", 2, "hours", _BEIJING, urgency="life"),
    Limit("handle", 24, "hours", _BEIJING, urgency="utility"),
    Limit("support", 3, "workdays", _DEFAULT),
    Limit("support", 2, "hours", _DEFAULT, urgency="life"),
    Limit("support", 12, "hours", _DEFAULT, urgency="utility"),
    Limit("return_window", 1, "workdays", _DEFAULT),
    Limit("return_ruling", 4, "working_hours", _DEFAULT),
    Limit("callback", 3, "workdays", _DEFAULT),
    Limit("suspension_review", 90, "days", "挂账进问题库按季度复核"),
    Limit("recheck", 30, "days", "象州县消防类投诉复查经验"),
    Limit("alert", 1, "hours", _DEFAULT),
    Limit("coordinate", 2, "workdays", _DEFAULT),
    Limit("supervision_answer", 1, "workdays", _DEFAULT),
    Limit("alert", 1, "hours", _DEFAULT, case_type="mediation"),
    Limit("first_talk", 7, "days", "人民调解通行做法", case_type="mediation"),
)
