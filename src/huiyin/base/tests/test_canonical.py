"""Canonical bytes, hash chain, Merkle root: checked against published vectors."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from huiyin.base.rules.canonical import (
    FIRST_PREVIOUS_HASH,
    canonical_json,
    event_hash,
    merkle_root,
    utc_text,
)
from huiyin.base.rules.workdays import SHANGHAI


def test_keys_are_sorted_by_utf16_code_units_as_in_rfc_8785() -> None:
    """The sorting example of RFC 8785 §3.2.3: the emoji sorts before U+FB33."""
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }

    assert (
        canonical_json(value)
        == (
            '{"\\r":"Carriage Return","1":"One","\u0080":"Control",'
            '"\u00f6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign",'
            '"\U0001f600":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}'
        ).encode()
    )


def test_strings_are_escaped_as_in_rfc_8785() -> None:
    """The string of RFC 8785 §3.2.2."""
    assert canonical_json({"string": '\u20ac$\u000f\nA\'B"\\\\"/'}) == (
        '{"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()
    )


def test_the_order_of_keys_as_given_does_not_matter() -> None:
    one = {"b": [1, {"d": None, "c": True}], "a": "张"}
    other = {"a": "张", "b": (1, {"c": True, "d": None})}

    assert canonical_json(one) == canonical_json(other)
    assert canonical_json(one) == '{"a":"张","b":[1,{"c":true,"d":null}]}'.encode()


@pytest.mark.parametrize(
    "value", [1.0, Decimal("1.5"), datetime(2026, 9, 30, tzinfo=UTC), b"x", {1: "x"}, {"a": {2.5}}]
)
def test_what_two_implementations_could_write_differently_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)  # type: ignore[arg-type]


def test_the_error_names_the_place() -> None:
    with pytest.raises(TypeError, match=r"\$\.rows\[1\]\.share"):
        canonical_json({"rows": [{}, {"share": 0.5}]})  # type: ignore[dict-item]


def test_integers_that_a_double_cannot_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="整数"):
        canonical_json({"n": 2**53})


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="不完整"):
        canonical_json({"text": "\ud83d"})


def test_a_moment_is_written_in_utc_with_microseconds() -> None:
    at = datetime(2026, 9, 30, 16, 5, tzinfo=SHANGHAI)

    assert utc_text(at) == "2026-09-30T08:05:00.000000Z"


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="时区"):
        utc_text(datetime(2026, 9, 30))


def test_an_event_is_bound_to_the_one_before_it() -> None:
    first = event_hash(FIRST_PREVIOUS_HASH, b"{}")

    assert first == hashlib.sha256(bytes(32) + b"{}").hexdigest()
    assert event_hash(first, b"{}") != first


@pytest.mark.parametrize("previous", ["", "00", "zz" * 32])
def test_a_previous_hash_of_another_shape_is_refused(previous: str) -> None:
    with pytest.raises(ValueError, match="64 位|hexadecimal"):
        event_hash(previous, b"{}")


RFC_6962_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]


@pytest.mark.parametrize(
    ("n", "root"),
    [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ],
)
def test_roots_are_those_of_certificate_transparency(n: int, root: str) -> None:
    """The reference vectors of RFC 6962 implementations."""
    assert merkle_root(iter(RFC_6962_LEAVES[:n])) == root


def test_swapping_two_leaves_changes_the_root() -> None:
    assert merkle_root([b"a", b"b", b"c"]) != merkle_root([b"b", b"a", b"c"])
