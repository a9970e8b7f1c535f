"""Value == what the drill-down's rows give, for every indicator; rates need answers of reporters."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.cases import indicators as numbers
from huiyin.indicators import registry
from huiyin.indicators.registry import Slice
from huiyin.indicators.rules import periods
from huiyin.indicators.services import computing
from tests.cast import Cast, at


def october(cast: Cast) -> Slice:
    return Slice(cast.city.path, at("2026-09-01 00:00"), at("2026-11-01 00:00"))


def test_every_value_is_the_aggregate_of_its_rows(cast: Cast) -> None:
    cast.case_at("closed")
    cast.case_at("in_progress")
    part = october(cast)

    for indicator in registry.all_indicators():
        value = computing.compute(indicator, part)
        rows = list(indicator.rows(part))
        assert value.n == len(rows), indicator.code
        if indicator.hits:
            hits = {r.pk for r in indicator.hits(part)}
            assert hits <= {r.pk for r in rows}, indicator.code
            assert value.hits == len(hits)
        elif not indicator.amount:
            assert value.value == len(rows)


def test_the_units_of_a_breakdown_add_up_to_the_whole(cast: Cast) -> None:
    cast.case_at("closed")
    cast.case_at("in_progress")
    part = october(cast)

    by_unit = computing.compute_by_unit(numbers.RESPONSE, part)

    assert {u: (v.n, v.hits) for u, v in by_unit.items()} == {cast.housing.pk: (2, 0)}


def test_an_unreachable_reporter_is_in_no_denominator(cast: Cast) -> None:
    case = cast.case_at("awaiting_callback")
    cast.act(case, "call_back", cast.callback, channel="phone", outcome="unreachable")

    value = computing.compute(numbers.RESOLUTION, october(cast))

    assert (value.value, value.n) == (None, 0)


def test_a_callback_contradicts_a_recorded_contact(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    case = cast.act(case, "contact", cast.handler, at("2026-09-30 11:00"), how="phone")
    assert computing.compute(numbers.RESPONSE, october(cast)).value == Decimal("100.0")
    case = cast.act(case, "submit_result", cast.handler, at("2026-09-30 12:00"), reply="修好了")
    case = cast.act(case, "approve", cast.reviewer, at("2026-09-30 13:00"))

    cast.act(case, "call_back", cast.callback, at("2026-09-30 14:00"), channel="phone",
             outcome="reached", resolved=True, satisfied="fair", contacted_in_time=False)  # fmt: skip

    assert computing.compute(numbers.RESPONSE, october(cast)).value == Decimal("0.0")
    assert computing.compute(numbers.SATISFACTION, october(cast)).value == Decimal("100.0")


def test_an_excluded_case_leaves_scoring(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    case = cast.act(case, "ask_exclusion", cast.handler, reason="malicious", basis="报警回执",
                    note="重复虚报", files=[1])  # fmt: skip
    case = cast.act(case, "first_exclusion", cast.reviewer)
    cast.act(case, "second_exclusion", cast.supervisor)

    assert computing.compute(numbers.RESPONSE, october(cast)).n == 0
    assert computing.compute(numbers.RECEIVED, october(cast)).n == 1


def test_an_excluded_case_leaves_every_measure_of_a_unit_and_is_counted_as_excluded(
    cast: Cast,
) -> None:
    case = cast.case_at("awaiting_review")
    case = cast.act(case, "send_back", cast.reviewer, at("2026-09-30 11:00"), note="请再核实")
    case = cast.act(case, "ask_exclusion", cast.handler, reason="malicious", basis="报警回执",
                    note="重复虚报", files=[1])  # fmt: skip
    case = cast.act(case, "first_exclusion", cast.reviewer)
    cast.act(case, "second_exclusion", cast.supervisor)
    part = Slice(cast.city.path, at("2026-09-01 00:00"), at("2026-12-01 00:00"))

    left = (numbers.ON_TIME, numbers.AT_ONCE, numbers.TRANSFERS_MEAN, numbers.OVERDUE)

    assert [computing.compute(i, part).n for i in left] == [0, 0, 0, 0]
    assert computing.compute(numbers.EXCLUDED_RATE, part).value == Decimal("100.0")


def test_a_granted_return_is_a_misdispatch_of_who_dispatched_it(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    case = cast.act(case, "return_case", cast.handler, at("2026-09-30 10:00"), reason="wrong_duty",
                    basis="三定方案", proposed_unit=cast.police.pk, note="属治安管理")  # fmt: skip
    cast.act(case, "grant_return", cast.arbiter, at("2026-09-30 10:30"), lead=cast.police.pk,
             note="同意")  # fmt: skip

    by_unit = computing.compute_by_unit(numbers.MISDISPATCH, october(cast))

    assert {u: (v.n, v.hits) for u, v in by_unit.items()} == {cast.centre.pk: (2, 1)}


@pytest.mark.parametrize(("reason", "hits"), [("wrong_unit", 1), ("changed", 0), ("", 0)])
def test_a_redispatch_is_a_misdispatch_where_it_says_wrong_unit(
    cast: Cast, reason: str, hits: int
) -> None:
    case = cast.case_at("in_progress")
    case = cast.act(case, "redispatch", cast.dispatcher, at("2026-09-30 11:00"),
                    lead=cast.police.pk, note="属公安", reason=reason)  # fmt: skip

    value = computing.compute(numbers.MISDISPATCH, october(cast))

    assert (value.n, value.hits, case.transfers) == (2, hits, 1)


def test_the_mean_of_each_unit_is_that_of_its_own_rows(cast: Cast) -> None:
    cast.case_at("closed")
    part = october(cast)

    by_unit = computing.compute_by_unit(numbers.TRANSFERS_MEAN, part)

    assert by_unit == {cast.housing.pk: computing.compute(numbers.TRANSFERS_MEAN, part)}


def test_the_board_pairs_what_was_given_back_with_what_was_sent_wrongly() -> None:
    shown = [i.code for i in numbers.BOARD]

    assert shown[shown.index("return_rate") + 1] == "misdispatch_rate"
    assert {"first_time_rate", "mean_transfers", "exclusion_rate"} < set(shown)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026H2", "2026-07-01", "2026-12-31"),
        ("2026Q3", "2026-07-01", "2026-09-30"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-W48", "2026-11-23", "2026-11-29"),
        ("2026-01-01/2026-06-30", "2026-01-01", "2026-06-30"),
    ],
)
def test_periods_are_cut_by_whole_local_days(code: str, first: str, last: str) -> None:
    period = periods.parse(code)

    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


def test_an_unknown_period_says_which_forms_there_are() -> None:
    with pytest.raises(periods.UnknownPeriod, match="2026Q3"):
        periods.parse("去年")
