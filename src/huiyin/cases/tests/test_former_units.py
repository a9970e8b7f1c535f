"""A unit that a case was taken from keeps its own acts and words, nothing else."""

from __future__ import annotations

import pytest

from huiyin.base.models import Attachment
from huiyin.cases import selectors
from huiyin.cases.models import Case
from huiyin.cases.rules.case_filter import CaseFilter
from huiyin.cases.selectors.former import former_case
from huiyin.cases.selectors.lists import cases_page
from huiyin.cases.services import revealing
from huiyin.cases.services.filing import Contact
from huiyin.cases.tests.conftest import LOOKING, Browser
from tests.cast import DAY, Cast

TODAY = LOOKING.date()


@pytest.fixture
def taken_away(cast: Cast) -> Case:
    """The housing bureau worked on it, wrote a step, and it went to the police."""
    case = cast.case_at("in_progress", text="三栋一单元管道漏水，水流到楼道里")
    cast.act(case, "record_step", cast.handler, LOOKING, note="已到现场看过，是供水主管")
    return cast.act(case, "redispatch", cast.dispatcher, LOOKING, lead=cast.police.pk,
                    note="不归住建局管")  # fmt: skip


def test_a_former_unit_finds_it_in_no_list_or_search_and_opens_no_file_or_contact(
    cast: Cast, taken_away: Case, browser: Browser
) -> None:
    photo = Attachment.objects.create(
        subject=f"case:{taken_away.pk}", kind="photo", media_type="image/webp", size=3,
        sha256="0" * 64, path="x", added_at=DAY,
    )  # fmt: skip
    handler = [cast.handler]

    assert cases_page(handler, CaseFilter(), now=LOOKING).rows == ()
    assert cases_page(handler, CaseFilter(words="漏水"), now=LOOKING).rows == ()
    assert not selectors.visible_to(handler, day=TODAY).exists()
    assert browser(cast.handler).get(f"/work/files/{photo.pk}/").status_code == 404
    with pytest.raises(revealing.RevealRefused):
        revealing.reveal(case=taken_away, posts=handler, reason="联系", at=LOOKING, address="")


def test_its_page_shows_number_and_own_words_and_neither_report_nor_the_rest(
    cast: Cast, taken_away: Case, browser: Browser
) -> None:
    cast.act(taken_away, "accept", cast.police_handler, LOOKING)
    client = browser(cast.handler)

    page = client.get(f"/work/cases/{taken_away.number}/").content.decode()

    assert taken_away.number in page
    assert "已到现场看过，是供水主管" in page
    assert "漏水" not in page
    assert "不归住建局管" not in page
    assert "沈民警" not in page
    assert client.get("/work/cases/", {"q": taken_away.number}).status_code == 302
    assert client.get(f"/work/cases/{taken_away.number}/print/").status_code == 404


def test_a_granted_return_ends_the_sight_of_who_returned_it(cast: Cast) -> None:
    case = cast.case_at("awaiting_acceptance")
    cast.act(case, "return_case", cast.handler, LOOKING, reason="wrong_duty", basis="三定",
             proposed_unit=cast.police.pk, note="不归我局")  # fmt: skip
    cast.act(case, "grant_return", cast.arbiter, LOOKING, lead=cast.police.pk, note="同意")

    former = former_case([cast.handler], case.number, day=TODAY)

    assert not selectors.visible_to([cast.handler], day=TODAY).exists()
    assert former is not None
    assert former.returned
    assert [i.event for i in former.items] == ["return_asked"]


def test_a_unit_that_goes_on_in_another_part_goes_on_seeing_it(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    cast.act(case, "redispatch", cast.dispatcher, LOOKING, lead=cast.police.pk,
             support=[cast.housing.pk], note="公安主办")  # fmt: skip

    assert selectors.visible_to([cast.handler], day=TODAY).get() == case


def test_a_unit_that_handled_it_to_the_end_goes_on_seeing_it(cast: Cast) -> None:
    case = cast.case_at("closed")

    assert selectors.visible_to([cast.handler], day=TODAY).get() == case


def test_a_unit_that_never_had_it_gets_nothing(
    cast: Cast, taken_away: Case, browser: Browser
) -> None:
    assert former_case([cast.firm_manager], taken_away.number, day=TODAY) is None
    assert browser(cast.firm_manager).get(f"/work/cases/{taken_away.number}/").status_code == 404


def test_whom_a_case_is_about_gets_not_even_its_own_acts(cast: Cast) -> None:
    case = cast.case_at("in_progress", contacts=(Contact(choice="direct"),))
    cast.act(case, "redispatch", cast.dispatcher, LOOKING, lead=cast.police.pk, note="改派")
    Case.objects.filter(pk=case.pk).update(about_unit=cast.housing)

    assert former_case([cast.handler], case.number, day=TODAY) is None
