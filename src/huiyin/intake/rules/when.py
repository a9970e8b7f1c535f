"""When, as people say it."""

from __future__ import annotations

from datetime import datetime

from huiyin.base.rules.workday_calendar import local


def until(at: datetime, now: datetime) -> str:
    """'今天 11:00 前', '10月13日（周二）前'."""
    words = spoken(at, now)
    return f"{words}前" if words.endswith("）") else f"{words} 前"


def spoken(at: datetime, now: datetime) -> str:
    """'今天 11:00', '明天 9:30', '10月13日（周二）'; the hour only for today and tomorrow."""
    there, here = local(at), local(now)
    days = (there.date() - here.date()).days
    if days in (0, 1):
        return f"{'今天' if days == 0 else '明天'} {there.hour}:{there.minute:02d}"
    year = f"{there.year}年" if there.year != here.year else ""
    return f"{year}{there.month}月{there.day}日（周{'一二三四五六日'[there.weekday()]}）"
