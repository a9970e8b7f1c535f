"""Caps and thresholds are rows that a city sets; what the pages say follows them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huiyin.base.kept import forget_all
from huiyin.base.models import LocalDefault
from huiyin.cases import indicators as numbers
from huiyin.cases.services.steps import ActionRefused
from huiyin.cases.tests.conftest import LOOKING, Browser
from huiyin.indicators.registry import Slice
from huiyin.indicators.services import computing
from tests.cast import DAY as FILED
from tests.cast import Cast, at


def set_to(code: str, value: int) -> None:
    assert LocalDefault.objects.filter(pk=code).update(value=value) == 1
    forget_all()


def test_the_hours_of_a_response_are_those_of_the_city(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    case = cast.act(case, "contact", cast.handler, at("2026-09-30 14:00"), how="phone")
    part = Slice(cast.city.path, at("2026-09-01 00:00"), at("2026-10-01 00:00"))
    before = computing.compute(numbers.RESPONSE, part)

    set_to("response.contact_hours", 4)

    assert (before.hits, computing.compute(numbers.RESPONSE, part).hits) == (1, 0)
    assert "派出后 4 小时内联系到诉求人" in numbers.RESPONSE.definition


def test_the_caller_back_asks_with_the_hours_of_the_city(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("awaiting_callback")
    set_to("response.contact_hours", 12)

    page = (
        browser(cast.callback)
        .get(reverse("case_action", args=[case.number, "call_back"]))
        .content.decode()
    )

    assert "派单后 12 小时内有人联系过吗" in page


def test_help_says_the_hours_of_the_city(cast: Cast, client: object) -> None:
    set_to("response.contact_hours", 12)

    page = client.get("/help/").content.decode()  # type: ignore[attr-defined]

    assert "派出以后 12 小时内会有人与您联系" in page


def test_an_extension_obeys_the_caps_of_the_city(cast: Cast) -> None:
    case = cast.case_at("in_progress", kind="complaint")  # 10 workdays
    ask = {"note": "等配件", "reply": "配件在途"}
    set_to("extension.percent", 50)
    with pytest.raises(ActionRefused, match="一次延期最多 5，与原时限同单位"):
        cast.act(case, "ask_extension", cast.handler, FILED.replace(hour=16), amount=6, **ask)

    set_to("extension.ahead_workdays", 3)
    due = case.deadlines.get(what="handle").due_at
    assert f"{due:%m-%d}" == "10-20"
    with pytest.raises(ActionRefused, match="至少 3 个工作日提出"):
        cast.act(case, "ask_extension", cast.handler, at("2026-10-16 09:00"), amount=5, **ask)
    cast.act(case, "ask_extension", cast.handler, at("2026-10-15 09:00"), amount=5, **ask)


def test_the_inbox_says_how_soon_soon_is(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")  # due 10-13
    set_to("escalation.soon_hours", 240)

    page = browser(cast.handler).get("/work/").content.decode()

    assert case.number in page
    assert "240 小时内到期" in page
    assert case.deadlines.get(what="handle").due_at > LOOKING
