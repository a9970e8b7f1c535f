"""The timeline that a reporter reads: steps in plain words, replies only once they were sent."""

from __future__ import annotations

from typing import Any

from huiyin.cases.rules.transitions import BASE
from huiyin.intake.rules import story
from huiyin.intake.rules.story import Fact, Told
from tests.cast import DAY


def told(
    *actions: str | tuple[str, dict[str, Any]], replies: dict[int, str] | None = None
) -> list[Told]:
    """The story of these events, seq from 1."""
    facts = []
    for seq, action in enumerate(actions, start=1):
        name, body = action if isinstance(action, tuple) else (action, {})
        facts.append(Fact(seq, name, DAY, body))
    return story.story(facts, BASE, replies or {}, {7: "市住建局"})


def test_the_newest_step_stands_first_in_plain_words() -> None:
    lines = told("reported", "admitted", ("dispatched", {"set": {"lead_id": 7}}))

    assert [line.what for line in lines] == ["已交给承办单位", "已受理", "收到您的反映"]
    assert lines[0].detail == "由市住建局办理"


def test_steps_between_offices_are_not_told() -> None:
    lines = told("reported", "noted", "return_asked", "return_refused", "reminder_sent", "overdue")

    assert [line.what for line in lines] == ["收到您的反映"]


def test_a_reply_is_shown_once_it_was_checked_and_not_before() -> None:
    waiting = told("reported", "result_submitted", replies={2: "已修好"})
    sent = told("reported", "result_submitted", "approved", replies={2: "已修好"})

    assert [line.words for line in waiting] == ["", ""]
    assert sent[0].words == "已修好"


def test_a_reply_that_was_sent_back_is_never_shown() -> None:
    lines = told(
        "reported", "result_submitted", "sent_back", "result_submitted", "approved",
        replies={2: "没去看就说修好了", 4: "真修好了"},
    )  # fmt: skip

    assert [line.words for line in lines if line.words] == ["真修好了"]


def test_a_plea_for_more_time_is_shown_when_it_is_granted() -> None:
    asked = told("reported", "extension_asked", replies={2: "等配件"})
    granted = told("reported", "extension_asked", "extension_granted", replies={2: "等配件"})

    assert [line.words for line in asked if line.words] == []
    assert granted[0].words == "等配件"


def test_several_voices_in_a_row_are_one_line() -> None:
    lines = told("reported", "voice_added", "voice_added", "voice_added")

    assert lines[0].what == "又有 3 人反映同一问题"
    assert len(lines) == 2


def test_what_the_reporter_answered_stands_there() -> None:
    lines = told(("reporter_answered", {"data": {"resolved": True, "satisfied": "fair"}}))

    assert lines[0].detail == "您说：已解决，基本满意"


def test_the_reply_moves_to_the_top_of_the_page_and_is_not_said_twice() -> None:
    lines = told("reported", "result_submitted", "approved", replies={2: "已修好"})

    reply, rest = story.with_reply(lines, "awaiting_callback")

    assert reply is not None
    assert reply.words == "已修好"
    assert [line.words for line in rest if line.words] == []


def test_while_it_is_worked_on_again_the_old_reply_is_history() -> None:
    lines = told(
        "reported", "result_submitted", "approved", "rework_ordered", replies={2: "已修好"}
    )

    reply, rest = story.with_reply(lines, "in_progress")

    assert reply is None
    assert [line.words for line in rest if line.words] == ["已修好"]


def test_of_another_case_only_the_steps_are_read() -> None:
    lines = told(
        "reported", "voice_added", "result_submitted", "approved",
        ("reporter_answered", {"data": {"resolved": False}}), "rework_ordered",
        replies={3: "已到 501 室查看"},
    )  # fmt: skip

    others = story.of_another(lines)

    assert [line.what for line in others] == [
        "尚未解决，已发回重办", "办理结果已核对", "承办单位已答复，正在核对",
    ]  # fmt: skip
    assert not any(line.words or line.detail for line in others)


def test_every_status_has_a_standing() -> None:
    assert all(share is None or 0 < share <= 1 for share, _ in story.STANDING.values())


def test_a_sign_off_says_how_it_ended() -> None:
    lines = told(
        ("signed_off", {"data": {"code": "extended", "until": "2026-12-31"}}),
        ("signed_off", {"data": {"code": "satisfied"}}), ("signed_off", {}),
    )  # fmt: skip

    assert [line.what for line in lines[::-1]] == [
        "还没有全部办好，延到2026年12月31日前办好", "已办结并核实", "已办结并核实",
    ]  # fmt: skip


def test_what_ended_unsolved_is_not_called_verified_nor_drawn_as_solved() -> None:
    assert story.headline("closed", "satisfied") == "已办结并核实"
    assert story.headline("closed", "unreachable") == "已办结"
    assert story.headline("closed", "transferred") == "已结束办理，结果见经过"
    assert story.standing("closed", "transferred") == (None, "stopped")
    assert story.standing("closed", "satisfied") == (1.0, "solved")
