"""Messages are rows of the act's transaction, sent afterwards, retried, and hold no phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from huiyin.base.kept import forget_all
from huiyin.cases.services import filing, telling
from huiyin.messages import registry
from huiyin.messages.models import OutboxMessage
from huiyin.messages.services import posting, templates
from tests.cast import DAY, Cast


@pytest.fixture
def outgoing() -> Iterator[list[tuple[str, str]]]:
    """A channel that keeps what it was given."""
    taken: list[tuple[str, str]] = []
    registry.register_transport("sms", lambda address, text: taken.append((address, text)))
    yield taken
    registry.forget_transport("sms")


def test_the_reporter_is_told_of_dispatch_once_it_is_committed(
    cast: Cast, outgoing: list[tuple[str, str]]
) -> None:
    case = cast.case_at("awaiting_acceptance")

    row = OutboxMessage.objects.get(template="dispatch")
    assert "13800001234" not in row.recipient + row.text
    assert outgoing == []
    sent = posting.send_due(at=DAY + timedelta(hours=1))

    assert sent == posting.Sent(1, 0, 0)
    assert outgoing == [
        ("13800001234", f"您反映的事项 {case.number}：已交给承办单位。凭编号和手机尾号可查进度。")
    ]
    assert posting.send_due(at=DAY + timedelta(hours=2)).sent == 0


def test_a_rolled_back_act_sends_nothing(cast: Cast, outgoing: list[tuple[str, str]]) -> None:
    case = cast.case_at("awaiting_dispatch")

    with transaction.atomic():
        cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk)
        transaction.set_rollback(True)

    assert not OutboxMessage.objects.exists()


def test_a_failed_message_is_tried_again_later_and_given_up_visibly(cast: Cast) -> None:
    def broken(address: str, text: str) -> None:
        raise OSError("no route")

    registry.register_transport("sms", broken)
    cast.case_at("awaiting_acceptance")
    now = DAY + timedelta(hours=1)
    for _ in range(posting.TRIES):
        posting.send_due(at=now)
        now += timedelta(hours=2)
    registry.forget_transport("sms")

    row = OutboxMessage.objects.get()
    assert (row.given_up, row.tries, row.error) == (True, 5, "发送失败：OSError")


def test_a_confidential_reporter_gets_no_message(
    cast: Cast, outgoing: list[tuple[str, str]]
) -> None:
    contact = filing.Contact(phone="13800001234", choice="confidential")

    cast.case_at("awaiting_acceptance", contacts=(contact,))

    assert not OutboxMessage.objects.exists()


def test_without_a_channel_nothing_is_posted(cast: Cast) -> None:
    cast.case_at("awaiting_acceptance")

    assert not OutboxMessage.objects.exists()


def test_the_text_that_was_confirmed_is_the_text_that_is_sent(
    cast: Cast, outgoing: list[tuple[str, str]]
) -> None:
    templates.change(key="dispatch", raw="{编号} {进展}，请留意来电。", from_day=DAY.date())
    templates.confirm(
        key="dispatch", document="昭政办〔2026〕9号", confirmed_on=DAY.date(), by_name="甲"
    )
    forget_all()

    case = cast.case_at("awaiting_acceptance")

    row = OutboxMessage.objects.get(template="dispatch")
    assert row.text == f"{case.number} 已交给承办单位，请留意来电。"


def test_every_message_to_reporters_stands_on_the_page_of_defaults(cast: Cast) -> None:
    assert set(telling.TOLD_BY_MESSAGE) <= {row.key for row in templates.rows()}
