"""Dashboards: one per role, each number with the period before, each chart with its table."""

from __future__ import annotations

import json
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.indicators import registry
from huiyin.indicators.rules import dashboards
from huiyin.org.models import Person, Post
from huiyin.org.rules.grants import ROLES
from huiyin.org.selectors import acting
from huiyin.portal.tests.conftest import Browser
from tests.cast import DAY, FIRST, Cast

PAGE = "/work/dashboard/"


def test_every_section_names_numbers_and_roles_that_there_are() -> None:
    for section in dashboards.all_sections():
        assert section.roles <= set(ROLES)
        for code in (*section.tiles, *(chart.code for chart in section.charts)):
            indicator = registry.get(code)
            assert any(indicator.grant in ROLES[role].grants for role in section.roles), code
        for chart in section.charts:
            assert chart.kind != dashboards.UNITS or registry.get(chart.code).by_unit


def test_each_role_sees_its_own_numbers(browser: Browser, cast: Cast) -> None:
    cast.report("水管漏水")
    leader = browser(cast.leader).get(PAGE)
    clerk = browser(cast.clerk).get(PAGE)

    assert [s.section.title for s in leader.context["sections"]] == [
        "群众诉求",
        "自办件",
        "党员服务",
    ]
    assert [s.section.title for s in clerk.context["sections"]] == ["党员服务"]


def test_a_number_stands_beside_that_of_the_period_before(browser: Browser, cast: Cast) -> None:
    cast.report("上月的事", at=DAY - timedelta(days=40))
    for n in range(3):
        cast.report(f"{n} 栋漏水")

    tiles = browser(cast.leader).get(PAGE).context["sections"][0].tiles
    received = next(t for t in tiles if t.indicator.code == "reports_received")

    assert (received.value.value, received.before.value) == (3, 1)
    assert received.change == "比上期多 2"


def test_a_rate_of_few_is_marked_and_not_compared(browser: Browser, cast: Cast) -> None:
    cast.case_at("closed")

    page = browser(cast.leader).get(PAGE)
    rate = next(
        t for t in page.context["sections"][0].tiles if t.indicator.code == "resolution_rate"
    )

    assert rate.small
    assert rate.change == ""
    assert "样本不足 10，只看不比" in page.content.decode()
    chart = next(
        c for c in page.context["sections"][0].charts if c.indicator.code == "resolution_rate"
    )
    assert set(chart.data["values"]) == {None}


def test_what_a_chart_draws_is_what_its_table_says(browser: Browser, cast: Cast) -> None:
    cast.report("上月的事", at=DAY - timedelta(days=40))
    cast.report("水管漏水")

    page = browser(cast.leader).get(PAGE)
    chart = page.context["sections"][0].charts[0]

    assert chart.worth_drawing
    drawn = json.loads(page.content.decode().split('type="application/json">')[1].split("<")[0])
    assert drawn["labels"] == [bar.label for bar in chart.bars]
    assert drawn["values"] == [float(bar.value.value or 0) for bar in chart.bars]


def test_somebody_with_two_posts_has_a_tab_for_each(browser: Browser, cast: Cast) -> None:
    Post.objects.create(person_id=cast.leader.person_id, unit_id=cast.leader.unit_id,
                        area_id=cast.leader.area_id, role="dispatcher", valid_from=FIRST)  # fmt: skip
    client = browser(cast.leader)

    first = client.get(PAGE)
    second = client.get(PAGE + first.context["tabs"][1].url)

    assert len(first.context["tabs"]) == 2
    assert {s.section.title for s in first.context["sections"]} != {
        s.section.title for s in second.context["sections"]
    }


def test_a_unit_sees_only_its_own_cases(browser: Browser, cast: Cast) -> None:
    cast.case_at("in_progress")

    post = Post.objects.create(person=Person.objects.create(name="马科长"), unit=cast.housing,
                               area=cast.county, role="unit_head", valid_from=FIRST)  # fmt: skip

    page = browser(acting(post)).get(PAGE)

    assert page.context["unit"] == cast.housing
    assert page.context["sections"][0].tiles[0].value.value == 1


def test_the_wall_shows_the_same_without_a_menu(browser: Browser, cast: Cast) -> None:
    answer = browser(cast.leader).get(PAGE, {"screen": ""})
    page = answer.content.decode()

    assert answer["Refresh"] == "300"
    assert "退出大屏" in page
    assert "hy-inbox" not in page


def test_a_role_without_numbers_is_told_where_to_look(browser: Browser, cast: Cast) -> None:
    answer = browser(cast.handler).get(PAGE)

    assert answer.status_code == 403
    assert "没有看板" in answer.content.decode()


def test_queries_do_not_grow_with_cases(browser: Browser, cast: Cast) -> None:
    client = browser(cast.leader)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        return len(queries)

    cast.report("0")
    asked()
    few = asked()
    for n in range(1, 15):
        cast.report(f"{n} 栋漏水")
    assert asked() == few
    assert few < 110
