"""Returns 退单: within one workday of dispatch, whatever happened in between, and never twice."""

from __future__ import annotations

from datetime import datetime

import pytest

from huiyin.cases.models import Case
from huiyin.cases.services import performing, sweeping
from huiyin.cases.services.steps import ActionRefused
from huiyin.org.rules.grants import ActingPost
from tests.cast import Cast, at

#: After the window of a case dispatched on the last workday before the holiday.
LATE = at("2026-10-12 09:00")


def give_back(cast: Cast, case: Case, post: ActingPost, when: datetime) -> Case:
    other = cast.police if post.unit_id == cast.housing.pk else cast.street
    return cast.act(case, "return_case", post, when, reason="wrong_duty", basis="三定方案第三条",
                    proposed_unit=other.pk, note="不属本单位职责")  # fmt: skip


def offered(case: Case, post: ActingPost, when: datetime) -> bool:
    return any(b.action == "return_case" for b in performing.buttons(case, [post], when))


def test_a_closed_window_stays_closed_after_the_sweep(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    sweeping.sweep(at=LATE)
    case.refresh_from_db()

    assert not offered(case, cast.handler, LATE)
    with pytest.raises(ActionRefused, match="已过退单期限"):
        give_back(cast, case, cast.handler, LATE)


def test_the_window_is_open_on_the_first_workday_whatever_the_sweep_does(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    sweeping.sweep(at=at("2026-09-30 11:00"))

    case = give_back(cast, case, cast.handler, at("2026-09-30 11:05"))

    assert case.status == "awaiting_return_ruling"


@pytest.mark.parametrize("swept", [False, True])
def test_who_replied_cannot_return_what_was_sent_back(cast: Cast, swept: bool) -> None:
    case = cast.case_at("awaiting_review")
    case = cast.act(case, "send_back", cast.reviewer, at("2026-09-30 10:00"), note="没写时间")
    if swept:
        sweeping.sweep(at=at("2026-09-30 10:05"))

    assert not offered(case, cast.handler, at("2026-09-30 10:10"))
    with pytest.raises(ActionRefused, match="已过退单期限"):
        give_back(cast, case, cast.handler, at("2026-09-30 10:10"))


def test_a_rework_after_a_callback_opens_no_new_window(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")
    case = cast.act(case, "call_back", cast.callback, at("2026-09-30 11:00"), channel="phone",
                    outcome="reached", resolved=False)  # fmt: skip
    case = cast.act(case, "rework", cast.callback, at("2026-09-30 11:05"), note="还在漏")

    with pytest.raises(ActionRefused, match="已过退单期限"):
        give_back(cast, case, cast.handler, at("2026-09-30 11:10"))


def test_a_new_lead_has_a_window_of_its_own(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    sweeping.sweep(at=LATE)

    case = cast.act(case, "redispatch", cast.dispatcher, LATE, lead=cast.police.pk, note="属公安")

    assert offered(case, cast.police_handler, LATE)


def test_the_unit_that_the_arbiter_named_cannot_return_it(cast: Cast) -> None:
    case = give_back(cast, cast.case_at("in_progress"), cast.handler, at("2026-09-30 10:00"))
    case = cast.act(case, "grant_return", cast.arbiter, at("2026-09-30 10:30"),
                    lead=cast.police.pk, note="属公安职责")  # fmt: skip
    case = cast.act(case, "accept", cast.police_handler, at("2026-09-30 10:40"))

    assert not offered(case, cast.police_handler, at("2026-09-30 10:45"))
    with pytest.raises(ActionRefused, match="经裁定由本单位承办，不得再退"):
        give_back(cast, case, cast.police_handler, at("2026-09-30 10:45"))


def test_a_unit_named_later_by_the_dispatcher_alone_may_return_it(cast: Cast) -> None:
    case = give_back(cast, cast.case_at("in_progress"), cast.handler, at("2026-09-30 10:00"))
    case = cast.act(case, "grant_return", cast.arbiter, at("2026-09-30 10:30"),
                    lead=cast.police.pk, note="属公安职责")  # fmt: skip
    case = cast.act(case, "redispatch", cast.dispatcher, at("2026-09-30 10:40"),
                    lead=cast.street.pk, note="改由属地先处置")  # fmt: skip

    assert offered(case, cast.other_handler, at("2026-09-30 10:45"))
