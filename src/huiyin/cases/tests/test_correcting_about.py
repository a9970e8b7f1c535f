"""Whom a case is about can be named later; that unit neither sees nor leads it from then on."""

from __future__ import annotations

import pytest

from huiyin.cases import selectors
from huiyin.cases.services.steps import ActionRefused
from huiyin.cases.tests.conftest import LOOKING, Browser
from tests.cast import Cast


def test_the_desk_names_a_department_afterwards_and_takes_it_back(cast: Cast) -> None:
    case = cast.case_at("awaiting_dispatch", compound_id=None)

    case = cast.act(case, "correct_about", cast.desk, LOOKING, about_unit=cast.police.pk,
                    note="来电人补充说是派出所")  # fmt: skip

    assert case.about_unit == cast.police
    with pytest.raises(ActionRefused, match="不能由它主办"):
        cast.act(case, "dispatch", cast.dispatcher, LOOKING, lead=cast.police.pk)
    case = cast.act(case, "correct_about", cast.desk, LOOKING, note="核实后不是")
    assert case.about_unit is None
    with pytest.raises(ActionRefused, match="没有改动"):
        cast.act(case, "correct_about", cast.desk, LOOKING, note="再清一次")


def test_the_lead_is_redispatched_before_it_is_named(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    with pytest.raises(ActionRefused, match="先改派"):
        cast.act(case, "correct_about", cast.dispatcher, LOOKING, about_unit=cast.housing.pk)

    cast.act(case, "redispatch", cast.dispatcher, LOOKING, lead=cast.police.pk, note="反映住建局")
    case = cast.act(case, "correct_about", cast.dispatcher, LOOKING, about_unit=cast.housing.pk)

    assert case.about_unit == cast.housing
    assert not selectors.visible_to([cast.handler], day=LOOKING.date()).exists()


def test_a_supporting_unit_that_is_named_leaves_and_holds_nobody_up(cast: Cast) -> None:
    case = cast.case_at("awaiting_dispatch")
    cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk, support=[cast.street.pk])

    case = cast.act(case, "correct_about", cast.dispatcher, LOOKING, about_unit=cast.street.pk)

    assert not case.assignments.filter(unit=cast.street, ended_at__isnull=True).exists()
    assert not case.deadlines.filter(what="support", met_at=None, cancelled_at=None).exists()
    assert not selectors.visible_to([cast.other_handler], day=LOOKING.date()).exists()
    cast.act(case, "accept", cast.handler, LOOKING)
    case = cast.act(case, "submit_result", cast.handler, LOOKING, reply="已修好")
    assert case.status == "awaiting_review"


def test_the_form_offers_communities_too_and_says_who_must_be_redispatched(
    cast: Cast, browser: Browser
) -> None:
    case = cast.case_at("in_progress", about_unit_id=cast.firm.pk)

    page = browser(cast.dispatcher).get(f"/work/cases/{case.number}/do/correct_about/")

    html = page.content.decode()
    assert "不针对任何单位" in html
    assert "市住建局（正在主办，请先改派）" in html
    assert f'<option value="{cast.firm.pk}" selected' in html
    assert f'<option value="{cast.neighbours.pk}"' in html
