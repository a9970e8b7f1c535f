"""Filing: where every channel ends. Batch first; one report is a batch of one.

Rules are pure and ids are drawn ahead, so a batch is some Python and one write per table: thousands
of rows go by COPY, a few by one INSERT. From here on no code knows the channel.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from huiyin.base.rules.encryption import new_salt
from huiyin.base.rules.masking import mask_text
from huiyin.base.rules.words import TOKENISER_VERSION, search_tokens
from huiyin.base.rules.workdays import ClockHistory, Duration, WorkdayCalendar
from huiyin.base.selectors import local_number, workday_calendar
from huiyin.base.services import personal
from huiyin.cases import ledger, registry, selectors
from huiyin.cases.models import Case
from huiyin.cases.rules import events
from huiyin.cases.rules import words as w
from huiyin.cases.rules.case_type import CaseType
from huiyin.cases.rules.deadlines import Limit, pick
from huiyin.cases.rules.events import NewEvent, Words
from huiyin.cases.rules.local_limits import FRESH
from huiyin.cases.rules.numbers import number_for
from huiyin.cases.rules.titles import TITLE_LENGTH, title_from
from huiyin.cases.services import alerting, batches, clocks, contacts
from huiyin.org.models import Area
from huiyin.org.rules import kinds
from huiyin.org.rules.grants import ActingPost, scope_of_area, scope_of_unit
from huiyin.triage.rules.danger_words import LEADER_KEYS

BATCH = 1000


@dataclass(frozen=True)
class Contact:
    """Who reports, in clear on the way to the database, where it stands encrypted."""

    name: str = ""
    phone: str = ""
    door: str = ""
    choice: str = "relay"
    role: str = "reporter"
    visit: bool = False


@dataclass(frozen=True)
class History:
    """How an imported case ended elsewhere: its real times, outside the three rates."""

    reply: str
    replied_at: datetime
    unit_name: str = ""
    satisfied: bool | None = None


@dataclass(frozen=True)
class NewReport:
    """One report as a channel understood it. `at` = when it was made, text as written."""

    text: str
    at: datetime
    channel: str
    area_id: int
    title: str = ""
    kind: str = "help"
    urgency: str = "normal"
    category: str = ""
    compound_id: int | None = None
    building_id: int | None = None
    place_text: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    contacts: tuple[Contact, ...] = ()
    confidential: bool = False
    withheld: bool = False
    about_unit_id: int | None = None
    about_person_id: int | None = None
    external_key: str | None = None
    found_by: ActingPost | None = None
    entered_by: ActingPost | None = None
    admitted: bool = False
    on_spot: str = ""
    summary: str = ""
    history: History | None = None
    parent_id: int | None = None
    case_type: str = "report"
    suggestion: dict[str, Any] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Over at its filing: an old history, put right on the spot, or withheld from the line."""
        return bool(self.history or self.on_spot or self.withheld)


@dataclass(frozen=True)
class Filed:
    """Receipt of one report: its number, and whether it is new or was there already."""

    number: str
    case_id: int
    new: bool


@dataclass(frozen=True)
class _Around:
    """What a batch needs besides its rows, read once."""

    areas: dict[int, tuple[list[int], str]]
    limits: tuple[Limit, ...]
    calendar: WorkdayCalendar
    recorded_at: datetime


def file_report(report: NewReport, *, recorded_at: datetime) -> Filed:
    """File one report in the caller's or its own transaction."""
    return next(file_reports([report], recorded_at=recorded_at))


def file_reports(reports: Iterable[NewReport], *, recorded_at: datetime) -> Iterator[Filed]:
    """File reports in order, BATCH to a transaction; a report whose external key is known is not new.

    Yields one Filed per report. Events say `at` (when it happened) and `recorded_at` (now).
    """
    areas: dict[int, tuple[list[int], str]] = {}
    batch: list[NewReport] = []
    for report in reports:
        batch.append(report)
        if len(batch) >= BATCH:
            yield from _file_batch(batch, recorded_at, areas)
            batch = []
    if batch:
        yield from _file_batch(batch, recorded_at, areas)


def _file_batch(
    batch: Sequence[NewReport], recorded_at: datetime, areas: dict[int, tuple[list[int], str]]
) -> list[Filed]:
    missing = {r.area_id for r in batch} - set(areas)
    if missing:
        for area in Area.objects.filter(pk__in=missing):
            areas[area.pk] = (area.ancestor_ids, area.kind)
        parents = {i for ids, _ in areas.values() for i in ids} - set(areas)
        for area in Area.objects.filter(pk__in=parents):
            areas[area.pk] = (area.ancestor_ids, area.kind)
    around = _Around(areas, selectors.limits(), workday_calendar(), recorded_at)
    with transaction.atomic():
        ledger.hold_for_seal()
        known = _known(batch)
        fresh, seen = [], set(known)
        for r in batch:
            if r.external_key is None or (r.case_type, r.external_key) not in seen:
                fresh.append(r)
                if r.external_key is not None:
                    seen.add((r.case_type, r.external_key))
        new = _write(fresh, around) if fresh else []
        told = zip(fresh, new, strict=True)
        called = [f.case_id for r, f in told if _calls_leader(r, recorded_at)]
        alerting.call_leaders(called, at=recorded_at)
    by_key = known | {
        (r.case_type, r.external_key): f
        for r, f in zip(fresh, new, strict=True)
        if r.external_key is not None
    }
    fresh_ids = {id(r): f for r, f in zip(fresh, new, strict=True)}
    answers = []
    for r in batch:
        if id(r) in fresh_ids:
            answers.append(fresh_ids[id(r)])
        else:
            was = by_key[(r.case_type, r.external_key)]
            answers.append(Filed(was.number, was.case_id, new=False))
    return answers


def _known(batch: Sequence[NewReport]) -> dict[tuple[str, str | None], Filed]:
    keys = [r.external_key for r in batch if r.external_key]
    if not keys:
        return {}
    rows = Case.objects.filter(external_key__in=keys).values_list(
        "type", "external_key", "number", "pk"
    )
    return {(t, k): Filed(n, pk, new=False) for t, k, n, pk in rows}


def _write(reports: Sequence[NewReport], around: _Around) -> list[Filed]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('cases_case', 'id')), nextval('cases_number')"
            " FROM generate_series(1, %s)",
            [len(reports)],
        )
        ids = cursor.fetchall()
        tables = batches.Tables()
        filed = []
        for report, (case_id, n) in zip(reports, ids, strict=True):
            case_type = registry.get(report.case_type)
            number = number_for(case_type.prefix, n)
            _rows_of(report, case_type, case_id, number, around, tables)
            filed.append(Filed(number, case_id, new=True))
        tables.sign()
        tables.write(cursor)
    return filed


def _rows_of(
    report: NewReport,
    case_type: CaseType,
    case_id: int,
    number: str,
    around: _Around,
    tables: batches.Tables,
) -> None:
    """All rows of one report, added to the batch's tables."""
    text = mask_text(report.text)
    title = mask_text(report.title)[:TITLE_LENGTH] or title_from(text)
    place_text = mask_text(report.place_text)[:120]
    row: dict[str, Any] = _row(report, case_type, number)
    due_rows = _first_clocks(report, case_id, row, around)
    head, version = events.GENESIS, 0
    for event in _events(report, row, title, text, place_text, around.recorded_at):
        version += 1
        written = events.write(
            case_id=case_id, number=number, seq=version, round_=1, prev_hash=head, event=event,
            new_salt=new_salt,
        )  # fmt: skip
        if event.duty and event.person_id:
            tables.duties.append((case_id, 1, event.person_id, event.duty))
        tables.events.append((
            case_id, version, event.action, event.at, event.recorded_at, event.person_id,
            event.post_id, 1, event.duty if event.person_id else None, written.body, head,
            written.hash,
        ))  # fmt: skip
        tables.words += [
            (case_id, version, key, words, salt, public)
            for key, words, salt, public in written.words
        ]
        head = written.hash
        row |= event.set
    tables.cases.append((
        case_id, title, place_text, version, head, *(row[c] for c in events.PROJECTED),
    ))  # fmt: skip
    tables.deadlines += due_rows
    tables.contacts += _contacts(report, case_id, number, text)
    opened = row["status"] not in w.ENDED
    tables.scopes += [
        (scope, report.at, case_id, report.case_type, opened) for scope in _scopes(report, around)
    ]
    tokens = search_tokens(f"{title} {text} {place_text}")
    tables.search.append((case_id, tokens, text, TOKENISER_VERSION))


def _row(report: NewReport, case_type: CaseType, number: str) -> dict[str, Any]:
    """The projected columns of a new case, before its first event."""
    row: dict[str, Any] = dict.fromkeys(events.PROJECTED)
    row |= {
        "type": report.case_type, "number": number, "status": case_type.start, "round": 1,
        "channel": report.channel, "category": report.category, "kind": report.kind,
        "urgency": report.urgency, "confidential": report.confidential, "area_id": report.area_id,
        "compound_id": report.compound_id, "building_id": report.building_id,
        "latitude": report.latitude, "longitude": report.longitude, "opened_at": report.at,
        "about_unit_id": report.about_unit_id, "about_person_id": report.about_person_id,
        "sign_off_code": "", "excluded": False, "reworks": 0, "transfers": 0, "supervision": 0,
        "escalated": False, "parent_id": report.parent_id, "external_key": report.external_key,
    }  # fmt: skip
    return row


def _events(
    report: NewReport,
    row: dict[str, Any],
    title: str,
    text: str,
    place_text: str,
    recorded_at: datetime,
) -> Iterator[NewEvent]:
    """`reported`, then what the channel already settled: admitted, put right on the spot, history."""
    by = report.found_by or report.entered_by
    who: dict[str, Any] = {
        "person_id": by.person_id if by else None,
        "post_id": by.post_id if by else None,
        "actor": "person" if by else "reporter",
    }
    first = {"title": Words(title), "text": Words(text, public=True)}
    if place_text:
        first["place_text"] = Words(place_text)
    if report.summary:
        first["summary"] = Words(mask_text(report.summary))
    if report.withheld:
        row |= {"status": w.WITHHELD, "closed_at": report.at}
    yield NewEvent(
        action="reported", at=report.at, recorded_at=recorded_at, set=dict(row),
        duty="find" if report.found_by else None, data={"suggestion": report.suggestion},
        words=first, **who,
    )  # fmt: skip
    if report.history is not None:
        h = report.history
        ended = {"status": w.CLOSED, "closed_at": h.replied_at, "replied_at": h.replied_at,
                 "due_at": None, "sign_off_code": "imported"}  # fmt: skip
        yield NewEvent(
            action="history_imported", at=h.replied_at, recorded_at=recorded_at, set=ended,
            data={"unit": h.unit_name, "satisfied": h.satisfied}, actor="system",
            words={"reply": Words(mask_text(h.reply), public=True)},
        )  # fmt: skip
    elif report.on_spot:
        ended = {"status": w.CLOSED, "closed_at": report.at, "replied_at": report.at,
                 "due_at": None, "sign_off_code": "on_spot"}  # fmt: skip
        yield NewEvent(
            action="handled_on_spot", at=report.at, recorded_at=recorded_at, set=ended,
            words={"reply": Words(mask_text(report.on_spot), public=True)}, **who,
        )  # fmt: skip
    elif report.admitted and not report.withheld:
        yield NewEvent(
            action="admitted", at=recorded_at, recorded_at=recorded_at,
            set={"status": w.AWAITING_DISPATCH, "due_at": None}, **who,
        )  # fmt: skip


def _first_clocks(
    report: NewReport, case_id: int, row: dict[str, Any], around: _Around
) -> list[tuple[Any, ...]]:
    """Admission, and the leader on duty: from when we learnt of it, not from an old file's date."""
    if report.settled:
        return []
    admit = [] if report.admitted else _clock(report, "admit", case_id, around)
    if admit:
        row["due_at"] = admit[0][6]
    alert = _calls_leader(report, around.recorded_at)
    return admit + (_clock(report, "alert", case_id, around) if alert else [])


def _calls_leader(report: NewReport, recorded_at: datetime) -> bool:
    """Whether its words call for the leader on duty; an old letter from a file calls nobody."""
    heard = LEADER_KEYS.intersection(report.suggestion.get("alerts", ()))
    fresh = timedelta(hours=local_number(FRESH))
    return bool(heard) and not report.settled and recorded_at - report.at < fresh


def _clock(report: NewReport, what: str, case_id: int, around: _Around) -> list[tuple[Any, ...]]:
    """The row of a clock that starts now; none when the type has no such clock."""
    start = around.recorded_at
    limit = pick(
        around.limits, what=what, day=start.date(), case_type=report.case_type,
        channel=report.channel, kind=report.kind, category=report.category, urgency=report.urgency,
    )  # fmt: skip
    if limit is None:
        return []
    history = ClockHistory(start, Duration(limit.amount, limit.unit))  # type: ignore[arg-type]
    due_at, line, provisional = clocks.counted(history, around.calendar, word="收到")
    return [(case_id, what, 1, start, limit.amount, limit.unit, due_at, limit.basis, line,
             provisional, [])]  # fmt: skip


def _contacts(
    report: NewReport, case_id: int, number: str, masked: str
) -> Iterator[tuple[Any, ...]]:
    given: tuple[Contact, ...] = report.contacts
    hidden = report.text if masked != report.text else ""
    if hidden and not given:
        given = (Contact(choice="confidential" if report.confidential else "relay"),)
    for i, c in enumerate(given):
        salt = new_salt().hex()

        def seal(value: str, name: str, salt: str = salt) -> str:
            return personal.seal(value, table="cases_contact", field=name, salt=salt)

        yield (
            case_id, c.role, c.choice, seal(c.name, "name"), seal(c.phone, "phone"),
            *contacts.phone_indexes(c.phone, number), seal(c.door, "door"), c.visit, salt,
            seal(hidden if i == 0 else "", "unmasked"),
        )  # fmt: skip


def _scopes(report: NewReport, around: _Around) -> set[int]:
    """Who may see it: the areas above its place. What is confidential stays with city and county."""
    if report.withheld:
        return set()
    ancestors, _ = around.areas[report.area_id]
    near = (kinds.CITY, kinds.COUNTY)
    closed = report.confidential or report.kind == "accusation"
    seen = {scope_of_area(a) for a in ancestors if not closed or around.areas[a][1] in near}
    if report.found_by is not None:
        seen.add(scope_of_unit(report.found_by.unit_id))
    return seen


def suggestion_json(value: dict[str, Any]) -> dict[str, Any]:
    """A suggestion as it may stand in a hashed body: no floats."""
    return json.loads(json.dumps(value, default=str), parse_float=str)
