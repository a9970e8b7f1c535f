"""A year's days off as they are typed or pasted: read, or named with what is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.base.rules import calendar_entry as entry
from huiyin.base.rules.calendar_entry import CalendarDay, UnreadableEntry
from huiyin.base.tests.official_days import official

#: The notice for 2026 as the State Council's general office published it.
NOTICE = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"""


def test_the_notice_as_published_gives_the_official_year() -> None:
    days = entry.whole_year(2026, entry.read(NOTICE, year=2026))

    assert len(days) == 365
    assert {d.day: d.is_workday for d in days} == official(2026).marked
    assert entry.unnamed_holidays(days) == []


def test_what_was_read_is_written_so_that_it_reads_the_same() -> None:
    named = entry.read(NOTICE, year=2026)
    text = entry.as_text(entry.whole_year(2026, named))

    assert text.splitlines()[:2] == [
        "1月1日至3日 放假 元旦", "1月4日 上班 元旦补班",
    ]  # fmt: skip
    assert entry.read(text, year=2026) == named


@pytest.mark.parametrize("line", [
    "2027-01-01至2027-01-03 放假 元旦",
    "2027年1月1日—2027年1月3日 放假 元旦",
    "2027.1.1-2027.1.3 放假 元旦",
    "20270101至20270103 放假 元旦",
    "1月1日到3日 放假 元旦",
    "1月1日-3日放假 元旦",
    "元旦：1月1日（星期五）至3日（星期日）放假，共3天。",
    "１月１日、2日、3日 休息 元旦",
    "二〇二七年一月一日至二〇二七年一月三日 放假 元旦",
])  # fmt: skip
def test_a_range_is_read_in_every_form_of_date(line: str) -> None:
    assert entry.read(line, year=2027) == [
        CalendarDay(date(2027, 1, n), is_workday=False, name="元旦") for n in (1, 2, 3)
    ]


def test_a_make_up_day_is_a_workday_and_a_plain_monday_has_no_name() -> None:
    days = entry.read("2027-01-09 上班 元旦\n2027-01-11 上班", year=2027)

    assert [(d.word, d.is_workday) for d in days] == [("调休上班 元旦补班", True), ("上班", True)]


@pytest.mark.parametrize(("text", "said"), [
    ("1月40日 放假", "第 1 行“1月40日 放假”：看不懂的日期“1月40日”：2027年1月没有 40 日"),
    ("1月1日 放假\n2月30日 放假", "第 2 行“2月30日 放假”"),
    ("1月1日", "没有写“放假”还是“上班”"),
    ("放假 元旦", "没有写日期"),
    ("1月3日至1日 放假", "起止日期颠倒了"),
    ("2月1日至6月1日 放假", "一段有 121 天，请核对起止日期"),
    ("2026-12-31 放假 元旦", "2026年12月31日不在 2027 年，请到 2026 年的日历里改"),
    ("1月1日 放假\n1月1日 上班", "既写了放假又写了上班"),
    ("\n", "还没有写哪几天放假"),
])  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(UnreadableEntry, match=said):
        entry.read(text, year=2027)


def test_a_yearly_holiday_that_nobody_named_is_pointed_at() -> None:
    days = entry.read("1月1日 放假 元旦\n2月6日至12日 放假 春节", year=2027)

    assert entry.unnamed_holidays(days) == ["清明", "劳动", "端午", "中秋", "国庆"]


def test_only_days_that_become_something_else_are_changes() -> None:
    standing = {d.day: d for d in entry.whole_year(2027, entry.read("1月1日 放假 元旦", year=2027))}
    wanted = entry.whole_year(2027, entry.read("1月1日至2日 放假 元旦", year=2027))

    assert [(c.before.word if c.before else "", c.after.word)
            for c in entry.changes(standing, wanted)] == [("周末", "放假 元旦")]  # fmt: skip
