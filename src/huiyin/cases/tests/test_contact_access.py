"""Who may see who reported: the resident's choice × the post × where the case is."""

from __future__ import annotations

import pytest

from huiyin.cases.rules.contact_access import CONFIDENTIAL, NOT_WITH_YOU, RELAY, contact_access
from huiyin.org.rules.grants import ActingPost

HOUSING, CENTRE, FIRM = 1, 2, 3


def post(role: str, unit: int) -> ActingPost:
    return ActingPost(post_id=1, person_id=1, person_name="甲", unit_id=unit, unit_kind="x",
                      unit_name="某单位", area_id=1, role=role)  # fmt: skip


#: choice, confidential, role, unit at work → (masked, may reveal, what is said instead).
CASES = [
    ("direct", False, "handler", HOUSING, (True, True, "")),
    ("direct", False, "firm_manager", FIRM, (False, False, NOT_WITH_YOU)),
    ("direct", False, "community_clerk", HOUSING, (True, False, "")),
    ("confidential", False, "community_clerk", HOUSING, (False, False, CONFIDENTIAL)),
    ("relay", False, "handler", HOUSING, (False, False, RELAY)),
    ("confidential", False, "handler", HOUSING, (False, False, CONFIDENTIAL)),
    ("direct", True, "handler", HOUSING, (False, False, CONFIDENTIAL)),
    ("direct", False, "desk", CENTRE, (True, True, "")),
    ("relay", False, "desk", CENTRE, (True, True, "")),
    ("confidential", False, "desk", CENTRE, (False, True, "")),
    ("confidential", False, "callback", CENTRE, (False, True, "")),
    ("direct", False, "dispatcher", CENTRE, (True, False, "")),
    ("relay", False, "supervisor", CENTRE, (True, False, "")),
    ("confidential", False, "dispatcher", CENTRE, (False, False, CONFIDENTIAL)),
]


@pytest.mark.parametrize(("choice", "confidential", "role", "unit", "seen"), CASES)
def test_a_contact_is_seen_as_its_owner_chose(
    choice: str, confidential: bool, role: str, unit: int, seen: tuple[bool, bool, str]
) -> None:
    access = contact_access(
        choice=choice, confidential=confidential, posts=[post(role, unit)],
        units_at_work=frozenset({HOUSING}),
    )  # fmt: skip

    assert (access.masked, access.reveal, access.why) == seen


def test_with_two_posts_the_one_that_may_reveal_is_named() -> None:
    dispatcher, handler = post("dispatcher", CENTRE), post("handler", HOUSING)

    access = contact_access(
        choice="direct", confidential=False, posts=[dispatcher, handler],
        units_at_work=frozenset({HOUSING}),
    )  # fmt: skip

    assert access.post is handler
