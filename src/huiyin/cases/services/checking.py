"""Review, callback, sign-off, recheck, reopening: somebody else says whether it is solved."""

from __future__ import annotations

import hashlib

from huiyin.base import selectors as base
from huiyin.cases.models import Callback, Case, CaseDuty
from huiyin.cases.rules.callbacks import sample_of
from huiyin.cases.services.dispatching import decide_request
from huiyin.cases.services.steps import Step, stage


@stage("approve")
def approve(step: Step) -> None:
    """The reply goes to the reporter. Under random sampling it is drawn here whether they are called.

    The draw hashes the chain's head, which nobody knows before the reply: it cannot be aimed, and
    anybody can repeat it. A case is drawn once: reworked or relapsed, it stays in the sample or out
    of it. Otherwise those who complain again would be drawn more often than their share, and the
    rates would speak of them.
    """
    mode = base.local_value("callback.mode")
    drawn: bool | None = True
    if mode == "random":
        drawn = _drawn_before(step.case)
        if drawn is None:
            percent = int(base.local_value("callback.sample_percent"))
            digest = hashlib.sha256(f"{step.case.head}:{step.case.number}".encode()).digest()
            drawn = int.from_bytes(digest[:4], "big") % 100 < percent
    step.changes["sampled"] = drawn
    step.data |= {"mode": mode, "drawn": drawn}


def _drawn_before(case: Case) -> bool | None:
    """What the draw said of this case at an earlier reply; None where none was drawn."""
    for event in case.events.filter(action="approved").order_by("-seq"):
        if event.data.get("mode") == "random":
            return bool(event.data["drawn"])
    return None


@stage("call_back", "answer_as_reporter")
def call_back(step: Step) -> None:
    """One attempt to hear the reporter. Who was not reached or refused to answer stays out of every
    denominator, and so does whoever answered without having been drawn."""
    given = step.given
    own = step.by.kind == "reporter"
    outcome = "reached" if own else given["outcome"]
    answered = step.case.merged_into or step.case  # drawn with the case that theirs runs with
    sample = sample_of(str(base.local_value("callback.mode")), drawn=answered.sampled)
    before = step.case.callbacks.filter(round=step.case.round).count()
    Callback.objects.create(
        case=step.case, round=step.case.round, ordinal=before + 1, at=step.at,
        by_id=step.by.person_id, channel="web" if own else given["channel"], outcome=outcome,
        contacted_in_time=given.get("contacted_in_time"), resolved=given.get("resolved"),
        satisfied=given.get("satisfied") or "", sample=sample,
    )  # fmt: skip
    if outcome == "reached":
        step.changes["resolved"] = given.get("resolved")
        if given.get("satisfied"):
            step.changes["satisfied"] = given["satisfied"] != "dissatisfied"
    step.data |= {"outcome": outcome, "resolved": given.get("resolved"),
                  "satisfied": given.get("satisfied") or "", "sample": sample}  # fmt: skip


@stage("sign_off")
def sign_off(step: Step) -> None:
    """Closed by somebody who neither found nor handled it, with one of the sign-off codes."""
    step.changes |= {"closed_at": step.at, "sign_off_code": step.given["code"]}
    step.data["code"] = step.given["code"]
    for code, key in (("extended", "until"), ("transferred", "to_whom")):
        if step.given["code"] == code:
            step.data[key] = step.given[key]
    if step.given.get("children"):
        step.data["children"] = {str(k): v for k, v in step.given["children"].items()}
    for assignment in step.case.assignments.filter(ended_at__isnull=True):
        assignment.ended_at = step.at
        assignment.save(update_fields=["ended_at"])


@stage("reopen")
def reopen(step: Step) -> None:
    """Relapse 反弹: a new round of the same case; whoever found it keeps that duty in it."""
    case = step.case
    if case.requests.filter(kind="relapse", decided_at__isnull=True).exists():
        decide_request(step, "relapse", granted=True)
    new_round(step)


def new_round(step: Step) -> None:
    """The case begins again, from dispatch on; whoever found it keeps that duty."""
    case = step.case
    finders = list(
        case.duties.filter(round=case.round, duty="find").values_list("person", flat=True)
    )
    step.changes |= {
        "round": case.round + 1, "closed_at": None, "replied_at": None, "resolved": None,
        "satisfied": None, "sign_off_code": "", "met_deadline": None, "due_at": None,
        "lead_id": None, "first_contact_at": None, "sampled": None,
    }  # fmt: skip
    for person_id in finders:
        CaseDuty.objects.get_or_create(
            case=case, round=case.round + 1, person_id=person_id, duty="find"
        )


@stage("report_relapse")
def report_relapse(step: Step) -> None:
    from huiyin.cases.services.dispatching import ask_request

    ask_request(step, "relapse")


@stage("refuse_relapse")
def refuse_relapse(step: Step) -> None:
    decide_request(step, "relapse", granted=False)
