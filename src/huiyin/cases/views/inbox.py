"""/work/: what waits for me, by what burns; beside it the case, without leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from huiyin.base import clock
from huiyin.base.rules.tables import Tab
from huiyin.cases import registry
from huiyin.cases.rules.waiting import HEAT_LABELS, REST
from huiyin.cases.selectors import waiting
from huiyin.cases.selectors.waiting import Inbox, Position, WaitingRow
from huiyin.cases.selectors.waiting import inbox as waiting_for
from huiyin.cases.views.case_detail import onward, pane_context
from huiyin.cases.views.case_parts import find_case
from huiyin.org import access
from huiyin.org.rules.grants import ActingPost


@dataclass(frozen=True)
class Line:
    """One row with its addresses: `url` opens it here, `pane` is what htmx fetches. `heading`
    stands above the row where a new heat begins."""

    row: WaitingRow
    url: str
    pane: str
    heading: str
    here: bool


@require_GET
@access.needs()
def inbox(request: HttpRequest) -> HttpResponse:
    """?ask= one kind of waiting · ?case= the case beside it · ?after= the rows that follow."""
    posts, now = access.posts(request), clock.now()
    ask = request.GET.get("ask", "")
    asked = registry.waiting_row(ask)
    ask = asked.code if asked else ""
    after = request.GET.get("after", "")
    found = waiting_for(posts, now=now, code=ask, after=position_of(after))
    number = request.GET.get("case", "")
    lines = _lines(found.rows, ask=ask, after=after, number=number)
    context: dict[str, Any] = {
        "inbox": found,
        "tabs": _tabs(found, ask),
        "lines": lines,
        "ask": asked,
        "after": after,
        "more_url": _address(ask=ask, after=position_text(found.more)) if found.more else "",
        "first_url": _address(ask=ask) if after else "",
        "number": number,
        "now": now,
        **_chosen(request, posts, lines, number, ask, after),
    }
    return render(request, "cases/inbox.html", context)


def _chosen(
    request: HttpRequest,
    posts: Sequence[ActingPost],
    lines: Sequence[Line],
    number: str,
    ask: str,
    after: str,
) -> dict[str, Any]:
    """The case beside the list; one that is gone or not theirs says so instead of failing."""
    if not number:
        return {}
    try:
        case = find_case(request, number)
    except Http404:
        return {"gone": number}
    here = next((line for line in lines if line.here), None)
    wanted = here.row.waiting.action if here else ""
    return onward(pane_context(request, case, wanted=wanted) | {
        "pane": "1",
        "then": _then(lines, here, ask, after) if here else _address(ask=ask, after=after),
        "here": _address(ask=ask, after=after, case=number),
    })  # fmt: skip


def _lines(rows: Sequence[WaitingRow], *, ask: str, after: str, number: str) -> list[Line]:
    lines: list[Line] = []
    hours = int(waiting.soon().total_seconds() // 3600)
    labels = {heat: words.format(soon=hours) for heat, words in HEAT_LABELS.items()}
    heat = None
    for i, row in enumerate(rows):
        own = row.case.number
        neighbour = rows[i + 1] if i + 1 < len(rows) else (rows[i - 1] if i else None)
        then = _address(ask=ask, after=after, case=neighbour.case.number if neighbour else "")
        here = _address(ask=ask, after=after, case=own)
        asked = {"then": then, "here": here, "wanted": row.waiting.action}
        pane = reverse("case_pane", args=[own]) + "?" + urlencode(asked)
        begins = row.heat != heat and not (heat is None and row.heat == REST)
        heading = labels[row.heat] if begins else ""
        heat = row.heat
        lines.append(Line(row, here, pane, heading, own == number))
    return lines


def _then(lines: Sequence[Line], here: Line, ask: str, after: str) -> str:
    """Where to go when this one is done: the next row, else the one before, else the list."""
    i = lines.index(here)
    others = [line for line in (*lines[i + 1 :], *lines[i - 1 : i]) if not line.here]
    return others[0].url if others else _address(ask=ask, after=after)


def _tabs(found: Inbox, ask: str) -> list[Tab]:
    """全部, then each kind that has rows; a kind that has just been emptied stays in sight."""
    tabs = [Tab("全部", _address(), current=not ask, count=found.total)]
    tabs += [
        Tab(c.waiting.label, _address(ask=c.waiting.code), current=c.waiting.code == ask, count=c.n)
        for c in found.counts
    ]
    asked = registry.waiting_row(ask)
    if asked and ask not in {c.waiting.code for c in found.counts}:
        tabs.append(Tab(asked.label, _address(ask=ask), current=True, count=0))
    return tabs


def _address(**query: str) -> str:
    kept = {k: v for k, v in query.items() if v}
    return reverse("inbox") + (f"?{urlencode(kept)}" if kept else "")


def position_text(position: Position | None) -> str:
    """A position as it stands in an address: '1.2.1790000000000000.57.accept'."""
    if position is None:
        return ""
    heat, rank, burns_at, case_id, code = position
    return f"{heat}.{rank}.{round(burns_at.timestamp() * 1_000_000)}.{case_id}.{code}"


def position_of(text: str) -> Position | None:
    """The position behind an address; None for none or for what is no position."""
    parts = text.split(".")
    if len(parts) != 5 or not all(p.isdigit() and p.isascii() for p in parts[:4]):
        return None
    heat, rank, micros, case_id = (int(p) for p in parts[:4])
    try:
        burns_at = datetime.fromtimestamp(micros / 1_000_000, UTC).replace(
            microsecond=micros % 1_000_000
        )
    except (ValueError, OverflowError, OSError):
        return None
    return (heat, rank, burns_at, case_id, parts[4][:32])
