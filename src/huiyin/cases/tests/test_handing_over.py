"""A post that ends leaves a sheet; somebody of the unit takes it over by name."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from huiyin.cases.models import Handover
from huiyin.cases.services import handing_over, performing, recusing
from huiyin.cases.services.steps import ActionRefused
from huiyin.cases.tests.conftest import Browser
from huiyin.org.models import Post
from huiyin.org.rules.grants import ActingPost
from huiyin.org.services import organising, rostering
from tests.cast import DAY, Cast, _post, at


def test_ending_a_post_opens_a_sheet_of_its_open_cases(cast: Cast) -> None:
    open_case = cast.case_at("in_progress")
    cast.case_at("closed")

    post = Post.objects.get(pk=cast.handler.post_id)
    organising.end_post(post=post, last_day=date(2026, 10, 8), at=DAY)

    sheet = Handover.objects.get(post=post)
    assert [i.case for i in sheet.items.all()] == [open_case]


def test_who_takes_over_becomes_the_first_receiver_and_history_keeps_the_old_name(
    cast: Cast,
) -> None:
    case = cast.case_at("in_progress")
    post = Post.objects.get(pk=cast.handler.post_id)
    organising.end_post(post=post, last_day=date(2026, 10, 8), at=DAY)
    successor = _post("秦接手", cast.housing, cast.county, "handler")

    taken = handing_over.take_over(
        sheet=Handover.objects.get(post=post), by=successor, at=at("2026-10-09 09:00")
    )

    assert taken == 1
    assert case.assignments.get(role="lead").accepted_by_id == successor.person_id
    assert case.events.get(action="accepted").person_id == cast.handler.person_id
    assert case.events.get(action="handed_over").data["instead_of"] == "卫承办"


def test_another_unit_cannot_take_over(cast: Cast) -> None:
    cast.case_at("in_progress")
    post = Post.objects.get(pk=cast.handler.post_id)
    organising.end_post(post=post, last_day=date(2026, 10, 8), at=DAY)

    with pytest.raises(ActionRefused, match="只有本单位"):
        handing_over.take_over(
            sheet=Handover.objects.get(post=post), by=cast.police_handler, at=DAY
        )


def test_the_engine_obeys_a_recusal(cast: Cast) -> None:
    case = cast.case_at("awaiting_acceptance")
    recusing.enter(
        recusal=recusing.NewRecusal(
            reason="亲属住在该小区", valid_from=date(2026, 1, 1), person_id=cast.handler.person_id,
            compound_id=cast.compound.pk,
        ),
        by_person_id=cast.supervisor.person_id, at=DAY,
    )  # fmt: skip

    with pytest.raises(ActionRefused, match="已登记回避"):
        cast.act(case, "accept", cast.handler)


def test_a_recused_unit_is_not_given_the_case(cast: Cast) -> None:
    case = cast.case_at("awaiting_dispatch")
    recusal = recusing.enter(
        recusal=recusing.NewRecusal(
            reason="本单位建设项目", valid_from=date(2026, 1, 1), unit_id=cast.housing.pk,
            compound_id=cast.compound.pk,
        ),
        by_person_id=cast.supervisor.person_id, at=DAY,
    )  # fmt: skip

    with pytest.raises(ActionRefused, match="已登记回避"):
        cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk)
    recusing.end(recusal=recusal, last_day=date(2026, 9, 1))
    assert cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk).lead == cast.housing


def test_a_recusal_says_who_and_about_what(cast: Cast) -> None:
    with pytest.raises(ActionRefused, match="对什么回避"):
        recusing.enter(
            recusal=recusing.NewRecusal(
                reason="无", valid_from=date(2026, 1, 1), unit_id=cast.housing.pk
            ),
            by_person_id=cast.supervisor.person_id, at=DAY,
        )  # fmt: skip


def leave(post: ActingPost, when: datetime = DAY) -> Handover:
    """The last day of that post is the eighth of October."""
    row = Post.objects.get(pk=post.post_id)
    organising.end_post(post=row, last_day=date(2026, 10, 8), at=when)
    return Handover.objects.get(post=row)


def lines(sheet: Handover) -> list[tuple[str, str, str]]:
    return [(i.section, i.what, i.words) for i in sheet.items.order_by("id")]


@pytest.mark.parametrize("status", ["in_progress", "awaiting_review", "awaiting_callback"])
def test_what_was_accepted_is_handed_over_in_every_open_status(cast: Cast, status: str) -> None:
    case = cast.case_at(status)
    sheet = leave(cast.handler, at("2026-09-30 11:00"))
    successor = _post("秦接手", cast.housing, cast.county, "handler")

    taken = handing_over.take_over(sheet=sheet, by=successor, at=at("2026-10-09 09:00"))

    assert taken == 1
    assert case.assignments.get(role="lead").accepted_by_id == successor.person_id


def test_a_suspended_case_is_handed_over(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    when = at("2026-09-30 11:00")
    cast.act(case, "ask_suspension", cast.handler, when, reason="money", basis="王局长",
             expected_on="2027-03-01", note="等资金", reply="资金到位就修")  # fmt: skip
    cast.act(case, "grant_suspension", cast.reviewer, when, note="同意")
    sheet = leave(cast.handler, when)
    successor = _post("秦接手", cast.housing, cast.county, "handler")

    assert handing_over.take_over(sheet=sheet, by=successor, at=at("2026-10-09 09:00")) == 1


def test_what_came_after_the_sheet_was_opened_is_handed_over_too(cast: Cast) -> None:
    sheet = leave(cast.handler)
    cast.case_at("in_progress")
    successor = _post("秦接手", cast.housing, cast.county, "handler")

    assert handing_over.take_over(sheet=sheet, by=successor, at=at("2026-10-09 09:00")) == 1


def test_the_only_one_of_a_role_leaves_what_waits_for_it_as_counts(cast: Cast) -> None:
    cast.case_at("awaiting_callback")
    cast.case_at("awaiting_callback")

    sheet = leave(cast.callback, at("2026-09-30 11:00"))

    assert lines(sheet) == [("waiting", "待回访", "2 件，本岗位没有别人")]
    assert sheet.items.get().link == "/work/?ask=call_back"


def test_where_a_colleague_stays_in_the_role_nothing_waits_on_the_sheet(cast: Cast) -> None:
    cast.case_at("awaiting_dispatch")

    assert lines(leave(cast.dispatcher, at("2026-09-30 11:00"))) == []


def test_a_leader_leaves_the_duties_still_to_come(cast: Cast) -> None:
    for first in (date(2026, 10, 1), date(2026, 10, 20)):
        rostering.enter(
            rostering.NewDuty(cast.leader.person_id, "0870-8630000", first, first, time(8, 0)),
            by=cast.leader, at=DAY,
        )  # fmt: skip

    (line,) = lines(leave(cast.leader))

    assert line[:2] == ("on_call", "值班")
    assert line[2].startswith("10-20 08:00 至 10-21 08:00")


def test_a_post_that_ends_by_its_date_opens_a_sheet_the_next_night_once(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    Post.objects.filter(pk=cast.handler.post_id).update(valid_to=date(2026, 10, 8))
    night = at("2026-10-09 00:25")

    assert handing_over.open_sheets(day=date(2026, 10, 8), at=at("2026-10-08 00:25")) == 0
    assert handing_over.open_sheets(day=night.date(), at=night) == 1
    assert handing_over.open_sheets(day=night.date(), at=night) == 0
    assert Handover.objects.get().items.get(section="open_cases").case == case


def test_who_goes_on_in_the_role_hands_nothing_over(cast: Cast) -> None:
    row = Post.objects.get(pk=cast.handler.post_id)
    Post.objects.filter(pk=row.pk).update(valid_to=date(2026, 10, 8))
    Post.objects.create(person=row.person, unit=row.unit, area=row.area, role=row.role,
                        valid_from=date(2026, 10, 9))  # fmt: skip

    assert handing_over.open_sheets(day=date(2026, 10, 9), at=at("2026-10-09 00:25")) == 0


def test_a_sheet_alone_hands_over_no_button_does(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    actions = {b.action for b in performing.buttons(case, [cast.handler], DAY)}

    assert "hand_over" not in actions
    with pytest.raises(ActionRefused, match="交接单"):
        cast.act(case, "hand_over", cast.handler)


def test_a_colleague_of_the_centre_takes_the_sheet_of_the_desk(
    cast: Cast, browser: Browser
) -> None:
    cast.report()
    sheet = leave(cast.desk, at("2026-09-30 11:00"))
    client = browser(cast.dispatcher)

    assert "待受理" in client.get("/work/handovers/").content.decode()
    client.post(f"/work/handovers/{sheet.pk}/take-over/")

    sheet.refresh_from_db()
    assert sheet.taken_by_id == cast.dispatcher.person_id


def test_a_sheet_is_a_table_with_what_is_due_first(cast: Cast, browser: Browser) -> None:
    later = cast.case_at("in_progress", kind="complaint")
    first = cast.case_at("in_progress", kind="help")
    organising.end_post(post=Post.objects.get(pk=cast.handler.post_id), last_day=DAY.date(), at=DAY)
    head = _post("钱负责", cast.housing, cast.county, "unit_head")

    page = browser(head).get("/work/handovers/").content.decode()

    assert page.index(first.number) < page.index(later.number)
    assert page.index("由我接手") < page.index(first.number)
    assert "共 2" in page
