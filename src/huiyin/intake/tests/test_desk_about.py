"""The desk names whom a report is about: any unit around, not only those that serve a compound."""

from __future__ import annotations

from huiyin.intake.tests.desk_kit import Desk, errors


def test_a_department_is_named_without_any_compound(desk: Desk) -> None:
    place = f"a{desk.cast.community.pk}"

    case = desk.files(place=place, where="团结路社区", kind="complaint", about_name="市公安局")

    assert case.compound is None
    assert case.about_unit == desk.cast.police


def test_a_community_may_be_what_it_is_about(desk: Desk) -> None:
    case = desk.files(kind="complaint", about_name="团结路社区")

    assert case.about_unit == desk.cast.neighbours


def test_a_name_that_no_unit_bears_is_said_and_kept(desk: Desk) -> None:
    response = desk.press(about_name="某某小学")

    assert errors(response) == ["没有叫“某某小学”的单位：从列出的里选，没有的写进摘要"]
    assert "某某小学" in response.content.decode()


def test_a_compound_without_a_firm_says_so(desk: Desk) -> None:
    assert "此小区没有登记物业" in desk.hints()
