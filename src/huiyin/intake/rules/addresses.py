"""Addresses as files write them: which names of places stand in them, and what of them is a door."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from huiyin.base.rules.masking import mask_door

LONGEST_PLACE = 120
"""Characters of a case's place; a longer address is kept whole with the contact."""

_HOME = re.compile(r"小区|花园|家园|公寓|宿舍|家属|[栋幢座]|单元|[室户组]|号楼|\d楼")


def plain(address: str) -> str:
    """What is compared: half width, without blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", address))


def by_first_two(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by their first two characters, longest first, so that an address is compared with few."""
    index: dict[str, list[str]] = {}
    for name in sorted(set(names), key=lambda n: (-len(n), n)):
        index.setdefault(name[:2], []).append(name)
    return index


def head_of(address: str, index: Mapping[str, list[str]]) -> str:
    """The longest of the names with which the (plain) address begins, "" for none."""
    return next((n for n in index.get(address[:2], ()) if address.startswith(n)), "")


def named_in(address: str, names: Iterable[str]) -> str:
    """The longest of the names (three characters or more) that stands anywhere in the address."""
    found = [n for n in names if len(n) >= 3 and n in address]
    return max(found, key=len, default="")


def shown_and_door(address: str) -> tuple[str, str]:
    """The address down to the building, and the whole of it where that leaves something out.

    '新天地小区3栋2单元501' → ('新天地小区3栋', '新天地小区3栋2单元501'); roads and their kilometres
    are nobody's door and stay: 'G213国道K1200' → ('G213国道K1200', '').
    """
    shown = mask_door(address) if _HOME.search(address) else address.strip()
    shown = shown[:LONGEST_PLACE]
    return (shown, "") if shown == address.strip() else (shown, address.strip())
