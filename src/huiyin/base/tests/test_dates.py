"""Dates as Chinese files write them: read, or refused with a sentence that says why."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from huiyin.base.rules.dates import UnreadableDate, parse_date, parse_moment
from huiyin.base.rules.workdays import SHANGHAI

MARCH_1 = datetime(2025, 3, 1, tzinfo=SHANGHAI)
AT_9_05 = datetime(2025, 3, 1, 9, 5, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "raw",
    [
        "2025.3.1",
        "2025.03.01",
        "2025-3-1",
        "2025/3/1",
        "2025、3、1",
        "2025—03—01",
        "2025年3月1日",
        "2025年3月1号",
        "2025 年 3 月 1 日",
        "２０２５年３月１日",
        "２０２５－３－１",
        "20250301",
        "二〇二五年三月一日",
        "二○二五年三月一日",
        "2025年三月一日",
        "2025-03-01（星期六）",
        "2025年3月1日 周六",
        " 2025-03-01 ",
        "2025-2-28 24:00",
        20250301,
        20250301.0,
        45717,
        45717.0,
        "45717",
        date(2025, 3, 1),
        datetime(2025, 3, 1),
    ],
)
def test_a_day_is_read_in_each_form(raw: object) -> None:
    assert parse_moment(raw) == MARCH_1


@pytest.mark.parametrize(
    "raw",
    [
        "2025/3/1 9:05",
        "2025-03-01T09:05:00",
        "2025-03-01 09:05:00.123",
        "2025年3月1日9时5分",
        "2025年3月1日 上午9:05",
        "2025年3月1日星期六9点05分",
        "2025-03-01 9:05 AM",
        "２０２５年３月１日　９：０５",
        "202503010905",
        "20250301090500",
        "20250301 0905",
        "二〇二五年三月一日上午九点零五分",
        "2025-03-01T01:05:00Z",
        "2025-03-01T09:05:00+08:00",
        "2025-03-01T09:05:00+0800",
        45717.37847222222,
        datetime(2025, 3, 1, 9, 4, 59, 999_999),
        datetime(2025, 3, 1, 1, 5, tzinfo=UTC),
    ],
)
def test_a_moment_is_read_in_each_form(raw: object) -> None:
    assert parse_moment(raw) == AT_9_05


@pytest.mark.parametrize(
    ("raw", "hour", "minute"),
    [
        ("2025-3-1 下午3点半", 15, 30),
        ("2025-3-1 晚上8:15", 20, 15),
        ("2025-3-1 中午12点", 12, 0),
        ("2025-3-1 中午1点", 13, 0),
        ("2025-3-1 凌晨12点", 0, 0),
        ("2025-3-1 12:30 AM", 0, 30),
        ("2025-3-1 12:30 PM", 12, 30),
        ("2025-3-1 下午15:00", 15, 0),
    ],
)
def test_the_half_of_the_day_is_understood(raw: str, hour: int, minute: int) -> None:
    assert parse_moment(raw) == datetime(2025, 3, 1, hour, minute, tzinfo=SHANGHAI)


def test_the_moment_is_local_time() -> None:
    assert parse_moment("2025-03-01").utcoffset() == SHANGHAI.utcoffset(None)


def test_a_day_without_year_takes_the_year_of_the_file() -> None:
    assert parse_date("3月1日", year=2025) == date(2025, 3, 1)


def test_a_date_drops_the_time() -> None:
    assert parse_date("2025/3/1 23:59:59") == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("", "没有填写"),
        ("　", "没有填写"),
        ("3月1日", "缺少年份"),
        ("3.1", "缺少年份"),
        ("2025年3月", "缺少日"),
        ("2025", "缺少月和日"),
        ("25.3.1", "年份要写四位"),
        ("3/1/2025", "年月日的顺序"),
        ("2025年13月1日", "没有 13 月"),
        ("2025年2月30日", "2025年2月没有 30 日"),
        ("2025-2-29", "2025年2月没有 29 日"),
        ("1025-3-1", "年份 1025 不合理"),
        ("2025-3-1 25:00", "没有 25:00:00 这个时刻"),
        ("2025-3-1 至 2025-3-5", "不是时间"),
        ("昨天", "应填日期"),
        ("#REF!", "应填日期"),
        (2025.1, "这是一个数"),
        (12, "这是一个数"),
        (float("nan"), "应填日期"),
        (True, "应填日期"),
        (None, "应填日期"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(raw: object, why: str) -> None:
    with pytest.raises(UnreadableDate, match=why):
        parse_moment(raw)


def test_a_long_cell_is_quoted_in_short() -> None:
    with pytest.raises(UnreadableDate) as error:
        parse_moment("管道漏水" * 50)

    assert len(str(error.value)) < 90
