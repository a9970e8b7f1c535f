"""Two people press the same button at the same moment: one wins, the other is told, nothing doubles."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Route, expect

from huiyin.cases.models import Case
from tests.journeys import resident as residents
from tests.journeys.town import Town
from tests.journeys.visitor import Visitor, sender

pytestmark = pytest.mark.journey


def press_at_once(one: tuple[Visitor, Locator], other: tuple[Visitor, Locator]) -> None:
    """Both buttons, so that both requests are on their way before either is answered."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    for visitor, button in (one, other):
        visitor.page.route("**", hold)
        button.click(no_wait_after=True)
    one[0].until(lambda: len(held) == 2)
    for route in held:
        route.continue_()
    for visitor, _ in (one, other):
        visitor.page.unroute("**")


def winner_and_loser(one: Visitor, other: Visitor) -> tuple[Visitor, Visitor]:
    """Who was told that it is done, and who that it is not."""
    for visitor in (one, other):
        page = visitor.page
        answered = page.get_by_role("status").filter(has_text="已记录")
        expect(answered.or_(page.get_by_role("alert").filter(has_text="处理过"))).to_be_visible()
    won = [
        v for v in (one, other) if v.page.get_by_role("status").filter(has_text="已记录").count()
    ]
    assert len(won) == 1, [v.who for v in won]
    return won[0], other if won[0] is one else one


def count(case: Case, event: str) -> int:
    return case.events.filter(action=event).count()


def test_two_of_a_unit_accept_at_once(town: Town) -> None:
    case = town.case_at("awaiting_acceptance")
    one = town.staff(town.cast.handler)
    other = town.staff(town.colleague("孙承办", town.cast.housing, "handler"))
    for visitor in (one, other):
        visitor.opens(case.number)

    with one.refused(409), other.refused(409):
        press_at_once((one, one.button("签收")), (other, other.button("签收")))
        won, lost = winner_and_loser(one, other)

    won.told("现在是“办理中”")
    told = lost.page.get_by_role("alert")
    expect(told).to_contain_text("承办刚处理过，此件现在是“办理中”")
    lost.may_not("签收")
    lost.looks_right()
    case.refresh_from_db()
    assert count(case, "accepted") == 1
    assert case.version == case.events.count()


def test_two_of_a_unit_accept_at_once_from_their_inboxes(town: Town) -> None:
    case = town.case_at("awaiting_acceptance")
    one = town.staff(town.cast.handler)
    other = town.staff(town.colleague("孙承办", town.cast.housing, "handler"))
    for visitor in (one, other):
        visitor.follow("三栋一单元管道漏水")
        expect(visitor.main.get_by_role("article", name=case.number)).to_be_visible()

    with one.refused(409), other.refused(409):
        press_at_once((one, one.button("签收")), (other, other.button("签收")))
        won, lost = winner_and_loser(one, other)

    won.told("现在是“办理中”")
    expect(lost.page.get_by_role("alert")).to_contain_text("没有签收")
    lost.looks_right()
    assert count(case, "accepted") == 1


def test_two_dispatchers_dispatch_at_once_and_the_slower_keeps_the_words(town: Town) -> None:
    case = town.case_at("awaiting_dispatch")
    people = [town.staff(town.cast.dispatcher), town.staff(town.cast.arbiter)]
    buttons = []
    for visitor, unit in zip(people, ("市住建局", "市公安局"), strict=True):
        visitor.opens(case.number)
        form = visitor.form_of("派单")
        visitor.fill("主办单位", unit, within=form)
        visitor.fill("派单说明", f"请{unit}今天到现场", within=form)
        buttons.append(sender(form, "派单"))

    one, other = people
    with one.refused(409), other.refused(409):
        press_at_once((one, buttons[0]), (other, buttons[1]))
        won, lost = winner_and_loser(one, other)

    won.told("现在是“待签收”")
    unit = "市公安局" if lost is other else "市住建局"
    lost.sees("待签收", f"请{unit}今天到现场", "需要的话请复制")
    lost.looks_right()
    assert count(case, "dispatched") == 1
    assert case.assignments.filter(role="lead", ended_at__isnull=True).count() == 1
    assert case.deadlines.filter(what="handle").count() == 1


def test_a_resident_taps_in_two_browsers_at_once(town: Town) -> None:
    case = town.case_at("awaiting_callback")
    one, other = town.passer_by("at-home"), town.passer_by("on-the-way")
    for visitor in (one, other):
        residents.follow(visitor, case.number, tail="1234")

    press_at_once((one, one.button("已解决，满意")), (other, other.button("已解决，满意")))

    for visitor in (one, other):
        visitor.sees("您说：已解决，满意")
    assert count(case, "reporter_answered") == 1
    assert case.callbacks.count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_report_sent_by_a_double_press_is_one_report(town: Town, scripts: bool) -> None:
    resident = town.passer_by(scripts=scripts)
    resident.go(f"/report/?place=c{town.cast.compound.pk}")
    resident.fill("一两句话就行", "小区大门的灯不亮了三天")
    if scripts:
        resident.press("下一步：怎么联系您")
    resident.fill("手机号", residents.PHONE_NUMBER)

    resident.button("送出反映").dblclick()

    shown = residents.number_of(resident)
    assert [shown] == list(Case.objects.values_list("number", flat=True))


def test_two_people_ask_to_merge_and_to_dispatch_the_same_case(town: Town) -> None:
    """Different buttons: still only one of them is done."""
    first = town.case_at("in_progress")
    case = town.cast.report("三栋一单元水管漏水，楼道都是水")
    town.cast.act(case, "admit", town.cast.desk)
    desk, dispatcher = town.staff(town.cast.desk), town.staff(town.cast.dispatcher)
    desk.opens(case.number)
    merging = desk.form_of("并入另一件")
    desk.fill("并入哪一件", first.number, within=merging)
    dispatcher.opens(case.number)
    dispatching = dispatcher.form_of("派单")
    dispatcher.fill("主办单位", "市住建局", within=dispatching)

    with desk.refused(409), dispatcher.refused(409):
        press_at_once(
            (desk, sender(merging, "并入另一件")),
            (dispatcher, sender(dispatching, "派单")),
        )
        winner_and_loser(desk, dispatcher)

    assert count(case, "merged") + count(case, "dispatched") == 1
