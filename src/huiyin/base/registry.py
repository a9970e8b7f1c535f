"""Named slots: places on a page that other apps fill without the page knowing them.

Whoever owns the page writes `{% slot "case.side" case %}`; an app registers in its `panels.py`.
Other apps import the same names from `huiyin.base.panels`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

#: Every slot, and what its functions get as subject.
SLOTS = {
    "menu": "left navigation of the workbench; subject None; render base/_menu_item.html",
    "menu.public": "links in the header of resident pages; subject None; base/_public_link.html",
    "search": "search box in the head of the workbench; subject None; base/_search.html",
    "login": "below the sign-in form; subject None; only what everybody may see",
    "person": "below the name at the top right (password, sign out); subject None",
    "home.today": "start page of the workbench; subject None",
    "case_list.actions": "at the right above the list of cases: import, its template; subject None",
    "case.side": "beside a case; subject is the case",
    "compound.dossier": "tabs of a compound 小区; subject is the compound",
    "desk.answers": "beside the phone entry; subject is the text or category being entered",
}


class Acting(Protocol):
    """A post in force, as org.rules.grants.ActingPost; base does not import org."""

    def may(self, grant: str) -> bool: ...


Filled = tuple[str, dict[str, Any]]
Function = Callable[[Any, Sequence[Acting]], Filled | None]


@dataclass(frozen=True)
class Panel:
    """One contribution. `grant` empty: for everybody, signed in or not."""

    slot: str
    function: Function
    grant: str
    order: int

    @property
    def name(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}"


_panels: dict[str, list[Panel]] = {slot: [] for slot in SLOTS}


def register(slot: str, function: Function, *, grant: str = "", order: int = 100) -> None:
    """Fill a slot. `function(subject, posts)` → (template, context), or None for nothing.

    It is called only with the posts that have `grant`, must ask the database a bounded number
    of times, and gets the context of the page below its own. Lower `order` stands first.
    ValueError for an unknown slot or a function that is there already.
    """
    if slot not in SLOTS:
        raise ValueError(f"no such slot: {slot}; there are {', '.join(SLOTS)}")
    panel = Panel(slot, function, grant, order)
    if any(p.function is function for p in _panels[slot]):
        raise ValueError(f"{panel.name} fills {slot} already")
    _panels[slot].append(panel)
    _panels[slot].sort(key=lambda p: (p.order, p.name))


def panels_of(slot: str) -> tuple[Panel, ...]:
    """What is registered, in order. ValueError for an unknown slot."""
    if slot not in SLOTS:
        raise ValueError(f"no such slot: {slot}")
    return tuple(_panels[slot])


def fill(slot: str, subject: Any, posts: Sequence[Acting]) -> list[Filled]:
    """What these posts see in a slot: templates with their contexts, in order."""
    filled = []
    for panel in panels_of(slot):
        able = [p for p in posts if p.may(panel.grant)] if panel.grant else list(posts)
        if panel.grant and not able:
            continue
        answer = panel.function(subject, able)
        if answer is not None:
            filled.append(answer)
    return filled
