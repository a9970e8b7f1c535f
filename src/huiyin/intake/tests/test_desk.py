"""/work/desk/: a call becomes a case once, with everything that was typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.base.services import personal
from huiyin.cases.models import Case
from huiyin.intake.services.seeding import seed_answers
from huiyin.intake.tests.desk_kit import TEXT, Desk, SignedIn, errors
from tests.cast import Cast

COUNTS = json.loads(Path(__file__).with_name("query_counts.json").read_text())


# -- filing --------------------------------------------------------------------------------------
def test_a_call_is_filed_and_admitted_by_whom_the_desk_signed_in_as(desk: Desk) -> None:
    case = desk.files()

    assert (case.status, case.channel, case.kind) == ("awaiting_dispatch", "phone", "help")
    assert case.compound_id == desk.cast.compound.pk
    assert [(e.action, e.post_id) for e in case.events.order_by("seq")] == [
        ("reported", desk.cast.desk.post_id), ("admitted", desk.cast.desk.post_id),
    ]  # fmt: skip


def test_the_callers_words_stand_beside_the_desks_summary_which_gives_the_title(
    desk: Desk,
) -> None:
    case = desk.files(summary="三栋公共管道漏水\n已三天")

    words = dict(case.words.values_list("key", "text"))
    assert words["text"] == TEXT
    assert words["summary"] == "三栋公共管道漏水\n已三天"
    assert case.title == "三栋公共管道漏水"


def test_name_phone_and_door_are_sealed(desk: Desk) -> None:
    contact = desk.files(door="三栋一单元 501").contacts.get()

    assert "13800001234" not in contact.phone
    clear = personal.unseal(contact.door, table="cases_contact", field="door", salt=contact.salt)
    assert clear == "三栋一单元 501"
    assert contact.choice == "direct"


@pytest.mark.parametrize(
    ("text", "kind", "choice", "confidential"),
    [
        (TEXT, "help", "direct", False),
        ("我妈的医保卡丢了，不知道找谁", "help", "relay", False),
        ("物业经理态度差", "complaint", "relay", False),
        ("我要投诉物业三天不清运垃圾", "complaint", "relay", False),
        ("我要举报三楼砸承重墙装修", "accusation", "confidential", True),
    ],
)
def test_kind_and_contact_follow_the_words_until_the_desk_chooses(
    desk: Desk, text: str, kind: str, choice: str, confidential: bool
) -> None:
    case = desk.files(text=text)

    assert (case.kind, case.contacts.get().choice, case.confidential) == (
        kind, choice, confidential,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("物业乱收停车费", "原话像“投诉”，<b>未确认</b>"),
        ("我妈的医保卡丢了", "看不出是哪种性质，<b>未确认</b>"),
    ],
)
def test_a_guessed_kind_is_shown_as_unconfirmed(desk: Desk, text: str, said: str) -> None:
    assert said in desk.hints(text=text)


def test_whoever_may_be_complaining_is_not_named_until_a_kind_is_chosen(desk: Desk) -> None:
    page = desk.hints(text="我妈的医保卡丢了")

    assert 'data-kind=""' in page
    assert 'data-choice="relay"' in page


def test_what_the_desk_chose_holds(desk: Desk) -> None:
    case = desk.files(kind="complaint", choice="direct", urgency="utility")

    assert (case.kind, case.contacts.get().choice, case.urgency) == (
        "complaint", "direct", "utility",
    )  # fmt: skip


def test_reported_for_somebody_else_there_are_two_contacts(desk: Desk) -> None:
    case = desk.files(for_somebody="on", for_name="乙老人", for_visit="on")

    assert sorted(case.contacts.values_list("role", "visit")) == [
        ("for_whom", True), ("reporter", False),
    ]  # fmt: skip


def test_a_caller_without_phone_hears_a_code_that_opens_the_case(desk: Desk) -> None:
    response = desk.press(phone="", name="")
    page = desk.client.get(response["Location"]).context

    number = page["case"].number
    found = Client().post("/track/", {"number": number, "tail": page["code"]})
    assert found["Location"] == f"/track/{number}/"


def test_a_clerk_files_what_the_centre_admits(cast: Cast, signed_in: SignedIn) -> None:
    case = Desk(cast, signed_in(cast.clerk)).files(channel="visit")

    assert (case.status, case.channel) == ("registered", "visit")
    assert case.due_at is not None


# -- who may -------------------------------------------------------------------------------------
def test_others_are_sent_away(cast: Cast, signed_in: SignedIn) -> None:
    assert Client().get("/work/desk/")["Location"] == "/work/login/?next=%2Fwork%2Fdesk%2F"
    assert signed_in(cast.handler).get("/work/desk/").status_code == 403
    assert signed_in(cast.reviewer).post("/work/desk/hints/", {}).status_code == 403


def test_a_button_that_one_may_not_press_is_not_there_and_does_nothing(desk: Desk) -> None:
    assert "登记并派单" not in desk.client.get("/work/desk/").content.decode()

    response = desk.press("dispatch", lead=str(desk.cast.housing.pk))

    assert errors(response) == ["您的岗位不能这样做，请选“登记”"]
    assert not Case.objects.exists()


# -- errors keep what was typed ---------------------------------------------------------------------
def test_what_was_typed_comes_back_with_the_error(desk: Desk) -> None:
    page = desk.press(text="", name="丙先生", place_text="2 栋楼顶").content.decode()

    assert "还没有写来电人说了什么" in page
    assert 'value="丙先生"' in page
    assert 'value="2 栋楼顶"' in page
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("action", "typed", "error"),
    [
        ("answer", {}, "请写下对来电人说的话，登记后他会原样看到"),
        ("tell", {"reply": "请向法院提出"}, "请选该走哪个途径"),
        ("file", {"for_somebody": "on"}, "办完要问本人：请记下他的电话，或勾“上门问”"),
        ("file", {"phone": "1380000"}, None),
        ("file", {"lead_name": "不存在局"}, "附近没有叫“不存在局”、能主办的单位，请从列出的里选"),
        (
            "file",
            {"lead_name": "团结路社区"},
            "附近没有叫“团结路社区”、能主办的单位，请从列出的里选",
        ),
    ],
)
def test_what_is_missing_is_said_in_words(
    desk: Desk, action: str, typed: dict[str, str], error: str | None
) -> None:
    response = desk.press(action, **typed)

    found = errors(response)
    assert len(found) == 1
    assert error is None or found == [error]
    assert TEXT in response.content.decode()


# -- once -----------------------------------------------------------------------------------------
def test_a_double_press_files_once(desk: Desk) -> None:
    first, second = desk.press(), desk.press()

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_another_matter_under_the_same_id_is_asked_about_and_filed_by_a_second_press(
    desk: Desk,
) -> None:
    desk.files()
    again = desk.press(text="路灯也不亮")

    assert "刚才那一份已登记为" in errors(again)[0]
    new_id = again.context["form"].data["client_id"]
    desk.files(text="路灯也不亮", client_id=new_id)
    assert Case.objects.count() == 2


# -- the end page --------------------------------------------------------------------------------------
def test_the_end_page_is_read_aloud_and_leads_to_the_next_call(desk: Desk) -> None:
    case = desk.files()
    page = desk.client.get(f"/work/desk/done/{case.number}/").content.decode()

    assert "您反映的事已经登记" in page
    assert "派出后 24 小时内有人联系您，5 个工作日内答复。" in page
    assert 'href="/work/desk/"' in page


def test_somebody_elses_end_page_is_not_shown(cast: Cast, desk: Desk, signed_in: SignedIn) -> None:
    case = desk.files()

    other = signed_in(cast.dispatcher).get(f"/work/desk/done/{case.number}/")

    assert other["Location"] == "/work/desk/"


# -- how often the database is asked ---------------------------------------------------------------------
def test_the_entry_and_its_hints_ask_as_often_as_recorded_however_much_there_is(
    desk: Desk,
) -> None:
    seed_answers()
    desk.client.get("/work/desk/")
    desk.hints(text="路灯不亮了很久")

    asked = []
    for more in (1, 30):
        for n in range(more):
            desk.cast.report(text=f"{TEXT}，第{n}次")
        with CaptureQueriesContext(connection) as entry:
            desk.client.get("/work/desk/")
        with CaptureQueriesContext(connection) as hints:
            desk.hints(text=TEXT)
        with CaptureQueriesContext(connection) as caller:
            desk.client.post("/work/desk/caller/", {"phone": "13800001234"})
        asked.append((len(entry), len(hints), len(caller)))

    assert asked == [(COUNTS["desk"], COUNTS["desk_hints"], COUNTS["desk_caller"])] * 2
