"""/work/topics/: the same place and subject, counted by people, within what one may see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.cases.models import Case
from huiyin.cases.selectors.topics import HotTopics, hot_topics
from huiyin.cases.services import filing
from huiyin.cases.tests.conftest import LOOKING, Browser
from huiyin.cases.tests.test_case_list import COUNTS
from huiyin.org.rules.grants import ActingPost
from tests.cast import DAY, Cast

LIFT = (
    "电梯又坏了，门关不上", "二单元电梯异响，电梯门关不严", "电梯停了三天，老人下不了楼",
    "电梯门夹人，没人来修",
)  # fmt: skip
OTHERS = ("路灯不亮", "垃圾没人清", "水压太小", "狗叫扰民", "停车位不够", "想问医保怎么报销")


def reported(cast: Cast, *phones: str, texts: tuple[str, ...] = LIFT) -> list[Case]:
    """One report of the lift for each phone, and some of other matters elsewhere."""
    for text in OTHERS:
        cast.report(text, compound_id=None, contacts=())
    return [
        cast.report(text, contacts=(filing.Contact(phone=phone),))
        for text, phone in zip(texts, phones, strict=False)
    ]


def seen(*posts: ActingPost, days: int = 30, fewest: int = 3) -> HotTopics:
    return hot_topics(posts, now=LOOKING, days=days, fewest_people=fewest)


def test_what_several_people_report_of_one_place_is_hot(cast: Cast) -> None:
    cases = reported(cast, "13800000001", "13800000002", "13800000003")

    topic = seen(cast.dispatcher).topics[0]

    assert (topic.place, topic.people, topic.open) == ("新天地小区", 3, 3)
    assert "电梯" in topic.words[0]
    assert {c.pk for c in topic.cases} == {c.pk for c in cases}


def test_one_person_who_writes_often_is_one(cast: Cast) -> None:
    reported(cast, "13800000001", "13800000001", "13800000001", "13800000002")

    assert seen(cast.dispatcher).topics == ()


def test_who_left_no_phone_counts_for_each_report(cast: Cast) -> None:
    reported(cast, "", "", "")

    assert [t.people for t in seen(cast.dispatcher).topics] == [3]


def test_nothing_is_hot_beyond_what_one_may_see(cast: Cast) -> None:
    for case in reported(cast, "13800000001", "13800000002", "13800000003"):
        cast.act(case, "withhold", cast.desk, channel="discipline")

    assert seen(cast.dispatcher, cast.supervisor).topics == ()
    assert seen(cast.police_handler).looked_at == 0


@pytest.mark.parametrize(("days", "topics"), [(30, 0), (90, 1)])
def test_only_the_term_counts(cast: Cast, days: int, topics: int) -> None:
    for text, phone in zip(LIFT, ("13800000001", "13800000002", "13800000003"), strict=False):
        cast.report(text, at=DAY - timedelta(days=45), contacts=(filing.Contact(phone=phone),))
    reported(cast)

    assert len(seen(cast.dispatcher, days=days).topics) == topics


def test_the_page_opens_onto_the_cases_and_the_board_has_a_line(
    cast: Cast, browser: Browser
) -> None:
    case = reported(cast, "13800000001", "13800000002", "13800000003")[0]
    leader = browser(cast.leader)

    page = leader.get(reverse("topics")).content.decode()
    line = leader.get(reverse("topics"), {"line": ""}, headers={"HX-Request": "true"})
    board = leader.get(reverse("board")).content.decode()

    assert "3 人 · 3 件" in page
    assert reverse("case_detail", args=[case.number]) in page
    assert "近 30 天热点：新天地小区" in line.content.decode()
    assert f'hx-get="{reverse("topics")}?line"' in board


def test_the_queries_do_not_grow_with_the_reports(cast: Cast, browser: Browser) -> None:
    reported(cast, "13800000001", "13800000002", "13800000003")
    desk = browser(cast.desk)
    desk.get(reverse("topics"))

    with CaptureQueriesContext(connection) as queries:
        desk.get(reverse("topics"))

    assert len(queries) <= COUNTS["topics"]


def test_only_who_has_the_grant_sees_topics(cast: Cast, browser: Browser) -> None:
    assert browser(cast.supervisor).get(reverse("topics")).status_code == 200
    assert browser(cast.handler).get(reverse("topics")).status_code == 403
