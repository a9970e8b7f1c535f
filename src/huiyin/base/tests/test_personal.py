"""Contact values at rest: sealed for their place, found by index, shown masked without keys."""

from __future__ import annotations

import pytest

from huiyin.base.rules.encryption import EncryptionError
from huiyin.base.rules.personal_data import UnreadablePhone
from huiyin.base.services import personal


def test_a_sealed_phone_is_read_back_in_its_own_place() -> None:
    token = personal.seal("13800001234", table="cases_contact", field="phone", salt="a1")

    assert "13800001234" not in token
    assert personal.unseal(token, table="cases_contact", field="phone", salt="a1") == "13800001234"


@pytest.mark.parametrize("place", [
    {"table": "cases_contact", "field": "phone", "salt": "b2"},
    {"table": "cases_contact", "field": "name", "salt": "a1"},
    {"table": "other", "field": "phone", "salt": "a1"},
])  # fmt: skip
def test_a_token_that_was_moved_does_not_open(place: dict[str, str]) -> None:
    token = personal.seal("13800001234", table="cases_contact", field="phone", salt="a1")

    with pytest.raises(EncryptionError):
        personal.unseal(token, **place)


def test_nothing_stays_nothing() -> None:
    assert personal.seal("", table="t", field="f", salt="s") == ""
    assert personal.unseal("", table="t", field="f", salt="s") == ""


def test_one_number_has_one_index_however_it_was_written() -> None:
    assert personal.phone_index("138 0000 1234") == personal.phone_index("+86-13800001234")
    assert personal.phone_index("13800001234") != personal.phone_index("13800001235")
    assert len(personal.phone_index("13800001234")) == 64


def test_a_tail_is_known_only_together_with_its_number() -> None:
    filed = personal.phone_tail_index("13800001234", "HY1")

    assert personal.tail_index("1234", "HY1") == filed
    assert personal.tail_index("1234", "HY2") != filed


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_no_phone_has_no_index(blank: str) -> None:
    assert personal.phone_index(blank) == ""
    assert personal.phone_tail_index(blank, "HY1") == ""


def test_an_unreadable_phone_is_refused_where_it_would_be_looked_up() -> None:
    with pytest.raises(UnreadablePhone):
        personal.phone_index("不方便留")
    with pytest.raises(UnreadablePhone):
        personal.phone_tail_index("不方便留", "HY1")
