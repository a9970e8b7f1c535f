"""Every state and event has a look, and no two buttons of one page share a letter."""

from __future__ import annotations

import pytest

from huiyin.base.rules.looks import ICONS, TONES
from huiyin.cases.rules import looks, words
from huiyin.cases.rules.transitions import BASE


@pytest.mark.parametrize("status", sorted(words.STATUSES))
def test_no_two_buttons_of_a_status_share_a_letter(status: str) -> None:
    keys = [
        looks.KEYS[t.action]
        for t in BASE
        if status in t.sources and t.grant and t.action in looks.KEYS
    ]

    assert sorted(keys) == sorted(set(keys))
    assert not set(keys) & set("jk?/o")


def test_keys_sides_and_steps_name_actions_that_are_there() -> None:
    actions = {t.action for t in BASE}

    assert {*looks.KEYS, *looks.DETOURS, *looks.BESIDE, *looks.GOES_ON} <= actions


def test_every_state_and_event_has_a_tone_and_an_icon_that_exist() -> None:
    assert set(looks.STATUS_TONES) == set(words.STATUSES)
    assert set(looks.STATUS_TONES.values()) <= set(TONES)
    assert {look.tone for look in looks.EVENT_LOOKS.values()} <= set(TONES)
    assert {look.icon for look in looks.EVENT_LOOKS.values()} <= set(ICONS)
    assert set(looks.EVENT_LOOKS) <= {t.event for t in BASE} | set(looks.EVENT_LABELS)


def test_an_ended_case_has_closed_its_ring_and_an_open_one_has_not() -> None:
    assert {looks.share(s) for s in words.ENDED} == {1.0}
    assert all(looks.share(s) < 1 for s in words.STATUSES if s not in words.ENDED)


def test_buttons_stand_in_the_order_of_the_work() -> None:
    """What somebody waits for before corrections, notes last; the gravest side road last."""
    assert looks.place("redispatch") < looks.place("withhold")
    assert looks.place("remind") < looks.place("note")
    assert looks.place("accept") == looks.place("contact") == 0
