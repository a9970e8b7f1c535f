"""What those see who may not see personal data. All numbers are invented."""

from __future__ import annotations

import pytest

from huiyin.base.rules.masking import (
    WITHOUT_LANDLINES,
    mask_bank_card,
    mask_door,
    mask_email,
    mask_id_number,
    mask_name,
    mask_phone,
    mask_plate,
    mask_text,
)


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("张三", "张**"),
        ("张三丰", "张**"),
        (" 张三 ", "张**"),
        ("欧阳小明", "欧阳**"),
        ("欧阳", "欧阳**"),
        ("阿依莫", "阿**"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname(name: str, mask: str) -> None:
    assert mask_name(name) == mask


@pytest.mark.parametrize(
    ("phone", "mask"),
    [
        ("13800001234", "138****1234"),
        ("138 0000 1234", "138****1234"),
        ("0870-2123456", "0870****456"),
        ("010-62345678", "010****678"),
        ("12345", "****"),
        ("看不清", "****"),
        ("", ""),
    ],
)
def test_a_phone_keeps_its_ends(phone: str, mask: str) -> None:
    assert mask_phone(phone) == mask


@pytest.mark.parametrize(
    ("number", "mask"),
    [
        ("53060219900101123X", "530602**********3X"),
        ("530602900101123", "530602*******23"),
        ("5306021990", "****"),
        ("", ""),
    ],
)
def test_an_id_number_keeps_the_county_and_two_characters(number: str, mask: str) -> None:
    assert mask_id_number(number) == mask


@pytest.mark.parametrize(
    ("address", "mask"),
    [
        ("新天地小区3栋2单元501室", "新天地小区3栋"),
        ("新天地小区 3 栋 2 单元", "新天地小区 3 栋"),
        ("枫叶新城小区三栋一单元", "枫叶新城小区三栋"),
        ("3号楼1单元201", "3号楼"),
        ("A座1203", "A座"),
        ("8#楼502", "8#楼"),
        ("新天地小区3-2-501", "新天地小区3"),
        ("红旗大厦1203", "红旗大厦"),
        ("人民路12号附3号", "人民路12号"),
        ("人民路12号", "人民路12号"),
        ("水河村5组23号", "水河村5组"),
        ("百户营村", "百户营村"),
        ("2单元501", ""),
    ],
)
def test_an_address_goes_down_to_the_building(address: str, mask: str) -> None:
    assert mask_door(address) == mask


def test_a_bank_card_keeps_its_last_four_digits() -> None:
    assert mask_bank_card("6222 0212 3456 7890 128") == "****0128"
    assert mask_bank_card("1234") == "****"


def test_an_email_keeps_its_first_letter_and_domain() -> None:
    assert mask_email("someone@example.com") == "s***@example.com"
    assert mask_email("someone") == "****"


def test_a_licence_plate_keeps_its_city_and_two_characters() -> None:
    assert mask_plate("云C·12345") == "云C***45"
    assert mask_plate("云cD12345") == "云C***45"
    assert mask_plate("无牌") == "****"


def test_free_text_is_masked_in_place() -> None:
    text = "我是3栋的，电话13800001234，身份证53060219900101123X，请联系0870-2123456。"

    assert mask_text(text) == (
        "我是3栋的，电话138****1234，身份证530602**********3X，请联系0870****456。"
    )


def test_an_answer_may_keep_the_telephone_of_an_office() -> None:
    answer = "请拨打0870-2123456，或联系网格员13800001234。"

    assert mask_text(answer, kinds=WITHOUT_LANDLINES) == (
        "请拨打0870-2123456，或联系网格员138****1234。"
    )


def test_masking_twice_changes_nothing_more() -> None:
    once = mask_text("电话13800001234，卡号6222 0212 3456 7890 128")

    assert mask_text(once) == once
