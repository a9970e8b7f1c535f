"""Check digits of the numbers that Chinese forms carry.

Sources: GB 11643-1999 公民身份号码, GB 32100-2015 统一社会信用代码 (check digit by GB/T 17710),
Luhn (ISO/IEC 7812) for bank cards.
"""

from __future__ import annotations

import re
from datetime import date

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"

CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters: I, O, Z, S, V are left out because they look like digits or each other."""

# 11 北京 … 65 新疆, 71 台湾, 81 香港, 82 澳门, 83 residence permits of Taiwan residents, 91 and 93
# foreigners' permanent residence in the 2023 edition.
PROVINCES = frozenset(
    str(number)
    for first, last in (
        *((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83)),
        *((91, 91), (93, 93)),
    )
    for number in range(first, last + 1)
)


def id_check_character(first_17: str) -> str:
    """The 18th character of a citizen's ID number (mod 11-2): '0'–'9' or 'X'."""
    total = sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, first_17, strict=True))
    return ID_CHECKS[total % 11]


def looks_like_id_number(text: str) -> bool:
    """17 digits and a digit or X (or 15 digits), a real province and a real date of birth.

    Without the check digit: somebody who mistyped the last digit has still given away who he is.
    """
    if text[:2] not in PROVINCES:
        return False
    if re.fullmatch(r"\d{17}[\dX]", text):
        return _is_date(text[6:14])
    return re.fullmatch(r"\d{15}", text) is not None and _is_date("19" + text[6:12])


def is_id_number(text: str) -> bool:
    """Whether this is an ID number of 18 characters with the right check digit."""
    return (
        len(text) == 18 and looks_like_id_number(text) and id_check_character(text[:17]) == text[17]
    )


def credit_check_character(first_17: str) -> str:
    """The 18th character of a unified social credit code. Raises ValueError for other letters."""
    values = [CREDIT_CHARACTERS.index(character) for character in first_17]
    if len(values) != 17:
        raise ValueError("统一社会信用代码的前 17 位长度不对")
    total = sum(value * pow(3, place, 31) for place, value in enumerate(values))
    return CREDIT_CHARACTERS[-total % 31]


def is_credit_code(text: str) -> bool:
    """Whether this is a unified social credit code with the right check character."""
    return (
        len(text) == 18
        and set(text) <= set(CREDIT_CHARACTERS)
        and credit_check_character(text[:17]) == text[17]
    )


def is_bank_card(digits: str) -> bool:
    """16 to 19 digits that pass Luhn's check."""
    if not re.fullmatch(r"[3-69]\d{15,18}", digits):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= 1900
