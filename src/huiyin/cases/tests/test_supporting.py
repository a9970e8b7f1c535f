"""Support 协办 answers the lead in its time, or the lead goes on without it and the case says so."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huiyin.cases.models import Case
from huiyin.cases.rules.timeline import facts
from huiyin.cases.services import performing, sweeping
from huiyin.cases.services.steps import ActionRefused
from huiyin.cases.tests.conftest import Browser
from huiyin.org.rules.grants import ActingPost
from tests.cast import Cast, at

#: Three workdays of support are over by then; the lead's five are not.
AFTER = at("2026-10-12 09:00")


def supported(cast: Cast) -> Case:
    case = cast.act(cast.case_at("awaiting_dispatch"), "dispatch", cast.dispatcher,
                    at("2026-09-30 10:00"), lead=cast.housing.pk,
                    support=[cast.street.pk])  # fmt: skip
    return cast.act(case, "accept", cast.handler, at("2026-09-30 10:10"))


def offered(case: Case, post: ActingPost, when: object) -> set[str]:
    return {b.action for b in performing.buttons(case, [post], when)}  # type: ignore[arg-type]


def test_the_lead_waits_while_support_has_time(cast: Cast) -> None:
    case = supported(cast)

    with pytest.raises(ActionRefused, match="协办单位还没有反馈：云富街道"):
        cast.act(case, "submit_result", cast.handler, at("2026-10-08 10:00"), reply="已修")


@pytest.mark.parametrize("swept", [False, True])
def test_support_that_let_its_time_go_by_holds_nobody_up(cast: Cast, swept: bool) -> None:
    case = supported(cast)
    if swept:
        sweeping.sweep(at=AFTER)

    assert "submit_result" in offered(case, cast.handler, AFTER)
    case = cast.act(
        Case.objects.get(pk=case.pk), "submit_result", cast.handler, AFTER, reply="已修"
    )

    assert case.status == "awaiting_review"
    data = case.events.get(action="result_submitted").data
    assert data["unanswered"] == [cast.street.pk]
    assert facts("result_submitted", data, {cast.street.pk: "云富街道"}) == [
        "协办未按时反馈：云富街道"
    ]


def test_the_page_shows_that_support_did_not_answer(cast: Cast, browser: Browser) -> None:
    case = cast.act(supported(cast), "submit_result", cast.handler, AFTER, reply="已修")

    page = browser(cast.reviewer).get(reverse("case_detail", args=[case.number])).content.decode()

    assert "协办未按时反馈：云富街道" in page
    assert "，未反馈" in page


def test_support_that_answered_is_not_blamed(cast: Cast) -> None:
    case = cast.act(supported(cast), "support_done", cast.other_handler, at("2026-10-08 09:30"),
                    note="已劝离占道")  # fmt: skip

    case = cast.act(case, "submit_result", cast.handler, AFTER, reply="已修")

    assert "unanswered" not in case.events.get(action="result_submitted").data


# -- who goes on with it -----------------------------------------------------------------------
def test_before_anybody_accepted_there_is_nothing_to_take_over(cast: Cast) -> None:
    case = cast.case_at("awaiting_acceptance")

    assert "take_over" not in offered(case, cast.handler, case.opened_at)
    with pytest.raises(ActionRefused, match="现在是“待签收”，不能换我来办"):
        cast.act(case, "take_over", cast.handler)
    assert case.assignments.get(role="lead").accepted_by is None


def test_a_colleague_goes_on_with_an_accepted_case(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    case = cast.act(case, "take_over", cast.handler, at("2026-09-30 11:00"))

    lead = case.assignments.get(role="lead")
    assert (lead.accepted_by_id, lead.accepted_at is None) == (cast.handler.person_id, False)
