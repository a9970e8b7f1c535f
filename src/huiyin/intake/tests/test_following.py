"""Number and tail open a case, guessing is slowed down, the reporter has the last word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.cases.models import Case
from huiyin.cases.rules import numbers
from huiyin.cases.services import handing_over
from huiyin.cases.services.filing import Contact
from huiyin.cases.services.steps import ActionRefused
from huiyin.intake import selectors
from huiyin.intake.models import WrongTry
from huiyin.intake.services import following
from huiyin.intake.services.following import (
    MistypedNumber,
    NotOpened,
    Opened,
    TooManyTries,
    WrongTail,
)
from huiyin.org.models import Post
from huiyin.org.services import organising
from tests.cast import DAY, Cast, _post, at

HOME = "203.0.113.7"
#: What a city that set nothing allows within an hour.
TRIES_PER_ADDRESS = 10


def try_tail(case: Case, tail: str, address: str = HOME, hours: int = 0) -> Opened:
    return following.open_case(
        typed_number=case.number, tail=tail, address=address, at=DAY + timedelta(hours=hours)
    )


def guess_wrong(case: Case, times: int, address: str = HOME) -> None:
    for _ in range(times):
        with pytest.raises(NotOpened):
            try_tail(case, "0000", address)


def test_number_and_tail_open_the_case(cast: Cast) -> None:
    case = cast.report()

    assert try_tail(case, "1234") == Opened(case.number, "reporter")


def test_a_wrong_tail_and_a_number_that_never_was_get_the_same_words(cast: Cast) -> None:
    case = cast.report()

    with pytest.raises(WrongTail) as wrong:
        try_tail(case, "9999")
    with pytest.raises(WrongTail) as unknown:
        following.open_case(
            typed_number=numbers.number_for("S", 999_999), tail="1234", address=HOME, at=DAY
        )

    assert str(wrong.value) == str(unknown.value)


def test_a_mistyped_number_is_told_and_not_counted(cast: Cast) -> None:
    with pytest.raises(MistypedNumber, match="有一位不对"):
        following.open_case(typed_number="S00000019", tail="1234", address=HOME, at=DAY)

    assert WrongTry.objects.count() == 0


def test_after_ten_wrong_tries_even_the_right_tail_waits_an_hour(cast: Cast) -> None:
    case = cast.report()
    guess_wrong(case, TRIES_PER_ADDRESS)

    with pytest.raises(TooManyTries, match="一小时"):
        try_tail(case, "1234")

    assert try_tail(case, "1234", hours=1).number == case.number


def test_another_address_is_not_locked_out(cast: Cast) -> None:
    case = cast.report()
    guess_wrong(case, TRIES_PER_ADDRESS)

    assert try_tail(case, "1234", "203.0.113.8").number == case.number


def test_many_addresses_that_guess_at_one_number_are_stopped(cast: Cast) -> None:
    case = cast.report()
    for n in range(5):
        guess_wrong(case, 10, f"198.51.100.{n}")

    with pytest.raises(TooManyTries):
        try_tail(case, "1234", "192.0.2.1")


def test_one_household_of_ipv6_is_one_address(cast: Cast) -> None:
    case = cast.report()
    for n in range(TRIES_PER_ADDRESS):
        guess_wrong(case, 1, f"2001:db8:1:2::{n:x}")

    with pytest.raises(TooManyTries):
        try_tail(case, "1234", "2001:db8:1:2:ffff::1")


def test_the_counters_hold_neither_address_nor_number(cast: Cast) -> None:
    case = cast.report()
    guess_wrong(case, 2)

    kept = str(list(WrongTry.objects.values()))
    assert HOME not in kept
    assert case.number not in kept
    assert {row.tries for row in WrongTry.objects.all()} == {2}


def test_the_counters_go_after_two_hours(cast: Cast) -> None:
    case = cast.report()
    guess_wrong(case, 1)

    with pytest.raises(NotOpened):
        try_tail(case, "0000", hours=4)

    assert WrongTry.objects.count() == 2


def test_the_person_it_was_reported_for_opens_it_as_themselves(cast: Cast) -> None:
    case = cast.report(contacts=(
        Contact(phone="13800001234", choice="direct"),
        Contact(phone="13900005678", choice="direct", role="for_whom"),
    ))  # fmt: skip

    assert try_tail(case, "5678").role == "for_whom"
    assert try_tail(case, "1234").role == "reporter"


def test_an_erased_contact_opens_nothing(cast: Cast) -> None:
    case = cast.report()
    case.contacts.update(erased_at=DAY)

    with pytest.raises(WrongTail):
        try_tail(case, "1234")


def test_the_reporter_says_solved_in_one_tap(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")

    following.answer(number=case.number, resolved=True, satisfied="fair", note="", at=DAY)

    assert selectors.answer_now(case) == "已解决，基本满意"
    assert case.callbacks.get().channel == "web"


def test_nobody_is_asked_before_the_reply(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    with pytest.raises(ActionRefused):
        following.answer(number=case.number, resolved=True, satisfied="", note="", at=DAY)


def test_a_closed_matter_that_is_back_is_looked_at_once(cast: Cast) -> None:
    case = cast.case_at("closed")

    following.say_it_is_back(number=case.number, note="又漏了", at=DAY)

    with pytest.raises(ActionRefused):
        following.say_it_is_back(number=case.number, note="还在漏", at=DAY)


def test_the_first_receiver_is_the_desk_until_a_unit_has_accepted(cast: Cast) -> None:
    names = [
        selectors.first_receiver(cast.case_at(status), day=DAY.date())
        for status in ("registered", "awaiting_dispatch", "awaiting_acceptance", "in_progress")
    ]

    assert [(r.name, r.accepted) for r in names] == [
        ("周受理", False), ("周受理", False), ("周受理", False), ("卫承办", True),
    ]  # fmt: skip
    assert {r.phone for r in names} == {"0870-8630000"}


def test_a_place_without_a_desk_has_the_hotline(cast: Cast) -> None:
    assert selectors.desk_for(cast.city, day=DAY.date()).phone == "12345"


def test_a_suspended_case_waits_for_its_review_not_for_the_end_of_time(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    later = DAY + timedelta(hours=2)
    case = cast.act(case, "ask_suspension", cast.handler, later, reason="money", basis="某领导",
                    expected_on=DAY.date() + timedelta(days=60), note="筹款", reply="等资金")  # fmt: skip
    case = cast.act(case, "grant_suspension", cast.supervisor, later)

    waits = selectors.waits_for(case)

    assert waits is not None
    assert waits.what == "suspension_review"


def test_an_unaltered_case_says_where_it_stands_in_the_ledger(cast: Cast) -> None:
    case = cast.case_at("closed")

    found = following.check_integrity(case)

    assert (found.ok, found.records) == (True, 8)
    assert case.number.startswith(f"S{found.place:07d}")


def test_a_changed_word_is_found(cast: Cast) -> None:
    case = cast.report()
    case.words.filter(key="text").update(text="什么都没有发生")

    assert not following.check_integrity(case).ok


def test_nobody_is_named_whose_post_has_ended_but_who_took_over(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    post = Post.objects.get(pk=cast.handler.post_id)
    organising.end_post(post=post, last_day=date(2026, 10, 8), at=DAY)

    before = selectors.first_receiver(case, day=date(2026, 10, 8))
    between = selectors.first_receiver(case, day=date(2026, 10, 9))
    successor = _post("秦接手", cast.housing, cast.county, "handler")
    handing_over.take_over(sheet=post.handover, by=successor, at=at("2026-10-09 09:00"))
    after = selectors.first_receiver(case, day=date(2026, 10, 9))

    assert (before.name, between.name, after.name) == ("卫承办", "", "秦接手")
    assert (between.unit, between.phone) == ("水富市住房和城乡建设局", "0870-8630000")


def test_the_desk_that_left_is_named_by_its_unit_until_somebody_took_over(cast: Cast) -> None:
    case = cast.case_at("awaiting_dispatch")
    post = Post.objects.get(pk=cast.desk.post_id)
    organising.end_post(post=post, last_day=date(2026, 10, 8), at=DAY)

    between = selectors.first_receiver(case, day=date(2026, 10, 9))
    handing_over.take_over(sheet=post.handover, by=cast.dispatcher, at=at("2026-10-09 09:00"))
    after = selectors.first_receiver(case, day=date(2026, 10, 9))

    assert (between.name, between.unit) == ("", "水富市政务热线受理中心")
    assert after.name == "吴派单"
