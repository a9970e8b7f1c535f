"""A piece of a form's text cut into what it says: what is counted, in which measure, where, when.

What no table knows stays as a piece of its own (`?…`): a cell with such a piece is never taken for a
number that says less.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from huiyin.documents.rules import form_words
from huiyin.paperwork.rules import lexicon as lex
from huiyin.paperwork.rules import spans
from huiyin.paperwork.rules.spans import NOTHING, Span
from huiyin.paperwork.rules.vocabulary import Number, Vocabulary

ATOM, WEAK, MEASURE, DERIVED, DIM, PLACE, UNIT, WHOLE, TOTAL = (
    "atom", "weak", "measure", "derived", "dim", "place", "unit", "whole", "total",
)  # fmt: skip
_ENUMERATION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}(?:\.\d{1,2})*[、.．](?!\d)|[①-⑳]|[★▲●◆■△○※*])+"
)
_CODE = re.compile(r"[A-Za-z]{1,4}-?\d{1,4}")
_MEASURE_IN_BRACKETS = re.compile(
    r"[（(\[【]\s*(?:单位[:：])?\s*([^（()）\[\]【】]{1,6})\s*[）)\]】]"
)


@dataclass(frozen=True)
class Bag:
    """What one text says. `dims`: words that may be values of a dimension; `places`: codes;
    `total`: the whole text is 合计; `groups`: it is a heading that only groups."""

    text: str
    atoms: frozenset[str] = frozenset()
    measures: tuple[str, ...] = ()
    dims: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    span: Span = NOTHING
    derived: str = ""
    difference: bool = False
    whole: bool = False
    total: bool = False
    groups: bool = False
    other: bool = False
    platform: str = ""

    @property
    def unread(self) -> tuple[str, ...]:
        """Pieces that no table knows."""
        return tuple(a[1:] for a in sorted(self.atoms) if a.startswith("?"))


def implied(atoms: Iterable[str]) -> frozenset[str]:
    """Without what the rest already says."""
    found = set(atoms)
    for together, adds_nothing in lex.IMPLIED:
        if together <= found:
            found -= adds_nothing - (together if len(together) == 1 else frozenset())
    return frozenset(found)


@dataclass
class Cutter:
    """Cuts texts by the tables and by the names of one form's place."""

    vocabulary: Vocabulary
    _words: dict[str, tuple[str, object]] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _units: dict[str, list[int]] = field(default_factory=dict)
    _dims: set[str] = field(default_factory=set)
    _longest: int = 1
    _terms: dict[str, dict[frozenset[str], bool]] = field(default_factory=dict)
    _kept: dict[tuple[str, bool], Bag] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for word in (*lex.WEAK, *map(normal, self.vocabulary.around)):
            self._words[word] = (WEAK, "")
        for word, measure in lex.MEASURE_WORDS.items():
            self._words[word] = (MEASURE, measure)
        for group in lex.SAME:
            for word in group:
                self._words[word] = (ATOM, group[0])
        for word, kind in lex.DERIVED.items():
            self._words[word] = (DERIVED, kind)
        for word in lex.WHOLE_PLACE:
            self._words[word] = (WHOLE, word)
        for number in self.vocabulary.numbers:
            for dimension in number.dimensions:
                for _, words in dimension.values:
                    self._dims.update(normal(w) for w in words if len(normal(w)) >= 2)
        for place in self.vocabulary.places:
            for name in place.names or (place.name,):
                self._names.setdefault(normal(name), []).append(place.code)
        for unit in self.vocabulary.units:
            for name in unit.names:
                held = self._units.setdefault(normal(name), [])
                if unit.id not in held:
                    held.append(unit.id)
        tables: list[Iterable[str]] = [self._words, self._names, self._units, self._dims]
        self._longest = max((len(w) for table in tables for w in table), default=1)

    def terms_of(self, number: Number) -> dict[frozenset[str], bool]:
        """The names of a number in pieces, and whether that name goes with its measure only: what is
        called 回访件数 is not meant where 回访 stands without 件."""
        if number.code not in self._terms:
            held: dict[frozenset[str], bool] = {}
            for name in (number.label, *number.terms):
                bag = self.cut(name, names=False)
                atoms = implied(bag.atoms)
                held[atoms] = held.get(atoms, True) and bool(bag.measures)
            held.pop(frozenset(), None)
            self._terms[number.code] = held
        return self._terms[number.code]

    def cut(self, text: str, *, names: bool = True) -> Bag:
        """What a text says; `names`: places, units and dimensions may stand in it."""
        key = (text, names)
        if key not in self._kept:
            self._kept[key] = self._cut(text, names=names)
        return self._kept[key]

    def _cut(self, text: str, *, names: bool) -> Bag:
        said = _ENUMERATION.sub("", normal(form_words.after_of_which(text)))
        measures: list[str] = []

        def keep(m: re.Match[str]) -> str:
            word = m[1]
            if word in form_words.MEASURES or word in lex.MEASURE_WORDS:
                measures.append("%" if word == "％" else lex.MEASURE_WORDS.get(word, word))
                return ""
            return m[0]

        said = _MEASURE_IN_BRACKETS.sub(keep, said)
        if said.endswith(("%", "％")):
            said, measures = said[:-1], [*measures, "%"]
        bag = _Bagging(text)
        if said in lex.TOTALS:
            bag.total, bag.measures = True, measures
            return bag.done()
        if _CODE.fullmatch(said):  # a code of the office's own beside a name
            return bag.done()
        if names and said.endswith(lex.TOTALS):
            head = said[:-2]
            period = spans.at_head(head)
            if period and period[1] == len(head):  # 一季度小计 is the quarter
                said = head
        if said in ("其他", "其它", "其余"):
            bag.other = True
            return bag.done()
        if names and said in self._names:
            bag.places = self._names[said]
            bag.units = self._units.get(said, [])
            return bag.done()
        if names and said in self._units:
            bag.units = self._units[said]
            return bag.done()
        self._walk(said, bag, names=names)
        bag.measures += measures  # what stands in brackets is the printed unit
        return bag.done()

    def _walk(self, said: str, bag: _Bagging, *, names: bool) -> None:
        at = 0
        while at < len(said):
            period = spans.at_head(said[at:]) if names else None
            word, kind, value = self._longest_at(said, at, names=names)
            if period and period[1] >= len(word):
                bag.span = bag.span.then(period[0])
                at += period[1]
                bag.flush()
                continue
            if not word:
                bag.rest += said[at]
                at += 1
                continue
            bag.flush()
            if word in lex.PLATFORMS and word != said:
                kind, bag.platform = WEAK, word
            bag.take(kind, value, word)
            at += len(word)
        bag.flush()

    def _longest_at(self, said: str, at: int, *, names: bool) -> tuple[str, str, object]:
        for length in range(min(self._longest, len(said) - at), 0, -1):
            word = said[at : at + length]
            if names and word in self._dims and (word not in self._words or word == said):
                return word, DIM, word
            if word in self._words:
                kind, value = self._words[word]
                if kind == MEASURE and length == 1 and at + 1 < len(said):  # 现场, 个人: no measure
                    return (word, WEAK, "") if word in lex.WEAK else ("", "", "")
                return word, kind, value
            if names and length >= 3 and word in self._names and at == 0:
                return word, PLACE, self._names[word]
            if names and length >= 3 and word in self._units and at == 0:
                return word, UNIT, self._units[word]
        return "", "", ""


@dataclass
class _Bagging:
    """A bag while its text is walked."""

    text: str
    measures: list[str] = field(default_factory=list)
    atoms: set[str] = field(default_factory=set)
    dims: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    span: Span = NOTHING
    derived: str = ""
    difference: bool = False
    whole: bool = False
    total: bool = False
    other: bool = False
    platform: str = ""
    rest: str = ""

    def flush(self) -> None:
        if self.rest:
            self.atoms.add("?" + self.rest)
            self.rest = ""

    def take(self, kind: str, value: object, word: str) -> None:
        if kind == ATOM:
            self.atoms.add(str(value))
        elif kind == MEASURE:
            self.measures.append(str(value))
        elif kind == DERIVED:
            self.derived = str(value)
            self.difference = word.endswith(lex.DIFFERENCE)
        elif kind == DIM:
            self.dims.append(word)
        elif kind == PLACE and isinstance(value, list):
            self.places = value
        elif kind == UNIT and isinstance(value, list):
            self.units = value
        elif kind == WHOLE:
            self.whole = True

    def done(self) -> Bag:
        plain = normal(self.text)
        return Bag(
            self.text, frozenset(self.atoms), tuple(self.measures), tuple(self.dims), tuple(self.places),
            tuple(self.units), self.span, self.derived, self.difference, self.whole, self.total,
            plain.endswith(lex.GROUPING) or not self.atoms, self.other,
            self.platform,
        )  # fmt: skip


def normal(text: str) -> str:
    """Half width, no blanks, no line breaks."""
    return re.sub(r"[\s_]", "", unicodedata.normalize("NFKC", text))
