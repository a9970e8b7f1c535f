"""/work/desk/: what is shown while somebody types: danger, near copies, answers, the caller's past."""

from __future__ import annotations

from huiyin.base.models import AuditRow
from huiyin.cases.models import Case
from huiyin.intake.services.seeding import seed_answers
from huiyin.intake.tests.desk_kit import TEXT, Desk, SignedIn
from huiyin.org.models import Compound
from tests.cast import FIRST, Cast


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
