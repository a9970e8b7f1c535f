"""A post that ends leaves a sheet; somebody of the unit takes it over by name."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.cases.models import Handover
from huiyin.cases.services import handing_over, recusing
from huiyin.cases.services.steps import ActionRefused
from huiyin.org.models import Post
from huiyin.org.services import organising
from tests.cast import DAY, Cast, _post, at


def test_ending_a_post_opens_a_sheet_of_its_open_cases(cast: Cast) -> None:
    open_case = cast.case_at("in_progress")
    cast.case_at("closed")

    post = Post.objects.get(pk=cast.handler.post_id)
    organising.end_post(post=post, last_day=date(2026, 10, 8), at=DAY)

    sheet = Handover.objects.get(post=post)
    assert [i.case for i in sheet.items.all()] == [open_case]


def test_who_takes_over_becomes_the_first_receiver_and_history_keeps_the_old_name(
    cast: Cast,
) -> None:
    case = cast.case_at("in_progress")
    post = Post.objects.get(pk=cast.handler.post_id)
    organising.end_post(post=post, last_day=date(2026, 10, 8), at=DAY)
    successor = _post("秦接手", cast.housing, cast.county, "handler")

    taken = handing_over.take_over(
        sheet=Handover.objects.get(post=post), by=successor, at=at("2026-10-09 09:00")
    )

    assert taken == 1
    assert case.assignments.get(role="lead").accepted_by_id == successor.person_id
    assert case.events.get(action="accepted").person_id == cast.handler.person_id
    assert case.events.get(action="taken_over").data["instead_of"] == "卫承办"


def test_another_unit_cannot_take_over(cast: Cast) -> None:
    cast.case_at("in_progress")
    post = Post.objects.get(pk=cast.handler.post_id)
    organising.end_post(post=post, last_day=date(2026, 10, 8), at=DAY)

    with pytest.raises(ActionRefused, match="只有本单位"):
        handing_over.take_over(
            sheet=Handover.objects.get(post=post), by=cast.police_handler, at=DAY
        )


def test_the_engine_obeys_a_recusal(cast: Cast) -> None:
    case = cast.case_at("awaiting_acceptance")
    recusing.enter(
        recusal=recusing.NewRecusal(
            reason="亲属住在该小区", valid_from=date(2026, 1, 1), person_id=cast.handler.person_id,
            compound_id=cast.compound.pk,
        ),
        by_person_id=cast.supervisor.person_id, at=DAY,
    )  # fmt: skip

    with pytest.raises(ActionRefused, match="已登记回避"):
        cast.act(case, "accept", cast.handler)


def test_a_recused_unit_is_not_given_the_case(cast: Cast) -> None:
    case = cast.case_at("awaiting_dispatch")
    recusal = recusing.enter(
        recusal=recusing.NewRecusal(
            reason="本单位建设项目", valid_from=date(2026, 1, 1), unit_id=cast.housing.pk,
            compound_id=cast.compound.pk,
        ),
        by_person_id=cast.supervisor.person_id, at=DAY,
    )  # fmt: skip

    with pytest.raises(ActionRefused, match="已登记回避"):
        cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk)
    recusing.end(recusal=recusal, last_day=date(2026, 9, 1))
    assert cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk).lead == cast.housing


def test_a_recusal_says_who_and_about_what(cast: Cast) -> None:
    with pytest.raises(ActionRefused, match="对什么回避"):
        recusing.enter(
            recusal=recusing.NewRecusal(
                reason="无", valid_from=date(2026, 1, 1), unit_id=cast.housing.pk
            ),
            by_person_id=cast.supervisor.person_id, at=DAY,
        )  # fmt: skip
