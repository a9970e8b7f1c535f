"""What can be asked for: numbers, places, units, ledgers, as the words of a form are matched to them.

Filled from the registries and the database by services.vocabulary; the matching itself knows no
Django."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Dimension:
    """A breakdown of a number: value → words for it."""

    code: str
    label: str
    values: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def complete(self) -> frozenset[str]:
        return frozenset(value for value, _ in self.values)


@dataclass(frozen=True)
class Number:
    """An indicator as forms may name it."""

    code: str
    label: str
    measure: str
    terms: tuple[str, ...]
    stock: bool = False
    by_unit: bool = False
    kind: str = "count"
    dimensions: tuple[Dimension, ...] = ()


@dataclass(frozen=True)
class Place:
    """An area in or below the place of the form."""

    code: str
    name: str
    kind: str
    path: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """A unit that may be named in a row."""

    id: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Ledger:
    """A register as list-like forms may ask for it: column name → headings."""

    code: str
    label: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    choices: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Everything known, for one form's place (the first of `places`); `around` = names of the areas
    above it, which a title may bear."""

    numbers: tuple[Number, ...]
    places: tuple[Place, ...]
    units: tuple[Body, ...] = ()
    ledgers: tuple[Ledger, ...] = ()
    around: tuple[str, ...] = ()
    by_code: dict[str, Number] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_code.update({n.code: n for n in self.numbers})

    @property
    def place(self) -> Place:
        return self.places[0]

    def place_of(self, code: str) -> Place | None:
        return next((p for p in self.places if p.code == code), None)

    def children(self, place: Place) -> list[Place]:
        """Places right below one."""
        depth = place.path.count("/") + 1
        return [p for p in self.places if p.path.startswith(place.path) and p.path.count("/") == depth]  # fmt: skip
