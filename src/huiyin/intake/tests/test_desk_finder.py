"""Who files what they saw themselves found it, and does not handle it."""

from __future__ import annotations

from huiyin.intake.tests.desk_kit import Desk, SignedIn
from tests.cast import Cast


def test_a_clerk_who_files_what_nobody_called_about_found_it(
    cast: Cast, signed_in: SignedIn
) -> None:
    case = Desk(cast, signed_in(cast.clerk)).files(phone="", name="")

    assert case.duties.get().person_id == cast.clerk.person_id
    assert case.duties.get().duty == "find"


def test_a_clerk_who_takes_a_call_found_nothing(cast: Cast, signed_in: SignedIn) -> None:
    case = Desk(cast, signed_in(cast.clerk)).files()

    assert not case.duties.exists()


def test_the_desk_finds_nothing(cast: Cast, signed_in: SignedIn) -> None:
    case = Desk(cast, signed_in(cast.desk)).files(phone="", name="")

    assert not case.duties.exists()
