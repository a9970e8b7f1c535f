"""The roster of leaders on duty 值班表."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest
from django.test import Client

from huiyin.base import clock
from huiyin.org.models import OnCall, Person
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import acting
from huiyin.org.selectors.on_call import gaps, on_call, rostered
from huiyin.org.services import rostering
from huiyin.org.tests.conftest import AT, DAY, Town, account_of, in_post

CHINA = timezone(timedelta(hours=8))
HALF_PAST_EIGHT = time(8, 30)


@pytest.fixture
def leader(town: Town) -> ActingPost:
    return acting(in_post(town.centre, "leader", "朱领导"))


def duty(leader: ActingPost, first: date = DAY, last: date = DAY) -> OnCall:
    return rostering.enter(
        rostering.NewDuty(leader.person_id, "0870-8630001", first, last, HALF_PAST_EIGHT),
        by=leader, at=AT,
    )  # fmt: skip


def test_a_duty_lasts_from_changeover_to_changeover(leader: ActingPost) -> None:
    row = duty(leader, DAY, DAY + timedelta(days=1))

    assert row.starts_at == datetime(2026, 11, 24, 8, 30, tzinfo=CHINA)
    assert row.ends_at == datetime(2026, 11, 26, 8, 30, tzinfo=CHINA)


def test_a_place_finds_whoever_is_on_duty_for_the_county_above_it(
    town: Town, leader: ActingPost
) -> None:
    row = duty(leader)

    assert on_call(town["530681001004"], AT) == row
    assert on_call(town["530602001002"], AT) is None
    assert on_call(town["530681001004"], AT + timedelta(days=1)) is None


def test_the_nearest_roster_holds_before_that_of_the_city(town: Town, leader: ActingPost) -> None:
    near = duty(leader)
    OnCall.objects.create(
        area=town["530600"], person_id=leader.person_id, phone="0870-1", starts_at=AT,
        ends_at=AT + timedelta(days=2), entered_by_id=leader.person_id,
    )  # fmt: skip

    assert on_call(town["530681001"], AT) == near
    later = on_call(town["530681001"], AT + timedelta(days=1, hours=2))
    assert later is not None
    assert later.phone == "0870-1"


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        (DAY, DAY - timedelta(days=1), "早于"),
        (DAY - timedelta(days=9), DAY - timedelta(days=8), "已经过去"),
        (DAY, DAY + timedelta(days=60), "一次最多排 31 天"),
    ],
)
def test_what_cannot_be_a_duty_is_refused_in_words(
    leader: ActingPost, first: date, last: date, message: str
) -> None:
    with pytest.raises(rostering.RosterRefused, match=message):
        duty(leader, first, last)


def test_gaps_are_found_between_and_after_duties(leader: ActingPost, town: Town) -> None:
    duty(leader, DAY, DAY)
    duty(leader, DAY + timedelta(days=2), DAY + timedelta(days=2))

    found = gaps(rostered(town["530681"], AT), AT, AT + timedelta(days=4))

    assert [(g.starts_at.day, g.ends_at.day) for g in found] == [(25, 26), (27, 28)]


def test_a_running_duty_ends_now_and_a_coming_one_goes(leader: ActingPost) -> None:
    running, coming = duty(leader), duty(leader, DAY + timedelta(days=3), DAY + timedelta(days=3))

    rostering.withdraw(running.pk, by=leader, at=AT)
    rostering.withdraw(coming.pk, by=leader, at=AT)

    running.refresh_from_db()
    assert running.ends_at == AT
    assert not OnCall.objects.filter(pk=coming.pk).exists()
    with pytest.raises(rostering.RosterRefused, match="已经结束"):
        rostering.withdraw(running.pk, by=leader, at=AT + timedelta(hours=1))


def test_the_page_shows_gaps_enters_a_duty_and_keeps_what_was_typed(
    town: Town, leader: ActingPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(clock, "today", lambda: DAY)
    page = Client()
    account = account_of(Person.objects.get(pk=leader.person_id), "zhu")
    page.force_login(account, "huiyin.org.backends.AccountBackend")
    assert "这些时间没有人值班" in page.get("/work/on-call/").content.decode()

    typed = {"person": leader.person_id, "phone": "0870-8630001", "first": "2026-11-24",
             "last": "2026-11-20", "changeover": "08:30"}  # fmt: skip
    refused = page.post("/work/on-call/", typed)
    assert "早于" in refused.content.decode()
    assert "0870-8630001" in refused.content.decode()

    page.post("/work/on-call/", typed | {"last": "2026-11-30"})
    shown = page.get("/work/on-call/").content.decode()
    assert "正在值班" in shown
    assert "没有人值班：" in shown  # the last hour of the seven days
