"""Phones and ID numbers are found however residents write them. All numbers are invented."""

from __future__ import annotations

import pytest

from huiyin.base.rules.identifiers import (
    credit_check_character,
    id_check_character,
    is_bank_card,
    is_credit_code,
    is_id_number,
)
from huiyin.base.rules.personal_data import (
    Span,
    UnreadablePhone,
    find_personal,
    normalise_phone,
    phone_tail,
    phones_in,
)


@pytest.mark.parametrize(
    "written",
    [
        "13800001234",
        "１３８００００１２３４",
        "138 0000 1234",
        "138-0000-1234",
        "138\u30000000\u30001234",
        "138\u200b00001234",
        "1380000 1234",
        "1 3 8 0 0 0 0 1 2 3 4",
        "+86 13800001234",
        "8613800001234",
        "一三八零零零零一二三四",
        "幺三八零零零零幺二三四",
        "一三八-〇〇〇〇-一二三四",
    ],
)
def test_a_mobile_number_is_found_in_each_way_of_writing(written: str) -> None:
    text = f"我的电话是{written}，请回电"

    found = find_personal(text)

    assert found == [Span(5, 5 + len(written), "mobile", "13800001234")]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0870-2123456", "08702123456"),
        ("0870—2123456", "08702123456"),
        ("(0870)2123456", "08702123456"),
        ("０８７０－２１２３４５６", "08702123456"),
        ("010-62345678", "01062345678"),
        ("0870-2123456转801", "08702123456"),
    ],
)
def test_a_landline_is_found(written: str, value: str) -> None:
    assert find_personal(f"请打{written}。") == [Span(2, 2 + len(written), "landline", value)]


def test_a_local_number_is_found_behind_the_word_telephone() -> None:
    assert [s.value for s in find_personal("联系电话：2123456")] == ["2123456"]
    assert find_personal("门牌2123456") == []


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("53060219900101123X", "53060219900101123X"),
        ("53060219900101123x", "53060219900101123X"),
        ("530602 19900101 1231", "530602199001011231"),
        ("５３０６０２１９９００１０１１２３１", "530602199001011231"),
        ("530602900101123", "530602900101123"),
    ],
)
def test_an_id_number_is_found_even_with_a_mistyped_check_digit(written: str, value: str) -> None:
    assert find_personal(f"身份证{written}号") == [Span(3, 3 + len(written), "id_number", value)]


def test_several_numbers_are_found_in_order() -> None:
    text = "13800001234、13900001234，卡6222021234567890128，a.b@example.com"

    assert [(s.kind, s.value) for s in find_personal(text)] == [
        ("mobile", "13800001234"),
        ("mobile", "13900001234"),
        ("bank_card", "6222021234567890128"),
        ("email", "a.b@example.com"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2019.12.19 13:05 来电",
        "流水号20250301090500",
        "预售证号2018-031",
        "《住宅设计规范》GB50096-2011",
        "15 30 45 60 75 9",
        "共13500000000元",
        "拨打12345、12315、119",
        "面积92291.94平方米",
        "一三五七号",
        "99999999999999999X",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_personal(text) == []


def test_a_finding_does_not_show_its_value_in_a_log() -> None:
    assert "1234" not in repr(find_personal("电话13800001234"))


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("13800001234", "13800001234"),
        (" 138 0000 1234 ", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("+86-138-0000-1234", "13800001234"),
        ("0086 13800001234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("0870-2123456", "08702123456"),
        ("(0870)2123456", "08702123456"),
        ("0870-2123456-801", "08702123456"),
        ("0870-2123456转801", "08702123456"),
        ("400-889-3333", "4008893333"),
    ],
)
def test_ways_of_writing_one_phone_share_one_normal_form(raw: str, normal: str) -> None:
    assert normalise_phone(raw) == normal


def test_a_local_landline_takes_the_area_code_of_the_city() -> None:
    assert normalise_phone("212 3456", area_code="0870") == "08702123456"


@pytest.mark.parametrize("raw", ["", "96333", "1380000123", "138000012345", "23800001234", "张三"])
def test_what_is_no_phone_is_refused_without_repeating_it(raw: str) -> None:
    with pytest.raises(UnreadablePhone, match="11 位手机号") as error:
        normalise_phone(raw)

    assert not raw or raw not in str(error.value)


def test_the_tail_is_the_last_four_digits() -> None:
    assert phone_tail("138-0000-1234") == "1234"


def test_a_cell_with_two_phones_gives_both_once() -> None:
    assert phones_in("13800001234/0870-2123456，138 0000 1234") == ["13800001234", "08702123456"]


def test_the_check_character_of_an_id_number_is_mod_11_2() -> None:
    """The example of GB 11643-1999."""
    assert id_check_character("11010519491231002") == "X"
    assert is_id_number("11010519491231002X")
    assert not is_id_number("110105194912310021")
    assert not is_id_number("11010519490231002X")


def test_the_check_character_of_a_credit_code() -> None:
    """practice §8.5."""
    assert credit_check_character("91350100M000100Y4") == "3"
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")
    assert not is_credit_code("91350100I000100Y43")


def test_a_bank_card_passes_luhn() -> None:
    assert is_bank_card("6222021234567890128")
    assert not is_bank_card("6222021234567890129")
