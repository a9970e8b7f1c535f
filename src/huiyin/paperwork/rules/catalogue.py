"""The register of forms: how often, when next, what changed between two versions, what is asked twice."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huiyin.documents.rules.form_files import Form
from huiyin.documents.rules.form_grid import plain
from huiyin.paperwork.rules import spans
from huiyin.paperwork.rules.links import ASIDE, KNOWN

FREQUENCIES = {
    "weekly": "每周", "monthly": "每月", "quarterly": "每季度", "half_yearly": "每半年",
    "yearly": "每年", "once": "一次",
}  # fmt: skip
#: How many times a week, as a share.
A_WEEK = {"weekly": 1.0, "monthly": 12 / 52, "quarterly": 4 / 52, "half_yearly": 2 / 52,
          "yearly": 1 / 52, "once": 0.0}  # fmt: skip
_MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


@dataclass(frozen=True)
class Spot:
    """A blank in words: where it stands, under what, beside what, and what it was taken for."""

    sheet: str
    row: int
    column: int
    heading: str
    label: str
    status: str = ""
    link: Mapping[str, Any] | None = None

    def as_json(self) -> list[Any]:
        return [self.sheet, self.row, self.column, self.heading, self.label, self.status,
                dict(self.link or {})]  # fmt: skip

    @property
    def words(self) -> str:
        return " · ".join(t for t in (self.label, self.heading) if t)


def spot(said: Sequence[Any]) -> Spot:
    """A kept spot."""
    sheet, row, column, heading, label, status, link = said
    return Spot(sheet, row, column, heading, label, status, link or None)


def timeless(text: str) -> str:
    """Without the dates that change from month to month."""
    return re.sub(r"20\d\d年?|\d{1,2}月(?:份)?|第?[一二三四1-4]季度?", "", plain(text))


def fingerprint(form: Form) -> str:
    """Digest of what a form asks and where, without its dates: the same form next month is the same."""
    said = [
        [block.sheet if len(form.grids) > 1 else "", f.row, f.column, timeless(f.heading), timeless(f.label)]
        for block in form.blocks
        for f in block.fields
    ]  # fmt: skip
    lines = sorted({timeless(line) for block in form.blocks for line in block.lines[:1]})
    body = json.dumps([said, lines], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def title_of(form: Form, file_name: str) -> str:
    """The title as printed, else the name of the file."""
    from huiyin.documents.rules import form_words

    for block in form.blocks:
        for line in block.lines:
            if form_words.is_title(line):
                return plain(line)[:120]
    for block in form.blocks:
        if block.lines:
            return plain(block.lines[0])[:120]
    return re.sub(r"\.\w+$", "", file_name)[:120]


def same_form(old: Sequence[Spot], new: Sequence[Spot]) -> float:
    """How much of two structures is the same, 0–1, by words."""
    a, b = {(timeless(s.heading), timeless(s.label)) for s in old}, {(timeless(s.heading), timeless(s.label)) for s in new}  # fmt: skip
    return len(a & b) / len(a | b) if a | b else 0.0


@dataclass(frozen=True)
class Change:
    """added, removed or renamed, with the words of the blank."""

    kind: str
    words: str
    before: str = ""


CHANGE_LABELS = {"added": "新增", "removed": "取消", "renamed": "改名"}


def changes(old: Sequence[Spot], new: Sequence[Spot]) -> list[Change]:
    """What a changed form asks otherwise. A blank at its old place under a new name is renamed."""
    before = {(timeless(s.heading), timeless(s.label)): s for s in old}
    after = {(timeless(s.heading), timeless(s.label)): s for s in new}
    gone = {(s.sheet, s.row, s.column): s for key, s in before.items() if key not in after}
    found: list[Change] = []
    for key, spot_ in after.items():
        if key in before:
            continue
        place = (spot_.sheet, spot_.row, spot_.column)
        earlier = gone.pop(place, None)
        if earlier is not None:
            found.append(Change("renamed", spot_.words, earlier.words))
        else:
            found.append(Change("added", spot_.words))
    found += [Change("removed", s.words) for s in gone.values()]
    return found


# -- due ---------------------------------------------------------------------------------------------
def next_due(frequency: str, due_day: int, expires_on: date | None, day: date) -> date | None:
    """The next day by which it is owed; None when it has run out, or was for once."""
    if frequency == "once":
        found = expires_on
    elif frequency == "weekly":
        found = day - timedelta(days=day.weekday()) + timedelta(days=7)
    else:
        n = _MONTHS[frequency]
        index = day.year * 12 + day.month - 1
        start = (
            index - index % n
        )  # the period in which we are began here; what is owed is of the one before
        found = _day_of(start, due_day)
        if found < day:
            found = _day_of(start + n, due_day)
    if found is None or found < day or (expires_on is not None and found > expires_on):
        return None
    return found


def _day_of(index: int, day: int) -> date:
    first = date(index // 12, index % 12 + 1, 1)
    return first + timedelta(days=max(day, 1) - 1)


def period_for(frequency: str, day: date) -> str:
    """The period that is filled by now: the last whole one."""
    if frequency == "weekly":
        monday = day - timedelta(days=day.weekday() + 7)
        year, week, _ = monday.isocalendar()
        return f"{year}-W{week:02d}"
    n = _MONTHS.get(frequency, 1)
    index = day.year * 12 + day.month - 1
    start = index - index % n - n
    first = date(start // 12, start % 12 + 1, 1)
    end = start + n
    last = date(end // 12, end % 12 + 1, 1) - timedelta(days=1)
    return spans.code_of(first, last)


# -- asked twice -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Twice:
    """A field that two forms ask."""

    words: str
    first: int
    second: int


def asked_twice(forms: Iterable[tuple[int, Sequence[Spot]]]) -> list[tuple[str, list[int]]]:
    """(the field in words, ids of the forms that ask it), for fields that several forms ask: the same
    number of the same place, breakdown and kind of period."""
    held: dict[str, tuple[str, list[int]]] = {}
    for pk, spots in forms:
        for each in spots:
            if each.status == ASIDE:
                continue
            key = json.dumps(each.link, sort_keys=True, ensure_ascii=False) if each.link and each.status == KNOWN else f"{timeless(each.label)}|{timeless(each.heading)}"  # fmt: skip
            _, ids = held.setdefault(key, (each.words, []))
            if pk not in ids:
                ids.append(pk)
    return [(words, ids) for words, ids in held.values() if len(ids) > 1]
