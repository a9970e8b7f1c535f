"""Shapes that list pages hand to their templates (base/_table.html, _pager.html, _tabs.html)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "time", "status", "actions"]


@dataclass(frozen=True)
class Column:
    """A column head. `number` is set right in tabular figures, `time` does not wrap.

    `wide`: shown from 992 px on only. `sort_url` makes the head a link, `sorted` is the present
    order ("ascending", "descending" or "").
    """

    label: str
    kind: Kind = "text"
    wide: bool = False
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""
    help: str = ""


@dataclass(frozen=True)
class Pager:
    """Keyset paging: no page numbers. Empty URL = there is no such page.

    `about` is the count of all rows, `exact` whether it was counted or estimated; None unknown.
    """

    previous_url: str = ""
    next_url: str = ""
    shown: int = 0
    about: int | None = None
    exact: bool = True

    @property
    def words(self) -> str:
        """“共 37”, “共约 12,300”, or “本页 50” when nobody counted."""
        if self.about is None:
            return f"本页 {self.shown:,}"
        return f"共 {self.about:,}" if self.exact else f"共约 {self.about:,}"


@dataclass(frozen=True)
class Tab:
    """A saved filter or a part of a dossier. `count` None shows none."""

    label: str
    url: str
    current: bool = False
    count: int | None = None
