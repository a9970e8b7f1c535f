"""Listening to what a reporter said: by who writes it down or may see who reported, on record.

A voice gives its speaker away as a name does, so it follows the contact (rules.contact_access).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from huiyin.base.models import Attachment, AuditRow
from huiyin.base.rules.workday_calendar import local_date
from huiyin.base.services import audit
from huiyin.cases import selectors
from huiyin.cases.models import Case
from huiyin.cases.services import revealing
from huiyin.org.rules.grants import ActingPost

VOICE = "voice"
#: A player asks for a recording piece by piece: what one person hears within this is one hearing.
ONE_HEARING = timedelta(hours=1)


def listener(case: Case, posts: Sequence[ActingPost], *, day: date) -> ActingPost | None:
    """The post in which the recordings of this case may be heard, None where in none."""
    for post in selectors.posts_that_see(case, posts, day=day):
        if post.may("case.admit"):
            return post
    shown = revealing.contacts_shown(case, posts, day=day)
    return next((s.access.post for s in shown if s.access.post is not None), None)


def hear(
    *, case: Case, sound: Attachment, posts: Sequence[ActingPost], at: datetime, address: str
) -> bool:
    """Whether the recording may be heard now; if so, the audit says who heard it."""
    by = listener(case, posts, day=local_date(at))
    if by is None:
        return False
    which = f"录音 {sound.pk}"
    known = AuditRow.objects.filter(
        subject=f"case:{case.number}", person_id=by.person_id, action="voice_heard", fields=which,
        at__gt=at - ONE_HEARING,
    )  # fmt: skip
    if not known.exists():
        audit.record(
            at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
            address=address, action="voice_heard", subject=f"case:{case.number}", fields=[which],
        )  # fmt: skip
    return True
