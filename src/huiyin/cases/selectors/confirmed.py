"""What people confirmed: categories and leads of dispatched reports, from which triage learns."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count

from huiyin.base.kept import Kept
from huiyin.cases.models import Assignment, Case, CaseWords

#: The newest confirmed reports are enough to learn from, and bound the night's work.
TEXTS = 20_000


def confirmed_texts(limit: int = TEXTS) -> tuple[list[str], list[str]]:
    """(texts, category codes) of dispatched reports with a category, oldest first.

    A category that only a machine suggested does not teach: a person dispatched the case with it.
    """
    newest = Case.objects.filter(
        type="report", dispatched_at__isnull=False, confidential=False
    ).exclude(category="").order_by("-pk").values_list("pk", "category")[:limit]  # fmt: skip
    categories = dict(newest)
    words = dict(
        CaseWords.objects.filter(case__in=list(categories), key="text", erased_at=None)
        .values_list("case", "text")
    )  # fmt: skip
    ids = sorted(pk for pk in categories if words.get(pk))
    return [str(words[pk]) for pk in ids], [categories[pk] for pk in ids]


@Kept
def learned_dispatches() -> dict[str, dict[str, int]]:
    """Category code → function of the lead → count of dispatches that went to the right unit.

    The newest TEXTS dispatches: a case page waits for this, and a year ago other units were in force.
    """
    newest = Assignment.objects.filter(role="lead", misdispatched=False).order_by("-pk")
    rows = (
        Assignment.objects.filter(pk__in=newest.values("pk")[:TEXTS], case__type="report")
        .exclude(case__category="").exclude(unit__function="")
        .values_list("case__category", "unit__function").annotate(n=Count("pk"))
    )  # fmt: skip
    learned: dict[str, dict[str, int]] = defaultdict(dict)
    for category, function, n in rows:
        learned[category][function] = n
    return dict(learned)
