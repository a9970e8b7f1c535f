"""Which answers of the knowledge base fit what somebody says. At most some hundreds, all in Python.

An answer fits by its keywords (each a word that stands in the text) or by sharing most of its
question's character pairs, the rarer ones weighing more. What fits badly is not shown: a wrong
answer read aloud does more harm than none.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from huiyin.base.rules.words import folded, query_tokens

#: How much of a question (by weight of its pairs) a text must share, without any keyword.
SHARED = 0.5
KEYWORD_WEIGHT = 2.0


@dataclass(frozen=True)
class Entry:
    """An answer as the search sees it. `keywords` as typed, separated by blanks or 、."""

    id: int
    question: str
    keywords: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its keywords, each two characters or more."""
        plain = folded(self.keywords).replace("、", " ").replace(",", " ").replace(";", " ")
        return tuple(w for w in plain.split() if len(w) > 1)

    @cached_property
    def pairs(self) -> frozenset[str]:
        return frozenset(query_tokens(self.question))


@dataclass(frozen=True)
class Match:
    """A fitting answer and why: the keywords that stand in the text (may be none)."""

    id: int
    score: float
    because: tuple[str, ...]


def find(text: str, entries: Sequence[Entry], *, limit: int = 3) -> list[Match]:
    """The answers that fit `text`, best first; [] when none fits well."""
    plain, pairs = folded(text), set(query_tokens(text))
    if not pairs:
        return []
    seen: Counter[str] = Counter(p for e in entries for p in e.pairs)
    total = len(entries)
    found = []
    for entry in entries:
        because = tuple(w for w in entry.words if w in plain)
        weights = {p: math.log(1 + total / seen[p]) for p in entry.pairs}
        whole = sum(weights.values())
        common = sum(weight for p, weight in weights.items() if p in pairs)
        if not because and (not whole or common < SHARED * whole):
            continue
        score = common + KEYWORD_WEIGHT * sum(len(w) for w in because)
        found.append(Match(entry.id, score, because))
    return sorted(found, key=lambda m: (-m.score, m.id))[:limit]
