"""Random legal sequences: whatever people do in whatever order, the ledger and the row agree."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from huiyin.base.selectors import workday_calendar
from huiyin.cases import registry, selectors
from huiyin.cases.models import Case, CaseEvent, CaseUnitDuty
from huiyin.cases.rules import guards
from huiyin.cases.rules import transitions as t
from huiyin.cases.rules import words as w
from huiyin.cases.services import clocks, facts, filing, performing, sealing, sweeping
from huiyin.cases.services.steps import REPORTER, SYSTEM, Acting, ActionRefused, in_post
from huiyin.org.rules.grants import ActingPost
from tests.cast import Cast, at

START = at("2026-09-29 16:30")  # two days before a holiday of a week
#: Minutes between two acts: in one sitting, over a night, over the holiday, over a quarter.
GAPS = (5, 50, 50, 230, 230, 1_430, 3 * 1_440, 9 * 1_440, 40 * 1_440)
#: Where a refused return leaves a case.
PRIORS = (w.AWAITING_ACCEPTANCE, w.IN_PROGRESS)
#: Whether the sweep comes by before the next act.
SWEPT = (False, False, True)
#: A story is taken up at the beginning or further on, so that short ones reach everything.
STARTS = (w.REGISTERED, w.AWAITING_DISPATCH, w.AWAITING_ACCEPTANCE, w.IN_PROGRESS, w.IN_PROGRESS,
          w.AWAITING_CALLBACK, w.CLOSED)  # fmt: skip
#: Always possible and leading nowhere, or to an early end: drawn now and then, so that stories go on.
CHATTER = frozenset({
    "answer", "decline", "tell_channel",
    "note", "add_voice", "escalate", "escalate_automatically", "consult", "remind", "supervise",
    "admonish", "merge", "unmerge", "reclassify", "split", "link_related", "mark_overdue",
    "remind_due", "take_over", "record_step", "review_suspension",
})  # fmt: skip


def posts_of(cast: Cast) -> list[ActingPost]:
    """Everybody who works in the county, the busiest first."""
    return [
        cast.dispatcher, cast.handler, cast.reviewer, cast.callback, cast.desk, cast.supervisor,
        cast.supervisor2, cast.arbiter, cast.police_handler, cast.other_handler,
        cast.firm_manager, cast.clerk, cast.leader,
    ]  # fmt: skip


#: Taken modulo a length, this is even over every length; small ranges are drawn from their ends.
ANY = st.integers(0, 99_999)


class Answers:
    """Draws what an action asks for: the least that makes it valid."""

    def __init__(self, cast: Cast, data: st.DataObject, other: int) -> None:
        self.cast, self.data, self.other = cast, data, other

    def draw(self, values: Sequence[Any], label: str) -> Any:
        return values[self.data.draw(ANY, label=label) % len(values)]

    def given(self, row: t.Transition, case: Case, when: datetime) -> dict[str, Any]:
        return {ask.key: self._one(ask, row, case, when) for ask in row.asks}

    def _one(self, ask: t.Ask, row: t.Transition, case: Case, when: datetime) -> Any:
        cast = self.cast
        match ask.type:
            case "unit" | "subject":
                units = (cast.housing, cast.police, cast.street, cast.firm, cast.neighbours)
                return self.draw([u.pk for u in units], ask.key)
            case "units":
                return self.draw([[], [cast.neighbours.pk]] if not ask.required
                                 else [[cast.street.pk, cast.police.pk]], ask.key)  # fmt: skip
            case "choice":
                if row.action == "call_back" and ask.key == "outcome":
                    return self.draw(["reached", "reached", "unreachable"], ask.key)
                return self.draw(list(ask.choices), ask.key)
            case "yes_no":
                return self.draw([True, False], ask.key)
            case "number":
                return self.draw([1, 3, 5], ask.key)
            case "date":
                return (when + timedelta(days=60)).date()
            case "files":
                return ["1"]
            case "case":
                return self.other
            case "children":
                return dict.fromkeys(case.children.values_list("pk", flat=True), "keep")
            case "category":
                return ""
            case _:
                return f"{ask.label}，已说明"


def fit(row: t.Transition, typed: dict[str, Any], case: Case) -> dict[str, Any]:
    """What was drawn independently, made consistent as a person would."""
    if row.action == "call_back" and typed["outcome"] != "reached":
        typed |= {"resolved": None, "satisfied": "", "contacted_in_time": None}
    if row.action == "sign_off" and case.resolved and case.satisfied:
        typed["code"] = "satisfied"
    return typed


class Table:
    """Who may do what with a case now; asked post by post and only as far as needed."""

    def __init__(self, case: Case, cast: Cast, when: datetime) -> None:
        self.case, self.cast, self.when = case, cast, when
        self._buttons: dict[int, frozenset[str]] = {}

    def rows(self, wanted: str) -> list[t.Transition]:
        """Actions that the status allows: the likely ones, any that lead on, or talk."""
        rows = [r for r in registry.get(self.case.type).transitions
                if self.case.status in r.sources]  # fmt: skip
        if wanted == "likely":
            return [r for r in rows if r.likely]
        return [r for r in rows if (r.action in CHATTER) == (wanted == "talk")]

    def actor(self, row: t.Transition) -> Acting | None:
        """The first who may do it, or None."""
        if row.party in (t.REPORTER, t.SYSTEM):
            by = REPORTER if row.party == t.REPORTER else SYSTEM
            seen = facts.load(self.case, by, {}, self.when)
            return by if performing.refusal(self.case, row, by, seen) is None else None
        able = (p for p in posts_of(self.cast) if p.may(row.grant))
        post = next((p for p in able if row.action in self._of(p)), None)
        return in_post(post) if post else None

    def _of(self, post: ActingPost) -> frozenset[str]:
        if post.post_id not in self._buttons:
            found = performing.buttons(self.case, [post], self.when)
            self._buttons[post.post_id] = frozenset(b.action for b in found)
        return self._buttons[post.post_id]

    def draw(self, data: st.DataObject) -> tuple[t.Transition, Acting] | None:
        """An act that somebody may do: drawn, and when nobody may, the next of the table."""
        number = data.draw(ANY, label="act")
        wanted = ("likely", "likely", "likely", "any", "any", "talk")[number % 6]
        for rows in map(self.rows, (wanted, "any", "talk")):
            first = number // 6 % max(len(rows), 1)
            for row in rows[first:] + rows[:first]:
                by = self.actor(row)
                if by is not None:
                    return row, by
        return None


def system_given(case: Case) -> dict[str, Any]:
    running = selectors.running_deadlines([case.pk]).order_by("due_at").first()
    return {"deadline": running.pk if running else 0, "what": running.what if running else "handle"}


def assert_only_the_typing_was_refused(
    case: Case, row: t.Transition, by: Acting, typed: dict[str, Any], when: datetime, said: str
) -> None:
    """A button that is shown may fail only for what was typed, with a sentence for the screen."""
    assert re.search(r"[一-鿿]", said)
    seen = facts.load(case, by, typed, when)
    sentences = {guards.GUARDS[g](seen) for g in row.guards if g in performing.INPUT_GUARDS}
    known = said in sentences or said.startswith(("请填写", "要并入的那件", "“"))
    assert known, f"{row.action} was offered and refused: {said}"


def assert_sound(case: Case) -> None:
    """Row = fold of the ledger, the chain verifies, duties are apart, due times are replayable."""
    rows = list(case.events.order_by("seq"))
    assert sealing.verify_case(case, rows) == []
    assert_each_step_is_a_row(case, rows)
    duties: dict[tuple[int, int], set[str]] = {}
    for row in rows:
        if row.person_id and row.duty:
            duties.setdefault((row.round, row.person_id), set()).add(row.duty)
    assert all(len(one) == 1 for one in duties.values())
    units: dict[tuple[int, int], set[str]] = {}
    for unit in CaseUnitDuty.objects.filter(case=case):
        units.setdefault((unit.round, unit.unit_id), set()).add(unit.duty)
    assert all(len(one) == 1 for one in units.values())
    assert case.due_at == clocks.next_due(case)
    calendar = workday_calendar()
    for deadline in selectors.running_deadlines([case.pk]):
        word = clocks.START_WORDS.get(deadline.what, "派出")
        history = selectors.clock_history(case, deadline)
        assert clocks.counted(history, calendar, word=word)[0] == deadline.due_at


#: Written beside the rows of the table: filing, and due times that were counted anew.
BESIDE_THE_TABLE = ("reported", "due_recomputed")


def assert_each_step_is_a_row(case: Case, events: Sequence[CaseEvent]) -> None:
    """From where each event took the case to where is what its row says, and the row where it is."""
    table = {row.event: row for row in registry.get(case.type).transitions}
    status = ""
    for one in events:
        before, status = status, json.loads(one.body)["set"].get("status", status)
        if one.action in BESIDE_THE_TABLE:
            assert status == before or one.action == "reported"
            continue
        row = table[one.action]
        targets = PRIORS if row.target == t.PRIOR else (row.target or before,)
        step = f"{row.action}: {before} → {status}"
        assert before in row.sources, step
        assert status in targets, step
        assert (one.data["from"], one.data["to"]) == (before, status), step
    assert case.status == status


def assert_somebody_can_move_it(case: Case, cast: Cast, when: datetime) -> None:
    """No dead end in fact, not only in the table: somebody in the county has a moving button."""
    if case.ended:
        return
    offered = (b for post in posts_of(cast) for b in performing.buttons(case, [post], when))
    moving = [button for button in offered if button.transition.target]
    assert moving, f"nobody can move {case.number} out of {case.status}"


@pytest.fixture
def other(cast: Cast) -> int:
    """A case that others may be merged into."""
    return cast.report(text="二栋楼顶漏水", at=START).pk


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
PHASES = [Phase.explicit, Phase.generate, Phase.shrink]


@settings(max_examples=20, suppress_health_check=QUIET, phases=PHASES)
@given(data=st.data())
def test_whatever_is_done_in_whatever_order_the_ledger_tells_the_row(
    cast: Cast, other: int, data: st.DataObject
) -> None:
    live(cast, other, data, steps=12)


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=QUIET, phases=PHASES)
@given(data=st.data())
def test_long_lives_of_cases_hold_as_well(cast: Cast, other: int, data: st.DataObject) -> None:
    live(cast, other, data, steps=30)


def live(cast: Cast, other: int, data: st.DataObject, *, steps: int) -> None:
    """File a report and let people do `steps` things with it, checking after each."""
    answers = Answers(cast, data, other)
    case = cast.case_at(
        answers.draw(STARTS, "starts"), at=START, kind=answers.draw(list(w.KINDS), "kind"),
        urgency=answers.draw(list(w.URGENCIES), "urgency"),
        found_by=answers.draw([None, cast.clerk], "found by"),
    )  # fmt: skip
    if answers.draw([False, False, True], "has a child"):
        filing.file_report(
            filing.NewReport(text="下级件", at=START, channel="phone", parent_id=case.pk,
                             area_id=cast.community.pk), recorded_at=START,
        )  # fmt: skip
    when = START + timedelta(hours=1)
    for _ in range(data.draw(st.integers(steps // 2, steps), label="steps")):
        when += timedelta(minutes=answers.draw(GAPS, "later"))
        if answers.draw(SWEPT, "swept"):
            sweeping.sweep(at=when)
            case = Case.objects.get(pk=case.pk)
            assert_sound(case)
        drawn = Table(case, cast, when).draw(data)
        if drawn is None:
            continue
        row, by = drawn
        typed = answers.given(row, case, when) if by is not SYSTEM else system_given(case)
        case = act(case, row, by, fit(row, typed, case), when)
        assert_sound(case)
    event(case.status)
    assert_somebody_can_move_it(case, cast, when)


def act(case: Case, row: t.Transition, by: Acting, typed: dict[str, Any], when: datetime) -> Case:
    """Do it; a refusal leaves nothing behind and is only about what was typed."""
    try:
        performing.perform(case=case.pk, action=row.action, by=by, at=when, given=typed)
        event(row.action)
    except ActionRefused as refused:
        after = Case.objects.get(pk=case.pk)
        assert after.version == case.version
        assert_only_the_typing_was_refused(after, row, by, typed, when, str(refused))
    return Case.objects.get(pk=case.pk)
