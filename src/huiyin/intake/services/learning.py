"""Triage learns from this installation's own confirmed reports."""

from __future__ import annotations

from datetime import datetime

from huiyin.cases.selectors import confirmed
from huiyin.triage.rules.classifier import TooFewExamples
from huiyin.triage.services import training


def learn(*, at: datetime) -> int:
    """Train on the newest confirmed reports; number of texts, 0 while there are too few."""
    texts, categories = confirmed.confirmed_texts()
    if not texts:
        return 0
    try:
        training.train(texts=texts, categories=categories, at=at)
    except TooFewExamples:
        return 0
    return len(texts)
