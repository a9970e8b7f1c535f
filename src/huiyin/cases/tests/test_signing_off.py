"""Sign-off and what comes after: 研判, 延期, 移交 only after a rework; the recheck near its day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from huiyin.cases.models import Case
from huiyin.cases.rules import signing_off
from huiyin.cases.rules.timeline import facts
from huiyin.cases.services import performing
from huiyin.cases.services.steps import ActionRefused
from huiyin.cases.tests.conftest import Browser
from huiyin.messages import registry
from huiyin.messages.models import OutboxMessage
from tests.cast import Cast, at

UNSOLVED: dict[str, dict[str, Any]] = {
    "ruled": {"code": "ruled", "note": "现场两次核实，标准已达到"},
    "extended": {"code": "extended", "note": "雨季后施工", "until": at("2026-12-31 00:00").date()},
    "transferred": {"code": "transferred", "note": "属供水公司管网", "to_whom": "水富市供水公司"},
}


def said_no(cast: Cast, case: Case, when: datetime) -> Case:
    return cast.act(case, "call_back", cast.callback, when, channel="phone", outcome="reached",
                    resolved=False, satisfied="dissatisfied")  # fmt: skip


def reworked(cast: Cast) -> Case:
    """Said no, sent back, answered again, said no again."""
    case = said_no(cast, cast.case_at("awaiting_callback"), at("2026-09-30 10:00"))
    case = cast.act(case, "rework", cast.callback, at("2026-09-30 10:05"), note="还在漏")
    case = cast.act(case, "submit_result", cast.handler, at("2026-09-30 10:30"), reply="再次修过")
    case = cast.act(case, "approve", cast.reviewer, at("2026-09-30 10:40"))
    return said_no(cast, case, at("2026-09-30 11:00"))


@pytest.mark.parametrize("code", UNSOLVED)
def test_who_rang_cannot_close_a_no_alone(cast: Cast, code: str) -> None:
    case = said_no(cast, cast.case_at("awaiting_callback"), at("2026-09-30 10:00"))

    with pytest.raises(ActionRefused, match="须先发回重办过一次"):
        cast.act(case, "sign_off", cast.callback, at("2026-09-30 10:05"), **UNSOLVED[code])


@pytest.mark.parametrize("code", UNSOLVED)
def test_after_a_rework_it_may_be_closed_unsolved(cast: Cast, code: str) -> None:
    case = cast.act(reworked(cast), "sign_off", cast.callback, at("2026-09-30 11:05"),
                    **UNSOLVED[code])  # fmt: skip

    assert (case.status, case.sign_off_code) == ("closed", code)


def test_a_reply_that_the_reviewer_sent_back_is_no_rework(cast: Cast) -> None:
    case = cast.case_at("awaiting_review")
    case = cast.act(case, "send_back", cast.reviewer, at("2026-09-30 10:00"), note="没写时间")
    case = cast.act(case, "submit_result", cast.handler, at("2026-09-30 10:10"), reply="今早修好")
    case = cast.act(case, "approve", cast.reviewer, at("2026-09-30 10:20"))
    case = said_no(cast, case, at("2026-09-30 10:30"))

    with pytest.raises(ActionRefused, match="须先发回重办过一次"):
        cast.act(case, "sign_off", cast.callback, at("2026-09-30 10:35"), **UNSOLVED["ruled"])


@pytest.mark.parametrize(
    ("code", "left_out", "said"),
    [
        ("ruled", {"note": ""}, "请写明依据"),
        ("extended", {"until": None}, "请写明延到哪天"),
        ("extended", {"until": at("2026-09-30 00:00").date()}, "须在今天以后"),
        ("transferred", {"to_whom": ""}, "请写明移交给谁"),
    ],
)
def test_closing_unsolved_says_why_and_until_when_or_to_whom(
    cast: Cast, code: str, left_out: dict[str, Any], said: str
) -> None:
    case = reworked(cast)

    with pytest.raises(ActionRefused, match=said):
        cast.act(case, "sign_off", cast.callback, at("2026-09-30 11:05"),
                 **UNSOLVED[code] | left_out)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "staff", "resident"),
    [
        ("ruled", ["研判销号"], "重办后经研究，按现有结果办结"),
        ("extended", ["延期销号", "延到：2026-12-31"], "还没有全部办好，延到2026年12月31日前办好"),
        ("transferred", ["移交销号", "移交：水富市供水公司"], "已移交水富市供水公司继续办理"),
    ],
)
def test_staff_and_resident_read_how_it_ended(
    cast: Cast, code: str, staff: list[str], resident: str
) -> None:
    registry.register_transport("sms", lambda address, text: None)
    case = cast.act(reworked(cast), "sign_off", cast.callback, at("2026-09-30 11:05"),
                    **UNSOLVED[code])  # fmt: skip
    registry.forget_transport("sms")

    data = case.events.get(action="signed_off").data
    assert [line for line in facts("signed_off", data, {}) if line] == staff
    assert signing_off.told(data) == resident
    assert resident in OutboxMessage.objects.get(template="sign_off").text


def test_until_when_and_to_whom_are_asked_only_after_a_rework(cast: Cast, browser: Browser) -> None:
    fresh, again = cast.case_at("awaiting_callback"), reworked(cast)
    page = browser(cast.callback)

    before = page.get(reverse("case_action", args=[fresh.number, "sign_off"])).content.decode()
    after = page.get(reverse("case_action", args=[again.number, "sign_off"])).content.decode()

    assert 'name="to_whom"' not in before
    assert 'name="until"' in after
    assert 'name="to_whom"' in after


def test_what_was_typed_is_kept_when_the_sign_off_is_refused(cast: Cast, browser: Browser) -> None:
    case = reworked(cast)

    page = browser(cast.callback).post(
        reverse("case_action", args=[case.number, "sign_off"]),
        {"code": "transferred", "note": "属供水公司管网", "to_whom": ""},
    ).content.decode()  # fmt: skip

    assert "请写明移交给谁" in page
    assert "属供水公司管网" in page


# -- recheck and archive -----------------------------------------------------------------------
def _offered(case: Case, cast: Cast, when: datetime) -> set[str]:
    return {b.action for b in performing.buttons(case, [cast.callback], when)}


def test_a_recheck_minutes_after_the_sign_off_is_none(cast: Cast) -> None:
    case = cast.case_at("closed")

    assert "recheck_good" not in _offered(case, cast, at("2026-09-30 12:00"))
    with pytest.raises(ActionRefused, match="10-27 .* 起才能复查"):
        cast.act(case, "recheck_good", cast.callback, at("2026-09-30 12:00"))


def test_a_recheck_near_its_day_lets_the_case_be_archived(cast: Cast) -> None:
    case = cast.case_at("closed")

    case = cast.act(case, "recheck_good", cast.callback, at("2026-10-28 10:00"))

    assert case.deadlines.get(what="recheck").met is True
    assert cast.act(case, "archive", cast.callback, at("2026-10-28 10:05")).status == "archived"


@pytest.mark.parametrize("day", ["2026-09-30 12:00", "2026-10-29 12:00", "2027-03-01 12:00"])
def test_without_a_recheck_nothing_is_archived_however_long_one_waits(cast: Cast, day: str) -> None:
    case = cast.case_at("closed")

    assert "archive" not in _offered(case, cast, at(day))
    with pytest.raises(ActionRefused, match="复查还没做"):
        cast.act(case, "archive", cast.callback, at(day))


def test_a_relapse_is_reopened_without_waiting_for_the_recheck(cast: Cast) -> None:
    case = cast.case_at("closed")

    case = cast.act(case, "reopen", cast.callback, at("2026-10-02 10:00"), note="又漏了")

    assert (case.status, case.round) == ("awaiting_dispatch", 2)
