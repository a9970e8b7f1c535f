"""Which checked articles somebody may see: those of the units in which they may check."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.models import ArticleCheck, CheckedFigure

GRANT = "articles.check"


def checks_of(posts: Sequence[ActingPost]) -> QuerySet[ArticleCheck]:
    """Checks of the posts' own units, newest first, with counts of each verdict."""
    units = {p.unit_id for p in posts if p.may(GRANT)}
    counts = {
        f"n_{verdict}": Count("figures", filter=Q(figures__verdict=verdict))
        for verdict in ("agrees", "differs", "unclear", "no_record")
    }
    found = ArticleCheck.objects.filter(unit__in=units).annotate(**counts)
    return found.select_related("person", "place").order_by("-pk")


def figures_of(check: ArticleCheck) -> list[CheckedFigure]:
    """The figures of a check in reading order."""
    return list(check.figures.select_related("confirmed_by").order_by("ordinal"))
