"""Reads and checks of the knowledge base: what fits a text today, what somebody looked over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.intake.models import KnowledgeAnswer
from huiyin.intake.rules import knowledge
from huiyin.intake.rules.knowledge import Entry
from huiyin.org.selectors import in_force

#: More answers than this are no longer searched in Python (measured: 500 take 15 ms).
MOST = 500


@dataclass(frozen=True)
class Fitting:
    """An answer that fits, and the keywords by which it was found."""

    answer: KnowledgeAnswer
    because: tuple[str, ...]


def fitting(text: str, *, day: date, limit: int = 3) -> list[Fitting]:
    """Answers in force on `day` that fit what was said, best first. One query."""
    if len(text.strip()) < 2:
        return []
    rows = {a.pk: a for a in in_force_on(day)}
    entries = [Entry(a.pk, a.question, a.keywords) for a in rows.values()]
    return [Fitting(rows[m.id], m.because) for m in knowledge.find(text, entries, limit=limit)]


def in_force_on(day: date) -> list[KnowledgeAnswer]:
    """All answers in force, with the unit that answers for them. One query."""
    return list(
        KnowledgeAnswer.objects.filter(in_force(day)).select_related("answers_for")
        .order_by("pk")[:MOST]
    )  # fmt: skip


def checked(*, answer: KnowledgeAnswer, by_name: str, day: date) -> None:
    """Somebody looked it over against local rules: no longer 待本地确认."""
    answer.last_checked_on, answer.checked_by_name = day, by_name
    answer.save(update_fields=["last_checked_on", "checked_by_name"])
