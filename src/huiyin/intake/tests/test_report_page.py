"""/report/ on a phone without JavaScript: every answer that a resident may give."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huiyin.base.models import Attachment
from huiyin.cases.models import Case, CaseContact
from huiyin.cases.services.filing import Contact
from huiyin.intake.tests.conftest import Phone
from huiyin.org.models import Area, Compound, UnitCompound
from huiyin.triage.services import seeding, suggesting
from tests.cast import DAY, FIRST, Cast


def words_of(page: str) -> str:
    """What stands on the page, without tags and breaks."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#2F7D5B").save(out, "JPEG")
    return SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")


# -- where -----------------------------------------------------------------------------------------
def test_without_a_place_it_asks_where_first(phone: Phone) -> None:
    page = words_of(phone.page("/report/"))

    assert "在哪里" in page
    assert "水富市" in page


def test_a_place_is_found_step_by_step(phone: Phone, cast: Cast) -> None:
    county = phone.page(f"/report/?in={cast.county.pk}")
    community = phone.page(f"/report/?in={cast.community.pk}")

    assert f"?in={cast.subdistrict.pk}" in county
    assert f"?place={phone.place}" in community
    assert f"?place=a{cast.community.pk}" in community


def test_a_place_is_found_by_two_characters_and_names_that_repeat_say_where(
    phone: Phone, cast: Cast
) -> None:
    other = Area.objects.create(
        code="530602002001", name="团结路社区", kind="community", parent=cast.city, valid_from=FIRST
    )
    other.path = f"{cast.city.path}{other.pk}/"
    other.save()
    Compound.objects.create(name="新天地花园", community=other, valid_from=FIRST)

    page = phone.page("/report/places/?q=新天")

    assert page.count("?place=c") == 2
    assert "水富市云富街道团结路社区" in page


def test_a_search_without_hits_says_what_to_do(phone: Phone) -> None:
    assert "一级一级选" in phone.page("/report/?q=没有这个")


@pytest.mark.parametrize("place", ["c999999", "a999999", "b1", "x", "c1 OR 1=1"])
def test_a_place_that_is_not_there_leads_back_to_the_choice(phone: Phone, place: str) -> None:
    response = phone.client.get("/report/", {"place": place})

    assert response.status_code == 200
    assert "请在下面重新找" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["in=99999999999999999999999", "in=-1", "in=a", "q=%00", "q=%25_'", "place=c" + "9" * 40],
)
def test_an_address_that_somebody_made_up_is_no_error(phone: Phone, query: str) -> None:
    assert phone.client.get(f"/report/?{query}").status_code == 200


def test_a_place_in_a_whole_town_needs_words(phone: Phone, cast: Cast) -> None:
    place = f"a{cast.subdistrict.pk}"

    refused = phone.send(place=place)
    case = phone.report(place=place, place_text="菜市场旁边的岔路")

    assert "还不知道在哪里" in refused.content.decode()
    assert (case.area_id, case.place_text) == (cast.subdistrict.pk, "菜市场旁边的岔路")


# -- what and who ------------------------------------------------------------------------------------
def test_a_report_without_phone_or_name_is_a_report(phone: Phone) -> None:
    case = phone.report()

    assert (case.status, case.channel) == ("registered", "web")
    assert CaseContact.objects.get(case=case).phone == ""


def test_a_report_behind_a_qr_code_says_so(phone: Phone) -> None:
    assert phone.report(via="qr").channel == "qr"


def test_nothing_said_is_told_and_the_rest_is_kept(phone: Phone) -> None:
    page = phone.send(text=" ", phone="13800001234").content.decode()

    assert "还没有写发生了什么" in page
    assert 'value="13800001234"' in page
    assert Case.objects.count() == 0


def test_a_phone_that_cannot_be_read_is_told_without_being_repeated_in_words(phone: Phone) -> None:
    page = phone.send(phone="12345").content.decode()

    assert "电话号码看不懂" in page


def test_a_local_number_gets_the_area_code(phone: Phone) -> None:
    case = phone.report(phone="8630000")

    assert CaseContact.objects.filter(case=case).exclude(phone_index="").count() == 1


def test_reporting_for_somebody_needs_a_way_to_ask_them(phone: Phone) -> None:
    page = phone.send(for_somebody="on").content.decode()

    assert "请留他的电话，或选“请上门问”" in page


def test_a_visit_needs_a_door(phone: Phone) -> None:
    page = phone.send(for_somebody="on", for_visit="on").content.decode()

    assert "要上门问，请写门牌" in page


def test_reporting_for_somebody_who_is_to_be_visited(phone: Phone) -> None:
    page = phone.end_page(for_somebody="on", for_visit="on", door="3 栋 501", for_name="乙老人")

    assert "他本人" in words_of(page)


def test_the_firm_of_the_compound_may_be_named_as_what_it_is_about(
    phone: Phone, cast: Cast
) -> None:
    UnitCompound.objects.create(unit=cast.firm, compound=cast.compound, valid_from=FIRST)

    case = phone.report(kind="complaint", about=str(cast.firm.pk))

    assert case.about_unit_id == cast.firm.pk


def test_no_other_unit_may_be_named(phone: Phone, cast: Cast) -> None:
    UnitCompound.objects.create(unit=cast.firm, compound=cast.compound, valid_from=FIRST)

    response = phone.send(kind="complaint", about=str(cast.police.pk))

    assert response.status_code == 200
    assert Case.objects.count() == 0


def test_a_unit_that_is_not_listed_is_named_in_words_for_the_desk(phone: Phone) -> None:
    case = phone.report(kind="complaint", about="other", about_name="某某小学")

    assert case.about_unit_id is None
    assert "（反映的单位：某某小学）" in (case.words.get(key="text").text or "")


def test_at_a_place_without_a_firm_the_name_alone_is_asked(phone: Phone, cast: Cast) -> None:
    page = phone.page(f"/report/?place=a{cast.community.pk}")

    assert 'name="about_name"' in page
    assert 'name="about"' not in page


def test_a_photo_goes_with_the_report(phone: Phone) -> None:
    case = phone.report(photos=[photo(), photo()])

    assert Attachment.objects.filter(subject=f"case:{case.pk}").count() == 2


def test_a_recording_alone_is_a_report(phone: Phone) -> None:
    sound = SimpleUploadedFile("v", b"OggS" + bytes(50), "audio/ogg")

    assert phone.report(text="", sound=sound).channel == "voice"


def test_a_file_that_is_no_recording_is_told(phone: Phone) -> None:
    sound = SimpleUploadedFile("v.exe", b"MZ" + bytes(50), "audio/ogg")

    assert "打不开" in phone.send(text="", sound=sound).content.decode()


# -- dangers, officials, other channels ----------------------------------------------------------------
def test_danger_words_name_the_numbers_while_somebody_writes(phone: Phone) -> None:
    page = phone.client.post("/report/look/", {"text": "厨房着火了"}).content.decode()

    assert "tel:119" in page
    assert Case.objects.count() == 0


def test_danger_words_show_the_numbers_first_and_keep_the_record(phone: Phone) -> None:
    page = phone.end_page(text="厨房着火了，老人昏迷")

    assert page.index("tel:119") < page.index("S000")
    assert "tel:120" in page
    assert Case.objects.get().urgency == "life"


def test_words_about_officials_are_asked_about_before_anything_is_filed(phone: Phone) -> None:
    page = phone.send(text="举报街道办主任受贿").content.decode()

    assert "tel:12388" in page
    assert "tel:12380" in page
    assert "举报街道办主任受贿" in page
    assert Case.objects.count() == 0


def test_an_accusation_of_an_official_names_who_takes_it_and_is_withheld(phone: Phone) -> None:
    page = phone.end_page(text="举报街道办主任受贿", wrongdoing="yes")

    assert "tel:12388" in page
    assert "没有派给任何单位" in words_of(page)
    assert Case.objects.get().status == "withheld"


def test_who_says_no_accusation_goes_the_usual_way(phone: Phone) -> None:
    assert phone.report(text="举报街道办主任受贿", wrongdoing="no").status == "registered"


def test_what_is_in_court_is_told_where_it_belongs(phone: Phone) -> None:
    page = phone.end_page(text="工伤赔偿已经起诉到法院，一直不开庭")

    assert "12368" in words_of(page)


# -- the end page ----------------------------------------------------------------------------------------
def test_the_end_page_says_number_when_and_whom_to_call(phone: Phone) -> None:
    page = words_of(phone.end_page(phone="13800001234"))

    assert re.search(r"S\d{8}", page)
    assert "今天 11:00 前" in page
    assert "24 小时内" in page
    assert "5 个工作日内" in page
    assert "水富市政务热线受理中心 周受理" in page
    assert "0870-8630000" in page
    assert "手机号的后四位" in page


def test_who_leaves_no_phone_gets_a_code_on_the_end_page_that_opens_the_case(phone: Phone) -> None:
    page = words_of(phone.end_page())
    number, code = re.findall(r"(S\d{8}) 查询码 (\d{3} \d{3})", page)[0]

    response = Client().post("/track/", {"number": number, "tail": code})

    assert response.status_code == 302


def test_the_end_page_is_for_the_browser_that_filed_it(phone: Phone) -> None:
    case = phone.report()

    response = Client().get(f"/report/done/{case.number}/")

    assert response.status_code == 302
    assert response["Location"] == f"/track/?number={case.number}"


def test_no_cache_keeps_the_end_page(phone: Phone) -> None:
    response = phone.client.get(f"/report/done/{phone.report().number}/")

    assert "no-store" in response["Cache-Control"]


def test_the_session_holds_no_word_and_no_phone(phone: Phone) -> None:
    phone.report(phone="13800001234", name="甲居民")

    kept = str(dict(phone.client.session.items()))
    assert "1380000" not in kept
    assert "甲居民" not in kept
    assert "楼道" not in kept


# -- once ---------------------------------------------------------------------------------------------------
def test_a_second_press_leads_to_the_same_end_page(phone: Phone) -> None:
    first, second = phone.send(), phone.send()

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_a_lost_reply_from_a_new_connection_gets_the_same_number(phone: Phone) -> None:
    first = phone.send()
    phone.client = Client()

    assert phone.send()["Location"] == first["Location"]
    assert Case.objects.count() == 1


def test_other_words_under_the_same_id_are_told_and_can_become_a_case_of_their_own(
    phone: Phone,
) -> None:
    case = phone.report()

    response = phone.send(text="单元门也坏了")

    page = response.content.decode()
    assert response.status_code == 409
    assert "已经收到过" in page
    assert f"/report/done/{case.number}/" in page
    again = dict(re.findall(r'name="([^"]+)"\s+value="([^"]*)"', page))
    assert again["text"] == "单元门也坏了"
    phone.client.post("/report/", again)
    assert Case.objects.count() == 2


# -- hints and voices ------------------------------------------------------------------------------------------
def open_case(cast: Cast) -> Case:
    case = cast.report(
        "四栋李家老人的氧气机停电了", contacts=(Contact(name="丙居民", phone="13900005678"),)
    )
    return cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk, category="停电")


def test_open_problems_of_the_place_are_shown_without_a_word_of_theirs(
    phone: Phone, cast: Cast
) -> None:
    case = open_case(cast)

    page = phone.page(f"/report/?place={phone.place}")

    assert "停电" in words_of(page)
    assert "1 人反映" in words_of(page)
    assert "加上我的声音" in page
    for secret in ("氧气机", "丙居民", "5678", case.number, "市住建局"):
        assert secret not in page


def test_while_somebody_writes_of_it_the_open_problem_is_offered(phone: Phone, cast: Cast) -> None:
    seeding.seed(at=DAY)
    code = suggesting.suggest(text="三栋楼道管道漏水").categories[0].code
    case = cast.report(contacts=(Contact(name="丙居民", phone="13900005678"),))
    cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk, category=code)
    written = {"place": phone.place}

    about_it = phone.client.post("/report/look/", written | {"text": "楼道管道漏水，地上都是水"})
    about_else = phone.client.post("/report/look/", written | {"text": "想问医保怎么交"})

    assert "加上我的声音" in about_it.content.decode()
    assert "加上我的声音" not in about_else.content.decode()


def test_a_voice_is_added_with_a_number_of_its_own(phone: Phone, cast: Cast) -> None:
    into = open_case(cast)

    response = phone.client.post("/report/voice/", phone.fill(
        category="停电", text="", phone="13800001234", choice="direct"
    ))  # fmt: skip
    page = phone.page(response["Location"])

    assert "已加上您的声音" in page
    assert into.number not in page
    assert into.merged.get().number == response["Location"].split("/")[3]


def test_a_problem_that_is_no_longer_open_leads_to_a_report(phone: Phone) -> None:
    response = phone.client.get("/report/voice/", {"place": phone.place, "category": "停电"})

    assert response.status_code == 302
    assert response["Location"] == f"/report/?place={phone.place}"


# -- cost ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("n", [0, 1, 12])
def test_the_form_costs_the_same_queries_however_many_cases_are_open(
    phone: Phone, cast: Cast, n: int, django_assert_max_num_queries: Any
) -> None:
    for k in range(n):
        case = cast.report(at=DAY - timedelta(minutes=k))
        cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk, category=f"类别{k}")

    with django_assert_max_num_queries(7):
        phone.page(f"/report/?place={phone.place}")


def test_a_report_at_night_is_received_within_hours_too(
    phone: Phone, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(DAY.replace(hour=23, minute=30))

    assert "明天 1:30 前" in words_of(phone.end_page())
