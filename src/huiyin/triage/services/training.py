"""Training from the installation's own confirmed cases. The caller passes texts: triage knows no case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.base.kept import forget_all
from huiyin.triage.models import TrainedModel
from huiyin.triage.rules import classifier, model_file
from huiyin.triage.rules.text_features import Progress

# The newest stays in use, the ones before it for going back.
KEPT = 3


def train(
    *,
    texts: Sequence[str],
    categories: Sequence[str],
    at: datetime,
    progress: Progress | None = None,
) -> TrainedModel:
    """Train on confirmed texts (oldest first) and their category codes, and put it to use.

    Raises classifier.TooFewExamples: until then the keywords of the tree speak.
    """
    model = classifier.train(texts, categories, progress=progress)
    with transaction.atomic():
        row = TrainedModel.objects.create(
            trained_at=at, n=model.n, classes=len(model.classes), left_out=list(model.left_out),
            data=model_file.to_bytes(model),
        )  # fmt: skip
        newest = TrainedModel.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT]
        TrainedModel.objects.exclude(pk__in=list(newest)).delete()
        transaction.on_commit(forget_all)
    return row
