"""Help, complaints about burden, error pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.base import views
from huiyin.base.models import BurdenComplaint
from huiyin.base.services import burden

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


def test_anybody_complains_about_burden_without_signing_in(client: Client) -> None:
    answer = client.post(
        reverse("burden_complaint"), {"text": "同样的数填了两遍", "page": "/report/"}
    )

    assert answer.status_code == 302
    assert answer["Location"] == reverse("burden_complaint_done")
    filed = BurdenComplaint.objects.get()
    assert (filed.text, filed.page, filed.person_id) == ("同样的数填了两遍", "/report/", None)


def test_an_empty_complaint_is_asked_for_again_and_nothing_is_kept(client: Client) -> None:
    answer = client.post(reverse("burden_complaint"), {"text": "  ", "page": "/work/"})

    assert answer.status_code == 200
    assert "还没有写意见，请写一两句" in answer.content.decode()
    assert 'value="/work/"' in answer.content.decode()
    assert not BurdenComplaint.objects.exists()


def test_too_long_a_complaint_keeps_what_was_typed(client: Client) -> None:
    answer = client.post(reverse("burden_complaint"), {"text": "填" * 2001})

    assert "请控制在 2000 字以内" in answer.content.decode()
    assert "填" * 2001 in answer.content.decode()


def test_phone_numbers_in_a_complaint_are_masked_before_they_are_kept() -> None:
    filed = burden.file_complaint(text="打我 13800001234", page="/x/", person_id=None, at=AT)

    assert filed.text == "打我 138****1234"


@pytest.mark.parametrize(
    "page", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:1"]
)
def test_a_complaint_names_only_pages_of_this_site(page: str) -> None:
    assert burden.file_complaint(text="慢", page=page, person_id=None, at=AT).page == ""


def test_residents_get_help_in_plain_words(client: Client) -> None:
    page = client.get(reverse("help")).content.decode()

    assert "反映以后会怎样？" in page
    assert "剔除" not in page


def test_every_page_has_the_entry_for_complaints(client: Client) -> None:
    for address in (reverse("help"), "/no-such-page/"):
        assert f"{reverse('burden_complaint')}?page=" in client.get(address).content.decode()


def test_unknown_page_says_what_to_do(client: Client) -> None:
    answer = client.get("/no-such-page/")

    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()


def test_error_page_stands_without_a_database(
    rf,
    django_db_blocker,  # type: ignore[no-untyped-def]
) -> None:
    with django_db_blocker.block():
        answer = views.server_error(rf.get("/"))

    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()


def test_style_page_is_not_served_outside_a_desk(client: Client) -> None:
    assert client.get("/style/").status_code == 404
