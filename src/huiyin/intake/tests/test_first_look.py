"""What a report's words call for, as its resident sees it."""

from __future__ import annotations

import pytest

from huiyin.intake.rules.first_look import look


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("厨房着火了", ("119",)),
        ("楼道里一股煤气味", ("119", "120")),
        ("有人被困电梯", ("119", "120")),
        ("老人摔倒昏迷了", ("120", "110")),
        ("他说要跳楼", ("110", "120")),
        ("对门火锅店噪音大", ()),
        ("火车站旁边的路灯坏了", ()),
        ("消防通道堆满杂物", ()),
        ("天热上火，没水喝", ()),
    ],
)
def test_danger_words_name_whom_to_ring(text: str, calls: tuple[str, ...]) -> None:
    assert look(text).calls == calls


def test_unpaid_wages_alert_the_desk_and_ring_nobody() -> None:
    seen = look("工地拖欠我们三个月工资")

    assert (seen.calls, seen.alerts) == ((), ("wages",))


def test_a_fire_of_last_year_shows_the_number_and_starts_no_clock_of_hours() -> None:
    seen = look("去年这里着火以后一直没有修")

    assert (seen.calls, seen.life) == (("119",), False)


def test_fire_now_is_a_matter_of_life() -> None:
    assert look("厨房着火了").urgency == "life"


def test_accusing_an_official_is_seen() -> None:
    assert look("举报街道办主任受贿").wrongdoing
    assert not look("物业经理态度差").wrongdoing


def test_what_stands_in_court_is_seen() -> None:
    assert look("工伤赔偿已经起诉到法院，正在开庭").elsewhere == "litigation"
