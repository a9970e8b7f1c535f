"""检举控告 that is found late: it leaves the line at once, and its reporter reads whom to ring."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huiyin.cases.models import Case, CaseScope
from huiyin.cases.selectors import visible_to
from huiyin.cases.selectors.numbers import dispatched
from huiyin.cases.selectors.waiting import inbox
from huiyin.cases.services import filing, sealing
from huiyin.cases.services.steps import ActionRefused
from huiyin.cases.tests.conftest import LOOKING, Browser
from huiyin.indicators.registry import Slice
from tests.cast import DAY, Cast, at


def spoken(cast: Cast) -> Case:
    return cast.report("（语音，待听写）", channel="voice")


@pytest.mark.parametrize("status", ["registered", "awaiting_dispatch", "in_progress"])
def test_it_leaves_everybodys_sight_and_stays_in_the_ledger(cast: Cast, status: str) -> None:
    case = cast.case_at(status)

    case = cast.act(case, "withhold", cast.desk, LOOKING, channel="discipline")

    assert (case.status, case.confidential, case.closed_at) == ("withheld", True, LOOKING)
    assert not CaseScope.objects.filter(case=case).exists()
    for post in (cast.desk, cast.dispatcher, cast.handler, cast.leader, cast.clerk):
        assert not visible_to([post], day=DAY.date()).filter(pk=case.pk).exists()
        assert case.pk not in {row.case.pk for row in inbox([post], now=LOOKING).rows}
    assert case.events.last().action == "withheld"
    assert not case.deadlines.filter(met_at=None, cancelled_at=None).exists()
    assert sealing.verify().ok


@pytest.mark.parametrize(("channel", "number"), [("discipline", "12388"), ("cadre", "12380")])
def test_the_reporter_reads_whom_to_ring(cast: Cast, channel: str, number: str) -> None:
    case = cast.act(cast.report(), "withhold", cast.dispatcher, channel=channel)

    reply = case.words.get(key="reply")
    assert reply.public
    assert number in (reply.text or "")


def test_the_unit_that_had_it_keeps_no_sight_of_it(cast: Cast, browser: Browser) -> None:
    case = cast.act(cast.case_at("in_progress"), "withhold", cast.desk, channel="discipline")

    page = browser(cast.handler).get(reverse("case_detail", args=[case.number]))

    assert page.status_code == 404


def test_who_withholds_goes_back_to_the_inbox(cast: Cast, browser: Browser) -> None:
    case = cast.report()
    address = reverse("case_action", args=[case.number, "withhold"])

    answer = browser(cast.desk).post(address, {"channel": "discipline"})

    assert (answer.status_code, answer["Location"]) == (302, reverse("inbox"))


def test_who_handles_or_looks_on_may_not_withhold(cast: Cast) -> None:
    case = cast.case_at("in_progress")

    for post in (cast.handler, cast.leader, cast.clerk):
        with pytest.raises(ActionRefused):
            cast.act(case, "withhold", post, channel="discipline")


def test_what_others_run_with_is_taken_apart_first(cast: Cast) -> None:
    host = cast.report("村主任贪污补偿款")
    cast.act(cast.report(), "merge", cast.desk, into=host.pk)

    with pytest.raises(ActionRefused, match="请先逐件拆出单独办"):
        cast.act(host, "withhold", cast.desk, channel="discipline")


def test_a_unit_is_not_measured_by_what_was_taken_from_it(cast: Cast) -> None:
    cast.act(cast.case_at("in_progress"), "withhold", cast.desk, LOOKING, channel="discipline")

    part = Slice(cast.county.path, at("2026-09-01 00:00"), at("2026-10-31 00:00"))
    assert not dispatched(part).exists()


# -- a voice message ---------------------------------------------------------------------------
def test_words_that_accuse_are_asked_about_when_they_are_written_down(cast: Cast) -> None:
    case = spoken(cast)

    with pytest.raises(ActionRefused, match="像是检举控告公职人员"):
        cast.act(case, "write_down", cast.desk, text="我怀疑社区主任把低保给了亲戚")

    assert not case.events.filter(action="written_down").exists()


def test_what_accuses_leaves_the_line_with_its_writing_down(cast: Cast) -> None:
    case = cast.act(
        spoken(cast), "write_down", cast.desk, text="社区主任把低保给了亲戚", accuses="yes"
    )

    assert [e.action for e in case.events.order_by("seq")][-2:] == ["written_down", "withheld"]
    assert case.status == "withheld"
    assert not CaseScope.objects.filter(case=case).exists()


def test_what_accuses_nobody_goes_its_way(cast: Cast) -> None:
    case = cast.act(
        spoken(cast), "write_down", cast.desk, text="派出所所长收钱太慢，户口本三天没办好",
        accuses="no",
    )  # fmt: skip

    assert case.status == "registered"


# -- filing ------------------------------------------------------------------------------------
def test_what_is_withheld_at_filing_is_hidden_from_its_finder_too(cast: Cast) -> None:
    filed = filing.file_report(
        filing.NewReport(text="社区主任收了好处费", at=DAY, channel="door", found_by=cast.clerk,
                         area_id=cast.community.pk, withheld=True),
        recorded_at=DAY,
    )  # fmt: skip

    assert not CaseScope.objects.filter(case=filed.case_id).exists()
