"""One submission is one act: a second press, or a reply that was lost, gets the first answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from huiyin.base.models import Submission
from huiyin.intake.rules import receipts


@dataclass(frozen=True)
class Answered:
    """What the act left behind, as JSON values; `new` False when it was done before."""

    answer: dict[str, Any]
    new: bool


class UsedBefore(Exception):
    """This client id stands for another submission. `answer` is what that one got."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__("这一份已经登记过，内容和上次不同")
        self.answer = answer


def once(
    *, client_id: str, parts: list[tuple[str, str]], at: datetime, act: Callable[[], dict[str, Any]]
) -> Answered:
    """Do `act` in a transaction unless this client id was used; its answer is kept.

    `parts` = (name, value) of everything that makes the submission this one. The same id with
    other parts raises UsedBefore; an exception of `act` undoes everything, the claim included.
    """
    body = receipts.fingerprint(parts, settings.HUIYIN_SECRETS.blind_index_key)
    with transaction.atomic():
        known = Submission.objects.filter(pk=client_id).first()
        if known is None:
            # Claim the id first: a second press waits here for the first, then gets its answer.
            claim = Submission(client_id=client_id, body_sha256=body, answer={}, at=at)
            try:
                with transaction.atomic():
                    claim.save(force_insert=True)
            except IntegrityError:
                known = Submission.objects.get(pk=client_id)
            else:
                claim.answer = act()
                claim.save(update_fields=["answer"])
                return Answered(claim.answer, new=True)
    if known.body_sha256 != body:
        raise UsedBefore(known.answer)
    return Answered(known.answer, new=False)


def answer_to(client_id: str) -> dict[str, Any] | None:
    """What an accepted submission was answered; None when there is none of that id."""
    known = Submission.objects.filter(pk=client_id).first()
    return known.answer if known else None
