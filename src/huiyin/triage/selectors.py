"""What suggestions are made from, read and kept for some seconds: tree, catalogue, model, units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from huiyin.base.kept import Kept
from huiyin.org import selectors as org
from huiyin.org.models import Area, Compound, Unit
from huiyin.triage.models import CatalogueRow, Category, TrainedModel
from huiyin.triage.rules import catalogue, categories, functions, model_file
from huiyin.triage.rules.classifier import Model


def _tree() -> categories.Tree:
    """The categories that have no end, by code."""
    rows = Category.objects.filter(valid_to__isnull=True).select_related("parent").order_by("code")
    return categories.Tree(
        tuple(
            categories.Category(
                row.code, row.name, row.level, row.parent.code if row.parent else "",
                tuple(row.keywords),
            )
            for row in rows
        )
    )  # fmt: skip


def _rows() -> tuple[catalogue.Row, ...]:
    """The rows of the dispatch catalogue in force."""
    return tuple(as_rule(row) for row in CatalogueRow.objects.filter(valid_to__isnull=True))


category_tree: Kept[categories.Tree] = Kept(_tree)
catalogue_rows: Kept[tuple[catalogue.Row, ...]] = Kept(_rows)


def as_rule(row: CatalogueRow) -> catalogue.Row:
    """A stored row as the rules see it."""
    leads = tuple(
        catalogue.Lead(lead["function"], lead.get("when", ""), tuple(lead.get("words", ())))
        for lead in row.leads
    )
    return catalogue.Row(
        row.code, row.matter, tuple(row.keywords), leads, tuple(row.support), row.urgency,
        row.deadline, row.how_to_tell, tuple(row.categories), row.origin, row.document,
    )  # fmt: skip


def categories_in_force(day: date) -> QuerySet[Category]:
    """Categories that hold on a day, parents before children."""
    open_then = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return Category.objects.filter(open_then, valid_from__lte=day).order_by("code")


def category_label(code: str) -> str:
    """'房屋与物业›公共设施›管道漏水' of a code; a code that is not in the tree is shown as it is."""
    return "›".join(category_tree().path(code)) or code


@dataclass
class _Loaded:
    """The model that this process has in memory, and its row."""

    pk: int | None = None
    model: Model | None = None


_loaded = _Loaded()
_newest: Kept[int | None] = Kept(
    lambda: TrainedModel.objects.order_by("-pk").values_list("pk", flat=True).first()
)


def trained_model() -> Model | None:
    """The newest model of this installation, or None before the first training.

    It stays in memory until a newer one is stored (about 25 MB for 5 000 texts of seven classes).
    A model that another version stored is not used: triage speaks by keywords until it is trained.
    """
    newest = _newest()
    if newest != _loaded.pk:
        _loaded.pk, _loaded.model = newest, None
        if newest is not None:
            data = TrainedModel.objects.values_list("data", flat=True).get(pk=newest)
            try:
                _loaded.model = model_file.from_bytes(bytes(data))
            except model_file.UnreadableModel:
                _loaded.model = None
    return _loaded.model


def serving_units(compound: Compound | None, *, day: date | None = None) -> tuple[Unit, ...]:
    """Firms, service teams and committees of the compound where a matter is; none without one."""
    return () if compound is None else tuple(org.units_serving(compound, day=day))


def units_for(
    function: str, area: Area, serving: Sequence[Unit] = (), *, day: date | None = None
) -> list[Unit]:
    """Units that may lead in a function for a place, nearest first; those serving it before all.

    A function is found by its key and by its word on the screen (housing, 住建); a firm or service
    team by its kind.
    """
    label = functions.function_label(function)
    here = [u for u in serving if u.function in (function, label) or u.kind == function]
    found = (
        here
        or org.units_with_function(function, area, day=day)
        or org.units_with_function(label, area, day=day)
    )
    if function == "locality" and not found:
        street = org.subdistrict_unit(area, day=day)
        return [street] if street is not None else []
    return found


def supporters_for(
    function: str, area: Area, serving: Sequence[Unit] = (), *, day: date | None = None
) -> list[Unit]:
    """The same for units that support: the community of the place among them."""
    if function == "community":
        community = org.community_unit(area, day=day)
        return [community] if community is not None else []
    return units_for(function, area, serving, day=day)
