"""What a cell holds, as the value that an import works with.

Everything is text except dates. A number that a spreadsheet has already rounded (an ID number
typed as a number) is refused and never "repaired": its last digits are gone from the file.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

Value = str | datetime | date

EXACT_BELOW = 10**15
"""Excel keeps 15 significant digits; what comes longer has zeros for its last digits."""

_BLANK = " \t\r\n\u00a0\u3000\u200b\ufeff"
_SCIENTIFIC = re.compile(r"[-+]?\d(?:\.\d+)?[Ee]\+?(\d{2})")
_SPECIAL = frozenset("='+-0123456789")
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)


class RoundedNumber(ValueError):
    """A number of more than 15 digits stored as a number. `shown` is what the file still has."""

    def __init__(self, shown: str) -> None:
        super().__init__(
            f"“{shown}”是按数字存的，超过 15 位的部分已被表格软件抹掉；"
            "请把这一列设为文本格式后重新填写"
        )
        self.shown = shown


def read_cell(cell: Any) -> Value:
    """Text without outer blanks, or a date. 12.0 → '12', ="0870" → '0870', true → '是'.

    Raises RoundedNumber for numbers (and text like 5.30602E+17) that lost digits.
    """
    if isinstance(cell, str):
        return _read_text(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, (int, float)):
        return _read_number(cell)
    if isinstance(cell, (datetime, date)):
        return cell
    if isinstance(cell, time):
        return cell.isoformat("auto")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return "" if cell is None else str(cell).strip(_BLANK)


def shown(value: Value) -> str:
    """The value as text for a receipt or message: '2025-03-01 09:05'."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else value


def _read_text(cell: str) -> str:
    text = cell.strip(_BLANK)
    first = text[:1]
    if first not in _SPECIAL:
        return text
    if first == "=":
        quoted = _QUOTED.fullmatch(text)  # how some exports keep leading zeros in a CSV file
        text = quoted[1].strip(_BLANK) if quoted else text
    elif first == "'" and text[1:].isdigit():
        text = text[1:]
    if len(text) < 25:
        lost = _SCIENTIFIC.fullmatch(text)
        if lost and int(lost[1]) >= 11:
            raise RoundedNumber(text)
    return text


def _read_number(cell: int | float) -> str:
    if abs(cell) >= EXACT_BELOW:
        raise RoundedNumber(f"{cell:.0f}" if abs(cell) < 1e22 else str(cell))
    if cell == int(cell):
        return str(int(cell))
    return f"{cell:.15g}"
