"""The one place that writes events. Imported by cases.services only.

The chain is per case, under that case's row lock: writers of different cases never wait for one
another. All hold SEAL_LOCK shared, so that the sealer, who takes it alone, sees a settled range.
"""

from __future__ import annotations

from django.db import connection

from huiyin.base.rules.encryption import new_salt
from huiyin.cases.models import Case, CaseDuty, CaseEvent, CaseUnitDuty, CaseWords
from huiyin.cases.rules import events

#: Advisory lock key (any fixed number): shared by writers, exclusive for the sealer.
SEAL_LOCK = 7_040_001


def hold_for_seal() -> None:
    """Tell the sealer that this transaction may still add events."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SEAL_LOCK])


def append(case: Case, event: events.NewEvent, *, unit_id: int | None = None) -> CaseEvent:
    """Write one event of a locked case, its duty and words, and project it onto the row.

    `unit_id` binds the unit to the duty as well. IntegrityError when the person or unit already
    holds another duty of this round: the database refuses it, whoever asks.
    """
    for column, value in event.set.items():
        setattr(case, column, value)
    seq = case.version + 1
    written = events.write(
        case_id=case.pk, number=case.number, seq=seq, round_=case.round, prev_hash=case.head,
        event=event, new_salt=new_salt,
    )  # fmt: skip
    if event.duty and event.person_id:
        CaseDuty.objects.get_or_create(
            case=case, round=case.round, person_id=event.person_id, duty=event.duty
        )
        if unit_id:
            CaseUnitDuty.objects.get_or_create(
                case=case, round=case.round, unit_id=unit_id, duty=event.duty
            )
    row = CaseEvent.objects.create(
        case=case, seq=seq, action=event.action, at=event.at, recorded_at=event.recorded_at,
        person_id=event.person_id, post_id=event.post_id, round=case.round,
        duty=event.duty if event.person_id else None, body=written.body, prev_hash=case.head,
        hash=written.hash,
    )  # fmt: skip
    CaseWords.objects.bulk_create(
        CaseWords(case=case, seq=seq, key=key, text=text, salt=salt, public=public)
        for key, text, salt, public in written.words
    )
    case.version, case.head = seq, written.hash
    case.save(update_fields=[*event.set, "version", "head"])
    return row
