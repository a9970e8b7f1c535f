"""What a resident takes home."""

from __future__ import annotations

from datetime import datetime

import pytest

from huiyin.cases.rules import numbers
from huiyin.intake.rules import places, receipts, sounds, words
from huiyin.intake.rules.when import until
from tests.cast import at

KEY = bytes(range(32))


def test_a_number_is_read_in_groups_and_typed_back_in_any_form() -> None:
    number = numbers.number_for("S", 123)

    shown = receipts.grouped_number(number)

    assert shown == "S000 0123-0"
    assert numbers.normalised(shown) == number
    assert numbers.normalised("ｓ０００ ０１２３—０") == number


def test_a_code_has_six_digits_and_is_the_same_each_time() -> None:
    code = receipts.secret_code("a" * 36, "S00001230", KEY)

    assert len(code) == 6
    assert code.isdigit()
    assert code == receipts.secret_code("a" * 36, "S00001230", KEY)
    assert code != receipts.secret_code("b" * 36, "S00001230", KEY)
    assert receipts.grouped_code("082345") == "082 345"


def test_a_fingerprint_says_nothing_without_its_key() -> None:
    parts = [("phone", "13800001234")]

    assert receipts.fingerprint(parts, KEY) != receipts.fingerprint(parts, KEY[::-1])
    assert receipts.fingerprint([("a", "1"), ("b", "2")], KEY) == receipts.fingerprint(
        [("b", "2"), ("a", "1")], KEY
    )


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"\x1a\x45\xdf\xa3" + bytes(20), "audio/webm"),
        (b"OggS" + bytes(20), "audio/ogg"),
        (bytes(4) + b"ftypM4A " + bytes(20), "audio/mp4"),
        (b"RIFF" + bytes(4) + b"WAVE" + bytes(20), "audio/wav"),
        (b"#!AMR\n" + bytes(20), "audio/amr"),
        (b"ID3" + bytes(20), "audio/mpeg"),
        (b"\xff\xf1" + bytes(20), "audio/aac"),
        (b"\xff\xfb" + bytes(20), "audio/mpeg"),
    ],
)
def test_a_recording_is_known_by_its_first_bytes(start: bytes, media_type: str) -> None:
    assert sounds.recognise(start, longest=60).media_type == media_type


@pytest.mark.parametrize("data", [b"", b"<html><script>", b"MZ" + bytes(20), b"\xff"])
def test_what_is_no_recording_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(sounds.UnreadableSound, match="打不开"):
        sounds.recognise(data, longest=60)


def test_a_recording_of_an_hour_is_refused() -> None:
    with pytest.raises(sounds.UnreadableSound, match="60 秒"):
        sounds.recognise(b"OggS" + bytes(sounds.most_bytes(60)), longest=60)


@pytest.mark.parametrize(
    ("text", "token"), [("c12", "c12"), (" a7 ", "a7"), ("b3", "b3"), ("c0", None), ("x1", None),
                        ("c1;drop", None), ("", None), ("c" + "9" * 30, None)],
)  # fmt: skip
def test_a_place_in_an_address(text: str, token: str | None) -> None:
    found = places.parse(text)

    assert (str(found) if found else None) == token


@pytest.mark.parametrize(
    ("kind", "choice"),
    [("help", "direct"), ("complaint", "relay"), ("accusation", "confidential"),
     ("suggestion", "direct"), ("enquiry", "direct")],
)  # fmt: skip
def test_the_contact_choice_follows_the_kind_until_somebody_chooses(kind: str, choice: str) -> None:
    assert words.choice_of(kind, "") == choice
    assert words.choice_of(kind, "relay") == "relay"


@pytest.mark.parametrize(
    ("due", "words_"),
    [
        (at("2026-09-30 11:00"), "今天 11:00 前"),
        (at("2026-10-01 09:05"), "明天 9:05 前"),
        (at("2026-10-13 23:59"), "10月13日（周二）前"),
        (at("2027-01-04 12:00"), "2027年1月4日（周一）前"),
    ],
)
def test_until_when_as_people_say_it(due: datetime, words_: str) -> None:
    assert until(due, at("2026-09-30 09:00")) == words_


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("010203", "010203", True), ("010203", "0102", True), ("010203", "010301", False),
     ("停水", "停水", True), ("停水", "停电", False), ("01", "01", True), ("01", "0102", False)],
)  # fmt: skip
def test_two_categories_of_one_matter(one: str, other: str, same: bool) -> None:
    assert words.same_matter(one, other) is same
