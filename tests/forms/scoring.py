"""What the machine takes each blank of the forms for, held against the truth, cell by cell.

right: filled by itself with the link of the truth. missed: a cell to be filled that it leaves to a
person or leaves empty. wrong: filled by itself with another link, or where nothing may be filled.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from huiyin.documents.rules import form_files
from huiyin.indicators import registry
from huiyin.indicators.rules import periods
from huiyin.org.models import Area, Unit
from huiyin.paperwork.rules.links import ASIDE, Link
from huiyin.paperwork.services import filling
from huiyin.paperwork.services.filling import Cell

HERE = Path(__file__).parent
SET_ASIDE = frozenset((HERE / "set_aside.txt").read_text().split())


@dataclass
class Score:
    """One form. `fillable` cells of the truth; `silent` = filled though it should be asked or empty."""

    form: str
    fillable: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right / self.fillable if self.fillable else 1.0


def truths() -> list[dict[str, Any]]:
    """All truth files in order."""
    return [json.loads(path.read_text()) for path in sorted((HERE / "truth").glob("*.json"))]


def is_set_aside(truth: dict[str, Any]) -> bool:
    return any(truth["file"].startswith(name[:2]) for name in SET_ASIDE)


def score(truth: dict[str, Any], day: date) -> Score:
    """Propose the form and compare every blank."""
    name = truth["file"]
    place = Area.objects.get(code=truth["place"], valid_to__isnull=True)
    period = periods.parse(truth["period"])
    content = (HERE / "blank" / name).read_bytes()
    proposal = filling.propose(content, name, place=place, period=period, day=day)
    found = {_address(cell): cell for cell in proposal.cells}
    if truth["kind"] == "list":
        return _score_list(truth, found)
    result = Score(name, len(truth["cells"]))
    for address, wanted in truth["cells"].items():
        cell = found.pop(address, None)
        link = cell.link if cell else None
        if link is None:
            result.missed.append(f"{address} {cell.reading.status if cell else 'not seen'} "
                                 f"{cell.reading.reason if cell else ''}")  # fmt: skip
        elif _same(link, wanted, truth, place, period):
            result.right += 1
        else:
            result.wrong.append(f"{address} {link.as_json()} instead of {wanted}")
    result.wrong += [f"{a} {c.link.as_json()} though nobody knows or it is to be asked"
                     for a, c in found.items() if c.link is not None]  # fmt: skip
    return result


def _address(cell: Cell) -> str:
    f = cell.field
    if f.sheet.startswith("表") and f.sheet[1:].isdigit():  # a table of a Word file
        return f"T{f.sheet[1:]}!R{f.row}C{f.column}"
    return form_files.address(f.sheet, f.row, f.column, alone=False)


def _same(
    link: Link, wanted: dict[str, Any], truth: dict[str, Any], place: Area, period: periods.Period
) -> bool:
    if "derived" in wanted:
        base = truth["cells"].get(wanted["of"][0], {})
        if link.derived != wanted["derived"] or link.indicator != base.get("indicator"):
            return False
        if (link.place or place.code) != base["place"]:
            return False
        days, of = link.days(period.first, period.last), periods.parse(base["period"])
        return days == (of.first, of.last) or (
            days is not None and registry.get(link.indicator).stock and days[1] == of.last
        )
    if link.derived or link.register or link.indicator != wanted["indicator"]:
        return False
    if (link.place or place.code) != wanted["place"]:
        return False
    if not _same_cut(link, wanted["by"]):
        return False
    unit = Unit.objects.get(pk=link.unit).short_name if link.unit else None
    if unit != wanted["unit"]:
        return False
    days, asked = link.days(period.first, period.last), periods.parse(wanted["period"])
    if days is None:
        return False
    if registry.get(link.indicator).stock:
        return days[1] == asked.last
    return days == (asked.first, asked.last)


def _same_cut(link: Link, by: str | None) -> bool:
    """kind:complaint by its code; a category by the name that the form says."""
    if not link.dimension or by is None:
        return not link.dimension and by is None
    words = registry.get(link.indicator).dimension(link.dimension).words
    return by in (f"{link.dimension}:{link.value}", f"{link.dimension}:{words.get(link.value)}")


def _score_list(truth: dict[str, Any], found: dict[str, Cell]) -> Score:
    """A ledger: each column of the first row to fill."""
    wanted = truth["list"]
    result = Score(truth["file"], len(wanted["columns"]))
    seen: dict[str, str] = {}
    for address, cell in found.items():
        if cell.reading.status != ASIDE and cell.link is not None:
            where = address.split("!")[1]
            column = (
                where[where.index("C") :] if where.startswith("R") else where.rstrip("0123456789")
            )
            seen[column] = f"{cell.link.register}.{cell.link.column}"
    for column, name in wanted["columns"].items():
        got = seen.pop(column, "")
        if got == f"{wanted['register']}.{name}":
            result.right += 1
        elif got:
            result.wrong.append(f"column {column}: {got} instead of {name}")
        else:
            result.missed.append(f"column {column}: {name}")
    serial = wanted.get("serial")
    result.wrong += [f"column {c}: {got} though nothing may stand there"
                     for c, got in seen.items() if c != serial]  # fmt: skip
    return result
