"""Dates and times as Chinese files write them, read into local moments.

Naive values are Asia/Shanghai. What cannot be a date is refused with a sentence for the receipt;
nothing is guessed: no century, no missing year, no month-first order.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from huiyin.base.rules.workdays import SHANGHAI

FIRST_YEAR, LAST_YEAR = 1900, 2100
EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  (a cell knows no zone)
FIRST_SERIAL, LAST_SERIAL = 10_000, 73_050
"""Excel day numbers taken as dates: 1927-05-18 to 2099-12-31. Smaller numbers are counts."""


class UnreadableDate(ValueError):
    """The message quotes the cell and says what is wrong with it, in Chinese."""

    def __init__(self, raw: object, why: str) -> None:
        text = str(raw).strip()
        quoted = text if len(text) <= 30 else text[:30] + "…"
        super().__init__(f"看不懂的日期“{quoted}”：{why}")


def parse_moment(raw: object, *, year: int | None = None) -> datetime:
    """The moment in Asia/Shanghai; a date without time is its 00:00.

    Takes text (2025.3.1 · 2025年3月1日 下午3点半 · 2025/3/1 9:05 · 2025-03-01T09:05:00+08:00 ·
    20250301 · 二〇二五年三月一日), Excel day numbers, date and datetime (naive = local). `year` is
    for a file whose title names the year: then 3月1日 is enough. Raises UnreadableDate.
    """
    if isinstance(raw, datetime):
        return (
            _whole(raw.replace(tzinfo=SHANGHAI)) if raw.tzinfo is None else raw.astimezone(SHANGHAI)
        )
    if isinstance(raw, date):
        return datetime(raw.year, raw.month, raw.day, tzinfo=SHANGHAI)
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        return _from_number(raw)
    if isinstance(raw, str):
        return _from_text(raw, year)
    raise UnreadableDate(raw, "应填日期")


def parse_date(raw: object, *, year: int | None = None) -> date:
    """The local day; a time of day is dropped. Forms and errors as in `parse_moment`."""
    return parse_moment(raw, year=year).date()


_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DATE_FORMS = (
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?=\D|$)"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?=\d{4}(?:\d{2})?$)"),
    re.compile(
        r"(?P<y>\d{4})\s*[-/.、\u2010-\u2015年]\s*(?P<m>\d{1,2})\s*[-/.、\u2010-\u2015月]\s*(?P<d>\d{1,2})\s*[日号]?"
    ),
    re.compile(r"(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]?"),
)
_TIME = re.compile(
    r"(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|AM|PM)?\s*"
    r"(?P<h>\d{1,2})\s*(?:[:点时]\s*(?:(?P<half_hour>半)|(?P<min>\d{1,2})\s*分?)?"
    r"(?:\s*:?\s*(?P<s>\d{1,2})(?:[.]\d+)?\s*秒?)?)\s*(?P<half2>AM|PM)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_COMPACT_TIME = re.compile(r"(?P<h>\d{2})(?P<min>\d{2})(?P<s>\d{2})?")
_WEEKDAY = re.compile(r"[(（]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[)）]?")
_AFTERNOON = {"下午", "傍晚", "晚上", "夜间", "PM"}
_SHAPES = (
    (re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"), "请按年月日的顺序写，如 2025-03-01"),
    (re.compile(r"\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"), "年份要写四位"),
    (re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?"), "缺少日"),
    (re.compile(r"\d{4}\s*年?"), "缺少月和日"),
    (re.compile(r"\d{1,2}[-/.]\d{1,2}"), "缺少年份"),
)


def _from_number(raw: int | float | Decimal) -> datetime:
    if not math.isfinite(raw):
        raise UnreadableDate(raw, "应填日期")
    if raw == int(raw) and len(str(int(raw))) in (8, 12, 14):
        return _from_text(str(int(raw)), None)
    if not FIRST_SERIAL <= raw <= LAST_SERIAL:
        raise UnreadableDate(raw, "这是一个数，不是日期；请写成 2025-03-01")
    seconds = round(float(raw) * 86400)  # Excel keeps a fraction of a day: whole seconds survive
    return (EXCEL_EPOCH + timedelta(seconds=seconds)).replace(tzinfo=SHANGHAI)


def _from_text(raw: str, year: int | None) -> datetime:
    text = _arabic(unicodedata.normalize("NFKC", raw)).strip().upper()
    if not text:
        raise UnreadableDate(raw, "没有填写")
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _from_number(float(text))
    text = _WEEKDAY.sub(" ", text).strip()
    for form in _DATE_FORMS:
        match = form.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        if "y" not in parts and year is None:
            raise UnreadableDate(raw, "缺少年份")
        day = _day(raw, int(parts.get("y") or year or 0), int(parts["m"]), int(parts["d"]))
        return _with_time(raw, day, text[match.end() :].strip())
    for shape, why in _SHAPES:
        if shape.fullmatch(text):
            raise UnreadableDate(raw, why)
    raise UnreadableDate(raw, "应填日期，如 2025-03-01 或 2025年3月1日")


def _whole(at: datetime) -> datetime:
    """The nearest second: a spreadsheet's 9:05 may come as 9:04:59.999999."""
    return (at + timedelta(microseconds=500_000)).replace(microsecond=0)


def _day(raw: object, year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableDate(raw, f"年份 {year} 不合理")
    if not 1 <= month <= 12:
        raise UnreadableDate(raw, f"没有 {month} 月")
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableDate(raw, f"{year}年{month}月没有 {day} 日") from None


def _with_time(raw: object, day: date, rest: str) -> datetime:
    midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    if not rest:
        return midnight
    match = _COMPACT_TIME.fullmatch(rest) or _TIME.fullmatch(re.sub(r"^T", "", rest).strip())
    if match is None:
        raise UnreadableDate(raw, f"日期后面的“{rest[:12]}”不是时间")
    parts = match.groupdict()
    hour, minute = int(parts["h"]), 30 if parts.get("half_hour") else int(parts["min"] or 0)
    second = int(parts["s"] or 0)
    half = parts.get("half") or parts.get("half2")
    if (half in _AFTERNOON and hour < 12) or (half == "中午" and hour < 3):
        hour += 12
    elif half in {"凌晨", "AM"} and hour == 12:
        hour = 0
    if (hour, minute, second) == (24, 0, 0):
        return midnight + timedelta(days=1)
    try:
        at = datetime.combine(day, time(hour, minute, second), SHANGHAI)
    except ValueError:
        raise UnreadableDate(raw, f"没有 {hour}:{minute:02d}:{second:02d} 这个时刻") from None
    return _from_zone(at, parts.get("zone"))


def _from_zone(at: datetime, zone: str | None) -> datetime:
    if not zone:
        return at
    digits = re.sub(r"\D", "", zone) or "0000"
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    there = at - (-offset if zone.startswith("-") else offset)
    return there.replace(tzinfo=SHANGHAI) + timedelta(hours=8)


def _arabic(text: str) -> str:
    """Chinese numerals of a date: 二〇二五年十二月三十一日 → 2025年12月31日."""
    if not re.search(r"[一二三四五六七八九十廿卅〇○零]\s*[年月日号点时分秒]", text):
        return text
    text = re.sub(r"廿", "二十", re.sub(r"卅", "三十", text))
    text = re.sub(r"(?:星期|周|礼拜)[一二三四五六日天]", "", text)

    def tens(match: re.Match[str]) -> str:
        ten, one = match[1] or "一", match[2] or "〇"
        return ten + one

    return re.sub(r"([一二三四五六七八九])?十([一二三四五六七八九])?", tens, text).translate(
        _NUMERALS
    )
