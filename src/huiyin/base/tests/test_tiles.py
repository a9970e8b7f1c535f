"""Which origins the tiles of an address come from."""

from __future__ import annotations

from huiyin.base.rules.tiles import origins


def test_without_an_address_nothing_outside_is_loaded() -> None:
    assert origins("") == []
    assert origins("javascript:alert(1)") == []


def test_an_address_with_subdomains_names_them_all() -> None:
    named = origins("https://t{s}.tiles.example.cn/vec_w/{z}/{x}/{y}?tk=key")

    assert named == [f"https://t{n}.tiles.example.cn" for n in range(8)]


def test_an_address_without_subdomains_names_one() -> None:
    assert origins("https://tiles.example.cn:8443/{z}/{x}/{y}.png") == [
        "https://tiles.example.cn:8443"
    ]
