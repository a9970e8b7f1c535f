"""Filing: what a channel hands over is kept, whatever it looks like."""

from __future__ import annotations

from huiyin.base.services import personal
from huiyin.cases.models import Case, CaseContact
from huiyin.cases.services.filing import Contact
from tests.cast import Cast


def contact_of(case: Case) -> CaseContact:
    return CaseContact.objects.get(case=case)


def unsealed(contact: CaseContact, field: str) -> str:
    return personal.unseal(
        getattr(contact, field), table="cases_contact", field=field, salt=contact.salt
    )


def test_a_report_without_phone_has_a_contact_without_index(cast: Cast) -> None:
    case = cast.report(contacts=(Contact(name="甲居民"),))

    contact = contact_of(case)
    assert unsealed(contact, "name") == "甲居民"
    assert (contact.phone, contact.phone_index, contact.phone_tail) == ("", "", "")


def test_an_unreadable_phone_is_kept_sealed_as_written_and_costs_no_report(cast: Cast) -> None:
    case = cast.report(contacts=(Contact(name="甲居民", phone="1380000123（少一位）"),))

    contact = contact_of(case)
    assert unsealed(contact, "phone") == "1380000123（少一位）"
    assert (contact.phone_index, contact.phone_tail) == ("", "")


def test_a_readable_phone_is_found_by_its_index_and_followed_by_its_tail(cast: Cast) -> None:
    case = cast.report(contacts=(Contact(name="甲居民", phone="138-0000-1234"),))

    contact = contact_of(case)
    assert contact.phone_index == personal.phone_index("13800001234")
    assert contact.phone_tail == personal.tail_index("1234", case.number)
