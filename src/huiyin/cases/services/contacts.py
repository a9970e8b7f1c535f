"""How a reporter is found again: by phone, by its tail, or by a code where no phone was left."""

from __future__ import annotations

from huiyin.base.rules.personal_data import UnreadablePhone
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


def phone_indexes(phone: str, number: str) -> tuple[str, str]:
    """Index of the number and of its tail. What a file or a slip gives for a phone may be no
    number (“同上”, one digit short): it is kept sealed as written, found by nobody, and costs no report.
    """
    try:
        return personal.phone_index(phone), personal.phone_tail_index(phone, number)
    except UnreadablePhone:
        return "", ""
