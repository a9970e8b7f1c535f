"""Mediation 邻里调解: voluntary, first talk within seven days, outside dispatch and the three rates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases import registry
from huiyin.cases.models import Case
from huiyin.cases.selectors import numbers, waiting
from huiyin.cases.services import performing, sealing, sweeping
from huiyin.cases.services.performing import MissingInput
from huiyin.cases.services.steps import ActionRefused
from huiyin.indicators.registry import Slice
from huiyin.org.rules.grants import ActingPost
from tests.cast import DAY, Cast

SignedIn = Callable[[ActingPost], Client]


class Mediator:
    def __init__(self, cast: Cast, client: Client) -> None:
        self.cast, self.client = cast, client

    def press(self, **typed: Any) -> Any:
        fields = {
            "client_id": "00000000-0000-4000-8000-00000000000f", "place": f"c{self.cast.compound.pk}",
            "place_text": "3 栋 1 单元三楼与四楼", "text": "楼上半夜拖凳子，吵过两次",
            "name": "甲居民", "phone": "13800001234", "channel": "visit", "both_agree": "yes",
        } | typed  # fmt: skip
        return self.client.post("/work/mediation/new/", fields)

    def opens(self, **typed: Any) -> Case:
        response = self.press(**typed)
        assert response.status_code == 302, response.context["form"].errors
        return Case.objects.get(number=response["Location"].split("/")[-2])

    def act(self, case: Case, action: str, when: Any = DAY, **given: Any) -> Case:
        return self.cast.act(case, action, self.cast.clerk, when, **given)


@pytest.fixture
def mediator(cast: Cast, signed_in: SignedIn) -> Mediator:
    return Mediator(cast, signed_in(cast.clerk))


def test_where_both_sides_agree_it_begins_at_once(mediator: Mediator) -> None:
    case = mediator.opens()

    assert (case.type, case.number[0], case.status) == ("mediation", "T", "in_progress")
    assert case.events.get(action="mediation_agreed").data["agreed"] == "both"


def test_without_the_other_sides_word_it_waits_and_no_clock_runs(mediator: Mediator) -> None:
    case = mediator.opens(both_agree="asked")

    assert case.status == "registered"
    assert not case.deadlines.exists()


def test_the_word_of_both_sides_has_to_be_recorded(mediator: Mediator) -> None:
    case = mediator.opens(both_agree="asked")

    with pytest.raises(MissingInput, match="双方意愿"):
        mediator.act(case, "agree_to_mediate")

    assert mediator.act(case, "agree_to_mediate", agreed="both").status == "in_progress"


def test_the_first_talk_is_due_within_seven_days_and_met_by_it(mediator: Mediator) -> None:
    case = mediator.opens()
    deadline = case.deadlines.get()
    assert (deadline.what, deadline.amount, deadline.unit) == ("first_talk", 7, "days")
    # The seventh day is the last of the holiday: it ends with the first workday after it.
    assert local_date(deadline.due_at) == date(2026, 10, 8)
    assert case.due_at == deadline.due_at

    mediator.act(case, "talk", DAY + timedelta(days=2), note="两家都到了，说好晚上十点后不拖")

    deadline.refresh_from_db()
    case.refresh_from_db()
    assert deadline.met is True
    assert case.due_at is None


def test_an_overdue_first_talk_is_marked_and_nothing_is_escalated(mediator: Mediator) -> None:
    case = mediator.opens()
    sweeping.sweep(at=DAY + timedelta(days=20))

    case.refresh_from_db()
    assert case.events.filter(action="overdue").count() == 1
    assert not case.escalated


@pytest.mark.parametrize(
    ("action", "given", "status"),
    [
        ("reach_agreement", {"form": "oral", "reply": "晚上十点后不拖凳子，铺地垫"}, "closed"),
        ("fail_mediation", {"reply": "可以向法院起诉"}, "told_channel"),
        ("decline_mediation", {"reply": "对方不愿意，可以向法院起诉"}, "told_channel"),
        ("withdraw_mediation", {"note": "自己说好了"}, "terminated"),
    ],
)
def test_it_ends_by_agreement_without_one_or_withdrawn(
    mediator: Mediator, action: str, given: dict[str, str], status: str
) -> None:
    case = mediator.act(mediator.opens(), action, DAY + timedelta(days=1), **given)

    assert case.status == status
    assert case.closed_at == DAY + timedelta(days=1)
    assert not case.deadlines.filter(met_at=None, cancelled_at=None).exists()
    assert not sealing.verify_case(case, list(case.events.order_by("seq")))


def test_nobody_checks_it_and_nobody_is_dispatched() -> None:
    actions = set(registry.get("mediation").actions)

    assert not actions & {"dispatch", "accept", "submit_result", "approve", "call_back", "sign_off"}
    assert not any(t.duty == "check" for t in registry.get("mediation").transitions)


def test_it_counts_in_none_of_the_rates(mediator: Mediator) -> None:
    mediator.act(mediator.opens(), "reach_agreement", form="oral", reply="说好了")
    part = Slice(area_path=mediator.cast.county.path, start=DAY - timedelta(days=1),
                 end=DAY + timedelta(days=30), unit_id=None)  # fmt: skip

    assert not numbers.received(part).exists()
    assert not numbers.dispatched(part).exists()
    assert not numbers.called_back(part).exists()


def test_only_who_may_mediate_opens_and_acts(mediator: Mediator, signed_in: SignedIn) -> None:
    assert signed_in(mediator.cast.desk).get("/work/mediation/new/").status_code == 403
    case = mediator.opens()

    with pytest.raises(ActionRefused, match="您的岗位不能登记一次调解"):
        mediator.cast.act(case, "talk", mediator.cast.handler, note="x")


def test_the_buttons_are_those_of_its_own_table(mediator: Mediator) -> None:
    case = mediator.opens()

    shown = {b.action for b in performing.buttons(case, [mediator.cast.clerk], DAY)}
    assert shown == {
        "talk", "decline_mediation", "reach_agreement", "fail_mediation", "withdraw_mediation",
    }  # fmt: skip


def test_it_waits_for_its_mediator_and_for_nobody_who_could_do_nothing(mediator: Mediator) -> None:
    asked = mediator.opens(both_agree="asked")
    begun = mediator.opens(text="楼道堆东西", client_id="00000000-0000-4000-8000-0000000000aa")

    rows = waiting.inbox([mediator.cast.clerk], now=DAY).rows
    first_talk = begun.deadlines.get().due_at
    assert [(r.waiting.code, r.case.pk, r.due_at) for r in rows] == [
        ("ask_both", asked.pk, None), ("mediate", begun.pk, first_talk),
    ]  # fmt: skip
    assert not waiting.inbox([mediator.cast.desk], now=DAY).rows


def test_the_list_of_cases_shows_mediations_alone(mediator: Mediator) -> None:
    case = mediator.opens()
    mediator.cast.report()

    page = mediator.client.get("/work/cases/", {"type": "mediation"}).content.decode()

    assert case.number in page
    assert page.count('class="hy-id"') == 1
    assert '<option value="mediation" selected>邻里调解</option>' in page


def test_a_double_press_opens_one(mediator: Mediator) -> None:
    assert mediator.press()["Location"] == mediator.press()["Location"]
    assert Case.objects.count() == 1


def test_what_is_missing_is_said_and_the_rest_kept(mediator: Mediator) -> None:
    page = mediator.press(both_agree="", place_text="").content.decode()

    assert "请选：问过对方没有" in page
    assert "请写双方住处" in page
    assert "楼上半夜拖凳子，吵过两次" in page
    assert not Case.objects.exists()


def test_the_applicants_phone_is_sealed(mediator: Mediator) -> None:
    contact = mediator.opens().contacts.get()

    assert contact.choice == "direct"
    assert "13800001234" not in contact.phone
