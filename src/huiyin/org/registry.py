"""What apps above want to do when something ends in the organisation.

A post that ends opens a handover sheet 交接单, a unit that ends needs a successor for its cases:
org knows neither, so the app that does registers a function here. It runs inside the transaction
of the change and may refuse it by raising.

A day of the calendar that a time limit was counted over is not rewritten: whoever counts time
limits registers a function that knows.

A handover sheet has sections: each app says what it lists for a post that ends, under which word.
What no app registers is not on the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from huiyin.org.models import Post


@dataclass(frozen=True)
class HandoverEntry:
    """One line of a sheet: `key` names it ("case:12"), `what` it is, in `words`, at `link`."""

    key: str
    what: str
    words: str = ""
    link: str = ""


@dataclass(frozen=True)
class HandoverSection:
    """What an app lists for a post that ends on a day, as of a moment."""

    code: str
    label: str
    order: int
    entries: Callable[[Post, date, datetime], Iterable[HandoverEntry]]


PostEnding = Callable[[Post, date, datetime], None]
DayUse = Callable[[date], bool]

_post_endings: list[PostEnding] = []
_day_uses: list[DayUse] = []
_sections: dict[str, HandoverSection] = {}


def register_post_ending(function: PostEnding) -> PostEnding:
    """Add `function(post, last_day, at)`; called after the post got its last day."""
    if function not in _post_endings:
        _post_endings.append(function)
    return function


def post_endings() -> tuple[PostEnding, ...]:
    return tuple(_post_endings)


def register_day_use(function: DayUse) -> DayUse:
    """Add `function(day)`: whether something was counted over that day of the calendar."""
    if function not in _day_uses:
        _day_uses.append(function)
    return function


def day_is_used(day: date) -> bool:
    """Whether any app counted something over that day."""
    return any(function(day) for function in _day_uses)


def register_handover_section(section: HandoverSection) -> HandoverSection:
    """Add a section to every handover sheet; a repeated code is an error of the declaration."""
    if section.code in _sections:
        raise ValueError(f"handover section declared twice: {section.code}")
    _sections[section.code] = section
    return section


def handover_sections() -> list[HandoverSection]:
    """All sections in the order of the sheet."""
    return sorted(_sections.values(), key=lambda s: s.order)
