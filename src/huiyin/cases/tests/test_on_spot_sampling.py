"""自办件: a sample of each community's month is drawn and looked at by the subdistrict."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from huiyin.base.kept import forget_all
from huiyin.base.models import LocalDefault
from huiyin.cases import indicators
from huiyin.cases.models import Case, OnSpotDraw, OnSpotLook
from huiyin.cases.rules import on_spot_sample
from huiyin.cases.selectors import visible_to
from huiyin.cases.selectors.waiting import inbox
from huiyin.cases.services import on_spot_sampling, performing
from huiyin.cases.services.steps import SYSTEM, ActionRefused
from huiyin.cases.tests.conftest import Browser, second_post
from huiyin.indicators.registry import Slice
from huiyin.indicators.services import computing
from huiyin.org.models import Unit
from tests.cast import DAY, Cast, at

SEPTEMBER, AFTER = date(2026, 9, 1), at("2026-10-01 04:11")
LOOKED_AT = at("2026-10-02 10:00")


def on_spot(cast: Cast, day: int = 10, **more: Any) -> Case:
    return cast.report(
        "楼道里堆了纸箱", on_spot="当场劝住户搬走了", found_by=cast.clerk, channel="door",
        contacts=(), at=at(f"2026-09-{day:02} 09:00"), **more,
    )  # fmt: skip


def drawn(cast: Cast) -> Case:
    case = on_spot(cast)
    on_spot_sampling.draw(month=SEPTEMBER, at=AFTER)
    case.refresh_from_db()
    return case


def set_default(code: str, value: int) -> None:
    LocalDefault.objects.filter(pk=code).update(value=value)
    forget_all()
    forget_all()


# -- the draw --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("of", "percent", "least", "n"),
    [(0, 10, 1, 0), (1, 10, 1, 1), (10, 10, 1, 1), (11, 10, 1, 2), (30, 10, 5, 5), (3, 10, 5, 3),
     (4, 100, 1, 4)],
)  # fmt: skip
def test_the_share_is_rounded_up_and_never_below_the_least(
    of: int, percent: int, least: int, n: int
) -> None:
    numbers = [f"S{k:07}" for k in range(of)]

    drawn_ones = on_spot_sample.draw(
        numbers, salt="s", month="2026-09", percent=percent, least=least
    )

    assert len(drawn_ones) == n


def test_the_order_depends_on_salt_month_and_number_alone() -> None:
    numbers = ["S00000019", "S00000027", "S00000035", "S00000043"]

    def order(month: str, given: list[str], salt: str = "a1") -> list[str]:
        return on_spot_sample.draw(given, salt=salt, month=month, percent=100, least=1)

    assert order("2026-09", numbers) == order("2026-09", numbers[::-1])
    assert order("2026-09", numbers) != order("2026-10", numbers)
    assert order("2026-09", numbers) != order("2026-09", numbers, "a2")


def test_the_draw_can_be_worked_out_again_from_what_is_shown(cast: Cast) -> None:
    for day in range(1, 13):
        on_spot(cast, day)
    on_spot_sampling.draw(month=SEPTEMBER, at=AFTER)

    draw = OnSpotDraw.objects.get()
    looked_at = set(OnSpotLook.objects.values_list("case__number", flat=True))
    assert len(draw.numbers) == 12
    digests = {
        n: hashlib.sha256(f"{draw.salt}:2026-09:{n}".encode()).hexdigest() for n in draw.numbers
    }
    assert set(sorted(digests, key=lambda n: digests[n])[:2]) == looked_at == set(draw.drawn)
    why = (
        Case.objects.filter(number__in=looked_at)[0].events.get(action="on_spot_drawn").data["why"]
    )
    assert draw.salt in why


def test_the_salt_is_new_for_every_draw_and_unknown_before(cast: Cast) -> None:
    on_spot(cast)
    cast.report("楼道灯坏了", on_spot="换了灯泡", found_by=cast.clerk, channel="door", contacts=(),
                at=at("2026-08-10 09:00"))  # fmt: skip
    for month in (date(2026, 8, 1), SEPTEMBER):
        on_spot_sampling.draw(month=month, at=AFTER)

    salts = set(OnSpotDraw.objects.values_list("salt", flat=True))
    assert {len(s) for s in salts} == {32}
    assert len(salts) == 2


def test_the_database_refuses_a_second_draw_and_a_change(cast: Cast) -> None:
    on_spot(cast)
    on_spot_sampling.draw(month=SEPTEMBER, at=AFTER)
    draw = OnSpotDraw.objects.get()

    once = "a_month_of_a_community_is_drawn_once"
    with pytest.raises(IntegrityError, match=once), transaction.atomic():
        OnSpotDraw.objects.create(
            month=draw.month, community=draw.community, unit=draw.unit, salt="0" * 32,
            percent=10, least=1, numbers=draw.numbers, drawn_at=AFTER,
        )  # fmt: skip
    for forbidden in (
        lambda: OnSpotDraw.objects.update(salt="0" * 32),
        lambda: OnSpotDraw.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()


def test_the_ledger_of_draws_shows_what_it_takes_to_check(cast: Cast, browser: Browser) -> None:
    case = drawn(cast)

    page = browser(cast.supervisor).get("/work/registers/on_spot_draws/").content.decode()

    assert case.number in page
    assert OnSpotDraw.objects.get().salt in page


def test_a_drawn_case_says_how_it_was_drawn(cast: Cast) -> None:
    case = drawn(cast)

    event = case.events.get(action="on_spot_drawn")
    assert event.data["why"] == (
        "团结路社区 2026年9月自办 1 件，抽 1 件（10%，至少 1 件）；按“盐:月份:件号”的 SHA-256 从小到大取，"
        f"盐 {OnSpotDraw.objects.get().salt} 在抽取时生成，不由人选，可照此复算"
    )
    assert (case.status, case.sign_off_code) == ("closed", "on_spot")


def test_each_community_and_month_is_drawn_once(cast: Cast) -> None:
    for day in range(1, 13):
        on_spot(cast, day)

    first = on_spot_sampling.draw(month=SEPTEMBER, at=AFTER)
    on_spot(cast, 20)
    again = on_spot_sampling.draw(month=SEPTEMBER, at=AFTER)

    assert (first, again) == (2, 0)
    assert OnSpotLook.objects.count() == 2


def test_the_share_is_a_local_default(cast: Cast) -> None:
    set_default("callback.on_spot_percent", 50)
    for day in range(1, 5):
        on_spot(cast, day)

    assert on_spot_sampling.draw(month=SEPTEMBER, at=AFTER) == 2
    assert LocalDefault.objects.get(pk="callback.on_spot_percent").confirmed_on is None


def test_a_month_that_runs_is_not_drawn(cast: Cast) -> None:
    with pytest.raises(ValueError, match="not over"):
        on_spot_sampling.draw(month=SEPTEMBER, at=at("2026-09-30 23:59"))


def test_other_closed_cases_and_other_months_are_not_drawn(cast: Cast) -> None:
    cast.case_at("closed")
    on_spot(cast)

    assert on_spot_sampling.draw(month=date(2026, 8, 1), at=AFTER) == 0


def test_without_a_subdistrict_it_waits_until_there_is_one(cast: Cast) -> None:
    on_spot(cast)
    Unit.objects.filter(pk=cast.street.pk).update(valid_to=date(2026, 9, 30))
    none = on_spot_sampling.draw(month=SEPTEMBER, at=AFTER)
    Unit.objects.filter(pk=cast.street.pk).update(valid_to=None)

    assert (none, on_spot_sampling.draw(month=SEPTEMBER, at=AFTER)) == (0, 1)


# -- who looks -------------------------------------------------------------------------------------
def test_it_waits_in_the_inbox_of_the_subdistrict_and_nowhere_else(cast: Cast) -> None:
    case = drawn(cast)

    waits = [(r.case.pk, r.waiting.code) for r in inbox([cast.other_handler], now=AFTER).rows]

    assert waits == [(case.pk, "look_on_spot")]
    assert not inbox([cast.handler], now=AFTER).rows
    assert not inbox([cast.clerk], now=AFTER).rows
    assert visible_to([cast.other_handler], day=DAY.date()).filter(pk=case.pk).exists()


def test_what_was_not_drawn_the_subdistrict_cannot_look_at(cast: Cast) -> None:
    case = on_spot(cast)

    with pytest.raises(ActionRefused, match="不在您的岗位范围内"):
        cast.act(case, "look_true", cast.other_handler, LOOKED_AT, note="看过")


def test_who_handled_it_is_not_who_looks(cast: Cast) -> None:
    case = drawn(cast)
    same_person = second_post(cast, cast.clerk, cast.other_handler)

    with pytest.raises(ActionRefused, match="您在此件本轮已承担“发现”，不能再做“核验”"):
        cast.act(case, "look_true", same_person, LOOKED_AT, note="看过")
    assert not inbox([same_person], now=LOOKED_AT).rows
    assert inbox([cast.other_handler], now=LOOKED_AT).rows


def test_the_database_refuses_the_finder_as_looker_too(cast: Cast) -> None:
    case = drawn(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        case.duties.create(round=case.round, person_id=cast.clerk.person_id, duty="check")


def test_another_department_does_not_look(cast: Cast) -> None:
    case = drawn(cast)
    case.scopes.create(scope_id=cast.handler.scope_id, opened_at=case.opened_at, type="report",
                       open=False)  # fmt: skip

    with pytest.raises(ActionRefused, match="由街道（乡镇）核看"):
        cast.act(case, "look_true", cast.handler, LOOKED_AT, note="看过")


def test_a_role_without_the_grant_does_not_look(cast: Cast) -> None:
    with pytest.raises(ActionRefused, match="您的岗位不能核看：属实"):
        cast.act(drawn(cast), "look_true", cast.clerk, LOOKED_AT, note="看过")


def test_it_takes_words(cast: Cast) -> None:
    with pytest.raises(performing.MissingInput, match="看到的情况"):
        cast.act(drawn(cast), "look_true", cast.other_handler, LOOKED_AT)


def test_only_the_system_draws(cast: Cast) -> None:
    case = drawn(cast)

    with pytest.raises(ActionRefused, match="已抽中过"):
        performing.perform(case=case.pk, action="draw_on_spot", by=SYSTEM, at=AFTER)
    with pytest.raises(ActionRefused, match="不是自办件"):
        performing.perform(case=cast.case_at("closed").pk, action="draw_on_spot", by=SYSTEM,
                           at=AFTER)  # fmt: skip


# -- what it finds ---------------------------------------------------------------------------------
@pytest.mark.parametrize("verdict", ["true", "unsure"])
def test_true_and_unsure_leave_it_closed(cast: Cast, verdict: str) -> None:
    case = cast.act(drawn(cast), f"look_{verdict}", cast.other_handler, LOOKED_AT, note="去看过")

    look = OnSpotLook.objects.get()
    assert (case.status, case.sign_off_code, case.round) == ("closed", "on_spot", 1)
    assert (look.verdict, look.looked_at, look.by_id) == (
        verdict, LOOKED_AT, cast.other_handler.person_id,
    )  # fmt: skip
    assert case.events.filter(action=f"looked_{verdict}").count() == 1
    assert not inbox([cast.other_handler], now=LOOKED_AT).rows
    with pytest.raises(ActionRefused, match="已核看过"):
        cast.act(case, "look_true", cast.other_handler, LOOKED_AT, note="再看")


def test_untrue_goes_the_ordinary_way_to_a_callback(cast: Cast) -> None:
    case = drawn(cast)

    case = cast.act(case, "look_untrue", cast.other_handler, LOOKED_AT, note="纸箱还在")
    reopened = (case.status, case.round, case.sign_off_code, case.closed_at)
    case = cast.act(case, "dispatch", cast.dispatcher, LOOKED_AT, lead=cast.housing.pk)
    case = cast.act(case, "accept", cast.handler, LOOKED_AT)

    assert reopened == ("awaiting_dispatch", 2, "", None)
    assert (case.status, case.lead_id) == ("in_progress", cast.housing.pk)
    assert case.deadlines.filter(what="handle", cancelled_at=None, met_at=None).exists()
    assert set(case.duties.filter(round=2).values_list("person", "duty")) == {
        (cast.clerk.person_id, "find"), (cast.handler.person_id, "handle"),
    }  # fmt: skip
    assert (cast.other_handler.person_id, "check") in case.duties.filter(round=1).values_list(
        "person", "duty"
    )
    assert set(case.scopes.values_list("open", flat=True)) == {True}


def test_the_subdistrict_that_looked_may_lead_the_new_round(cast: Cast) -> None:
    case = cast.act(drawn(cast), "look_untrue", cast.other_handler, LOOKED_AT, note="纸箱还在")

    case = cast.act(case, "dispatch", cast.dispatcher, LOOKED_AT, lead=cast.street.pk)

    assert case.status == "awaiting_acceptance"


def test_a_look_has_its_verdict(cast: Cast) -> None:
    drawn(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        OnSpotLook.objects.update(verdict="true")


# -- the numbers -----------------------------------------------------------------------------------
def test_the_share_looked_at_and_what_was_true(cast: Cast) -> None:
    set_default("callback.on_spot_least", 3)
    for day in range(1, 6):
        on_spot(cast, day)
    on_spot_sampling.draw(month=SEPTEMBER, at=AFTER)
    verdicts = ("true", "untrue", "unsure")
    for look, verdict in zip(OnSpotLook.objects.order_by("pk"), verdicts, strict=True):
        cast.act(look.case, f"look_{verdict}", cast.other_handler, LOOKED_AT, note="去看过")
    part = Slice(cast.city.path, at("2026-09-01 00:00"), at("2026-10-01 00:00"))

    counted, looked, true = (computing.compute(i, part) for i in indicators.BESIDE)

    assert counted.value == 4  # the untrue one is an ordinary case now
    assert (looked.hits, looked.n) == (3, 5)
    assert (true.hits, true.n) == (1, 2)


def test_the_board_shows_them_beside_the_count(cast: Cast, browser: Browser) -> None:
    case = drawn(cast)
    cast.act(case, "look_true", cast.other_handler, LOOKED_AT, note="去看过")

    page = browser(cast.leader).get(reverse("board"), {"period": "2026-09"}).content.decode()

    strip = page.split("</dl>")[0]
    shown = re.findall(r">(自办件|自办件核看比例|核看属实)</a>", strip)
    assert shown == ["自办件", "自办件核看比例", "核看属实"]
    assert strip.count("1 ÷ 1") == 2


def test_the_page_of_the_subdistrict_offers_the_three_findings(
    cast: Cast, browser: Browser
) -> None:
    case = drawn(cast)

    page = browser(cast.other_handler).get(reverse("case_detail", args=[case.number]))

    words = page.content.decode()
    assert all(label in words for label in ("核看：属实", "核看：不属实", "核看：未能核实"))
    assert "抽中核看" in words
