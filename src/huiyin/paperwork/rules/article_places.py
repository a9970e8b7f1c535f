"""Which place a figure of an article speaks of: names within one parent, in full or short.

水富市 and 水富 are the same county; 全市 and 我市 are the county or city named last. A name that two
places bear is settled by the parent named before it, else it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_KINDS = ("city", "county", "subdistrict", "community")


@dataclass(frozen=True)
class PlaceName:
    """A place as the check knows it: `path` is the path of areas; `unit_id` for a unit of organisation."""

    code: str
    name: str
    kind: str
    path: str
    unit_id: int | None = None


@dataclass(frozen=True)
class PlaceMention:
    """[start, end) of the running text. `places` has several where the name does not tell which."""

    start: int
    end: int
    places: tuple[PlaceName, ...]


def spellings(place: PlaceName) -> list[str]:
    """The ways in which an article writes the name, longest first."""
    name = place.name
    found = [name]
    if place.kind in ("city", "county") and len(name) >= 3 and name[-1] in "市县区":
        found.append(name[:-1])
    if place.kind == "subdistrict":
        if name.endswith("街道"):
            found += [name + "办事处", name + "办", name[:-2] + "街办"]
            found += [name[:-2]] if len(name) >= 4 else []
        elif name[-1] in "镇乡" and len(name) >= 3:
            found += [name + "人民政府"]
    if place.kind == "community" and name.endswith("社区"):
        found += [name + "居委会", name + "居民委员会"]
        found += [name[:-2]] if len(name) >= 5 and name[-3] not in "路街巷" else []
    return sorted(dict.fromkeys(found), key=len, reverse=True)


def mentions(text: str, places: Sequence[PlaceName], root: PlaceName) -> list[PlaceMention]:
    """All mentions in order, the longest name at each spot; 全市, 全区 … stand for what they refer to."""
    by_spelling: dict[str, list[PlaceName]] = {}
    for place in places:
        for word in spellings(place):
            by_spelling.setdefault(word, []).append(place)
    if not by_spelling:
        return []
    words = "|".join(map(re.escape, sorted(by_spelling, key=len, reverse=True)))
    pattern = re.compile(
        rf"(?P<name>{words})|[全我本该](?P<kind>市|区|县|街道|镇|乡|社区)(?![场长委])"
        r"|整个(?P<kind2>街道|社区)"
        r"|(?<=[，。；：“\n])(?P<kind3>社区|街道)(?![里内的居民干部工作办书副党社群各])"
    )
    found: list[PlaceMention] = []
    for match in pattern.finditer(text):
        if match["name"]:
            if _part_of_another_name(text, match):
                continue
            candidates = _narrowed(by_spelling[match["name"]], found)
        else:
            kind = match["kind"] or match["kind2"] or match["kind3"]
            candidates = _whole(kind, found, root)
        if candidates:
            found.append(PlaceMention(match.start(), match.end(), tuple(candidates)))
    return found


def _part_of_another_name(text: str, match: re.Match[str]) -> bool:
    """水富 in 水富路 or 水富港 is no county."""
    return (
        len(match["name"]) <= 2
        and re.match(r"路|街(?!道)|港|大道|大桥|速度|中学|小学|日报", text[match.end() :])
        is not None
    )


def _narrowed(places: list[PlaceName], before: list[PlaceMention]) -> list[PlaceName]:
    """One of several of the same name: the one within (or around) what was named before."""
    if len(places) == 1:
        return places
    for mention in reversed(before):
        for named in mention.places:
            within = [p for p in places if p.path.startswith(named.path)]
            if len(within) == 1:
                return within
    return places


def _whole(kind: str, before: Iterable[PlaceMention], root: PlaceName) -> list[PlaceName]:
    wanted = {
        "市": ("city", "county"), "区": ("county",), "县": ("county",), "街道": ("subdistrict",),
        "镇": ("subdistrict",), "乡": ("subdistrict",), "社区": ("community",),
    }[kind]  # fmt: skip
    for mention in reversed(list(before)):
        for place in mention.places:
            alone = place.unit_id is None and len(mention.places) == 1
            if alone and place.kind in wanted and place.name.endswith(kind):
                wider = root.kind in wanted and root.name.endswith(kind) and root != place
                return [place, root] if wider else [place]
    return [root] if root.kind in wanted else []
