"""Named slots: what an app shows on a page of another."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from huiyin.base import registry


@dataclass(frozen=True)
class Post:
    name: str
    grants: tuple[str, ...]

    def may(self, grant: str) -> bool:
        return grant in self.grants


DISPATCHER = Post("派单员", ("case.dispatch", "case.view"))
HANDLER = Post("承办人", ("case.view",))


@pytest.fixture(autouse=True)
def _empty_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_panels", {slot: [] for slot in registry.SLOTS})


def names(subject: object, posts: object) -> registry.Filled:
    return "x.html", {"names": [p.name for p in posts], "subject": subject}  # type: ignore[attr-defined]


def nothing(subject: object, posts: object) -> None:
    return None


def test_panel_gets_only_the_posts_that_have_its_grant() -> None:
    registry.register("case.side", names, grant="case.dispatch")

    filled = registry.fill("case.side", "件", [DISPATCHER, HANDLER])

    assert filled == [("x.html", {"names": ["派单员"], "subject": "件"})]


def test_panel_is_not_asked_when_no_post_has_its_grant() -> None:
    registry.register("case.side", names, grant="case.dispatch")

    assert registry.fill("case.side", "件", [HANDLER]) == []


def test_panel_without_grant_is_shown_to_those_who_are_not_signed_in() -> None:
    registry.register("menu.public", names)

    assert registry.fill("menu.public", None, []) == [("x.html", {"names": [], "subject": None})]


def test_panel_that_answers_nothing_leaves_no_trace() -> None:
    registry.register("home.today", nothing)

    assert registry.fill("home.today", None, [HANDLER]) == []


def test_lower_order_stands_first() -> None:
    registry.register("menu", nothing, order=20)
    registry.register("menu", names, order=10)

    assert [p.order for p in registry.panels_of("menu")] == [10, 20]


def test_unknown_slot_is_refused() -> None:
    with pytest.raises(ValueError, match="no such slot: sidebar"):
        registry.register("sidebar", names)


def test_same_function_fills_a_slot_once() -> None:
    registry.register("menu", names)

    with pytest.raises(ValueError, match="fills menu already"):
        registry.register("menu", names)
