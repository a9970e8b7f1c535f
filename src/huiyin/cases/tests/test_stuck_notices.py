"""The nightly word about stuck cases, through its job."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from huiyin.base import clock
from huiyin.base.services import jobs
from huiyin.cases.tests.conftest import LOOKING, Browser
from huiyin.messages.models import OutboxMessage
from huiyin.org.models import Post
from tests.cast import Cast, at

NIGHT = at("2026-09-30 00:40")


def run_at(monkeypatch: pytest.MonkeyPatch, when: datetime) -> None:
    """The job as the worker calls it at that moment."""
    monkeypatch.setattr(clock, "now", lambda: when)
    jobs.registered()["cases.tell_stuck"]()


def told() -> list[tuple[str, str]]:
    rows = OutboxMessage.objects.filter(template="stuck").order_by("id")
    return [(row.recipient, row.text) for row in rows]


def test_each_supervising_post_is_told_once_a_day_how_many_are_stuck_at_what(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cast.case_at("in_progress", at=at("2026-09-20 09:00"))
    cast.case_at("awaiting_review", at=at("2026-09-28 09:00"))
    Post.objects.filter(pk=cast.reviewer.post_id).update(valid_to=at("2026-09-29 00:00").date())

    run_at(monkeypatch, NIGHT)
    run_at(monkeypatch, NIGHT + timedelta(hours=1))

    words = "有 2 件卡住：7 天没有动静 1 件，下一步没有人能办 1 件。"
    assert told() == [
        (f"post:{cast.supervisor.post_id}", words), (f"post:{cast.supervisor2.post_id}", words),
    ]  # fmt: skip
    assert case.title not in words
    run_at(monkeypatch, NIGHT + timedelta(days=1))
    assert len(told()) == 4


def test_nothing_stuck_or_nobody_in_post_is_no_message(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.case_at("in_progress")
    run_at(monkeypatch, NIGHT)
    assert told() == []

    cast.case_at("in_progress", at=at("2026-09-01 09:00"))
    Post.objects.filter(role="supervisor").update(valid_to=at("2026-09-29 00:00").date())
    run_at(monkeypatch, NIGHT)

    assert told() == []


def test_the_message_stands_on_the_start_page_that_day_and_leads_to_the_list(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.case_at("in_progress", at=at("2026-09-20 09:00"))
    run_at(monkeypatch, NIGHT)
    monkeypatch.setattr(clock, "now", lambda: LOOKING)

    html = browser(cast.supervisor).get(reverse("inbox")).content.decode()
    others = browser(cast.dispatcher).get(reverse("inbox")).content.decode()
    monkeypatch.setattr(clock, "today", lambda: LOOKING.date() + timedelta(days=1))
    next_day = browser(cast.supervisor).get(reverse("inbox")).content.decode()

    assert "有 1 件卡住：7 天没有动静 1 件。" in html
    assert f'href="{reverse("stuck")}">看卡住的件' in html
    assert "件卡住" not in others
    assert "件卡住" not in next_day


def test_nothing_leaves_the_system(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.case_at("in_progress", at=at("2026-09-20 09:00"))

    run_at(monkeypatch, NIGHT)

    assert not OutboxMessage.objects.filter(template="stuck", sent_at=None).exists()
