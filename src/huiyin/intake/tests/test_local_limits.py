"""Caps of the ways in are rows that a city sets; the forms say them."""

from __future__ import annotations

import pytest

from huiyin.base.kept import forget_all
from huiyin.base.models import LocalDefault
from huiyin.intake.services import following
from huiyin.intake.services.following import TooManyTries, WrongTail
from huiyin.intake.tests.conftest import Phone
from tests.cast import DAY


def set_to(code: str, value: int) -> None:
    assert LocalDefault.objects.filter(pk=code).update(value=value) == 1
    forget_all()


def test_the_form_says_how_many_photos_and_seconds_the_city_takes(phone: Phone) -> None:
    set_to("report.photos", 2)
    set_to("report.voice_seconds", 90)

    page = phone.page(f"/report/?place={phone.place}")

    assert "最多 2 张。照片里的时间" in page
    assert "最长 90 秒" in page
    assert 'data-recorder="90"' in page


def test_guessing_is_stopped_at_the_number_of_the_city(phone: Phone) -> None:
    case = phone.report(phone="13800001234")
    set_to("report.tries_per_address", 3)
    tried = {"typed_number": case.number, "address": "203.0.113.7", "at": DAY}

    for _ in range(3):
        with pytest.raises(WrongTail):
            following.open_case(tail="0000", **tried)

    with pytest.raises(TooManyTries):
        following.open_case(tail="1234", **tried)
