"""Addresses of files: names at the head, names inside, and what is somebody's door."""

from __future__ import annotations

import pytest

from huiyin.intake.rules.addresses import by_first_two, head_of, named_in, plain, shown_and_door


def test_the_longest_name_at_the_head_counts() -> None:
    index = by_first_two(["团结路社区", "团结", "云富街道"])

    assert head_of("团结路社区新天地小区", index) == "团结路社区"
    assert head_of("新天地小区", index) == ""


def test_a_compound_is_found_inside_an_address_by_its_longest_name() -> None:
    assert (
        named_in("人民路新天地小区二期3栋", ["新天地小区", "新天地小区二期", "天地"])
        == "新天地小区二期"
    )
    assert named_in("人民路", ["新天地小区"]) == ""


def test_blanks_and_full_width_do_not_hide_a_name() -> None:
    assert plain("水富市　云富街道 １号") == "水富市云富街道1号"


@pytest.mark.parametrize(("address", "shown", "door"), [
    ("新天地小区3栋2单元501", "新天地小区3栋", "新天地小区3栋2单元501"),
    ("新天地小区3栋", "新天地小区3栋", ""),
    ("G213国道K1200", "G213国道K1200", ""),
    ("", "", ""),
])  # fmt: skip
def test_a_door_is_not_shown_but_kept(address: str, shown: str, door: str) -> None:
    assert shown_and_door(address) == (shown, door)


def test_what_a_long_address_loses_on_the_screen_is_kept_whole() -> None:
    long = "路" * 200

    shown, door = shown_and_door(long)

    assert len(shown) == 120
    assert door == long
