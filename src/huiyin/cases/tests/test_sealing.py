"""Verification finds one changed byte, whoever changed it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection

from huiyin.cases.models import Case, Seal
from huiyin.cases.services import sealing
from tests.cast import DAY, Cast


def as_superuser(sql: str) -> None:
    """What a superuser could do: switch triggers off and change rows."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    settings.HUIYIN_CLUSTER.psql(
        f"SET session_replication_role = replica; {sql}", connection.settings_dict["NAME"]
    )


@pytest.mark.django_db(transaction=True)
def test_an_untouched_ledger_verifies(cast: Cast) -> None:
    case = cast.case_at("closed")

    result = sealing.verify()

    assert result.ok, result.findings
    assert result.events == case.version
    assert result.unsealed == case.version


@pytest.mark.django_db(transaction=True)
def test_one_changed_byte_is_found_and_named(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    as_superuser(
        f"UPDATE cases_event SET body = replace(body, '\"round\":1', '\"round\":2')"
        f" WHERE case_id = {case.pk} AND seq = 3"
    )

    found = sealing.verify().findings
    assert found[0].number == case.number
    assert found[0].seq == 3


@pytest.mark.django_db(transaction=True)
def test_a_changed_column_or_row_is_found(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    as_superuser(f"UPDATE cases_case SET urgency = 'life' WHERE id = {case.pk}")

    assert "重演" in sealing.verify().findings[0].what


@pytest.mark.django_db(transaction=True)
def test_changed_words_do_not_match_their_commitment(cast: Cast) -> None:
    case = cast.case_at("closed")

    as_superuser(f"UPDATE cases_words SET text = '已办' WHERE case_id={case.pk} AND key='reply'")

    assert "原话" in sealing.verify().findings[0].what


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_removed_case_is_missed_by_its_seal_and_its_number(cast: Cast) -> None:
    kept, gone = cast.report(), cast.report("另一件")
    made = sealing.seal(at=DAY)
    assert made is not None
    assert made.leaves == kept.version + gone.version
    assert sealing.verify().ok

    tables = ("words", "scope", "search", "deadline", "contact", "event")
    as_superuser(
        "; ".join(f"DELETE FROM cases_{t} WHERE case_id = {gone.pk}" for t in tables)
        + f"; DELETE FROM cases_case WHERE id = {gone.pk}"
    )

    whats = [f.what for f in sealing.verify().findings]
    assert "封存范围内的事件有增删或改动" in whats
    assert "这个编号用过，但工单不见了" in whats
    assert Case.objects.count() == Seal.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_seals_are_chained(cast: Cast) -> None:
    cast.report()
    first = sealing.seal(at=DAY)
    assert sealing.seal(at=DAY) is None
    cast.report("又一件")

    second = sealing.seal(at=DAY)

    assert first is not None
    assert second is not None
    assert (second.from_id, second.prev_root) == (first.to_id, first.root)
    assert sealing.verify().ok
