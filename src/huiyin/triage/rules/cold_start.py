"""A category from keywords alone, for a city that has confirmed nothing yet."""

from __future__ import annotations

from huiyin.triage.rules.categories import Tree
from huiyin.triage.rules.classifier import Guess

# Letters of keywords that would speak for something else: one short word alone is never sure.
DOUBT = 3.0
DEEPEST = 3


def guess_by_keywords(text: str, tree: Tree) -> Guess | None:
    """Up to three codes of the tree by the letters of their keywords found; None without a find.

    A word of the node's own name counts as its keyword. The confidence is the share of letters,
    less DOUBT: an honest order, not a measured chance of being right.
    """
    scores: dict[str, float] = {}
    words: dict[str, tuple[str, ...]] = {}
    for node, found in tree.by_keywords(text):
        scores[node.code] = float(sum(len(word) for word in found))
        words[node.code] = found
    for node in tree.nodes:
        if node.level == DEEPEST and len(node.name) > 2 and node.name in text:
            scores[node.code] = scores.get(node.code, 0.0) + len(node.name)
            words.setdefault(node.code, (node.name,))
    if not scores:
        return None
    order = sorted(scores, key=lambda code: (-scores[code], -len(code), code))
    total = sum(scores.values()) + DOUBT
    best = order[:3]
    return Guess(tuple(best), tuple(round(scores[c] / total, 4) for c in best), words[best[0]][:3])
