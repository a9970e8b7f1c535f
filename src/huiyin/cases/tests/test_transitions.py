"""The table of transitions as data: what it names exists, it leads on, and nothing else is possible."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from huiyin.cases import registry
from huiyin.cases.models import Case, CaseEvent, CaseWords
from huiyin.cases.rules import transitions as t
from huiyin.cases.rules import words as w
from huiyin.cases.rules.case_type import CaseType, check, reachable_statuses
from huiyin.cases.rules.deadlines import DEFAULTS
from huiyin.cases.rules.guards import GUARDS
from huiyin.cases.rules.waiting import STATUS, Waiting
from huiyin.cases.services import performing
from huiyin.cases.services.steps import REPORTER, STAGES, SYSTEM, Acting, ActionRefused, in_post
from huiyin.org.rules.grants import GRANT_LABELS, ROLES
from tests.cast import DAY, Cast, at

REPORT = registry.get("report")
ASK_TYPES = {
    "text", "line", "choice", "unit", "units", "subject", "date", "number", "yes_no", "files", "case",
    "children", "category",
}  # fmt: skip
#: Where cases begin, and the endings that filing alone gives (检举控告).
BEGINNINGS = {w.REGISTERED, w.WITHHELD}


# -- the whole table, status × action ----------------------------------------------------------
def _suspended(cast: Cast) -> Case:
    case = cast.case_at("in_progress")
    case = cast.act(case, "ask_suspension", cast.handler, at("2026-09-30 10:00"), reason="money",
                    basis="分管副市长", expected_on=at("2026-12-01 00:00").date(),
                    note="先行围挡", reply="资金到位后修复")  # fmt: skip
    return cast.act(case, "grant_suspension", cast.supervisor, at("2026-09-30 11:00"))


def _awaiting_ruling(cast: Cast) -> Case:
    return cast.act(
        cast.case_at("in_progress"), "return_case", cast.handler, at("2026-09-30 10:00"),
        reason="wrong_duty", basis="三定方案", proposed_unit=cast.police.pk, note="属治安管理",
    )  # fmt: skip


def _terminated(cast: Cast) -> Case:
    case = cast.act(
        cast.case_at("in_progress"), "ask_termination", cast.handler, at("2026-09-30 10:00"),
        reason="same_facts", basis="条例第二十条", reply="已依法办结并答复",
    )  # fmt: skip
    return cast.act(case, "grant_termination", cast.supervisor, at("2026-09-30 11:00"))


def _merged(cast: Cast) -> Case:
    other = cast.report(text="同一处水管漏水")
    return cast.act(cast.report(), "merge", cast.desk, into=other.pk)


def _archived(cast: Cast) -> Case:
    case = cast.act(cast.case_at("closed"), "recheck_good", cast.callback, DAY + timedelta(days=29))
    return cast.act(case, "archive", cast.callback, DAY + timedelta(days=40))


ROADS: dict[str, Callable[[Cast], Case]] = {
    **{
        status: lambda cast, status=status: cast.case_at(status)  # type: ignore[misc]
        for status in (
            w.REGISTERED, w.AWAITING_DISPATCH, w.AWAITING_ACCEPTANCE, w.IN_PROGRESS,
            w.AWAITING_REVIEW, w.AWAITING_CALLBACK, w.CLOSED,
        )
    },
    w.AWAITING_RETURN_RULING: _awaiting_ruling,
    w.SUSPENDED: _suspended,
    w.ANSWERED: lambda cast: cast.act(cast.report(), "answer", cast.desk, reply="明日恢复供水"),
    w.TOLD_CHANNEL: lambda cast: cast.act(
        cast.report(), "tell_channel", cast.desk, channel="petition", reply="请向信访局查询"
    ),
    w.DECLINED: lambda cast: cast.act(
        cast.report(), "decline", cast.desk, reason="secret", reply="涉及他人隐私，不予受理"
    ),
    w.TERMINATED: _terminated,
    w.MERGED: _merged,
    w.ARCHIVED: _archived,
    w.WITHHELD: lambda cast: cast.report(withheld=True),
}  # fmt: skip


def _actor(cast: Cast, row: t.Transition) -> Acting:
    """Somebody whose post would allow this action, were the status another."""
    if row.party == t.SYSTEM:
        return SYSTEM
    if row.party == t.REPORTER:
        return REPORTER
    posts = (cast.desk, cast.dispatcher, cast.reviewer, cast.callback, cast.supervisor,
             cast.handler, cast.clerk, cast.firm_manager, cast.leader)  # fmt: skip
    return in_post(next(p for p in posts if p.may(row.grant)))


def test_there_is_a_road_to_every_status() -> None:
    assert set(ROADS) == set(w.STATUSES)


@pytest.mark.parametrize("status", w.STATUSES)
def test_what_the_table_does_not_allow_in_a_status_is_refused_in_chinese(
    cast: Cast, status: str
) -> None:
    case = ROADS[status](cast)
    before = case.version
    assert case.status == status

    for row in REPORT.transitions:
        if status in row.sources:
            continue
        with pytest.raises(ActionRefused) as refused:
            performing.perform(case=case.pk, action=row.action, by=_actor(cast, row), at=DAY)
        assert str(refused.value) == f"此件现在是“{w.STATUSES[status]}”，不能{row.label}"

    case.refresh_from_db()
    assert (case.status, case.version) == (status, before)


def test_an_action_that_the_type_lacks_is_refused(cast: Cast) -> None:
    with pytest.raises(ActionRefused, match="没有这个动作"):
        cast.act(cast.report(), "burn_the_file", cast.desk)


# -- it leads on -------------------------------------------------------------------------------
def _reaches_an_end(case_type: CaseType, status: str) -> bool:
    seen, frontier = {status}, [status]
    while frontier:
        now = frontier.pop()
        if now in w.ENDED:
            return True
        for row in case_type.transitions:
            if now in row.sources and row.target and row.target not in seen | {t.PRIOR}:
                seen.add(row.target)
                frontier.append(row.target)
    return False


@pytest.mark.parametrize("case_type", registry.all_types(), ids=lambda c: c.code)
def test_every_reachable_status_leads_to_an_end(case_type: CaseType) -> None:
    stuck = [s for s in reachable_statuses(case_type) if not _reaches_an_end(case_type, s)]

    assert stuck == []


def test_every_status_of_a_report_can_be_reached() -> None:
    assert reachable_statuses(REPORT) | BEGINNINGS == set(w.STATUSES)


@pytest.mark.parametrize("case_type", registry.all_types(), ids=lambda c: c.code)
def test_a_declaration_has_no_fault(case_type: CaseType) -> None:
    assert check(case_type) == []


def test_a_type_cannot_ask_for_an_act_or_show_a_clock_that_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="waiting talk: unknown action talk.*unknown clock talks"):
        CaseType(
            code="x", label="x", prefix="X", transitions=t.BASE, due={w.REGISTERED: ("talks",)},
            waiting=(Waiting("talk", "待谈", "case.admit", STATUS, (w.REGISTERED,), "talk"),),
        )  # fmt: skip


def test_an_ended_case_is_moved_only_by_the_acts_that_say_so() -> None:
    """What has ended stays, but for relapse, un-merging, the archive and a 自办件 found untrue."""
    moving = {
        row.action for row in REPORT.transitions if row.target and set(row.sources) & set(w.ENDED)
    }

    assert moving == {"reopen", "unmerge", "archive", "reopen_on_spot"}


def test_every_status_has_words_for_the_resident() -> None:
    assert set(w.PUBLIC_STATUSES) == set(w.STATUSES)


# -- what it names exists ----------------------------------------------------------------------
def _rows() -> list[t.Transition]:
    return [row for case_type in registry.all_types() for row in case_type.transitions]


def test_every_grant_is_held_by_some_role_that_sees_cases() -> None:
    for row in _rows():
        if row.party in (t.SYSTEM, t.REPORTER):
            assert row.grant == ""
            continue
        assert row.grant in GRANT_LABELS, row.action
        holders = [r for r in ROLES.values() if row.grant in r.grants]
        assert any("case.view" in r.grants for r in holders), f"nobody may {row.action}"


def test_every_guard_and_party_exists() -> None:
    for row in _rows():
        assert set(row.guards) <= set(GUARDS), row.action
        assert row.party in t.PARTY_LABELS, row.action
    assert set(performing.INPUT_GUARDS) <= set(GUARDS)


def test_every_question_can_be_asked_by_a_form() -> None:
    for row in _rows():
        keys = [ask.key for ask in row.asks]
        assert len(keys) == len(set(keys)), row.action
        for ask in row.asks:
            assert ask.type in ASK_TYPES, f"{row.action}.{ask.key}"
            assert (ask.type == "choice") == bool(ask.choices), f"{row.action}.{ask.key}"
            assert re.search(r"[一-鿿]", ask.label), f"{row.action}.{ask.key}"
            if ask.public:
                assert ask.words, f"{row.action}.{ask.key}: told to the reporter, kept as words"


def test_every_clock_exists_and_has_a_limit() -> None:
    limited = {limit.what for limit in DEFAULTS if limit.case_type == "report"}
    for row in REPORT.transitions:
        assert set(row.starts) <= limited, row.action
        assert set(row.cancels) <= set(w.DEADLINES), row.action
        assert set(row.meets) <= set(w.DEADLINES) | {"contact_if_reply"}, row.action
        assert row.clock in ("", "pause", "resume", "change", "extend"), row.action


def test_every_clock_that_starts_is_met_or_cancelled_by_something() -> None:
    started = {what for row in REPORT.transitions for what in row.starts}
    ended = {what for row in REPORT.transitions for what in (*row.meets, *row.cancels)}

    assert started <= ended


def test_every_stage_belongs_to_an_action() -> None:
    assert set(STAGES) <= {row.action for row in _rows()}


def test_names_fit_their_columns() -> None:
    for row in _rows():
        assert len(row.event) <= CaseEvent._meta.get_field("action").max_length
        for ask in row.asks:
            if ask.words:
                assert len(ask.key) <= CaseWords._meta.get_field("key").max_length
    longest = Case._meta.get_field("status").max_length
    assert all(len(status) <= longest for status in w.STATUSES)


@pytest.mark.parametrize("case_type", registry.all_types(), ids=lambda c: c.code)
def test_no_two_actions_write_the_same_event_or_show_the_same_button(case_type: CaseType) -> None:
    written = [row.event for row in case_type.transitions]
    shown = [row.label for row in case_type.transitions]

    assert len(written) == len(set(written))
    assert len(shown) == len(set(shown))


def test_what_ends_a_case_for_good_says_so_before() -> None:
    silent = [
        row.action
        for row in REPORT.transitions
        if row.target in w.ENDED and not row.causes and row.action not in ("archive", "merge")
    ]

    assert silent == []


def test_actions_that_found_handled_or_checked_bind_a_duty() -> None:
    """Finder ≠ handler ≠ checker needs each of these to say which it is."""
    duties = {row.action: row.duty for row in REPORT.transitions}

    assert {duties[a] for a in ("accept", "contact", "submit_result", "support_done")} == {"handle"}
    assert {duties[a] for a in ("approve", "call_back", "rework", "sign_off")} == {"check"}
