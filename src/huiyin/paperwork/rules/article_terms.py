"""The words by which an article names a number: terms of indicators, words of their dimensions.

A term of several words (受理诉求) is found with modifiers between them (受理各类群众诉求) and around the
figure (领导包联32个社区). Where one term lies within a longer one of another number (答复 in 按期答复),
the longer one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import rjieba

#: Printed units that mean the same measure as the key (issue 4: 个/件/项/起 after one noun are one).
ALIKE: dict[str, frozenset[str]] = {
    "件": frozenset({"件", "起", "项", "个", "条", "宗", "例", "桩", "单", "票", ""}),
    "名": frozenset({"名", "人", "位", ""}),
    "人": frozenset({"名", "人", "位", "个", ""}),
    "人次": frozenset({"人次", ""}),
    "次": frozenset({"次", "趟", ""}),
    "个": frozenset({"个", "家", "对", "条", "项", ""}),
    "处": frozenset({"处", "个", ""}),
    "场次": frozenset({"场次", "场", ""}),
    "套": frozenset({"套", "个", ""}),
    "组": frozenset({"组", "个", ""}),
    "户": frozenset({"户", ""}),
    "%": frozenset({"%"}),
    "次/件": frozenset({"次", "次/件"}),
}  # fmt: skip


@dataclass(frozen=True)
class Dimension:
    """One way in which a number is divided: value → the words that mean it."""

    code: str
    label: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Known:
    """A number as the linker knows it. `kind` = count, ratio, mean, sum or distinct."""

    code: str
    label: str
    unit: str
    kind: str
    terms: tuple[str, ...]
    stock: bool = False
    dimensions: tuple[Dimension, ...] = ()
    by_unit: bool = False

    def has(self, by: tuple[str, str]) -> bool:
        """Whether it can be cut to that value: 性质 of services and of reports share a code."""
        return any(
            d.code == by[0] and any(value == by[1] for value, _ in d.values)
            for d in self.dimensions
        )

    def takes(self, unit: str) -> bool:
        """Whether a figure with this printed unit can be this number: unlike measures never are."""
        return unit in ALIKE.get(self.unit, frozenset({self.unit, ""}))


@dataclass(frozen=True)
class Found:
    """A term at [start, end) of the running text. `weight` = characters of the term itself; `solid` =
    it stands without a gap."""

    code: str
    start: int
    end: int
    weight: int
    term: str
    negated: bool = False


@dataclass(frozen=True)
class FoundValue:
    """A word of a dimension's value at [start, end)."""

    dimension: str
    value: str
    start: int
    end: int


#: Bare nouns: as a term of their own they count only where no verb of another matter stands before.
PLAIN_NOUNS = frozenset(
    ["诉求", "问题", "工单", "事项", "案件", "群众诉求", "居民诉求", "市民诉求", "办件"]
)
#: Terms that fit a form's column but say too little in running text: they count only beside another
#: term of the same number.
GENERAL = frozenset({"解决", "党员", "在职党员", "志愿者", "满意", "群众满意", "领导", "机关"})
#: Ways in which something came in stand in front of every total (12345热线受理…): they narrow a figure
#: only where they stand right with it, or where several are told apart.
LOOSE_DIMENSIONS = frozenset({"channel"})

_GAP = r"[^，。；！？：、\n]{0,12}?"
#: What stands behind its number when the verb comes last.
_COUNTED = frozenset({"社区", "小区", "党员", "诉求", "群众诉求", "工单"})
_NEGATION = re.compile(r"(?:未|不|没有?|尚未|非|无)(?:能|经|被|予|及时|得到)?$")


def _words(term: str) -> list[str]:
    """The words of a term; single characters join each other, and a left-over one its neighbour."""
    words: list[str] = []
    for word in rjieba.cut(term):
        if words and len(word) == 1 and len(words[-1]) == 1:
            words[-1] += word
        else:
            words.append(word)
    if len(words) == 1 and len(term) == 4:  # 解决问题 is one word to the dictionary
        verb, noun = rjieba.tag(term[:2]), rjieba.tag(term[2:])
        if verb[0][1] == "v" and noun[0][1].startswith("n"):
            return [term[:2], term[2:]]
    for n in range(len(words) - 1, 0, -1):
        if len(words[n]) == 1 or len(words[n - 1]) == 1:
            words[n - 1 : n + 1] = [words[n - 1] + words[n]]
    return words


class Vocabulary:
    """All numbers with their compiled terms."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.known = {k.code: k for k in known}
        self._terms: list[tuple[str, str, re.Pattern[str]]] = []
        for one in known:
            own = [noun for noun in PLAIN_NOUNS if one.label.startswith(noun)]
            for term in dict.fromkeys((one.label, *one.terms, *own)):
                self._terms.append((one.code, term, _pattern(term)))
        self._values: list[tuple[str, str, str]] = []
        for one in known:
            for dimension in one.dimensions:
                for value, words in dimension.values:
                    for word in words:
                        entry = (dimension.code, value, word)
                        if entry not in self._values:
                            self._values.append(entry)
        self._values.sort(key=lambda entry: -len(entry[2]))

    def vague(self, term: str, unit: str) -> bool:
        """Whether several numbers with this unit go by the very same term: 解决问题."""
        return (
            sum(1 for code, t, _ in self._terms if t == term and self.known[code].takes(unit)) > 1
        )

    def words(self, code: str) -> frozenset[str]:
        """All words of a number's terms."""
        known = self.known[code]
        return frozenset(w for t in (known.label, *known.terms) for w in _words(t) if len(w) > 1)

    def seconds(self, code: str) -> frozenset[str]:
        """Words that make a term clear which by itself says too little: 下沉 for 党员."""
        known = self.known[code]
        words = {w for term in (known.label, *known.terms) if len(term) > 3 for w in _words(term)}
        return frozenset(
            w for w in words if len(w) > 1 and not any(w in g or g in w for g in GENERAL)
        )

    def terms_in(self, text: str) -> list[Found]:
        """All terms, those within a longer one of another number left out."""
        found = [
            Found(code, m.start(), m.end(), len(term), term,
                  _NEGATION.search(text[max(0, m.start() - 4) : m.start()]) is not None)
            for code, term, pattern in self._terms
            for m in pattern.finditer(text)
        ]  # fmt: skip
        return [f for f in found if not any(_swallows(longer, f) for longer in found)]

    def values_in(self, text: str) -> list[FoundValue]:
        """All words of dimensions, the longest at each spot."""
        found: list[FoundValue] = []
        taken: list[tuple[str, int, int]] = []
        for dimension, value, word in self._values:
            start = text.find(word)
            while start >= 0:
                end = start + len(word)
                if not any(d == dimension and s < end and start < e for d, s, e in taken):
                    found.append(FoundValue(dimension, value, start, end))
                    taken.append((dimension, start, end))
                start = text.find(word, start + 1)
        return sorted(found, key=lambda f: f.start)


def _pattern(term: str) -> re.Pattern[str]:
    words = _words(term)
    if len(words) == 1 or len(term) < 4 or len(term) > 12:
        return re.compile(re.escape(term))
    pattern = _GAP.join(map(re.escape, words))
    if words[-1] in _COUNTED:  # 领导包联社区: 28个社区全部有领导包联
        pattern += f"|(?<=[个件名位]){words[-1]}{_GAP}" + _GAP.join(map(re.escape, words[:-1]))
    return re.compile(pattern)


def _swallows(longer: Found, found: Found) -> bool:
    return (
        longer.code != found.code
        and longer.weight > found.weight
        and longer.start <= found.start
        and found.end <= longer.end
    )
