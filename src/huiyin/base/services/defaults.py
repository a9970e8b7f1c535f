"""What waits for a local document: local defaults that apps use, and the lists of other defaults.

The page 本地参数 shows every default of the installation; base knows none of the apps that own
them: each registers its list here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from huiyin.base.kept import forget_all
from huiyin.base.models import LocalDefault
from huiyin.base.rules import local_defaults as rules
from huiyin.base.rules.local_defaults import BASE_DEFAULTS, LocalDefaultSeed

_seeds: dict[str, LocalDefaultSeed] = {row.code: row for row in BASE_DEFAULTS}


@dataclass(frozen=True)
class DefaultRow:
    """One default as the page shows it: what, how much, where from, and who confirmed it."""

    key: str
    label: str
    value: str
    origin: str
    document: str = ""
    confirmed_on: date | None = None
    confirmed_by_name: str = ""
    valid_from: date | None = None
    raw: str = ""
    group: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    placeholders: tuple[str, ...] = ()

    @property
    def confirmed(self) -> bool:
        return self.confirmed_on is not None


@dataclass(frozen=True)
class NewField:
    """One thing that is asked for a new row: a text, or one of `choices()` (value, words)."""

    name: str
    label: str
    choices: Callable[[], list[tuple[str, str]]] | None = None
    required: bool = False
    help: str = ""


@dataclass(frozen=True)
class DefaultsProvider:
    """A list of defaults that an app owns.

    `rows()` gives them in the order of the page, `group` by group; `raw` of a row is what its
    field shows when it is changed. `confirm(key=, document=, confirmed_on=, by_name=)` writes 文号 and date.
    `change(key=, raw=, from_day=)` sets a new value that is 待本地确认 again, or is None where
    values are not changed on that page. Both raise ValueError with a Chinese sentence.
    `note` says where else they are changed; `page` is the URL name of a page of its own for each
    row, by its key; a `folded` list is one line here, its rows stand behind it. `add(values=, document=,
    from_day=, by_name=)` makes a new row from what `fields` ask, or is None.
    """

    code: str
    label: str
    rows: Callable[[], list[DefaultRow]]
    confirm: Callable[..., None]
    change: Callable[..., None] | None = None
    note: str = ""
    page: str = ""
    folded: bool = False
    add: Callable[..., str] | None = None
    fields: tuple[NewField, ...] = ()

    @property
    def addable(self) -> bool:
        """For templates, which would call `add`."""
        return self.add is not None

    @property
    def changeable(self) -> bool:
        return self.change is not None


_providers: dict[str, DefaultsProvider] = {}


def declare_local_defaults(*seeds: LocalDefaultSeed) -> None:
    """Add local defaults that an app uses; `huiyin seed base` inserts the missing ones."""
    for seed in seeds:
        if _seeds.setdefault(seed.code, seed) != seed:
            raise ValueError(f"local default declared twice: {seed.code}")


def local_default_seeds() -> list[LocalDefaultSeed]:
    """All declared local defaults, in order of declaration."""
    return list(_seeds.values())


def register_defaults(provider: DefaultsProvider) -> DefaultsProvider:
    """Add a list to the page 本地参数; a repeated code is an error of the declaration."""
    if provider.code in _providers:
        raise ValueError(f"defaults provider declared twice: {provider.code}")
    _providers[provider.code] = provider
    return provider


def defaults_providers() -> list[DefaultsProvider]:
    """Every source of local defaults, in the order of registration."""
    return list(_providers.values())


def defaults_provider(code: str) -> DefaultsProvider:
    """The provider of that code. KeyError when nobody registered it."""
    return _providers[code]


def _local_rows() -> list[DefaultRow]:
    stored = {row.code: row for row in LocalDefault.objects.all()}
    order = [*rules.GROUPS.values(), rules.OTHER]
    seeds = sorted(_seeds.values(), key=lambda seed: order.index(rules.group_of(seed.code)))
    return [
        DefaultRow(
            key=seed.code, label=row.label, value=rules.words_of(seed, row.value),
            origin=row.origin, document=row.document, confirmed_on=row.confirmed_on,
            confirmed_by_name=row.confirmed_by_name, raw=rules.raw_of(row.value),
            group=rules.group_of(seed.code), choices=seed.choices,
        )
        for seed in seeds
        if (row := stored.get(seed.code)) is not None
    ]  # fmt: skip


def _confirm_local(*, key: str, document: str, confirmed_on: date, by_name: str) -> None:
    if not document.strip():
        raise ValueError("请填写文号")
    changed = LocalDefault.objects.filter(pk=key).update(
        document=document.strip(), confirmed_on=confirmed_on, confirmed_by_name=by_name
    )
    if not changed:
        raise ValueError("没有这项参数")


@transaction.atomic
def _change_local(*, key: str, raw: str, from_day: date) -> None:
    """A new value holds at once and waits for confirmation again; `from_day` is not kept here."""
    row = LocalDefault.objects.select_for_update().get(pk=key)
    row.value = rules.parse(_seeds[key], raw)
    row.document, row.confirmed_on, row.confirmed_by_name = "", None, ""
    row.save()
    forget_all()
    transaction.on_commit(forget_all)


register_defaults(DefaultsProvider("local", "参数", _local_rows, _confirm_local, _change_local))
