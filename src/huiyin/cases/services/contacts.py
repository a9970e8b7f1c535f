"""How a reporter who left no phone finds the report again."""

from __future__ import annotations

from huiyin.base.services import personal
from huiyin.cases.models import CaseContact


def set_follow_code(*, case_id: int, number: str, code: str) -> None:
    """Let the reporter follow the case with `number` and `code` instead of a phone's last digits.

    Only the keyed index of the code is kept, in the place of the tail's. In the transaction that
    files the report; a contact with a phone keeps its tail.
    """
    CaseContact.objects.filter(case=case_id, role="reporter", phone_tail="").update(
        phone_tail=personal.tail_index(code, number)
    )
