"""What waits for a local document: local defaults that apps use, and the lists of other defaults.

The page 本地参数 shows every default of the installation; base knows none of the apps that own
them: each registers its list here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

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

    @property
    def confirmed(self) -> bool:
        return self.confirmed_on is not None


@dataclass(frozen=True)
class DefaultsProvider:
    """A list of defaults that an app owns.

    `rows()` gives them in the order of the page; `raw` of a row is what its field shows when it is
    changed. `confirm(key=, document=, confirmed_on=, by_name=)` writes 文号 and date.
    `change(key=, raw=, from_day=)` sets a new value that is 待本地确认 again, or is None where
    values are not changed on that page. Both raise ValueError with a Chinese sentence.
    """

    code: str
    label: str
    rows: Callable[[], list[DefaultRow]]
    confirm: Callable[..., None]
    change: Callable[..., None] | None = None


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
    return list(_providers.values())


def defaults_provider(code: str) -> DefaultsProvider:
    """The provider of that code. KeyError when nobody registered it."""
    return _providers[code]
