"""The permission table itself, and the document made from it."""

from __future__ import annotations

import pytest

from huiyin.org.rules import grants, kinds
from huiyin.org.rules.grants import ActingPost
from huiyin.org.services.documenting import permissions_markdown


def post(role: str) -> ActingPost:
    return ActingPost(post_id=1, person_id=1, person_name="甲", unit_id=1, unit_kind="department",
                      unit_name="市住建局", area_id=1, role=role)  # fmt: skip


def test_every_grant_has_a_word_and_every_word_a_grant() -> None:
    granted = {grant for role in grants.ROLES.values() for grant in role.grants}

    assert granted == set(grants.GRANT_LABELS)


def test_every_role_has_a_word_and_every_word_a_role() -> None:
    assert set(grants.ROLES) == set(kinds.ROLE_LABELS)


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_an_administrator_has_no_grant_over_business(role: str) -> None:
    assert {grant.partition(".")[0] for grant in grants.ROLES[role].grants} == {"system"}
    assert grants.ROLES[role].exclusive
    assert grants.ROLES[role].needs_totp


def test_no_two_administrators_share_a_grant() -> None:
    roles = [
        grants.ROLES[code].grants for code in ("system_admin", "security_admin", "audit_admin")
    ]

    assert len(frozenset().union(*roles)) == sum(map(len, roles))


def test_who_has_no_business_post_has_no_system_grant_and_the_other_way_round() -> None:
    for code, role in grants.ROLES.items():
        assert role.exclusive == any(g.startswith("system.") for g in role.grants), code


def test_a_refusal_says_which_post_lacks_what() -> None:
    assert grants.refusal([post("handler")], ["case.dispatch"]) == (
        "您现在的岗位（承办人）没有“派单”的权限"
    )
    assert grants.refusal([post("handler"), post("dispatcher")], ["case.dispatch"]) is None
    assert grants.refusal([], ["case.view"]) == "您现在没有在任的岗位，请联系系统管理员"


def test_the_document_says_of_every_grant_who_has_it() -> None:
    text = permissions_markdown()

    assert "| 派单 | `case.dispatch` |  | ● |" in text
    assert text.count("| `") == len(grants.ROLES) + len(grants.GRANT_LABELS)
    assert "| 系统管理员 | `system_admin` | 区域 | 是 | 是 |" in text
