"""Search words: what is in a text is found by any two characters of it."""

from __future__ import annotations

import pytest

from huiyin.base.rules.words import SEARCHED_CHARACTERS, query_tokens, search_tokens


def test_a_text_becomes_its_characters_and_pairs() -> None:
    assert search_tokens("管道漏水") == ["管", "道", "漏", "水", "管道", "道漏", "漏水"]


def test_latin_words_and_numbers_stay_whole() -> None:
    assert search_tokens("A3区12345热线") == ["a3", "区", "12345", "热", "线", "热线"]


def test_full_width_and_upper_case_are_folded() -> None:
    assert search_tokens("Ａ座１２３") == search_tokens("a座123")


def test_a_query_asks_for_pairs_only() -> None:
    assert query_tokens("管道漏水") == ["管道", "道漏", "漏水"]
    assert query_tokens("水") == ["水"]
    assert query_tokens("A3区 漏水") == ["a3", "区", "漏水"]


@pytest.mark.parametrize("nothing", ["", "，。！", "\u3000\n", "\x00"])
def test_a_text_without_words_gives_none(nothing: str) -> None:
    assert search_tokens(nothing) == query_tokens(nothing) == []


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("新天地小区3栋管道漏水", "漏水"),
        ("新天地小区3栋管道漏水", "小区"),
        ("新天地小区3栋管道漏水", "栋管"),
        ("二〇二五年停电", "二〇二五"),
        ("拨打１２３４５没有人接", "12345"),
        ("𠮷祥小区停水", "𠮷祥"),
    ],
)
def test_what_a_text_contains_is_found(text: str, query: str) -> None:
    assert set(query_tokens(query)) <= set(search_tokens(text))


def test_each_word_is_listed_once() -> None:
    words = search_tokens("停水停水停水")

    assert words == ["停", "水", "停水", "水停"]


def test_very_long_texts_are_indexed_by_their_beginning() -> None:
    assert "漏" not in search_tokens("水" * SEARCHED_CHARACTERS + "漏")
