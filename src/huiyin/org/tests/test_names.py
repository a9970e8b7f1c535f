"""Pinyin keys and the short names of divisions."""

from __future__ import annotations

import pytest

from huiyin.org.rules.names import (
    bare_name,
    is_pinyin_query,
    pinyin_key,
    short_division_name,
    unpadded_code,
)


@pytest.mark.parametrize(("name", "key"), [
    ("新天地小区", "xintiandixiaoqu xtdxq"),
    ("重庆路", "chongqinglu cql"),
    ("A区3栋", "aqu3dong aq3d"),
    ("", ""),
    ("！", ""),
])  # fmt: skip
def test_a_name_has_a_key_of_syllables_and_initials(name: str, key: str) -> None:
    assert pinyin_key(name) == key


def test_a_key_fits_its_column() -> None:
    assert len(pinyin_key("双" * 60)) == 200


@pytest.mark.parametrize(("official", "said"), [
    ("双院子社区居民委员会", "双院子社区"),
    ("安阁村民委员会", "安阁村"),
    ("联合村村民委员会", "联合村"),
    ("楼坝村委会", "楼坝村"),
    ("迎新居委会", "迎新社区"),
    ("云富街道办事处", "云富街道"),
    ("向家坝镇", "向家坝镇"),
])  # fmt: skip
def test_official_names_become_the_names_that_people_say(official: str, said: str) -> None:
    assert short_division_name(official) == said


def test_a_bare_name_keeps_at_least_two_characters() -> None:
    assert (bare_name("水富市"), bare_name("团结路社区"), bare_name("城区")) == (
        "水富", "团结路", "城区",
    )  # fmt: skip


@pytest.mark.parametrize(("padded", "code"), [
    ("530600000000", "530600"), ("530681001000", "530681001"),
    ("530681001004", "530681001004"), ("530681", "530681"),
])  # fmt: skip
def test_padding_of_codes_is_taken_off(padded: str, code: str) -> None:
    assert unpadded_code(padded) == code


def test_letters_are_a_pinyin_query_and_characters_are_not() -> None:
    assert is_pinyin_query("xtd")
    assert not is_pinyin_query("新天d")
