"""What a new city starts with: the small tree of categories and the dispatch catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from huiyin.base.kept import forget_all
from huiyin.triage.models import CatalogueRow, Category
from huiyin.triage.rules import catalogue, categories

ORIGIN = f"内置小区诉求分类（{catalogue.PRACTICE}）"


@dataclass(frozen=True, slots=True)
class Imported:
    """How many nodes are new, stand as they were, got keywords, and were ended."""

    new: int
    same: int
    changed: int
    ended: int


def seed(at: datetime) -> dict[str, int]:
    """Insert what is missing: {"categories", "catalogue"} = rows added.

    A city that has brought a tree of its own keeps it: the built-in one is for an empty table.
    """
    day = timezone.localdate(at)
    added = 0
    if not Category.objects.exists():
        added = store_tree(categories.cold_start(), origin=ORIGIN, day=day).new
    return {"categories": added, "catalogue": seed_catalogue(day=day)}


def seed_catalogue(*, day: date) -> int:
    """Insert the starter rows whose matter has never had a row; number of rows added."""
    known = set(CatalogueRow.objects.values_list("code", flat=True))
    rows = [as_model(row, day=day) for row in catalogue.ROWS if row.code not in known]
    CatalogueRow.objects.bulk_create(rows)
    forget_all()
    return len(rows)


def import_categories(*, rows: Sequence[Sequence[object]], source: str, day: date) -> Imported:
    """Take a city's own sheet of categories (calamine's rows, headings included).

    Names that stand keep their codes; new ones are added from `day`; built-in ones that the sheet
    does not have end on `day`. Raises categories.NoCategories.
    """
    standing = [_node(row) for row in Category.objects.select_related("parent").order_by("code")]
    known = categories.Tree(tuple(standing))
    tree = categories.read_sheet(rows, known=standing)
    given = categories.read_sheet(rows)
    paths = {given.path(node.code) for node in given.nodes}
    with transaction.atomic():
        kept = [node for node in tree.nodes if tree.path(node.code) in paths]
        done = store_tree(categories.Tree(tuple(kept)), origin=source, day=day)
        gone = [node.code for node in known.nodes if known.path(node.code) not in paths]
        ended = Category.objects.filter(code__in=gone, origin=ORIGIN, valid_to__isnull=True).update(
            valid_to=day
        )
    forget_all()
    return Imported(done.new, done.same, done.changed, ended)


def store_tree(tree: categories.Tree, *, origin: str, day: date) -> Imported:
    """Write nodes that are new and keywords that changed; nothing is taken away."""
    stored = {row.code: row for row in Category.objects.all()}
    new = same = changed = 0
    for node in tree.nodes:
        row = stored.get(node.code)
        if row is None:
            parent = stored[node.parent] if node.parent else None
            stored[node.code] = Category.objects.create(
                code=node.code, name=node.name, level=node.level, parent=parent,
                keywords=list(node.keywords), origin=origin, valid_from=day,
            )  # fmt: skip
            new += 1
        elif row.keywords != list(node.keywords) or row.valid_to is not None:
            row.keywords, row.valid_to = list(node.keywords), None
            row.save(update_fields=["keywords", "valid_to"])
            changed += 1
        else:
            same += 1
    forget_all()
    return Imported(new, same, changed, 0)


def as_model(row: catalogue.Row, *, day: date) -> CatalogueRow:
    """A row of the rules as it is stored."""
    leads: list[dict[str, Any]] = [
        {"function": lead.function, "when": lead.when, "words": list(lead.words)}
        for lead in row.leads
    ]
    return CatalogueRow(
        code=row.code, matter=row.matter, keywords=list(row.keywords), leads=leads,
        support=list(row.support), urgency=row.urgency, deadline=row.deadline,
        how_to_tell=row.how_to_tell, categories=list(row.categories), origin=row.origin,
        document=row.document, valid_from=day,
    )  # fmt: skip


def _node(row: Category) -> categories.Category:
    return categories.Category(
        row.code, row.name, row.level, row.parent.code if row.parent else "", tuple(row.keywords)
    )
