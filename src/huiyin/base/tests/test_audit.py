"""The audit chain: appended, never changed, and a change is found and named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

from huiyin.base.models import AuditRow
from huiyin.base.services import audit

AT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


def record(subject: str = "case:1", **more: object) -> AuditRow:
    values: dict[str, object] = {
        "at": AT, "person_id": 7, "person_name": "甲", "post_id": 3, "address": "10.0.0.8",
        "action": "contact_seen", "subject": subject, "fields": ["phone", "door"],
        "reason": "电话联系诉求人",
    }  # fmt: skip
    return audit.record(**(values | more))  # type: ignore[arg-type]


def test_a_row_says_who_read_what_and_why(db: None) -> None:
    row = record()

    assert row.fields == "phone、door"
    assert row.body == (
        '{"action":"contact_seen","address":"10.0.0.8","at":"2026-11-24T01:30:00.000000Z",'
        '"fields":"phone、door","ok":true,"person":7,"person_name":"甲","post":3,'
        '"reason":"电话联系诉求人","subject":"case:1"}'
    )
    assert row.prev_hash == "0" * 64


def test_each_row_is_chained_to_the_one_before(db: None) -> None:
    first, second = record(), record("case:2")

    assert second.prev_hash == first.hash
    assert audit.verify() == audit.AuditCheck(2, ok=True, first_bad=None, head=second.hash)


def test_an_empty_chain_is_whole(db: None) -> None:
    assert audit.verify() == audit.AuditCheck(0, ok=True, first_bad=None, head="0" * 64)


def test_a_text_that_is_too_long_is_cut_before_it_is_hashed(db: None) -> None:
    row = record(reason="因" * 300)

    assert len(row.reason) == 200
    assert audit.verify().ok


@pytest.mark.parametrize("statement", [
    "UPDATE base_audit_row SET reason = ''", "DELETE FROM base_audit_row",
])  # fmt: skip
def test_the_database_refuses_to_change_or_delete_a_row(db: None, statement: str) -> None:
    record()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
@pytest.mark.parametrize(("tampering", "bad"), [
    ("UPDATE base_audit_row SET person_name = '乙' WHERE id = {1}", 1),
    ("UPDATE base_audit_row SET body = replace(body, '甲', '乙'), person_name = '乙' WHERE id = {1}", 1),
    ("UPDATE base_audit_row SET at = at + interval '1 hour' WHERE id = {0}", 0),
    ("DELETE FROM base_audit_row WHERE id = {0}", 1),
])  # fmt: skip
def test_a_change_by_whoever_owns_the_table_is_found_and_named(tampering: str, bad: int) -> None:
    ids = [record(f"case:{n}", at=AT + timedelta(minutes=n)).pk for n in range(3)]
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE base_audit_row DISABLE TRIGGER USER")
        cursor.execute(tampering.format(*ids))
        cursor.execute("ALTER TABLE base_audit_row ENABLE TRIGGER USER")

    found = audit.verify()

    assert (found.ok, found.first_bad) == (False, ids[bad])


def test_every_action_has_a_word_for_the_screen() -> None:
    assert all(audit.ACTIONS.values())


@pytest.mark.parametrize(("subject", "words"), [
    ("account:12", "账号 12"), ("case:HY2026-1", "工单 HY2026-1"), ("audit", "审计链"),
    ("hazard:3", "hazard:3"), ("account:", "账号"),
])  # fmt: skip
def test_a_subject_is_said_in_words_where_they_are_known(subject: str, words: str) -> None:
    assert audit.subject_words(subject) == words
