"""What the public learns of open reports: category, voices, month. Never a word, never who."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from huiyin.cases.models import Case
from huiyin.cases.services.filing import Contact
from huiyin.intake import selectors
from huiyin.intake.selectors import Hint, Place
from huiyin.triage.models import Category
from huiyin.triage.services import seeding
from tests.cast import DAY, Cast


@pytest.fixture
def place(cast: Cast) -> Place:
    found = selectors.place_at(f"c{cast.compound.pk}", day=date(2026, 9, 30))
    assert found is not None
    return found


def open_case(cast: Cast, category: str = "停水", phone: str = "13800001234", **more: Any) -> Case:
    case = cast.report(contacts=(Contact(phone=phone, choice="direct"),), **more)
    return cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk, category=category)


def test_a_hint_is_category_count_and_month_and_nothing_else(cast: Cast, place: Place) -> None:
    open_case(cast)

    assert selectors.public_hint(place) == [Hint("停水", "停水", 1, date(2026, 9, 1))]
    assert [f.name for f in dataclasses.fields(Hint)] == ["category", "label", "voices", "since"]


def test_a_category_bears_its_own_name_and_an_unreadable_code_is_left_out(
    cast: Cast, place: Place
) -> None:
    seeding.seed(at=DAY)
    code = Category.objects.filter(level=3).order_by("code").first()
    assert code is not None
    open_case(cast, code.code)
    open_case(cast, "zz_old")

    assert [(h.category, h.label) for h in selectors.public_hint(place)] == [(code.code, code.name)]


def test_voices_are_people_not_reports(cast: Cast, place: Place) -> None:
    open_case(cast, phone="13800001234")
    open_case(cast, phone="13800001234")
    open_case(cast, phone="13900005678")

    assert selectors.public_hint(place) == [Hint("停水", "停水", 2, date(2026, 9, 1))]


def test_who_runs_with_an_open_case_is_a_voice_of_it(cast: Cast, place: Place) -> None:
    into = open_case(cast)
    other = cast.report(contacts=(Contact(phone="13900005678"),))
    cast.act(other, "merge", cast.desk, into=into.pk)

    assert selectors.public_hint(place)[0].voices == 2


def test_most_voices_stand_first(cast: Cast, place: Place) -> None:
    open_case(cast, "照明", phone="13800000001")
    open_case(cast, "停水", phone="13800000002")
    open_case(cast, "停水", phone="13800000003")

    assert [h.category for h in selectors.public_hint(place)] == ["停水", "照明"]


@pytest.mark.parametrize(
    "closed",
    [{"confidential": True}, {"kind": "accusation"}],
    ids=["confidential", "accusation"],
)
def test_what_is_closed_is_never_hinted(cast: Cast, place: Place, closed: dict[str, Any]) -> None:
    open_case(cast, **closed)

    assert selectors.public_hint(place) == []
    assert selectors.voice_target(place, "停水") is None


def test_what_no_person_has_dispatched_is_not_hinted(cast: Cast, place: Place) -> None:
    cast.report(category="停水")
    cast.act(cast.report(category="停水"), "admit", cast.desk)

    assert selectors.public_hint(place) == []


def test_what_is_withheld_is_not_hinted(cast: Cast, place: Place) -> None:
    cast.report(category="停水", withheld=True)

    assert selectors.public_hint(place) == []


def test_what_is_closed_for_good_is_not_hinted(cast: Cast, place: Place) -> None:
    cast.case_at("closed", category="停水")

    assert selectors.public_hint(place) == []


def test_another_place_is_another_place(cast: Cast, place: Place) -> None:
    open_case(cast, compound_id=None)

    assert selectors.public_hint(place) == []
    community = selectors.place_at(f"a{cast.community.pk}", day=date(2026, 9, 30))
    assert community is not None
    assert len(selectors.public_hint(community)) == 1


def test_a_further_voice_runs_with_the_oldest(cast: Cast, place: Place) -> None:
    first = open_case(cast)
    open_case(cast)

    assert selectors.voice_target(place, "停水") == first.pk


def test_a_hint_costs_two_queries_however_many_reports(
    cast: Cast, place: Place, django_assert_num_queries: Any
) -> None:
    for n in range(12):
        open_case(cast, f"类别{n}", at=DAY)

    selectors.public_label("类别0")  # the tree of categories is kept for some seconds

    with django_assert_num_queries(2) as queries:
        selectors.public_hint(place)
    assert isinstance(queries, CaptureQueriesContext)
