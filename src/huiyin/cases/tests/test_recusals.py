"""A recusal 回避 is obeyed wherever a case is read or acted on, and what it stops is redispatched."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from huiyin.base.models import Attachment
from huiyin.cases import selectors
from huiyin.cases.models import Case, Recusal
from huiyin.cases.rules.case_filter import CaseFilter
from huiyin.cases.selectors.lists import cases_page
from huiyin.cases.selectors.troubled import overdue_cases, stuck_cases
from huiyin.cases.selectors.waiting import inbox
from huiyin.cases.services import performing, recusing, revealing
from huiyin.cases.services.steps import ActionRefused
from huiyin.cases.tests.conftest import LOOKING, Browser
from huiyin.org.models import Person
from huiyin.org.rules.grants import ActingPost
from tests.cast import DAY, Cast, _post, at

TODAY = LOOKING.date()
MONTHS_LATER = at("2027-03-01 09:00")


def recuse(cast: Cast, **whom: int) -> Recusal:
    return recusing.enter(
        recusal=recusing.NewRecusal(reason="有利害关系", valid_from=date(2026, 1, 1), **whom),
        by_person_id=cast.supervisor.person_id, at=DAY,
    )  # fmt: skip


def asked_of(post: ActingPost) -> set[str]:
    return {row.waiting.code for row in inbox([post], now=LOOKING).rows}


def test_a_recused_person_finds_the_case_in_no_list_inbox_or_search(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    assert cases_page([cast.handler], CaseFilter(), now=LOOKING).rows == (case,)

    recuse(cast, person_id=cast.handler.person_id, compound_id=cast.compound.pk)

    assert cases_page([cast.handler], CaseFilter(), now=LOOKING).rows == ()
    assert cases_page([cast.handler], CaseFilter(words="漏水"), now=LOOKING).rows == ()
    assert not selectors.visible_to([cast.handler], day=TODAY).exists()
    assert selectors.posts_that_see(case, [cast.handler], day=TODAY) == []
    assert inbox([cast.handler], now=LOOKING).total == 0
    assert performing.buttons(case, [cast.handler], LOOKING) == []


@pytest.mark.parametrize("about", ["compound_id", "about_unit_id", "about_person_id", "case_id"])
def test_each_subject_of_a_recusal_closes_the_case(cast: Cast, about: str) -> None:
    person = Person.objects.create(name="某干部")
    case = cast.case_at("in_progress", about_unit_id=cast.firm.pk, about_person_id=person.pk)
    about_what = {
        "compound_id": cast.compound.pk, "about_unit_id": cast.firm.pk,
        "about_person_id": person.pk, "case_id": case.pk,
    }  # fmt: skip

    recuse(cast, person_id=cast.handler.person_id, **{about: about_what[about]})

    assert not selectors.visible_to([cast.handler], day=TODAY).exists()
    assert cases_page([cast.handler], CaseFilter(), now=LOOKING).rows == ()
    assert selectors.posts_that_see(case, [cast.handler], day=TODAY) == []


def test_a_recused_desk_does_not_open_page_file_or_contact(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")
    photo = Attachment.objects.create(
        subject=f"case:{case.pk}", kind="photo", media_type="image/webp", size=3,
        sha256="0" * 64, path="x", added_at=DAY,
    )  # fmt: skip
    recuse(cast, person_id=cast.callback.person_id, case_id=case.pk)
    client: Client = browser(cast.callback)

    assert client.get(f"/work/cases/{case.number}/").status_code == 404
    assert client.get(f"/work/files/{photo.pk}/").status_code == 404
    answer = client.post(f"/work/cases/{case.number}/contact/", {"reason": "回访"})
    assert answer.status_code == 404
    with pytest.raises(revealing.RevealRefused):
        revealing.reveal(case=case, posts=[cast.callback], reason="回访", at=LOOKING, address="")


def test_a_recused_person_does_not_look_in_from_another_post(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    recuse(cast, unit_id=cast.street.pk, case_id=case.pk)

    assert selectors.visible_to([cast.handler], day=TODAY).exists()
    assert not selectors.visible_to([cast.handler, cast.other_handler], day=TODAY).exists()


def test_a_recusal_holds_from_its_first_to_its_last_day(cast: Cast) -> None:
    cast.case_at("in_progress")
    recusal = recuse(cast, person_id=cast.handler.person_id, compound_id=cast.compound.pk)
    recusing.end(recusal=recusal, last_day=date(2026, 9, 30))

    assert not selectors.visible_to([cast.handler], day=date(2026, 9, 30)).exists()
    assert selectors.visible_to([cast.handler], day=date(2026, 10, 1)).exists()
    assert selectors.visible_to([cast.handler], day=date(2025, 12, 31)).exists()


def test_a_recused_lead_unit_neither_sees_nor_returns_nor_extends_and_the_dispatcher_is_asked(
    cast: Cast,
) -> None:
    case = cast.case_at("in_progress")

    recuse(cast, unit_id=cast.housing.pk, compound_id=cast.compound.pk)

    assert inbox([cast.handler], now=LOOKING).total == 0
    with pytest.raises(ActionRefused, match="您的单位已登记回避"):
        cast.act(case, "return_case", cast.handler, LOOKING, reason="wrong_duty", basis="三定",
                 proposed_unit=cast.police.pk, note="不归我局")  # fmt: skip
    with pytest.raises(ActionRefused, match="您的单位已登记回避"):
        cast.act(case, "ask_extension", cast.handler, LOOKING, amount=1, note="忙", reply="请稍等")
    with pytest.raises(revealing.RevealRefused):
        revealing.reveal(case=case, posts=[cast.handler], reason="联系", at=LOOKING, address="")
    assert "lead_recused" in asked_of(cast.dispatcher)
    case = cast.act(case, "redispatch", cast.dispatcher, LOOKING, lead=cast.police.pk, note="回避")
    assert case.lead == cast.police
    assert "lead_recused" not in asked_of(cast.dispatcher)


def test_a_recused_support_unit_is_replaced_while_the_clock_of_the_lead_stays(cast: Cast) -> None:
    case = cast.case_at("awaiting_dispatch")
    case = cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk,
                    support=[cast.street.pk, cast.neighbours.pk])  # fmt: skip
    due_at = case.due_at
    with pytest.raises(ActionRefused, match="没有回避的协办单位"):
        cast.act(case, "replace_support", cast.dispatcher, LOOKING, note="换一家")

    recuse(cast, unit_id=cast.street.pk, case_id=case.pk)

    assert "support_recused" in asked_of(cast.dispatcher)
    assert inbox([cast.other_handler], now=LOOKING).total == 0
    case = cast.act(case, "replace_support", cast.dispatcher, LOOKING, support=[cast.police.pk],
                    note="街道回避")  # fmt: skip
    supports = case.assignments.filter(role="support", ended_at__isnull=True)
    assert {a.unit for a in supports} == {cast.neighbours, cast.police}
    assert case.due_at == due_at
    assert case.deadlines.filter(what="support", met_at=None, cancelled_at=None).count() == 2
    assert "support_recused" not in asked_of(cast.dispatcher)
    assert selectors.visible_to([cast.police_handler], day=TODAY).get() == case


def test_the_register_says_how_many_cases_a_recusal_hits(cast: Cast, browser: Browser) -> None:
    cast.case_at("in_progress")
    cast.report()
    cast.case_at("closed")

    page = browser(cast.supervisor).post(
        "/work/recusals/",
        {"unit": cast.housing.pk, "compound": cast.compound.pk, "reason": "本单位建设项目",
         "valid_from": "2026-09-01"},
        follow=True,
    ).content.decode()  # fmt: skip

    assert "涉及在办的 2 件，其中 1 件正由该单位承办" in page
    assert "2 件，1 件待改派" in page


def test_a_recusal_about_a_person_can_be_entered(cast: Cast, browser: Browser) -> None:
    browser(cast.supervisor).post(
        "/work/recusals/",
        {"person": cast.handler.person_id, "about_person": cast.clerk.person_id,
         "reason": "亲属", "valid_from": "2026-09-01"},
    )  # fmt: skip

    recusal = Recusal.objects.get()
    assert recusal.about_person_id == cast.clerk.person_id
    assert recusal.person_id == cast.handler.person_id


def test_the_centre_is_not_recused_as_a_whole(cast: Cast) -> None:
    with pytest.raises(ActionRefused, match="受理中心不能整体回避"):
        recuse(cast, unit_id=cast.centre.pk, compound_id=cast.compound.pk)


def test_every_way_to_a_case_answers_the_same(cast: Cast) -> None:
    """The condition stands once as SQL and once for querysets: both let the same cases in."""
    second = _post("尤督办", cast.centre, cast.county, "supervisor")
    named = cast.case_at("in_progress", compound_id=None)
    placed = cast.case_at("in_progress")
    about = cast.case_at("in_progress", compound_id=None, about_unit_id=cast.firm.pk)
    free = cast.case_at("in_progress", compound_id=None)
    recuse(cast, person_id=cast.supervisor.person_id, case_id=named.pk)
    recuse(cast, person_id=cast.supervisor.person_id, compound_id=cast.compound.pk)
    recuse(cast, person_id=cast.supervisor.person_id, about_unit_id=cast.firm.pk)

    def seen(post: ActingPost) -> list[set[Case]]:
        later = {"now": MONTHS_LATER}
        stuck = stuck_cases([post], day=MONTHS_LATER.date(), days=7, **later)
        return [
            set(selectors.visible_to([post], day=MONTHS_LATER.date())),
            set(cases_page([post], CaseFilter(), **later).rows),
            set(overdue_cases([post], **later)),
            {row.case for row in stuck.rows},
            {row.case for row in inbox([post], **later).rows},
        ]

    assert seen(cast.supervisor) == [{free}] * 5
    assert seen(second) == [{named, placed, about, free}] * 5


def test_the_page_asks_who_about_what_and_why_in_groups(cast: Cast, browser: Browser) -> None:
    page = browser(cast.supervisor).get("/work/recusals/").content.decode()

    places = [page.index(words) for words in ("谁回避（", "对什么回避（", "为什么，从哪天到哪天")]
    assert places == sorted(places)
    assert page.count("请选择</option>") == 5
    assert "---------" not in page
