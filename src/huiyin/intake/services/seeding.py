"""Seed of intake: the first answers of the knowledge base. Run again, it changes nothing."""

from __future__ import annotations

from datetime import date

from huiyin.intake.models import KnowledgeAnswer
from huiyin.intake.rules.starter_answers import STARTERS

#: The civil code on which most of them stand came into force.
SINCE = date(2021, 1, 1)


def seed_answers() -> int:
    """Insert the starter answers that are not there yet; number of rows added.

    One that somebody reworded or ended is left alone: its code stands.
    """
    there = set(KnowledgeAnswer.objects.exclude(code="").values_list("code", flat=True))
    rows = [
        KnowledgeAnswer(
            code=s.code, question=s.question, keywords=s.keywords, answer=s.answer, basis=s.basis,
            valid_from=SINCE,
        )
        for s in STARTERS
        if s.code not in there
    ]  # fmt: skip
    KnowledgeAnswer.objects.bulk_create(rows)
    return len(rows)
