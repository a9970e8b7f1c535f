"""/work/cases/: filters, words, saved filters, keyset pages, numbers."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.base.kept import forget_all
from huiyin.cases.models import SavedFilter
from huiyin.cases.rules.case_filter import CaseFilter
from huiyin.cases.selectors.lists import CasePage, cases_page, rounded
from huiyin.cases.tests.conftest import LOOKING, Browser, second_post
from huiyin.cases.views.case_list import key_of, key_text
from huiyin.org.rules.grants import ActingPost
from tests.cast import Cast, at

COUNTS = json.loads(Path(__file__).with_name("query_counts.json").read_text())


def found(*posts: ActingPost, **narrow: Any) -> list[str]:
    return [c.title for c in page(*posts, **narrow).rows]


def page(*posts: ActingPost, older: Any = None, newer: Any = None, limit: int = 50,
         **narrow: Any) -> CasePage:  # fmt: skip
    return cases_page(posts, CaseFilter(**narrow), now=LOOKING, older_than=older,
                      newer_than=newer, limit=limit)  # fmt: skip


def test_a_two_character_word_is_found_and_only_where_it_stands(cast: Cast) -> None:
    cast.report("三栋一单元管道漏水")
    cast.report("水管漏，楼道有水")
    cast.report("电梯故障", place_text="漏水的那栋旁边")

    assert found(cast.desk, words="漏水") == ["电梯故障", "三栋一单元管道漏水"]


def test_all_words_must_be_there_and_pairs_alone_do_not_make_a_word(cast: Cast) -> None:
    cast.report("楼道堆放杂物，消防通道被占")
    cast.report("消防栓没水，请疏通道路")

    assert found(cast.desk, words="消防 通道") == [
        "消防栓没水，请疏通道路",
        "楼道堆放杂物，消防通道被占",
    ]
    assert found(cast.desk, words="消防通道") == ["楼道堆放杂物，消防通道被占"]


@pytest.mark.parametrize("typed", ["100%", "a_b", "\\", "'; DROP", "？", "ＡＢ"])
def test_signs_in_a_search_mean_themselves(cast: Cast, typed: str) -> None:
    cast.report("楼道漏水")

    assert found(cast.desk, words=typed) == []


def test_filters_narrow_by_what_they_say(cast: Cast) -> None:
    cast.case_at("in_progress", text="甲在办", urgency="utility", channel="phone")
    cast.case_at("closed", text="乙办结", kind="complaint")
    cast.report("丙刚到", at=at("2026-09-29 08:00"), category="010203")

    who = cast.dispatcher
    assert found(who, status="open") == ["甲在办", "丙刚到"]
    assert found(who, status="ended") == ["乙办结"]
    assert found(who, status="in_progress") == ["甲在办"]
    assert sorted(found(who, unit_id=cast.housing.pk)) == ["乙办结", "甲在办"]
    assert found(who, unit_id=cast.police.pk) == []
    assert found(who, kind="complaint") == ["乙办结"]
    assert found(who, urgency="utility") == ["甲在办"]
    assert found(who, channel="phone") == ["甲在办"]
    assert found(who, category="01") == ["丙刚到"]
    assert found(who, overdue=True) == ["丙刚到"]
    assert found(who, until=at("2026-09-29 00:00").date()) == ["丙刚到"]
    assert found(who, since=at("2026-09-30 00:00").date(), status="open") == ["甲在办"]
    assert len(found(who, area_id=cast.community.pk)) == 3
    assert found(who, area_id=cast.city.pk, status="in_progress") == ["甲在办"]


def test_a_unit_sees_its_own_cases_and_nobody_sees_what_is_about_them(cast: Cast) -> None:
    cast.case_at("in_progress", text="住建的件")
    cast.report("物业的事", about_unit_id=cast.centre.pk)

    assert found(cast.handler) == ["住建的件"]
    assert found(cast.police_handler) == []
    assert found(cast.dispatcher) == ["住建的件"]


def test_a_case_in_several_of_my_scopes_stands_once(cast: Cast) -> None:
    cast.case_at("in_progress", text="一件")
    handling = second_post(cast, cast.dispatcher, cast.handler)

    assert found(cast.dispatcher, handling) == ["一件"]
    assert found(cast.dispatcher, handling, unit_id=cast.housing.pk) == ["一件"]


def test_pages_meet_without_gap_or_overlap_both_ways(cast: Cast) -> None:
    for n in range(7):
        cast.report(f"第{n}件事", at=at("2026-09-30 09:00"))

    first = page(cast.desk, limit=3)
    second = page(cast.desk, limit=3, older=first.older)
    third = page(cast.desk, limit=3, older=second.older)
    back = page(cast.desk, limit=3, newer=third.newer)

    titles = [[c.title for c in p.rows] for p in (first, second, third, back)]
    assert titles[0] + titles[1] + titles[2] == [f"第{n}件事" for n in range(6, -1, -1)]
    assert titles[3] == titles[1]
    assert (first.newer, third.older, first.about, first.exact) == (None, None, 7, True)


def test_an_estimate_has_three_digits() -> None:
    assert [rounded(n) for n in (7, 999, 12345, 987654)] == [7, 999, 12300, 987000]


def test_a_key_survives_the_address() -> None:
    key = (at("2026-09-30 09:00") + timedelta(microseconds=123), 57)

    assert key_of(key_text(key)) == key
    assert key_of("x-y") is None
    assert key_of("9" * 30 + "-1") is None


def test_a_number_opens_the_case_however_it_is_typed(cast: Cast, browser: Browser) -> None:
    case = cast.report()

    answer = browser(cast.desk).get(reverse("case_list"), {"q": f" {case.number.lower()} "})

    assert answer.headers["Location"] == reverse("case_detail", args=[case.number])


def test_a_filter_is_kept_as_a_tab_and_forgotten_again(cast: Cast, browser: Browser) -> None:
    client = browser(cast.desk)

    client.post(reverse("save_filter"), {"name": "待派投诉", "query": "status=open&kind=complaint"})
    shown = client.get(f"{reverse('case_list')}?status=open&kind=complaint")
    row = SavedFilter.objects.get()
    browser(cast.dispatcher).post(reverse("drop_filter", args=[row.pk]))
    still = SavedFilter.objects.count()
    client.post(reverse("drop_filter", args=[row.pk]))

    assert ("待派投诉", True) in [(t.label, t.current) for t in shown.context["tabs"]]
    assert (still, SavedFilter.objects.count()) == (1, 0)


def test_a_wrong_date_says_so_and_narrows_nothing(cast: Cast, browser: Browser) -> None:
    cast.report("一件")

    html = browser(cast.desk).get(reverse("case_list"), {"since": "上周"}).content.decode()

    assert "看不懂的日期“上周”" in html
    assert "一件" in html


@pytest.mark.parametrize("n", [0, 1, 200])
def test_the_list_stands_with_none_one_and_many(cast: Cast, browser: Browser, n: int) -> None:
    for i in range(n):
        cast.report(f"第{i}件", at=at("2026-09-30 09:00"))

    answer = browser(cast.desk).get(reverse("case_list"))

    html = answer.content.decode()
    assert len(answer.context["rows"]) == min(n, 50)
    assert ("您的岗位范围内还没有工单" in html) == (n == 0)
    assert n == 0 or f"共 {n}" in html


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_a_page_asks_as_often_as_recorded_however_long_it_is(
    cast: Cast, browser: Browser, name: str
) -> None:
    who = {"case_list": cast.dispatcher, "inbox": cast.handler}.get(name, cast.supervisor)
    client = browser(who)
    client.get(reverse(name))

    asked = []
    for n in (51, 60):
        for _ in range(n):
            cast.case_at("in_progress", at=at("2026-09-01 09:00"))
        forget_all()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        asked.append(len(queries))

    assert asked == [COUNTS[name], COUNTS[name]]
