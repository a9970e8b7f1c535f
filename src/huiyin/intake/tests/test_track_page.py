"""/track/: number and tail, then everything that its reporter may see, and nobody else."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huiyin.base.models import Attachment
from huiyin.cases.models import Case
from huiyin.cases.services.filing import Contact
from huiyin.intake.tests.conftest import Phone
from huiyin.intake.tests.test_report_page import words_of
from tests.cast import Cast, as_reporter


def follow(phone: Phone, case: Case, tail: str = "1234") -> str:
    """Open a case with its tail; the words of its page."""
    phone.client.post("/track/", {"number": case.number, "tail": tail})
    return words_of(phone.page(f"/track/{case.number}/"))


def test_without_number_and_tail_nothing_is_shown(phone: Phone, cast: Cast) -> None:
    case = cast.report()

    response = phone.client.get(f"/track/{case.number}/")

    assert response.status_code == 302
    assert response["Location"] == f"/track/?number={case.number}"


def test_a_wrong_tail_says_what_to_do(phone: Phone, cast: Cast) -> None:
    case = cast.report()

    page = phone.client.post("/track/", {"number": case.number, "tail": "0000"}).content.decode()

    assert "对不上" in page
    assert "12345" in page


def test_the_eleventh_try_is_not_answered(phone: Phone, cast: Cast) -> None:
    case = cast.report()
    for _ in range(10):
        phone.client.post("/track/", {"number": case.number, "tail": "0000"})

    response = phone.client.post("/track/", {"number": case.number, "tail": "1234"})

    assert "一小时内试错太多次" in response.content.decode()


def test_a_header_that_the_client_invents_gives_no_fresh_tries(phone: Phone, cast: Cast) -> None:
    case = cast.report()
    for n in range(10):
        phone.client.post("/track/", {"number": case.number, "tail": "0000"},
                          headers={"X-Forwarded-For": f"203.0.113.{n}"})  # fmt: skip

    page = phone.client.post("/track/", {"number": case.number, "tail": "1234"}).content.decode()

    assert "一小时内试错太多次" in page


def test_behind_our_proxy_each_resident_has_an_address_of_their_own(
    phone: Phone, cast: Cast, settings: Any
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    case = cast.report()
    for _ in range(10):
        phone.client.post("/track/", {"number": case.number, "tail": "0000"},
                          headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.7"})  # fmt: skip

    response = phone.client.post("/track/", {"number": case.number, "tail": "1234"},
                                 headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.8"})  # fmt: skip

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("registered", "已收到，等待受理"),
        ("awaiting_dispatch", "已受理，正在确定由谁来办"),
        ("awaiting_acceptance", "已交给承办单位"),
        ("in_progress", "正在办理"),
        ("awaiting_review", "已办理，正在核对结果"),
        ("awaiting_callback", "已答复，等您确认是否解决"),
        ("closed", "已办结并核实"),
    ],
)
def test_each_status_in_plain_words(phone: Phone, cast: Cast, status: str, words: str) -> None:
    page = follow(phone, cast.case_at(status))

    assert words in page
    assert not re.search("销号|挂账|退单|签收人|工单", page)


def test_the_due_date_stands_in_words_with_how_it_came_about(phone: Phone, cast: Cast) -> None:
    page = follow(phone, cast.case_at("in_progress"))

    assert "10月13日（周二）前 答复您" in page
    assert "10-01 至 10-07 放假" in page
    assert "待本地确认" in page


def test_the_reply_is_shown_as_sent_once_it_was_checked(phone: Phone, cast: Cast) -> None:
    before = follow(phone, cast.case_at("awaiting_review"))
    after = follow(phone, cast.case_at("awaiting_callback"))

    assert "已更换破裂的管道" not in before
    assert after.count("已更换破裂的管道，试压正常") == 1


def test_an_internal_note_is_never_shown(phone: Phone, cast: Cast) -> None:
    case = cast.case_at("in_progress")
    cast.act(case, "note", cast.dispatcher, note="此人多次来电")

    assert "此人多次来电" not in follow(phone, case)


def test_whom_to_call_changes_when_the_unit_has_accepted(phone: Phone, cast: Cast) -> None:
    assert "现在找谁 水富市政务热线受理中心 周受理" in follow(
        phone, cast.case_at("awaiting_acceptance")
    )
    assert "谁在办 水富市住房和城乡建设局 卫承办" in follow(phone, cast.case_at("in_progress"))


def test_solved_in_one_tap(phone: Phone, cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")
    assert "解决了吗？" in follow(phone, case)

    phone.client.post(f"/track/{case.number}/answer/", {"answer": "good"})

    assert "您说： 已解决，满意" in words_of(phone.page(f"/track/{case.number}/"))
    assert case.callbacks.get().satisfied == "satisfied"


def test_not_solved_in_one_tap_with_a_word_beside_it(phone: Phone, cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")
    follow(phone, case)

    phone.client.post(f"/track/{case.number}/answer/", {"answer": "open", "note": "还在漏"})

    assert case.callbacks.get().resolved is False
    assert case.words.filter(key="note", text="还在漏").exists()


def test_nobody_answers_for_a_case_that_is_not_theirs(phone: Phone, cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")

    response = phone.client.post(f"/track/{case.number}/answer/", {"answer": "good"})

    assert response["Location"] == f"/track/?number={case.number}"
    assert case.callbacks.count() == 0


def test_what_was_reported_for_somebody_is_answered_by_them(phone: Phone, cast: Cast) -> None:
    case = cast.case_at("awaiting_callback", contacts=(
        Contact(phone="13800001234", choice="direct"),
        Contact(phone="13900005678", choice="direct", role="for_whom"),
    ))  # fmt: skip
    assert "由他本人确认" in follow(phone, case)
    phone.client.post(f"/track/{case.number}/answer/", {"answer": "good"})
    assert case.callbacks.count() == 0

    assert "解决了吗？" in follow(phone, case, "5678")
    phone.client.post(f"/track/{case.number}/answer/", {"answer": "good"})

    assert case.callbacks.count() == 1


def test_the_problem_is_back(phone: Phone, cast: Cast) -> None:
    case = cast.case_at("closed")
    follow(phone, case)

    refused = phone.client.post(f"/track/{case.number}/back-again/", {"note": ""})
    phone.client.post(f"/track/{case.number}/back-again/", {"note": "又漏了"})

    assert "请写一句现在的情况" in refused.content.decode()
    assert "正在核实" in words_of(phone.page(f"/track/{case.number}/"))


def test_a_merged_case_shows_its_own_number_and_how_far_the_other_one_is(
    phone: Phone, cast: Cast
) -> None:
    into = cast.case_at(
        "in_progress", text="四栋李家的氧气机停电了",
        contacts=(Contact(name="丙居民", phone="13900005678", choice="direct"),),
    )  # fmt: skip
    case = cast.report()
    cast.act(case, "merge", cast.desk, into=into.pk)

    page = follow(phone, case)

    assert "正在办理" in page
    assert "10月13日" in page
    assert "您的编号不变" in page
    for secret in (into.number, "氧气机", "丙居民", "5678"):
        assert secret not in page


def test_a_merged_case_never_shows_what_was_written_to_the_other_reporter(
    phone: Phone, cast: Cast
) -> None:
    into = cast.case_at("in_progress", contacts=(Contact(phone="13900005678", choice="direct"),))
    case = cast.report()
    cast.act(case, "merge", cast.desk, into=into.pk)
    cast.act(into, "submit_result", cast.handler, reply="已到四栋 501 室修好")
    into = cast.act(into, "approve", cast.reviewer)
    cast.act(into, "answer_as_reporter", as_reporter(), resolved=False)

    page = follow(phone, case)

    assert "501" not in page
    assert "您说：没有解决" not in page


def test_a_merged_reporter_is_asked_when_the_case_theirs_runs_with_was_answered(
    phone: Phone, cast: Cast
) -> None:
    into = cast.case_at("in_progress", contacts=(Contact(phone="13900005678", choice="direct"),))
    case = cast.report()
    case = cast.act(case, "merge", cast.desk, into=into.pk)
    assert "解决了吗？" not in follow(phone, case)
    cast.act(into, "submit_result", cast.handler, reply="修好了")
    cast.act(into, "approve", cast.reviewer)
    assert "解决了吗？" in follow(phone, case)

    phone.client.post(f"/track/{case.number}/answer/", {"answer": "good"})

    assert "您说：已解决，满意" in follow(phone, case)
    assert case.callbacks.get().resolved is True
    assert into.callbacks.count() == 0


def test_what_is_withheld_names_the_channels_and_keeps_its_words(phone: Phone, cast: Cast) -> None:
    case = cast.report("举报街道办主任受贿", withheld=True)

    page = follow(phone, case)

    assert "12388" in page
    assert "12380" in page
    assert "受贿" not in page


def test_words_of_a_confidential_report_are_not_shown_even_there(phone: Phone, cast: Cast) -> None:
    open_page = follow(phone, cast.report())
    closed_page = follow(phone, cast.report(confidential=True))

    assert "三栋一单元管道漏水" in open_page
    assert "三栋一单元管道漏水" not in closed_page


def test_the_ledger_line_says_unaltered_or_not(phone: Phone, cast: Cast) -> None:
    case = cast.report()
    assert "1 条记录逐条核对，未被改动" in follow(phone, case)

    case.words.filter(key="text").update(text="什么都没有发生")

    assert "核对时发现记录不一致" in follow(phone, case)


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#2F7D5B").save(out, "JPEG")
    return SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")


def test_a_photo_is_served_to_its_reporter_and_to_no_other_browser(phone: Phone) -> None:
    case = phone.report(photos=[photo()])
    address = f"/track/{case.number}/files/{Attachment.objects.get().pk}/"

    mine, stranger = phone.client.get(address), Client().get(address)

    assert (mine.status_code, stranger.status_code) == (200, 404)
    assert mine["Content-Type"] == "image/jpeg"
    assert "no-store" in mine["Cache-Control"]
    assert mine["X-Content-Type-Options"] == "nosniff"


def test_a_photo_of_another_case_is_not_reached_through_ones_own(phone: Phone) -> None:
    theirs = phone.report(photos=[photo()], client_id="00000000-0000-4000-8000-00000000000a")
    phone.client = Client()
    mine = phone.report(client_id="00000000-0000-4000-8000-00000000000b")

    address = (
        f"/track/{mine.number}/files/{Attachment.objects.get(subject=f'case:{theirs.pk}').pk}/"
    )

    assert phone.client.get(address).status_code == 404


def test_an_erased_photo_is_gone(phone: Phone) -> None:
    case = phone.report(photos=[photo()])
    Attachment.objects.update(erased_at=case.opened_at)

    assert (
        phone.client.get(f"/track/{case.number}/files/{Attachment.objects.get().pk}/").status_code
        == 404
    )


def test_no_cache_keeps_a_followed_page(phone: Phone) -> None:
    case = phone.report()

    assert "no-store" in phone.client.get(f"/track/{case.number}/")["Cache-Control"]


def test_a_followed_page_costs_the_same_queries_however_long_its_story(
    phone: Phone, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    case = cast.case_at("in_progress")
    follow(phone, case)
    for _ in range(15):
        cast.act(case, "add_voice", as_reporter())

    with django_assert_max_num_queries(20):
        page = phone.page(f"/track/{case.number}/")

    assert "又有 15 人反映同一问题" in page
