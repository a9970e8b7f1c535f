"""The reporters of cases that run with another one: each is heard about its reply (practice.md §1.6)."""

from __future__ import annotations

from huiyin.base import selectors as base
from huiyin.cases.models import Callback, Case
from huiyin.cases.rules import words as w
from huiyin.cases.rules.facts import MergedVoices

#: What needs no further call: they answered, or do not want to.
SETTLED = ("reached", "refused")


def merged_voices(case: Case) -> MergedVoices:
    """What the reporters of the cases merged into this one say of its reply. Two queries at most.

    Who left no phone answers on the page or not at all, and is not waited for; neither is anybody
    where the sample was drawn and this case not in it.
    """
    if case.status != w.AWAITING_CALLBACK or case.replied_at is None:
        return MergedVoices()
    merged = list(
        Case.objects.filter(merged_into=case, status=w.MERGED).order_by("id")
        .prefetch_related("contacts")[:200]
    )  # fmt: skip
    if not merged:
        return MergedVoices()
    said: dict[int, list[Callback]] = {}
    for row in Callback.objects.filter(case__in=merged, at__gte=case.replied_at).order_by(
        "at", "id"
    ):
        said.setdefault(row.case_id, []).append(row)
    most = int(base.local_value("callback.attempts"))
    unheard, unsolved = [], []
    for other in merged:
        calls = said.get(other.pk, [])
        settled = [row for row in calls if row.outcome in SETTLED]
        if any(row.resolved is False for row in settled[-1:]):
            unsolved.append(other.number)
        has_phone = any(contact.phone for contact in other.contacts.all())
        if not settled and has_phone and len(calls) < most and case.sampled is not False:
            unheard.append(other.number)
    return MergedVoices(tuple(unheard), tuple(unsolved))
