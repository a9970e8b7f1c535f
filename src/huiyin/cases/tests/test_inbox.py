"""/work/: what waits for whom, in what order, and the case beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from huiyin.base.selectors import local_value
from huiyin.cases.models import Case, Recusal
from huiyin.cases.rules import waiting as rules
from huiyin.cases.selectors.waiting import Inbox, inbox
from huiyin.cases.tests.conftest import LOOKING, Browser, second_post
from huiyin.cases.views.inbox import position_of, position_text
from huiyin.org.rules.grants import ActingPost
from tests.cast import Cast, at


def waiting(*posts: ActingPost, now: object = LOOKING, **more: object) -> Inbox:
    return inbox(posts, now=now, **more)  # type: ignore[arg-type]


def kinds(found: Inbox) -> dict[str, int]:
    return {c.waiting.code: c.n for c in found.counts}


#: status → who is asked what.
ASKED = {
    "registered": [("desk", "admit"), ("dispatcher", "admit")],
    "awaiting_dispatch": [("dispatcher", "dispatch")],
    "awaiting_acceptance": [("handler", "accept")],
    "in_progress": [("handler", "contact")],
    "awaiting_review": [("reviewer", "review")],
    "awaiting_callback": [("callback", "call_back")],
}
EVERYBODY = ("desk", "dispatcher", "handler", "police_handler", "other_handler", "reviewer",
             "callback", "clerk", "leader")  # fmt: skip


@pytest.mark.parametrize("status", sorted(ASKED))
def test_each_status_waits_for_whoever_has_the_next_step_and_for_nobody_else(
    cast: Cast, status: str
) -> None:
    cast.case_at(status)

    found = {who: kinds(waiting(getattr(cast, who))) for who in EVERYBODY}

    assert {who: asked for who, asked in found.items() if asked} == {
        who: {code: 1} for who, code in ASKED[status]
    }


def test_a_contacted_case_waits_for_its_result_and_a_sent_back_one_for_rework(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    case = cast.act(case, "contact", cast.handler, LOOKING, how="phone")
    first = kinds(waiting(cast.handler))
    case = cast.act(case, "submit_result", cast.handler, LOOKING, reply="已修")
    cast.act(case, "send_back", cast.reviewer, LOOKING, note="没修好")

    assert first == {"handle": 1}
    assert kinds(waiting(cast.handler)) == {"handle_again": 1}


def test_whom_one_may_only_reach_by_relay_waits_for_the_desk(cast: Cast) -> None:
    from huiyin.cases.services.filing import Contact

    cast.case_at("in_progress", contacts=(Contact(name="甲", phone="13800001234"),))

    assert kinds(waiting(cast.desk)) == {"relay": 1}


def test_a_support_unit_is_asked_for_its_part(cast: Cast) -> None:
    case = cast.case_at("awaiting_dispatch")
    cast.act(case, "dispatch", cast.dispatcher, LOOKING, lead=cast.housing.pk,
             support=[cast.neighbours.pk])  # fmt: skip

    found = waiting(cast.clerk)

    assert kinds(found) == {"support": 1}
    assert found.rows[0].due_at == case.deadlines.get(what="support").due_at


def test_a_request_waits_for_those_who_may_rule_but_not_for_who_asked(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    cast.act(case, "ask_exclusion", cast.handler, LOOKING, reason="own_dispute", basis="合同",
             note="民事", files=[1])  # fmt: skip

    before = (kinds(waiting(cast.reviewer)), kinds(waiting(cast.supervisor)))
    cast.act(case, "first_exclusion", cast.reviewer, LOOKING)

    assert before == ({"exclusion_first": 1}, {"exclusion_first": 1})
    assert kinds(waiting(cast.reviewer)) == {}
    assert kinds(waiting(cast.supervisor)) == {"exclusion_second": 1}


def test_who_handled_is_not_asked_to_check_in_whatever_post(cast: Cast) -> None:
    cast.case_at("awaiting_callback")
    checking = second_post(cast, cast.handler, cast.callback)

    assert kinds(waiting(cast.handler, checking)) == {}


def test_who_is_recused_is_not_asked(cast: Cast) -> None:
    cast.case_at("awaiting_review")
    Recusal.objects.create(
        person_id=cast.reviewer.person_id, compound=cast.compound, reason="亲属住在该小区",
        valid_from=at("2026-01-01 00:00").date(), entered_by_id=cast.supervisor.person_id,
        entered_at=LOOKING,
    )  # fmt: skip

    assert kinds(waiting(cast.reviewer)) == {}


def test_a_recheck_and_a_suspension_come_up_when_they_are_nearly_due(cast: Cast) -> None:
    case = cast.case_at("closed")
    due = case.deadlines.get(what="recheck").due_at

    assert kinds(waiting(cast.callback, now=due - timedelta(days=4))) == {}
    assert kinds(waiting(cast.callback, now=due - timedelta(days=2))) == {"recheck": 1}


def test_life_burns_first_then_what_is_over_then_what_is_due_soon(cast: Cast) -> None:
    fresh = cast.case_at("awaiting_acceptance", at=at("2026-09-30 11:00"))
    over = cast.case_at("awaiting_acceptance", at=at("2026-09-30 08:00"))
    life = cast.case_at("awaiting_acceptance", at=at("2026-09-30 11:10"), urgency="life")

    found = waiting(cast.handler)

    assert [row.case.pk for row in found.rows] == [life.pk, over.pk, fresh.pk]
    assert [row.heat for row in found.rows] == [rules.LIFE, rules.OVER, rules.NEARLY]
    assert (found.total, found.over) == (3, 1)


def test_the_order_of_the_database_is_the_order_of_the_rule(cast: Cast) -> None:
    for urgency in ("normal", "utility", "life"):
        for hours in (1, 30, 200):
            cast.case_at("in_progress", at=LOOKING - timedelta(hours=hours), urgency=urgency)

    rows = waiting(cast.handler).rows

    assert [row.heat for row in rows] == [
        rules.heat(urgency=r.case.urgency, due_at=r.due_at, now=LOOKING, soon=timedelta(hours=24))
        for r in rows
    ]
    assert [row.position for row in rows] == sorted(row.position for row in rows)


def test_the_union_over_several_posts_is_one_inbox(cast: Cast) -> None:
    cast.case_at("awaiting_review")
    cast.case_at("awaiting_dispatch")
    reviewing = second_post(cast, cast.dispatcher, cast.reviewer)

    assert kinds(waiting(cast.dispatcher, reviewing)) == {"dispatch": 1, "review": 1}


def test_rows_that_follow_begin_where_the_page_ended(cast: Cast) -> None:
    cases = [cast.case_at("registered", at=LOOKING + timedelta(minutes=n)) for n in range(5)]

    first = waiting(cast.desk, limit=2)
    rest = waiting(cast.desk, limit=10, after=first.more)

    assert [r.case.pk for r in (*first.rows, *rest.rows)] == [c.pk for c in cases]
    assert (first.total, rest.total, rest.more) == (5, 5, None)


def test_a_position_survives_the_address() -> None:
    position = (1, 2, at("2026-09-30 12:00"), 57, "accept")

    assert position_of(position_text(position)) == position
    assert position_of("nonsense") is None
    assert position_of("1.2.99999999999999999999.5.x") is None


@pytest.mark.parametrize("n", [0, 1, 200])
def test_the_page_stands_with_none_one_and_many(cast: Cast, browser: Browser, n: int) -> None:
    for i in range(n):
        cast.report(at=LOOKING - timedelta(minutes=i % 60))

    html = browser(cast.desk).get(reverse("inbox")).content.decode()

    assert ("没有等您办的件" in html) == (n == 0)
    assert ("再往后 50 件" in html) == (n == 200)
    assert (f'待办 <span class="hy-count">{n}</span>' in html) or n == 0


def test_the_case_stands_beside_the_list_without_leaving(cast: Cast, browser: Browser) -> None:
    case, other = cast.case_at("awaiting_acceptance"), cast.case_at("awaiting_acceptance")

    answer = browser(cast.handler).get(reverse("inbox"), {"case": case.number})

    html = answer.content.decode()
    assert "三栋一单元管道漏水" in html
    assert answer.context["then"].endswith(other.number)
    assert reverse("case_action", args=[case.number, "accept"]) in html


def test_what_the_inbox_asks_for_stands_first_beside_it(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")
    cast.act(case, "ask_extension", cast.handler, LOOKING, amount=2, note="等配件", reply="在途")
    both = second_post(cast, cast.dispatcher, cast.police_handler)
    assert both.person_id == cast.dispatcher.person_id

    answer = browser(cast.dispatcher).get(
        reverse("inbox"), {"ask": "rule_extension", "case": case.number}
    )

    first = answer.context["buttons"][0]
    assert (first.action, first.wanted, first.way) == ("grant_extension", True, "now")
    assert answer.context["opened"] is None


def test_a_case_that_is_gone_says_so(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("awaiting_acceptance")

    html = (
        browser(cast.police_handler).get(reverse("inbox"), {"case": case.number}).content.decode()
    )

    assert "已不在您的岗位范围内" in html
    assert Case.objects.count() == 1


def test_somebody_without_a_post_is_told_why_nothing_is_there(cast: Cast, browser: Browser) -> None:
    from huiyin.org.models import Post

    client = browser(cast.desk)
    Post.objects.filter(pk=cast.desk.post_id).update(valid_to=at("2026-09-29 00:00").date())

    assert "您现在没有在任的岗位" in client.get(reverse("inbox")).content.decode()


def test_the_inbox_asks_the_database_twice_however_much_waits(
    cast: Cast, django_assert_num_queries: object
) -> None:
    for _ in range(30):
        cast.report()
    local_value("callback.attempts")  # kept by the process

    with django_assert_num_queries(2):  # type: ignore[operator]  (rows, cases)
        waiting(cast.desk)
