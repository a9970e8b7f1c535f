"""Words of self-harm, threats, unpaid wages, crowds: the leader on duty is told, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from huiyin.cases.models import Case
from huiyin.cases.selectors.waiting import inbox
from huiyin.cases.services import filing, performing, sweeping
from huiyin.cases.services.steps import ActionRefused
from huiyin.cases.tests.conftest import Browser
from huiyin.messages import registry
from huiyin.messages.models import OutboxMessage
from huiyin.messages.services import posting
from huiyin.org.services import rostering
from tests.cast import DAY, Cast, at

WAGES = {"alerts": ["wages"]}


@pytest.fixture
def outgoing() -> Iterator[list[tuple[str, str]]]:
    """A channel that keeps what it was given."""
    taken: list[tuple[str, str]] = []
    registry.register_transport("sms", lambda address, text: taken.append((address, text)))
    yield taken
    registry.forget_transport("sms")


def _roster(cast: Cast, phone: str = "0870-8630001", when: datetime = DAY) -> None:
    changeover = at("2026-09-30 08:30").time()
    duty = rostering.NewDuty(cast.leader.person_id, phone, when.date(), when.date(), changeover)
    rostering.enter(duty, by=cast.leader, at=when)


def test_the_leader_on_duty_gets_a_message_that_carries_no_word_of_the_report(
    cast: Cast, outgoing: list[tuple[str, str]]
) -> None:
    _roster(cast)

    case = cast.report("老板欠了我们三个月工资", suggestion=WAGES)

    posting.send_due(at=DAY + timedelta(minutes=1))
    (address, text), *_ = outgoing
    assert address == "0870-8630001"
    assert case.number in text
    assert "工资" not in text


def test_it_waits_for_the_leader_until_he_says_that_he_knows(cast: Cast) -> None:
    case = cast.report("老板欠了我们三个月工资", suggestion=WAGES)
    (row,) = inbox([cast.leader], now=DAY).rows
    assert (row.waiting.code, row.case.pk) == ("alert", case.pk)
    assert row.due_at == DAY + timedelta(hours=1)

    cast.act(
        case, "acknowledge_alert", cast.leader, DAY + timedelta(minutes=20), note="已请人社到场"
    )

    assert not inbox([cast.leader], now=DAY).rows
    assert case.deadlines.get(what="alert").met is True
    with pytest.raises(ActionRefused, match="没有等值班领导知悉的报告"):
        cast.act(case, "acknowledge_alert", cast.leader)


def test_a_leader_who_did_not_look_within_the_hour_is_marked(cast: Cast) -> None:
    case = cast.report("老板欠了我们三个月工资", suggestion=WAGES)

    sweeping.sweep(at=DAY + timedelta(hours=3))

    whats = [e.data["what"] for e in case.events.filter(action="overdue")]
    assert "alert" in whats


def test_it_waits_even_where_the_desk_answered_at_once(cast: Cast) -> None:
    case = cast.report("老板欠了我们三个月工资", suggestion=WAGES)
    cast.act(case, "answer", cast.desk, reply="已转人社局监察大队，请带好工资条")

    assert [r.waiting.code for r in inbox([cast.leader], now=DAY).rows] == ["alert"]


@pytest.mark.parametrize(
    ("suggestion", "days"),
    [({"alerts": ["fire"]}, 0), ({}, 0), (WAGES, 30)],
    ids=["the-brigade-is-rung", "ordinary-words", "a-letter-of-last-month"],
)
def test_nobody_is_alerted_without_need(
    cast: Cast, suggestion: dict[str, object], days: int
) -> None:
    report = filing.NewReport(
        text="事情", at=DAY - timedelta(days=days), channel="web", area_id=cast.community.pk,
        suggestion=suggestion,
    )  # fmt: skip

    filed = filing.file_report(report, recorded_at=DAY)

    assert not Case.objects.get(pk=filed.case_id).deadlines.filter(what="alert").exists()


def test_with_nobody_on_duty_no_message_goes_out_and_it_still_waits(
    cast: Cast, outgoing: list[tuple[str, str]]
) -> None:
    cast.report("老板欠了我们三个月工资", suggestion=WAGES)

    assert not OutboxMessage.objects.filter(template="alert").exists()
    assert [r.waiting.code for r in inbox([cast.leader], now=DAY).rows] == ["alert"]


def test_a_withdrawn_duty_is_not_rung(cast: Cast, outgoing: list[tuple[str, str]]) -> None:
    _roster(cast, when=DAY + timedelta(days=1))
    cast.report("老板欠了我们三个月工资", suggestion=WAGES, at=DAY + timedelta(days=1, hours=2))
    OutboxMessage.objects.update(recipient="on_call:999999")

    assert posting.send_due(at=DAY + timedelta(days=2)).given_up == 1
    assert outgoing == []


def test_the_button_stands_on_the_leaders_page_only(cast: Cast, browser: Browser) -> None:
    case = cast.report("老板欠了我们三个月工资", suggestion=WAGES)

    assert (
        "值班领导已知悉" in browser(cast.leader).get(f"/work/cases/{case.number}/").content.decode()
    )
    shown = {b.action for b in performing.buttons(case, [cast.desk], DAY)}
    assert "acknowledge_alert" not in shown
