"""/work/stuck/ and /work/supervision/."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from huiyin.cases.selectors.troubled import Stuck, overdue_cases, stuck_cases
from huiyin.cases.tests.conftest import LOOKING, Browser
from huiyin.org.models import Post, Unit
from tests.cast import Cast, at


def stuck(cast: Cast, now: object = LOOKING) -> Stuck:
    return stuck_cases([cast.supervisor], now=now, day=now.date(), days=7)  # type: ignore[arg-type,attr-defined]


def reasons(found: Stuck) -> dict[int, tuple[str, ...]]:
    return {row.case.pk: row.reasons for row in found.rows}


def test_a_case_without_an_event_for_a_week_is_stuck(cast: Cast) -> None:
    old = cast.case_at("in_progress", at=at("2026-09-20 09:00"))
    cast.case_at("in_progress")
    cast.case_at("closed", at=at("2026-09-01 09:00"))

    assert reasons(stuck(cast)) == {old.pk: ("10 天没有动静",)}


def test_a_suspended_case_is_stuck_only_when_its_review_is_over(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    cast.act(case, "ask_suspension", cast.handler, LOOKING, reason="money", basis="局长",
             expected_on=at("2026-12-31 00:00").date(), note="围挡", reply="审批中")  # fmt: skip
    cast.act(case, "grant_suspension", cast.supervisor, LOOKING)

    assert reasons(stuck(cast, LOOKING + timedelta(days=30))) == {}
    assert reasons(stuck(cast, LOOKING + timedelta(days=100))) == {case.pk: ("100 天没有动静",)}


def test_a_case_at_a_unit_that_ended_or_is_empty_is_stuck_at_once(cast: Cast) -> None:
    first, second = cast.case_at("in_progress"), cast.case_at("awaiting_dispatch")
    second = cast.act(second, "dispatch", cast.dispatcher, LOOKING, lead=cast.police.pk)
    Unit.objects.filter(pk=cast.housing.pk).update(valid_to=at("2026-09-29 00:00").date())
    Post.objects.filter(pk=cast.police_handler.post_id).update(
        valid_to=at("2026-09-29 00:00").date()
    )

    assert reasons(stuck(cast)) == {
        first.pk: ("主办单位已撤销，请改派",),
        second.pk: ("主办单位没有在任的承办人，请督促配人或改派",),
    }


def test_a_step_for_which_nobody_is_in_post_is_stuck(cast: Cast) -> None:
    case = cast.case_at("awaiting_review")
    Post.objects.filter(pk=cast.reviewer.post_id).update(valid_to=at("2026-09-29 00:00").date())

    assert reasons(stuck(cast)) == {case.pk: ("当地没有在任的审核员",)}


def test_only_posts_with_the_grant_see_the_list(cast: Cast, browser: Browser) -> None:
    cast.case_at("in_progress", at=at("2026-09-01 09:00"))

    assert stuck_cases([cast.dispatcher], now=LOOKING, day=LOOKING.date(), days=7).rows == ()
    assert browser(cast.dispatcher).get(reverse("stuck")).status_code == 403
    html = browser(cast.supervisor).get(reverse("stuck")).content.decode()
    assert "29 天没有动静" in html


def test_what_is_over_its_time_stands_longest_first_by_level(cast: Cast, browser: Browser) -> None:
    newer = cast.case_at("in_progress", at=at("2026-09-10 09:00"))
    older = cast.case_at("in_progress", at=at("2026-09-01 09:00"))
    cast.case_at("in_progress")
    cast.act(older, "remind", cast.supervisor, LOOKING)

    assert [c.pk for c in overdue_cases([cast.supervisor], now=LOOKING)] == [older.pk, newer.pk]
    assert [c.pk for c in overdue_cases([cast.supervisor], now=LOOKING, level=0)] == [newer.pk]
    assert overdue_cases([cast.handler], now=LOOKING) == []
    html = browser(cast.supervisor).get(reverse("supervision"), {"level": "1"}).content.decode()
    assert older.number in html
    assert newer.number not in html
