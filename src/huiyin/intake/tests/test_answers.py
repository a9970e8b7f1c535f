"""/work/answers/: the knowledge base of the desk, seeded, checked, ended, never without basis."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.base import panels
from huiyin.intake.models import KnowledgeAnswer
from huiyin.intake.services import knowledge
from huiyin.intake.services.seeding import seed_answers
from huiyin.org.rules.grants import ActingPost
from tests.cast import Cast

COUNTS = json.loads(Path(__file__).with_name("query_counts.json").read_text())
SignedIn = Callable[[ActingPost], Client]
TODAY = date(2026, 9, 30)
NEW = {
    "question": "快递柜收费合理吗？", "keywords": "快递柜 超时费", "answer": "看管理规约怎么定的。",
    "basis": "《快递末端网点备案暂行规定》", "valid_from": "2026-09-01",
}  # fmt: skip


def test_the_seed_is_put_in_once_and_left_alone_when_reworded(db: None) -> None:
    assert seed_answers() == 13
    KnowledgeAnswer.objects.filter(code="fund").update(question="本地的问法")

    assert seed_answers() == 0
    assert KnowledgeAnswer.objects.filter(code="fund").get().question == "本地的问法"
    assert all(a.to_confirm for a in KnowledgeAnswer.objects.all())


def test_desk_and_supervisor_edit_others_do_not(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.desk).get("/work/answers/").status_code == 200
    assert signed_in(cast.supervisor).get("/work/answers/new/").status_code == 200
    assert signed_in(cast.handler).get("/work/answers/").status_code == 403
    assert Client().get("/work/answers/").status_code == 302


def test_a_new_answer_is_found_at_once_by_what_callers_say(cast: Cast, signed_in: SignedIn) -> None:
    desk = signed_in(cast.desk)
    assert desk.post("/work/answers/new/", NEW)["Location"] == "/work/answers/"

    found = knowledge.fitting("小区快递柜要收超时费合理吗", day=TODAY)

    assert found[0].answer.question == "快递柜收费合理吗？"
    assert found[0].because == ("快递柜", "超时费")


def test_an_answer_without_basis_is_not_taken_and_nothing_is_lost(
    cast: Cast, signed_in: SignedIn
) -> None:
    page = signed_in(cast.desk).post("/work/answers/new/", NEW | {"basis": ""}).content.decode()

    assert "请写依据" in page
    assert "看管理规约怎么定的。" in page
    assert not KnowledgeAnswer.objects.exists()


def test_whoever_checked_it_stands_with_the_day(cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.supervisor).post("/work/answers/new/", NEW | {"checked": "on"})

    answer = KnowledgeAnswer.objects.get()
    assert (answer.last_checked_on, answer.checked_by_name) == (TODAY, "陈督办")
    assert not answer.to_confirm


def test_an_answer_that_ended_is_not_offered_any_more(cast: Cast) -> None:
    seed_answers()
    KnowledgeAnswer.objects.filter(code="fund").update(valid_to=date(2026, 9, 29))

    codes = [f.answer.code for f in knowledge.fitting("维修资金怎么用", day=TODAY)]

    assert "fund" not in codes


def test_an_answer_cannot_end_before_it_began(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.desk).post("/work/answers/new/", NEW | {"valid_to": "2026-08-01"})
    assert "失效日早于生效日" in page.content.decode()

    with pytest.raises(IntegrityError, match="an_answer_ends_after_it_began"), transaction.atomic():
        KnowledgeAnswer.objects.create(
            question="甲", answer="乙", basis="丙", valid_from=TODAY, valid_to=date(2026, 1, 1)
        )


def test_a_starter_is_seeded_once_even_by_two_at_a_time(db: None) -> None:
    seed_answers()

    with (
        pytest.raises(IntegrityError, match="a_starter_answer_is_seeded_once"),
        transaction.atomic(),
    ):
        KnowledgeAnswer.objects.create(code="fund", question="甲", answer="乙", basis="丙",
                                       valid_from=TODAY)  # fmt: skip


def test_the_list_searches_as_the_desk_does(cast: Cast, signed_in: SignedIn) -> None:
    seed_answers()
    desk = signed_in(cast.desk)

    found = desk.get("/work/answers/", {"q": "楼上扔东西"}).context["rows"]
    waiting = desk.get("/work/answers/", {"show": "to-confirm"}).context["rows"]

    assert [a.code for a in found] == ["falling"]
    assert len(waiting) == 13


def test_the_menu_names_it_to_desk_and_supervisor_only(cast: Cast) -> None:
    def labels(post: ActingPost) -> list[str]:
        return [context["label"] for _, context in panels_of(post)]

    def panels_of(post: ActingPost) -> list[panels.Filled]:
        from huiyin.base.registry import fill

        return [f for f in fill("menu", None, [post]) if "label" in f[1]]

    assert "知识答复" in labels(cast.desk)
    assert "知识答复" in labels(cast.supervisor)
    assert "知识答复" not in labels(cast.handler)


def test_the_list_asks_as_often_as_recorded_however_long_it_is(
    cast: Cast, signed_in: SignedIn
) -> None:
    desk = signed_in(cast.desk)
    desk.get("/work/answers/")
    asked = []
    for more in (1, 60):
        for n in range(more):
            KnowledgeAnswer.objects.create(
                question=f"问题{n}", answer="答", basis="据", valid_from=TODAY
            )
        with CaptureQueriesContext(connection) as queries:
            desk.get("/work/answers/")
        asked.append(len(queries))

    assert asked == [COUNTS["answer_list"]] * 2
