"""What suggestions are made from, read and kept for some seconds: tree, catalogue, model, units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

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


def _rows() -> tuple[tuple[date, date | None, catalogue.Row], ...]:
    """Every row of the dispatch catalogue with its first and last day.

    The starter row of a matter holds for the days before it was seeded too: reports of earlier days
    are entered later.
    """
    seen: set[str] = set()
    rows = []
    for row in CatalogueRow.objects.order_by("valid_from", "pk"):
        starter = row.code not in seen and row.code in catalogue.STARTERS
        seen.add(row.code)
        rows.append((date.min if starter else row.valid_from, row.valid_to, as_rule(row)))
    return tuple(rows)


category_tree: Kept[categories.Tree] = Kept(_tree)
_all_rows: Kept[tuple[tuple[date, date | None, catalogue.Row], ...]] = Kept(_rows)


def catalogue_rows(day: date | None = None) -> tuple[catalogue.Row, ...]:
    """The rows of the dispatch catalogue in force on that day; without a day those without end."""
    if day is None:
        return tuple(row for _, last, row in _all_rows() if last is None)
    return tuple(
        row for first, last, row in _all_rows() if first <= day and (last is None or day <= last)
    )


def catalogue_page_rows(
    *, day: date, text: str = "", category: str = "", function: str = "", show: str = ""
) -> QuerySet[CatalogueRow]:
    """Rows for the page 派单目录: those that hold or will hold, `show` = waiting or ended ones.

    `text` = part of the matter, a keyword or how to tell; `category` a name of the tree; `function`
    leads or supports.
    """
    open_then = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    rows = CatalogueRow.objects.filter(~open_then if show == "ended" else open_then)
    if show == "waiting":
        rows = rows.filter(confirmed_on__isnull=True, valid_to__isnull=True)
    if text:
        rows = rows.annotate(words=Cast("keywords", TextField())).filter(
            Q(matter__contains=text) | Q(how_to_tell__contains=text) | Q(words__contains=text)
        )
    if category:
        rows = rows.filter(categories__contains=[category])
    if function:
        leads = Q(leads__contains=[{"function": function}])
        rows = rows.filter(leads | Q(support__contains=[function]))
    return rows.order_by("pk")


def catalogue_categories() -> list[str]:
    """Names of categories that rows of the catalogue name, in their order."""
    return list(dict.fromkeys(name for _, _, row in _all_rows() for name in row.categories))


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


def top_categories() -> list[tuple[str, str]]:
    """(code, name) of the first level of the tree, all versions in force or not ended. One query."""
    rows = Category.objects.filter(valid_to__isnull=True).exclude(code="").order_by("code")
    found = rows.values_list("code", "name")
    shortest = min((len(code) for code, _ in found), default=0)
    return [(code, name) for code, name in found if len(code) == shortest]


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

    A function is found by its key and by its word on the screen (housing, 住建); a firm, service
    team or committee by its kind: one that serves other compounds has no say in this one.
    """
    label = functions.function_label(function)
    here = [u for u in serving if u.function in (function, label) or u.kind == function]
    if function in functions.OF_A_COMPOUND:
        return here
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
