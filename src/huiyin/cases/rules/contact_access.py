"""Who may see who reported: the resident's own choice, the post, and where the case is now.

Sources: design.md §3 (contact is one of three choices; who reported is never visible to who is
reported), practice.md §0.8, §8.3 (masked by default, in clear with a reason and a record).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.org.rules.grants import AREA, ROLES, ActingPost


@dataclass(frozen=True)
class ContactAccess:
    """`masked`: name, phone and door may be shown masked. `reveal`: in clear, with a reason and an
    audit row, in post `post`. `why`: what to do instead, where neither holds."""

    masked: bool
    post: ActingPost | None = None
    why: str = ""

    @property
    def reveal(self) -> bool:
        return self.post is not None


CONFIDENTIAL = "诉求人要求保密：只有受理员、回访员凭事由查看"
RELAY = "诉求人只接受经热线或社区转接：请转接联系"
NOT_WITH_YOU = "此件现在不在您的单位手上，不显示联系方式"


def contact_access(
    *, choice: str, confidential: bool, posts: Iterable[ActingPost], units_at_work: frozenset[int]
) -> ContactAccess:
    """What these posts, in whose scope the case lies, may see of one contact.

    `choice`: words.CONTACT_CHOICES. `units_at_work`: units whose part in the case is open and not
    done. Posts of an area (desk, callback) answer to residents; posts of a unit work for them.
    """
    hidden = confidential or choice == "confidential"
    posts = list(posts)
    offices = [p for p in posts if ROLES[p.role].scope == AREA]
    for post in offices:
        if post.may("case.contact_details"):
            return ContactAccess(masked=not hidden, post=post)
    if hidden:
        return ContactAccess(masked=False, why=CONFIDENTIAL)
    if choice == "direct":
        for post in posts:
            if post.unit_id in units_at_work and post.may("case.contact_details"):
                return ContactAccess(masked=True, post=post)
        if not offices:
            return ContactAccess(masked=False, why=NOT_WITH_YOU)
    if offices:
        return ContactAccess(masked=True)
    return ContactAccess(masked=False, why=RELAY)
