"""What a list of cases is narrowed to. Values only; the form reads it from a query string."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.cases.rules import words as w

#: Choices of the status filter beside the single statuses.
OPEN, ENDED = "open", "ended"
STATUS_CHOICES = {OPEN: "在办", ENDED: "已结束", **w.STATUSES}

#: Where a page begins or ends: (opened at, case id), newest first.
Key = tuple[datetime, int]


@dataclass(frozen=True)
class CaseFilter:
    """Empty values narrow nothing. `since` and `until` are local days, both included; `overdue` =
    over the time of its present step; `type` = code of a case type; `words` = all of them, anywhere
    in title, text or place."""

    status: str = ""
    unit_id: int | None = None
    area_id: int | None = None
    compound_id: int | None = None
    type: str = ""
    kind: str = ""
    category: str = ""
    urgency: str = ""
    channel: str = ""
    overdue: bool = False
    since: date | None = None
    until: date | None = None
    words: str = ""

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses meant; empty for all."""
        if self.status == OPEN:
            return tuple(s for s in w.STATUSES if s not in w.ENDED)
        if self.status == ENDED:
            return w.ENDED
        return (self.status,) if self.status else ()

    @property
    def open_only(self) -> bool:
        """Whether only cases are meant that somebody still has to do something about."""
        named = set(self.statuses)
        return self.overdue or (bool(named) and not named & set(w.ENDED))
