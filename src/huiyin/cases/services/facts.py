"""Load what guards look at: the locked case, its parts and what was typed, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from huiyin.base import selectors as base
from huiyin.base.models import Attachment
from huiyin.base.rules.workday_calendar import end_of_day, local_date
from huiyin.base.selectors import workday_calendar
from huiyin.cases import selectors
from huiyin.cases.models import Assignment, Case, Deadline
from huiyin.cases.rules import local_limits as limits
from huiyin.cases.rules import words as w
from huiyin.cases.rules.facts import Facts, RequestFacts, UnitFacts
from huiyin.cases.selectors.kept_out import recused_from
from huiyin.cases.selectors.merged import merged_voices
from huiyin.cases.services import thresholds
from huiyin.cases.services.steps import Acting
from huiyin.org.models import Unit


def load(case: Case, by: Acting, given: Mapping[str, Any], at: datetime) -> Facts:
    """About eight queries; nothing that grows with the number of cases."""
    parts = list(case.assignments.select_related("unit").order_by("id"))
    mine = [a for a in parts if a.ended_at is None and a.unit_id == by.unit_id]
    persons, units = recused_from(case, day=local_date(at))
    spoken = _spoken(case)
    return Facts(
        status=case.status,
        round=case.round,
        urgency=case.urgency,
        lead_id=case.lead_id,
        about_unit_id=case.about_unit_id,
        at=at,
        person_id=by.person_id,
        unit_id=by.unit_id,
        given=given,
        units=_units(given),
        requests=_requests(case),
        recused_persons=persons,
        recused_units=units,
        duties=dict(case.duties.filter(round=case.round).values_list("person", "duty")),
        unit_duties=dict(case.unit_duties.filter(round=case.round).values_list("unit", "duty")),
        due_at=case.due_at,
        contacted=case.first_contact_at is not None,
        arrived=any(a.arrived_at for a in mine),
        replied=case.replied_at is not None,
        my_parts=frozenset(a.role for a in mine),
        ever_took_part=any(a.unit_id == by.unit_id for a in parts),
        support_recused=any(
            a.role == "support" and a.ended_at is None and a.done_at is None and a.unit_id in units
            for a in parts
        ),
        my_support_open=any(a.role == "support" and a.done_at is None for a in mine),
        open_children=tuple(
            case.children.exclude(status__in=w.ENDED).order_by("id").values_list("pk", flat=True)
        ),
        merged=merged_voices(case),
        supervision=case.supervision,
        escalated=case.escalated,
        merge_target=_merge_target(case, given),
        on_spot=case.sign_off_code == "on_spot",
        look=_look(case),
        unit_kind=by.post.unit_kind if by.post else "",
        host_status=case.merged_into.status if case.merged_into else "",
        spoken=spoken,
        written_down=spoken and case.events.filter(action="written_down").exists(),
        statement_open=case.statement_requests.filter(answered_at__isnull=True).exists(),
        **_clocks(case, parts, at),
        **_heard(case),
    )


def _clocks(case: Case, parts: Sequence[Assignment], at: datetime) -> dict[str, Any]:
    """What follows from clocks, running and ended, and from whose they are."""
    deadlines = list(case.deadlines.order_by("id"))
    running = {d.what: d for d in deadlines if d.met_at is None and d.cancelled_at is None}
    handle = running.get("handle")
    now = [a for a in parts if a.ended_at is None]
    silent = [a for a in now if a.role == "support" and a.done_at is None]
    in_time = {d.assignment_id for d in deadlines
               if d.what == "support" and d.met_at is None and d.cancelled_at is None
               and at <= d.due_at}  # fmt: skip
    return {
        "return_until": _return_until(deadlines, now),
        "lead_was_ruled": _lead_was_ruled(parts),
        **_extension(handle),
        "open_support": tuple(a.unit.short_name for a in silent if a.pk in in_time),
        "late_support": tuple(a.unit_id for a in silent if a.pk not in in_time),
        "recheck_from": _recheck_from(running.get("recheck")),
        "waits_for": frozenset(running),
    }


def _heard(case: Case) -> dict[str, Any]:
    """What the reporter said of the reply that stands, and how often one has tried to hear them."""
    callbacks = selectors.callbacks_now(case)
    reached = next((c for c in reversed(callbacks) if c.outcome == "reached"), None)
    in_vain = max((c.at for c in callbacks if c.outcome == "unreachable"), default=None)
    return {
        "callbacks": len(callbacks),
        "max_callbacks": int(base.local_value("callback.attempts")),
        "last_in_vain": in_vain,
        "attempt_gap": thresholds.callback_gap() if in_vain else timedelta(0),
        "refused": any(c.outcome == "refused" for c in callbacks),
        "answered_online": any(c.channel == "web" for c in callbacks),
        "reached": reached is not None,
        "resolved": reached.resolved if reached else None,
        "satisfied": reached.satisfied if reached else "",
        "sampled": case.sampled,
        "reworked": bool(case.reworks) and _reworked(case),
    }


def _reworked(case: Case) -> bool:
    return case.events.filter(action="rework_ordered", round=case.round).exists()


def _recheck_from(recheck: Deadline | None) -> datetime | None:
    return recheck.due_at - thresholds.recheck_ahead() if recheck else None


def _return_until(
    deadlines: Sequence[Deadline], assignments: Sequence[Assignment]
) -> datetime | None:
    """When the lead's window for a return closed or will close, whether its clock still runs or not;
    None = it has none. What ended the window early, a reply above all, closed it."""
    lead = next((a.pk for a in assignments if a.role == "lead"), None)
    window = next(
        (d for d in reversed(deadlines) if d.what == "return_window" and d.assignment_id == lead),
        None,
    )
    if lead is None or window is None:
        return None
    return min(window.due_at, window.cancelled_at or window.due_at)


def _lead_was_ruled(parts: Sequence[Assignment]) -> bool:
    """Whether the arbiter gave the case to its lead: the lead before it returned the case."""
    leads = [a for a in parts if a.role == "lead"]
    return len(leads) > 1 and leads[-1].ended_at is None and leads[-2].returned_at is not None


def _look(case: Case) -> str | None:
    """What the subdistrict found of this 自办件, "" as long as it has to look; None = not drawn."""
    if case.sign_off_code != "on_spot":
        return None
    look = case.on_spot_looks.first()
    return None if look is None else look.verdict


def _requests(case: Case) -> tuple[RequestFacts, ...]:
    return tuple(
        RequestFacts(r.kind, r.unit_id, r.asked_by_id, r.first_by_id, r.decided_at is not None,
                     r.granted, r.round)
        for r in case.requests.order_by("id")
    )  # fmt: skip


def _spoken(case: Case) -> bool:
    """Whether the reporter left a recording, alone or beside written words, that may still have to
    be written down."""
    if case.channel == "voice" or case.status not in (w.REGISTERED, w.AWAITING_DISPATCH):
        return case.channel == "voice"
    return Attachment.objects.filter(
        subject=f"case:{case.pk}", kind="voice", from_reporter=True
    ).exists()


def _units(given: Mapping[str, Any]) -> dict[int, UnitFacts]:
    ids: list[int] = [given[k] for k in ("lead", "proposed_unit") if given.get(k)]
    for key in ("support", "units"):
        several: Iterable[int] = given.get(key) or ()
        ids += list(several)
    if not ids:
        return {}
    rows = Unit.objects.filter(pk__in=ids, valid_to__isnull=True)
    return {u.pk: UnitFacts(u.pk, u.kind, u.short_name) for u in rows}


def _extension(handle: Deadline | None) -> dict[str, Any]:
    """Until when, how often and by how much this clock may be extended: 本地参数."""
    ahead = base.local_number(limits.EXTENSION_AHEAD)
    percent = base.local_number(limits.EXTENSION_PERCENT)
    return {
        "extension_until": _workdays_before(handle.due_at, ahead) if handle else None,
        "extension_ahead": ahead,
        "extension_times": base.local_number(limits.EXTENSION_TIMES),
        "extension_most": max(1, handle.amount * percent // 100) if handle else 0,
    }


def _workdays_before(due_at: datetime, n: int) -> datetime:
    """The last moment at which an extension may be asked: the end of the nth workday before it is
    due."""
    calendar = workday_calendar()
    day = local_date(due_at)
    for _ in range(n):
        day -= timedelta(days=1)
        while day.year in calendar.years and not calendar.is_workday(day):
            day -= timedelta(days=1)
    return end_of_day(day)


def _merge_target(case: Case, given: Mapping[str, Any]) -> tuple[str, bool] | None:
    if not given.get("into"):
        return None
    other = Case.objects.filter(pk=given["into"]).only("status").first()
    return None if other is None else (other.status, other.pk == case.pk)
