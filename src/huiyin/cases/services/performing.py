"""Carry out one action of the table: lock, check, append, clocks, effects, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases import ledger, registry, selectors
from huiyin.cases.models import Case, CaseScope
from huiyin.cases.rules import transitions as t
from huiyin.cases.rules import words as w
from huiyin.cases.rules.events import NewEvent, Words
from huiyin.cases.rules.facts import Facts
from huiyin.cases.rules.guards import GUARDS, duty_error, recusal_error
from huiyin.cases.services import (  # noqa: F401  (stages register themselves)
    admitting,
    attaching,
    checking,
    clocks,
    detours,
    dispatching,
    facts,
    handling,
    linking,
    looking,
    supervising,
    telling,
)
from huiyin.cases.services.steps import (
    STAGES,
    SYSTEM,
    Acting,
    ActionRefused,
    CaseChanged,
    Step,
)
from huiyin.org.rules.grants import ActingPost, scope_of_unit

#: Guards that look at what was typed: not asked when buttons are computed.
INPUT_GUARDS = frozenset({
    "lead_can_lead", "units_not_recused", "unit_lost_return", "lead_changes",
    "extension_not_longer", "reached_says_resolved", "attempts_apart", "code_fits_callback",
    "merge_target_fits", "children_answered", "other_case_exists", "about_changes", "accusation_answered",
})  # fmt: skip


class MissingInput(ActionRefused):
    """A required field is empty. `key` names the field."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True)
class Button:
    """An action that somebody may do now, and in which of their posts."""

    transition: t.Transition
    post: ActingPost

    @property
    def action(self) -> str:
        return self.transition.action


def perform(
    *,
    case: int,
    action: str,
    by: Acting,
    at: datetime,
    given: Mapping[str, Any] | None = None,
    recorded_at: datetime | None = None,
    seen_version: int | None = None,
) -> Case:
    """Do `action` on the case with id `case`; returns the case as it is afterwards.

    `given` holds what the transition asks for, by key: unit ids, booleans, dates, text.
    `seen_version` = version on the page that the person looked at; an older one is refused.
    Raises ActionRefused (or MissingInput, CaseChanged) with a Chinese sentence; nothing is written.
    """
    typed = dict(given or {})
    try:
        with transaction.atomic():
            ledger.hold_for_seal()
            row = Case.objects.select_for_update(of=("self",)).get(pk=case)
            case_type = registry.get(row.type)
            transition = case_type.actions.get(action)
            if transition is None:
                raise ActionRefused("此类事项没有这个动作")
            if seen_version is not None and seen_version != row.version:
                raise CaseChanged(_changed_words(row))
            seen = facts.load(row, by, typed, at)
            error = refusal(row, transition, by, seen)
            if error:
                raise ActionRefused(error)
            _require(transition, typed)
            step = Step(
                case=row, type=case_type, transition=transition, by=by, at=at,
                recorded_at=recorded_at or at, given=typed, facts=seen,
            )  # fmt: skip
            _carry_out(step)
            for follow_up, more in step.then:
                perform(case=row.pk, action=follow_up, by=SYSTEM, at=at, given=more)
            return Case.objects.get(pk=row.pk) if step.then else row
    except IntegrityError as error:
        raise ActionRefused(_constraint_words(error)) from error


def refusal(case: Case, transition: t.Transition, by: Acting, seen: Facts) -> str | None:
    """Why this actor may not do this now, or None. The same answer for buttons and for acts."""
    if case.status not in transition.sources:
        return f"此件现在是“{case.status_label}”，不能{transition.label}"
    if by.kind == "system":
        return _guards(transition, seen)
    if by.kind == "reporter":
        if transition.party != t.REPORTER:
            return "诉求人不能做这一步"
        return _guards(transition, seen)
    if by.post is None or not transition.grant or not by.post.may(transition.grant):
        return f"您的岗位不能{transition.label}"
    recused = recusal_error(seen)
    if recused:
        return recused
    if not selectors.posts_that_see(case, [by.post], day=local_date(seen.at)):
        return "此件不在您的岗位范围内"
    party_error = _party_error(transition, seen)
    if party_error:
        return party_error
    return duty_error(seen, transition.duty) or _guards(transition, seen)


def buttons(case: Case, posts: Sequence[ActingPost], at: datetime) -> list[Button]:
    """What these posts may do with the case now, the likely ones first. One button per action."""
    case_type = registry.get(case.type)
    found: dict[str, Button] = {}
    for post in selectors.posts_that_see(case, posts, day=local_date(at)):
        acting = Acting(post=post)
        seen = facts.load(case, acting, {}, at)
        for transition in case_type.transitions:
            if transition.action in found or not transition.grant:
                continue
            if case.status not in transition.sources or not post.may(transition.grant):
                continue
            if _party_error(transition, seen) or duty_error(seen, transition.duty):
                continue
            if any(GUARDS[g](seen) for g in transition.guards if g not in INPUT_GUARDS):
                continue
            found[transition.action] = Button(transition, post)
    return sorted(found.values(), key=lambda b: not b.transition.likely)


def _carry_out(step: Step) -> None:
    transition, case = step.transition, step.case
    before = case.status
    for ask in transition.asks:
        if ask.words and step.given.get(ask.key):
            step.words[ask.key] = Words(str(step.given[ask.key]), public=ask.public)
        if ask.type == "files" and step.given.get(ask.key):
            step.data[ask.key] = attaching.bind(
                case, step.given[ask.key], person_id=step.by.person_id
            )
    run = STAGES.get(transition.action)
    if run is not None:
        run(step)
    if transition.target and transition.target != t.PRIOR:
        step.changes["status"] = transition.target
    step.data |= {"from": before, "to": step.changes.get("status", before)}
    for column, value in step.changes.items():
        setattr(case, column, value)
    _clocks(step)
    due_at = clocks.next_due(case)
    if due_at != case.due_at:
        step.changes["due_at"] = due_at
    ledger.append(
        case,
        NewEvent(
            action=transition.event, at=step.at, recorded_at=step.recorded_at,
            person_id=step.by.person_id, post_id=step.by.post.post_id if step.by.post else None,
            actor=step.by.kind, duty=transition.duty if step.by.person_id else None,
            set=step.changes, data=step.data, words=step.words,
        ),
        unit_id=step.by.unit_id if transition.duty in step.type.unit_duties else None,
    )  # fmt: skip
    if transition.clock:
        _replay_clocks(step)
    _scopes(step)
    telling.tell_reporter(step)
    for effect in step.type.effects.get(transition.action, ()):
        effect(step)


def _clocks(step: Step) -> None:
    """What the table says of clocks. A reply is a contact too, if nobody recorded one before."""
    transition, case, at = step.transition, step.case, step.at
    for what in transition.meets:
        if what == "contact_if_reply":
            clocks.meet(case, "contact", at)
        else:
            clocks.meet(case, what, at, step.assignment if what == "support" else None)
    clocks.cancel(case, transition.cancels, at)
    for what in transition.continues:
        clocks.go_on(case, what)
    for what in transition.starts:
        for assignment in step.clock_assignments.get(what, [None] if what != "support" else []):
            clocks.start(case, what, at, assignment, action=transition.action)


def _replay_clocks(step: Step) -> None:
    """After a pause, a resumption or an extension: due times anew from the ledger."""
    clocks.recompute(step.case)
    due_at = clocks.next_due(step.case)
    if due_at != step.case.due_at:
        ledger.append(
            step.case,
            NewEvent(action="due_recomputed", at=step.at, recorded_at=step.recorded_at,
                     actor="system", set={"due_at": due_at}),
        )  # fmt: skip


def _scopes(step: Step) -> None:
    """Who takes part from now on sees the case; whose part ended without a new one does not, and
    keeps its own acts only (selectors.former)."""
    case = step.case
    if case.status == w.WITHHELD:
        CaseScope.objects.filter(case=case).delete()
        return
    if step.new_scopes:
        CaseScope.objects.bulk_create(
            [CaseScope(scope_id=s, opened_at=case.opened_at, case=case, type=case.type, open=not case.ended)
             for s in step.new_scopes],
            ignore_conflicts=True,
        )  # fmt: skip
    gone = {scope_of_unit(pk) for pk in step.left_units} - step.new_scopes
    if gone:
        CaseScope.objects.filter(case=case, scope_id__in=gone).delete()
    if "status" in step.changes:
        CaseScope.objects.filter(case=case).exclude(open=not case.ended).update(open=not case.ended)


def _guards(transition: t.Transition, seen: Facts) -> str | None:
    return next((e for g in transition.guards if (e := GUARDS[g](seen))), None)


def _party_error(transition: t.Transition, seen: Facts) -> str | None:
    if transition.party == t.ANYBODY:
        return None
    if transition.party in (t.SYSTEM, t.REPORTER):
        return "这一步不由工作人员做"
    role = {t.LEAD: "lead", t.SUPPORT: "support", t.PARTICIPANT: None}[transition.party]
    if seen.status == w.CLOSED and transition.party == t.PARTICIPANT:
        took_part = seen.ever_took_part
    else:
        took_part = role in seen.my_parts if role else bool(seen.my_parts)
    return None if took_part else f"只有{t.PARTY_LABELS[transition.party]}能{transition.label}"


def _require(transition: t.Transition, typed: Mapping[str, Any]) -> None:
    for ask in transition.asks:
        value = typed.get(ask.key)
        if ask.required and (value is None or value == "" or value == []):
            raise MissingInput(ask.key, f"请填写“{ask.label}”")
        if ask.choices and value and value not in ask.choices:
            raise MissingInput(ask.key, f"“{ask.label}”请从选项中选择")
        if isinstance(value, str) and len(value) > ask.limit:
            raise MissingInput(ask.key, f"“{ask.label}”最多 {ask.limit} 字，现在 {len(value)} 字")


def last_actor(case: Case) -> str:
    """Who did the last thing to this case: a name, 诉求人 or 系统."""
    last = case.events.select_related("person").order_by("-seq").first()
    if last and last.person:
        return last.person.name
    return "诉求人" if last and json.loads(last.body)["actor"] == "reporter" else "系统"


def _changed_words(case: Case) -> str:
    return f"{last_actor(case)}刚刚处理过此件，现在是“{case.status_label}”。您写的内容还在，请看过后再操作"


def _constraint_words(error: IntegrityError) -> str:
    """A refusal of the database in the words of the screen."""
    known = {
        "finder_handler_and_checker_are_distinct": "发现、办理、核验须由不同的人做",
        "a_unit_never_checks_what_it_handled": "承办过的单位不能核验",
        "a_community_never_leads": "社区只能协办，不能主办",
        "whom_a_case_is_about_never_leads_it": "被反映的单位不能主办",
        "a_unit_returns_a_case_once": "同一单位对同一件只能退一次",
        "one_open_request_of_a_kind": "已有一份同类申请待裁定",
        "who_asks_does_not_decide": "提出申请的人不能自己裁定",
        "an_exclusion_takes_two_reviewers": "剔除须两人评审",
        "a_case_has_one_lead_at_a_time": "此件已有主办单位",
    }
    text = str(error)
    return next(
        (words for name, words in known.items() if name in text),
        "数据库没有接受这一步，请刷新后再试",
    )
