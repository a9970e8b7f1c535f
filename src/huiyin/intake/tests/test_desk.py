"""/work/desk/: a call becomes a case once, with everything that was typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.base.models import AuditRow
from huiyin.base.services import personal
from huiyin.cases.models import Case, CaseScope
from huiyin.intake.services.seeding import seed_answers
from huiyin.org.models import Compound, Person, Post
from huiyin.org.rules.grants import ActingPost
from huiyin.org.services import organising
from tests.cast import FIRST, Cast

COUNTS = json.loads(Path(__file__).with_name("query_counts.json").read_text())
SignedIn = Callable[[ActingPost], Client]
TEXT = "新天地三栋一单元管道漏水，水流到楼道里，老人怕滑倒"


class Desk:
    """The desk officer's browser and what stands in the form."""

    def __init__(self, cast: Cast, client: Client) -> None:
        self.cast, self.client = cast, client

    def fill(self, **typed: Any) -> dict[str, Any]:
        return {
            "client_id": "00000000-0000-4000-8000-00000000000d", "channel": "phone",
            "phone": "13800001234", "name": "甲居民", "where": "新天地小区",
            "place": f"c{self.cast.compound.pk}", "text": TEXT,
        } | typed  # fmt: skip

    def press(self, action: str = "file", **typed: Any) -> Any:
        return self.client.post("/work/desk/", self.fill(action=action, **typed))

    def files(self, action: str = "file", **typed: Any) -> Case:
        response = self.press(action, **typed)
        assert response.status_code == 302, errors(response)
        return Case.objects.get(number=response["Location"].split("/")[-2])

    def hints(self, **typed: Any) -> str:
        response = self.client.post("/work/desk/hints/", self.fill(**typed))
        page: str = response.content.decode()
        return page


def errors(response: Any) -> list[str]:
    form = response.context["form"]
    return [e for es in form.errors.values() for e in es]


@pytest.fixture
def desk(cast: Cast, signed_in: SignedIn) -> Desk:
    return Desk(cast, signed_in(cast.desk))


@pytest.fixture
def desk_and_dispatcher(cast: Cast, signed_in: SignedIn) -> Desk:
    """Somebody who is desk and dispatcher of the same centre."""
    person = Person.objects.get(pk=cast.desk.person_id)
    Post.objects.create(
        person=person, unit=cast.centre, area=cast.county, role="dispatcher", valid_from=FIRST
    )
    return Desk(cast, signed_in(cast.desk))


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


# -- places -----------------------------------------------------------------------------------------
def test_a_typed_name_is_the_place_when_only_one_bears_it(desk: Desk) -> None:
    assert desk.files(place="", where="新天地").compound_id == desk.cast.compound.pk


def test_an_unknown_place_is_kept_as_typed_at_the_area_of_the_post(desk: Desk) -> None:
    case = desk.files(place="", where="横江大桥头", place_text="桥洞下")

    assert (case.area_id, case.compound_id) == (desk.cast.county.pk, None)
    assert case.place_text == "横江大桥头 桥洞下"


def test_a_name_that_two_bear_is_asked_about(desk: Desk) -> None:
    other = organising.create_area(
        code="530681001009", name="田坝社区", kind="community", parent=desk.cast.subdistrict,
        valid_from=FIRST,
    )  # fmt: skip
    twin = Compound.objects.create(name="新天地小区", community=other, valid_from=FIRST)

    response = desk.press(place="", where="新天地小区")

    assert errors(response) == ["“新天地小区”有 2 处，请选是哪一处"]
    assert {f.token for f in response.context["form"].found} == {
        f"c{desk.cast.compound.pk}", f"c{twin.pk}",
    }  # fmt: skip
    assert desk.files(place=f"c{twin.pk}").compound_id == twin.pk


def test_a_place_of_another_county_is_refused_with_what_to_do(desk: Desk) -> None:
    county = organising.create_area(
        code="530621", name="鲁甸县", kind="county", parent=desk.cast.city, valid_from=FIRST
    )
    far = organising.create_area(
        code="530621100", name="文屏镇", kind="subdistrict", parent=county, valid_from=FIRST
    )

    response = desk.press(place=f"a{far.pk}", where="文屏镇")

    assert errors(response) == ["鲁甸县文屏镇不在水富市：请让来电人向当地反映，或转昭通市热线"]


def test_places_are_found_by_initials_within_the_area(desk: Desk) -> None:
    Compound.objects.update(pinyin="xintiandixiaoqu xtdxq")

    page = desk.client.post("/work/desk/places/", {"where": "xtd"}).content.decode()

    assert f'data-token="c{desk.cast.compound.pk}"' in page
    assert "水富市云富街道团结路社区" in page


# -- answer, tell, dispatch ----------------------------------------------------------------------------
def test_an_answer_given_at_once_is_stored_as_it_was_said(desk: Desk) -> None:
    case = desk.files("answer", reply="请到住建局窗口，电话 0870-8630000。")

    assert case.status == "answered"
    assert case.words.get(key="reply").text == "请到住建局窗口，电话 0870-8630000。"


def test_a_matter_in_court_is_told_its_channel_and_linked(desk: Desk) -> None:
    case = desk.files("tell", text="我已经起诉物业了，法院受理了", reply="请等法院，12368 可问进度。",
                      tell_channel="litigation", outside_number="（2026）云0681民初1号")  # fmt: skip

    assert case.status == "told_channel"
    link = case.links.get()
    assert (link.kind, link.channel, link.outside_number) == (
        "outside", "litigation", "（2026）云0681民初1号",
    )  # fmt: skip


def test_who_is_dispatcher_too_dispatches_in_that_post(desk_and_dispatcher: Desk) -> None:
    desk = desk_and_dispatcher
    case = desk.files("dispatch", lead_name="市住建局", support=[str(desk.cast.neighbours.pk)])

    assert (case.status, case.lead_id) == ("awaiting_acceptance", desk.cast.housing.pk)
    assert case.assignments.get(role="support").unit_id == desk.cast.neighbours.pk
    event = case.events.get(action="dispatched")
    assert event.post is not None
    assert event.post.role == "dispatcher"


def test_a_dispatch_that_is_refused_files_nothing_and_keeps_everything(
    desk_and_dispatcher: Desk,
) -> None:
    desk = desk_and_dispatcher
    organising.serve_compound(unit=desk.cast.firm, compound=desk.cast.compound, valid_from=FIRST)

    response = desk.press("dispatch", about=str(desk.cast.firm.pk), lead=str(desk.cast.firm.pk))

    assert errors(response) == ["此件反映的就是安居物业，不能由它主办"]
    assert TEXT in response.content.decode()
    assert not Case.objects.exists()


def test_what_the_desk_suggests_stands_with_the_case_for_the_dispatcher(desk: Desk) -> None:
    case = desk.files(lead=str(desk.cast.housing.pk))

    suggestion = case.events.get(seq=1).data["suggestion"]
    assert suggestion["desk"] == {"lead": desk.cast.housing.pk, "support": []}
    assert suggestion["urgency"] == "normal"
    assert case.status == "awaiting_dispatch"


# -- the same matter --------------------------------------------------------------------------------
def test_a_call_is_run_with_an_open_case_and_keeps_its_own_number(desk: Desk) -> None:
    open_case = desk.cast.case_at("in_progress", text=TEXT)
    case = desk.files(same=open_case.number, phone="13900001111")

    assert (case.status, case.merged_into_id) == ("merged", open_case.pk)
    assert case.contacts.count() == 1
    assert open_case.events.filter(action="voice_added").count() == 1


def test_only_a_voice_makes_no_case_but_leaves_the_words_for_staff(desk: Desk) -> None:
    open_case = desk.cast.case_at("in_progress", text=TEXT)
    response = desk.press(same=f"voice:{open_case.number}", text="我家也漏，电话 13900001111")

    assert response["Location"] == f"/work/desk/done/{open_case.number}/"
    assert Case.objects.count() == 1
    assert open_case.events.filter(action="voice_added").count() == 1
    note = open_case.words.get(key="note").text
    assert note == "又有来电人反映：我家也漏，电话 139****1111"


def test_who_may_not_merge_leaves_it_to_the_dispatcher(cast: Cast, signed_in: SignedIn) -> None:
    open_case = cast.case_at("in_progress", text=TEXT)
    case = Desk(cast, signed_in(cast.clerk)).files(same=open_case.number)

    assert case.status == "registered"
    assert case.events.get(seq=1).data["suggestion"]["same_as"] == open_case.number


def test_a_call_cannot_be_merged_and_dispatched_at_once(desk_and_dispatcher: Desk) -> None:
    open_case = desk_and_dispatcher.cast.case_at("in_progress", text=TEXT)
    response = desk_and_dispatcher.press(
        "dispatch", same=open_case.number, lead=str(desk_and_dispatcher.cast.housing.pk)
    )

    assert errors(response) == ["已选并入另一件；要单独派单、答复或告知，请改选“都不是，另立一件”"]
    assert Case.objects.count() == 1


def test_a_case_that_one_may_not_see_cannot_be_chosen(cast: Cast, signed_in: SignedIn) -> None:
    hidden = cast.report(text=TEXT, withheld=True)
    response = Desk(cast, signed_in(cast.desk)).press(same=hidden.number)

    assert errors(response) == ["要并入的那件现在看不到了，请改选另一件或“都不是”"]


# -- what is accused -----------------------------------------------------------------------------------
ACCUSES = "村主任贪污低保款，我要检举控告他"


def test_an_accusation_of_an_official_is_asked_about_first(desk: Desk) -> None:
    response = desk.press(text=ACCUSES)

    assert errors(response) == ["原话像是检举控告公职人员，请问清后选一个"]
    assert "12388" in response.content.decode()


def test_what_is_withheld_nobody_in_line_sees_and_nothing_is_worked_out(desk: Desk) -> None:
    case = desk.files(text=ACCUSES, wrongdoing="yes")

    assert (case.status, case.confidential) == ("withheld", True)
    assert not CaseScope.objects.filter(case=case).exists()
    assert case.events.get().data["suggestion"] == {}
    page = desk.client.get(f"/work/desk/done/{case.number}/").content.decode()
    assert "12388" in page
    assert "打开这一件" not in page


def test_what_is_no_accusation_goes_its_way(desk: Desk) -> None:
    assert desk.files(text=ACCUSES, wrongdoing="no").status == "awaiting_dispatch"


def test_what_is_withheld_is_not_answered_at_once(desk: Desk) -> None:
    response = desk.press("answer", text=ACCUSES, wrongdoing="yes", reply="我们去查")

    assert "检举控告不派单也不当场办理" in errors(response)[0]


# -- hints ------------------------------------------------------------------------------------------
def test_words_of_danger_show_the_numbers_first(desk: Desk) -> None:
    page = desk.hints(text="三栋着火了，有人被困在里面")

    alerts = page.split('id="desk-alerts"')[1].split('id="desk-about"')[0]
    assert "<b>119</b>" in alerts
    assert "先请来电人打这个电话，再登记" in alerts


def test_words_of_despair_call_the_leader_on_duty(desk: Desk) -> None:
    page = desk.hints(text="房子拆了没地方住，我不想活了")

    assert "110" in page
    assert "报告值班领导" in page


def test_harmless_words_call_nobody(desk: Desk) -> None:
    assert "desk-alerts" in desk.hints(text="楼下火锅店的油烟，消防通道停满了车")
    assert "119" not in desk.hints(text="楼下火锅店的油烟太大")


def test_near_copies_of_the_place_are_offered_with_their_likeness(desk: Desk) -> None:
    open_case = desk.cast.case_at("in_progress", text=TEXT)

    page = desk.hints(text=TEXT)

    assert open_case.number in page
    assert "像 100%" in page


def test_the_same_words_about_another_compound_are_another_matter(desk: Desk) -> None:
    other = Compound.objects.create(
        name="枫叶新城小区", community=desk.cast.community, valid_from=FIRST
    )
    copy = desk.cast.case_at("in_progress", text=TEXT)

    assert copy.number not in desk.hints(text=TEXT, place=f"c{other.pk}", where="枫叶新城小区")


def test_ended_cases_are_not_offered(desk: Desk) -> None:
    closed = desk.cast.case_at("closed", text=TEXT)

    assert closed.number not in desk.hints(text=TEXT)


def test_answers_that_fit_are_offered_and_taken_without_javascript(desk: Desk) -> None:
    seed_answers()
    page = desk.hints(text="想问一下换电梯维修资金要多少人同意")
    assert "动用住宅专项维修资金要多少业主同意？" in page
    assert "待本地确认" in page

    chosen = page.split('value="use:')[1].split('"')[0]
    filled = desk.press(f"use:{chosen}", text="想问维修资金")

    assert "参加表决的业主面积过半、人数过半同意" in filled.context["form"]["reply"].value()
    assert not Case.objects.exists()


def test_enter_without_javascript_looks_and_files_nothing(desk: Desk) -> None:
    page = desk.client.get("/work/desk/").content.decode()
    form = page.split('id="desk"')[1]
    assert 'value="look"' in form.split('type="submit"', 1)[1].split(">")[0]

    looked = desk.press("look")

    assert looked.status_code == 200
    assert not Case.objects.exists()


# -- the caller's past --------------------------------------------------------------------------------
def test_the_callers_history_comes_by_the_number_and_the_look_is_recorded(desk: Desk) -> None:
    before = desk.cast.report(text="上次也是三栋漏水")

    page = desk.client.post("/work/desk/caller/", {"phone": "138 0000 1234"}).content.decode()

    assert "来过 1 次" in page
    assert "上次也是三栋漏水" in page
    assert "甲**" in page
    assert "甲居民" not in page
    row = AuditRow.objects.get(action="caller_looked_up")
    assert (row.subject, row.person_name) == (f"case:{before.pk}", "周受理")
    assert "13800001234" not in row.body


def test_an_unfinished_or_unknown_number_shows_nothing_and_leaves_no_row(desk: Desk) -> None:
    desk.cast.report()

    assert (
        "来过" not in desk.client.post("/work/desk/caller/", {"phone": "1380000"}).content.decode()
    )
    unknown = desk.client.post("/work/desk/caller/", {"phone": "13911112222"}).content.decode()
    assert "第一次来" in unknown
    assert not AuditRow.objects.exists()


def test_history_needs_its_grant_and_never_stands_in_an_address(
    cast: Cast, desk: Desk, signed_in: SignedIn
) -> None:
    assert signed_in(cast.clerk).post("/work/desk/caller/", {"phone": "1"}).status_code == 403
    assert desk.client.get("/work/desk/caller/", {"phone": "13800001234"}).status_code == 405


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
