"""/work/desk/: where a call leads: a place, an answer, a channel, a dispatch, the same matter, 检举控告."""

from __future__ import annotations

from huiyin.cases.models import Case, CaseScope
from huiyin.intake.tests.desk_kit import TEXT, Desk, SignedIn, errors
from huiyin.org.models import Compound
from huiyin.org.services import organising
from tests.cast import FIRST, Cast


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
