"""How personal data looks to those who may not see it.

Forms: practice §8.3 (姓名 张**, 手机 138****1234, 身份证前 6 后 2, 门牌只到栋). What is not
recognised is hidden whole, never shown because it was odd.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from huiyin.base.rules.personal_data import (
    KIND_WORDS,
    Kind,
    Span,
    UnreadablePhone,
    find_personal,
    normalise_phone,
)

__all__ = [
    "ALL_KINDS",
    "KIND_WORDS",
    "WITHOUT_LANDLINES",
    "Span",
    "find_personal",
    "mask_bank_card",
    "mask_door",
    "mask_email",
    "mask_id_number",
    "mask_name",
    "mask_phone",
    "mask_plate",
    "mask_span",
    "mask_text",
]

HIDDEN = "****"

DOUBLE_SURNAMES = frozenset(
    [
        *("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒"),
        *("令狐", "夏侯", "端木", "长孙", "宇文", "轩辕", "独孤", "南宫", "西门", "钟离"),
    ]
)

_PLATE = re.compile(r"([\u4e00-\u9fff][A-Z])[·.\s\-]?([A-Z0-9]{4,6}[学警挂港澳领使]?)")
_N = r"[0-9０-９A-Za-z一二三四五六七八九十百]+"
_BUILDING = re.compile(rf"{_N}\s*(?:号楼|栋|幢|座|[#＃]楼?)")
_DOOR = re.compile(
    rf"附\s*{_N}\s*号|(?<=[组队社])\s*{_N}\s*号|{_N}\s*(?:单元|楼|层|室|号房|房)|[0-9０-９]+\s*户"
    r"|(?<=\d)\s*[-－—]\s*\d+\s*[-－—]\s*\d+|\d{3,4}$"
)


def mask_name(name: str) -> str:
    """'张三丰' → '张**', '欧阳小明' → '欧阳**'; the number of stars says nothing."""
    name = name.strip()
    if not name:
        return ""
    return name[: 2 if name[:2] in DOUBLE_SURNAMES else 1] + "**"


def mask_phone(phone: str) -> str:
    """'13800001234' → '138****1234'; '0870-2123456' → '0870****456'; the unreadable → '****'."""
    if not phone.strip():
        return ""
    try:
        digits = normalise_phone(phone)
    except UnreadablePhone:
        return HIDDEN
    if digits.startswith("1"):
        return f"{digits[:3]}{HIDDEN}{digits[-4:]}"
    area = 3 if digits.startswith(("010", "02")) else 4
    return f"{digits[:area]}{HIDDEN}{digits[-3:]}"


def mask_id_number(number: str) -> str:
    """First six (the county) and last two: '530602**********1X'. Another shape → '****'."""
    number = number.strip()
    if not number:
        return ""
    if not re.fullmatch(r"\d{15}|\d{17}[\dXx]", number):
        return HIDDEN
    return number[:6] + "*" * (len(number) - 8) + number[-2:]


def mask_bank_card(number: str) -> str:
    """Only the last four digits."""
    digits = re.sub(r"\D", "", number)
    return HIDDEN + digits[-4:] if len(digits) >= 12 else HIDDEN if number.strip() else ""


def mask_email(address: str) -> str:
    """'someone@city.cn' → 's***@city.cn'."""
    local, at, domain = address.strip().partition("@")
    return f"{local[:1]}***@{domain}" if at and local else HIDDEN if local else ""


def mask_plate(plate: str) -> str:
    """Licence plate 车牌: '云C·12345' → '云C***45'."""
    match = _PLATE.fullmatch(plate.strip().upper())
    return f"{match[1]}***{match[2][-2:]}" if match else HIDDEN if plate.strip() else ""


def mask_door(address: str) -> str:
    """An address down to the building: '新天地小区3栋2单元501' → '新天地小区3栋'.

    Where no building is named it ends before unit, floor, room, or the house number of a village
    group ('水河村5组23号' → '水河村5组').
    """
    address = address.strip()
    building = _BUILDING.search(address)
    if building:
        return address[: building.end()]
    door = _DOOR.search(address)
    return address[: door.start()].rstrip(" -－—,，") if door else address


ALL_KINDS: frozenset[Kind] = frozenset(["mobile", "landline", "id_number", "bank_card", "email"])
WITHOUT_LANDLINES: frozenset[Kind] = ALL_KINDS - {"landline"}

_MASKS = {
    "mobile": mask_phone,
    "landline": mask_phone,
    "id_number": mask_id_number,
    "bank_card": mask_bank_card,
    "email": mask_email,
}


def mask_text(text: str, *, kinds: Collection[Kind] = ALL_KINDS) -> str:
    """The text with each phone, ID number, bank card and e-mail address in it masked.

    A reply that names an office's telephone keeps it with `kinds=WITHOUT_LANDLINES`.
    """
    parts, done = [], 0
    for span in find_personal(text):
        if span.kind in kinds:
            parts += [text[done : span.start], mask_span(span)]
            done = span.end
    return "".join([*parts, text[done:]])


def mask_span(span: Span) -> str:
    """The mask of one finding, by its kind."""
    return _MASKS[span.kind](span.value)
