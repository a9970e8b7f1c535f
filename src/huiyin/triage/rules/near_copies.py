"""Near-copies 重复件: which texts say the same in almost the same words.

Two texts are compared as sets of character bigrams (2-grams), taken after NFKC, lower case and
the removal of everything that is neither letter nor digit (white space, punctuation, symbols).
Their likeness is the Jaccard index of the two sets: common bigrams ÷ all bigrams, 0 … 1.

To avoid n² comparisons each text gets 160 MinHash values; four of them form one of 40 bands, and
only texts that share a band are compared (a pair of Jaccard 0.6 shares one with probability
1 − (1 − 0.6⁴)⁴⁰ = 0.996, a pair of 0.05 with 0.00025). What shares a band is then verified on the
sets themselves, so nothing below the threshold is ever listed.

The hash constants come from a written-down generator, not from numpy's, because the bands of a
filed text are stored: a change of constants is a new SIGNATURE_VERSION and a refill.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huiyin.triage.rules.hashing import U64, mixed, splitmix

U32 = npt.NDArray[np.uint32]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Progress = Callable[[str, int, int], None]

SIGNATURE_VERSION = 1
ROWS_PER_BAND = 4
BANDS = 40
HASHES = ROWS_PER_BAND * BANDS

# The estimate from 160 hashes has a standard error of 0.039 at 0.6: five of them lose nothing.
ESTIMATE_SLACK = 0.2
# A bucket or a heap of identical texts larger than this is compared along its order only, each
# with the NEIGHBOURS that follow: all its texts stay in one cluster, the list of pairs stays short.
BUCKET_LIMIT = 400
NEIGHBOURS = 20
CHUNK = 1_000

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by their positions (a < b) and their Jaccard index."""

    a: int
    b: int
    jaccard: float


@dataclass(frozen=True, slots=True)
class NearCopies:
    """`pairs` by position, `clusters` as ascending positions (two texts or more each).

    `thinned` says that a heap of more than BUCKET_LIMIT texts was found, whose pairs are listed
    only in part.
    """

    pairs: tuple[Pair, ...]
    clusters: tuple[tuple[int, ...], ...]
    thinned: bool


def normalised(text: str) -> str:
    """The letters and digits of a text, NFKC, lower case."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).lower())


def bigrams(text: str) -> U32:
    """The set of character bigrams as sorted codes; one letter is its own; nothing gives nothing.

    A code is exact for the basic plane (16 + 16 bits); rarer characters may share one.
    """
    letters = normalised(text)
    if not letters:
        return np.empty(0, dtype=np.uint32)
    points = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32)
    if points.size == 1:
        return points.copy()
    codes = (points[:-1] << np.uint32(16)) ^ points[1:]
    return np.unique(codes)


def jaccard(left: U32, right: U32) -> float:
    """Common ÷ all of two sets of `bigrams`; two empty sets have nothing in common: 0."""
    small, large = (left, right) if left.size <= right.size else (right, left)
    if not small.size:
        return 0.0
    at = np.searchsorted(large, small)
    at[at == large.size] = 0
    common = int(np.count_nonzero(large[at] == small))
    return common / (left.size + right.size - common)


def signature(text: str) -> list[int]:
    """The bands of one text as 40 signed 32-bit numbers, for an int[] column with a GIN index.

    Two texts whose arrays overlap (`&&`) are candidates, to be verified with `jaccard`. A text
    without letters has no bands. Each band carries its own number, so equal values of different
    bands do not meet.
    """
    return signatures([text])[0]


def signatures(texts: Sequence[str]) -> list[list[int]]:
    """`signature` of many texts, several times faster than one by one (0.12 ms each)."""
    out: list[list[int]] = []
    for start in range(0, len(texts), CHUNK):
        sets = _sets(texts[start : start + CHUNK], None)
        full = set(sets.filled.tolist())
        out += [row if i in full else [] for i, row in enumerate(sets.bands.tolist())]
    return out


def find_near_copies(
    texts: Sequence[str],
    *,
    threshold: float = 0.6,
    cluster_threshold: float | None = None,
    progress: Progress | None = None,
) -> NearCopies:
    """All pairs of `texts` with Jaccard ≥ `threshold`, and the clusters that they form.

    Clusters join what is connected by pairs ≥ `cluster_threshold` (default: `threshold`). Memory
    grows with the number of texts (about 2 kB each), not with that of pairs compared. `progress`
    is called with (stage, done, total). Raises ValueError for a threshold outside 0.3 … 1: below
    0.3 the bands miss too much for the list to be honest.
    """
    joining = threshold if cluster_threshold is None else cluster_threshold
    if not 0.3 <= threshold <= joining <= 1:
        raise ValueError("相似度阈值须在 0.3 与 1 之间，且并组阈值不低于列出阈值。")
    groups = _identical(texts)
    heads = [group[0] for group in groups]
    sets = _sets([texts[i] for i in heads], progress)
    found = list(_verified(sets, threshold, progress))
    thinned = any(len(group) > BUCKET_LIMIT for group in groups) or sets.thinned()
    pairs = list(_copies(groups))
    for left, right, likeness in found:
        pairs.extend(_across(groups[left], groups[right], likeness))
    pairs.sort(key=lambda pair: (pair.a, pair.b))
    clusters = _clusters(len(texts), [p for p in pairs if p.jaccard >= joining])
    return NearCopies(tuple(pairs), clusters, thinned)


# ── hashing ──────────────────────────────────────────────────────────────────────────────────


_FACTORS: U64 = splitmix(1, HASHES) | np.uint64(1)
_SUMMANDS: U64 = splitmix(2, HASHES)
_BAND_SEEDS: U64 = splitmix(3, BANDS)


def _minhashes(flat: U32, offsets: I64) -> U32:
    """MinHash values (texts × HASHES) of sets laid end to end; `offsets` = where each begins."""
    codes = mixed(flat.astype(np.uint64))
    out = np.empty((offsets.size, HASHES), dtype=np.uint32)
    for k in range(HASHES):
        hashed = (codes * _FACTORS[k] + _SUMMANDS[k]) >> np.uint64(32)
        out[:, k] = np.minimum.reduceat(hashed.astype(np.uint32), offsets)
    return out


def _bands(hashes: U32) -> I32:
    """Band numbers (texts × BANDS) as signed 32-bit integers."""
    parts = hashes.reshape(hashes.shape[0], BANDS, ROWS_PER_BAND).astype(np.uint64)
    folded = np.broadcast_to(_BAND_SEEDS, parts.shape[:2])
    for row in range(ROWS_PER_BAND):
        folded = mixed(folded ^ parts[:, :, row])
    return (folded >> np.uint64(32)).astype(np.uint32).view(np.int32)


# ── candidates and their verification ────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Sets:
    """The bigram sets end to end, their bounds, and their hashes; empty texts have no band."""

    flat: U32
    bounds: I64
    hashes: U32
    bands: I32
    filled: I64

    def of(self, i: int) -> U32:
        return self.flat[self.bounds[i] : self.bounds[i + 1]]

    def thinned(self) -> bool:
        """Whether some bucket was too large to be compared in full."""
        for k in range(BANDS):
            _, sizes = np.unique(self.bands[self.filled, k], return_counts=True)
            if sizes.size and int(sizes.max()) > BUCKET_LIMIT:
                return True
        return False


def _sets(texts: Sequence[str], progress: Progress | None) -> _Sets:
    pieces: list[U32] = []
    hashes = np.zeros((len(texts), HASHES), dtype=np.uint32)
    sizes = np.zeros(len(texts), dtype=np.int64)
    for start in range(0, len(texts), CHUNK):
        sets = [bigrams(text) for text in texts[start : start + CHUNK]]
        here = np.array([s.size for s in sets], dtype=np.int64)
        sizes[start : start + len(sets)] = here
        flat = np.concatenate(sets)
        pieces.append(flat)
        full = np.flatnonzero(here)
        if full.size:
            begins = (np.cumsum(here) - here)[full]
            hashes[start + full] = _minhashes(flat, begins)
        if progress:
            progress("指纹", start + len(sets), len(texts))
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    joined = np.concatenate(pieces) if pieces else np.empty(0, dtype=np.uint32)
    return _Sets(joined, bounds, hashes, _bands(hashes), np.flatnonzero(sizes))


def _verified(
    sets: _Sets, threshold: float, progress: Progress | None
) -> Iterator[tuple[int, int, float]]:
    """Pairs of distinct texts that share a band and hold on their sets, each once."""
    sizes = np.diff(sets.bounds)
    for k in range(BANDS):
        for left, right in _bucket_pairs(sets, k):
            keep = ~(sets.bands[left, :k] == sets.bands[right, :k]).any(axis=1)
            smaller = np.minimum(sizes[left], sizes[right])
            larger = np.maximum(sizes[left], sizes[right])
            keep &= smaller >= threshold * larger
            left, right = left[keep], right[keep]
            likely = (sets.hashes[left] == sets.hashes[right]).mean(axis=1)
            keep = likely >= threshold - ESTIMATE_SLACK
            for a, b in zip(left[keep].tolist(), right[keep].tolist(), strict=True):
                likeness = jaccard(sets.of(a), sets.of(b))
                if likeness >= threshold:
                    yield a, b, likeness
        if progress:
            progress("比对", k + 1, BANDS)


def _bucket_pairs(sets: _Sets, k: int) -> Iterator[tuple[I64, I64]]:
    """Candidates of band k in portions of bounded size."""
    values = sets.bands[sets.filled, k]
    order = sets.filled[np.argsort(values, kind="stable")]
    values = sets.bands[order, k]
    edges = np.flatnonzero(np.diff(values)) + 1
    begins = np.concatenate([[0], edges])
    ends = np.concatenate([edges, [values.size]])
    left: list[I64] = []
    right: list[I64] = []
    held = 0
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        if end - begin < 2:
            continue
        first, second = _positions(end - begin)
        left.append(order[begin + first])
        right.append(order[begin + second])
        held += first.size
        if held > 50_000:
            yield np.concatenate(left), np.concatenate(right)
            left, right, held = [], [], 0
    if held:
        yield np.concatenate(left), np.concatenate(right)


def _positions(size: int) -> tuple[I64, I64]:
    """All pairs of 0 … size − 1, or along the order only when there are too many."""
    if size <= BUCKET_LIMIT:
        first, second = np.triu_indices(size, 1)
        return first.astype(np.int64), second.astype(np.int64)
    steps = [np.arange(size - step) for step in range(1, NEIGHBOURS + 1)]
    first = np.concatenate(steps)
    second = np.concatenate([step + n for n, step in enumerate(steps, start=1)])
    return first.astype(np.int64), second.astype(np.int64)


# ── from distinct texts back to all of them ──────────────────────────────────────────────────


def _identical(texts: Sequence[str]) -> list[list[int]]:
    """Positions grouped by equal letters, in the order of their first; empty texts stay alone."""
    groups: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        key = normalised(text) or f"\0{i}"
        groups.setdefault(key, []).append(i)
    return list(groups.values())


def _copies(groups: Sequence[Sequence[int]]) -> Iterator[Pair]:
    for group in groups:
        if len(group) > 1:
            first, second = _positions(len(group))
            for a, b in zip(first.tolist(), second.tolist(), strict=True):
                yield Pair(group[a], group[b], 1.0)


def _across(left: Sequence[int], right: Sequence[int], likeness: float) -> Iterator[Pair]:
    """Every text of one heap with every text of the other; of large heaps the heads only."""
    if len(left) * len(right) > BUCKET_LIMIT:
        left, right = left[:NEIGHBOURS], right[:NEIGHBOURS]
    for a in left:
        for b in right:
            yield Pair(min(a, b), max(a, b), likeness)


def _clusters(n: int, pairs: Sequence[Pair]) -> tuple[tuple[int, ...], ...]:
    """Connected components of two or more, in the order of their first text."""
    parent = list(range(n))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for pair in pairs:
        a, b = root(pair.a), root(pair.b)
        parent[max(a, b)] = min(a, b)
    members: dict[int, list[int]] = {}
    for i in {i for pair in pairs for i in (pair.a, pair.b)}:
        members.setdefault(root(i), []).append(i)
    return tuple(tuple(sorted(members[head])) for head in sorted(members))
