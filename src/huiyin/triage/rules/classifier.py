"""Which category a text belongs to: three linear machines, one calibrated confidence.

Each machine weighs n-grams by how unevenly the classes use them (TF-IGM: √times × (1 + λ·igm),
igm = greatest class share ÷ Σ rank × share), brings each block to unit length and separates the
classes linearly. Their margins, taken out of fold inside the training texts, teach a logistic
regression what chance of being right goes with them; that chance is the confidence shown.
Measured against one plain character n-gram machine: docs of `evaluation`.

scikit-learn is imported by `train` only; a suggestion needs numpy and about 2 ms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from huiyin.triage.rules import text_features as features
from huiyin.triage.rules.text_features import Counts, Progress

F64 = npt.NDArray[np.float64]
F32 = npt.NDArray[np.float32]
U32 = npt.NDArray[np.uint32]
Ints = npt.NDArray[np.int64]

# A class with fewer texts cannot be cut into the inner folds: it is left out and named.
FEWEST_OF_CLASS = 5
FEWEST_TEXTS = 20
# The newest are kept: more than this costs memory (about 40 kB a text) and changes nothing.
MOST_TEXTS = 30_000
INNER_FOLDS = 3
# Below this chance of being right the screen says 不确定 and still shows the three.
UNCERTAIN_BELOW = 0.6


class TooFewExamples(ValueError):
    """Not enough confirmed texts to learn from."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One machine: λ, whether idf counts too, whether small classes weigh more, rarest n-gram."""

    igm: float
    idf: bool
    balanced: bool
    rarest: int


RECIPES = (Recipe(10, False, True, 2), Recipe(4, True, True, 2), Recipe(20, False, False, 3))


@dataclass(frozen=True, slots=True)
class Machine:
    """What a machine has learned, by block: hashes (ascending), weight of each, its coefficients.

    weights[block]: (n,), coefficients[block]: (n, classes); intercepts: (classes,).
    """

    hashes: tuple[U32, ...]
    weights: tuple[F32, ...]
    coefficients: tuple[F32, ...]
    intercepts: F64

    def margins(self, counts: Sequence[Counts]) -> F64:
        """Distance of each text from each class's plane (texts × classes)."""
        out = np.tile(self.intercepts, (len(counts[0]), 1))
        for at, block in enumerate(counts):
            known, weights, planes = self.hashes[at], self.weights[at], self.coefficients[at]
            for i in range(len(block)):
                hashes, times = block.of(i)
                found = np.searchsorted(known, hashes)
                found[found == known.size] = 0
                hit = known[found] == hashes if known.size else np.zeros(hashes.size, bool)
                found = found[hit]
                values = np.sqrt(times[hit]) * weights[found]
                length = float(np.sqrt(values @ values))
                if length:
                    scale = features.BLOCKS[at].weight / length
                    out[i] += (values @ planes[found]) * scale
        return out


@dataclass(frozen=True, slots=True)
class Guess:
    """Up to three categories, best first, each with its chance of being right (0 … 1)."""

    categories: tuple[str, ...]
    confidences: tuple[float, ...]
    words: tuple[str, ...] = ()

    @property
    def category(self) -> str:
        return self.categories[0]

    @property
    def confidence(self) -> float:
        return self.confidences[0]

    @property
    def uncertain(self) -> bool:
        """Whether the screen says 不确定."""
        return self.confidence < UNCERTAIN_BELOW


@dataclass(frozen=True, slots=True)
class Model:
    """A trained classifier. `left_out` = classes with too few texts; `n` = texts learned from."""

    classes: tuple[str, ...]
    machines: tuple[Machine, ...]
    calibration: F64
    calibration_intercepts: F64
    n: int
    left_out: tuple[str, ...] = ()

    def chances(self, counts: Sequence[Counts]) -> F64:
        """Calibrated chances (texts × classes), each row summing to 1."""
        margins = np.hstack([machine.margins(counts) for machine in self.machines])
        return _softmax(margins @ self.calibration.T + self.calibration_intercepts)

    def suggest_many(self, texts: Sequence[str], progress: Progress | None = None) -> list[Guess]:
        """A guess for each text, in the order given; holds 500 texts at a time."""
        guesses: list[Guess] = []
        for start in range(0, len(texts), 500):
            chances = self.chances(features.count_all(texts[start : start + 500]))
            guesses += [self._guess(row) for row in chances]
            if progress:
                progress("分类", len(guesses), len(texts))
        return guesses

    def suggest(self, text: str) -> Guess:
        """The guess for one text, with up to three of its words that spoke for it."""
        guess = self._guess(self.chances(features.count_all([text]))[0])
        return Guess(guess.categories, guess.confidences, self._words(text, guess))

    def _guess(self, row: F64) -> Guess:
        order = np.argsort(-row, kind="stable")[:3]
        return Guess(
            tuple(self.classes[k] for k in order), tuple(round(float(row[k]), 4) for k in order)
        )

    def _words(self, text: str, guess: Guess) -> tuple[str, ...]:
        """Words of two letters or more that moved the first machine to the first category."""
        words = sorted({w for w in features.cut(features.clean(text)) if len(w) > 1})
        machine, at = self.machines[0], features.BLOCKS.index(_WORDS)
        if not words or not machine.hashes[at].size or len(guess.categories) < 2:
            return ()
        first, second = (self.classes.index(c) for c in guess.categories[:2])
        codes = features.word_codes(words)
        found = np.minimum(np.searchsorted(machine.hashes[at], codes), machine.hashes[at].size - 1)
        planes = machine.coefficients[at][found]
        gain = machine.weights[at][found] * (planes[:, first] - planes[:, second])
        gain[machine.hashes[at][found] != codes] = 0
        best = np.argsort(-gain, kind="stable")[:3]
        return tuple(words[i] for i in best if gain[i] > 0)


_WORDS = next(block for block in features.BLOCKS if block.unit == "words")


# ── training ─────────────────────────────────────────────────────────────────────────────────


def train(
    texts: Sequence[str], labels: Sequence[str], *, progress: Progress | None = None
) -> Model:
    """Learn from confirmed texts, oldest first (the newest MOST_TEXTS are used).

    Raises TooFewExamples with fewer than FEWEST_TEXTS or fewer than two classes of
    FEWEST_OF_CLASS; smaller classes are left out and named in `left_out`.
    """
    if len(texts) != len(labels):
        raise ValueError("文本与类别的条数不一致。")
    counts = features.count_all(texts[-MOST_TEXTS:], progress)
    return train_counted(counts, labels[-MOST_TEXTS:], progress=progress)


def train_counted(
    counts: Sequence[Counts], labels: Sequence[str], *, progress: Progress | None = None
) -> Model:
    """`train` on texts whose n-grams are counted already."""
    sizes: dict[str, int] = {}
    for label in labels:
        sizes[label] = sizes.get(label, 0) + 1
    classes = tuple(sorted(c for c, size in sizes.items() if size >= FEWEST_OF_CLASS))
    rows = np.array([i for i, label in enumerate(labels) if label in set(classes)], dtype=np.int64)
    if len(classes) < 2 or rows.size < FEWEST_TEXTS:
        raise TooFewExamples(
            f"可学习的样本不足：至少 {FEWEST_TEXTS} 条、两个类别，每个类别至少 {FEWEST_OF_CLASS} 条。"
        )
    targets = np.array([classes.index(labels[i]) for i in rows], dtype=np.int64)
    tables = _Tables.of(counts)
    margins = np.zeros((rows.size, len(classes) * len(RECIPES)))
    for done, (inside, outside) in enumerate(_folds(targets, INNER_FOLDS), start=1):
        held = tuple(block.take(rows[outside]) for block in counts)
        trained = [_machine(tables, rows[inside], targets[inside], r) for r in RECIPES]
        margins[outside] = np.hstack([machine.margins(held) for machine in trained])
        if progress:
            progress("校准", done, INNER_FOLDS + 1)
    machines = tuple(_machine(tables, rows, targets, recipe) for recipe in RECIPES)
    slopes, intercepts = _calibrated(margins, targets)
    if progress:
        progress("校准", INNER_FOLDS + 1, INNER_FOLDS + 1)
    left_out = tuple(sorted(set(sizes) - set(classes)))
    return Model(classes, machines, slopes, intercepts, int(rows.size), left_out)


@dataclass(frozen=True, slots=True)
class _Tables:
    """For each block the hashes seen and a sparse matrix texts × hashes, √times."""

    hashes: tuple[U32, ...]
    matrices: tuple[Any, ...]

    @classmethod
    def of(cls, counts: Sequence[Counts]) -> _Tables:
        from scipy.sparse import csr_matrix

        hashes, matrices = [], []
        for block in counts:
            seen, at = np.unique(block.hashes, return_inverse=True)
            shape = (len(block), seen.size)
            hashes.append(seen)
            matrices.append(csr_matrix((np.sqrt(block.times), at, block.bounds), shape=shape))
        return cls(tuple(hashes), tuple(matrices))


def _machine(tables: _Tables, rows: Ints, targets: Ints, recipe: Recipe) -> Machine:
    """Fit one machine on some of the texts; nothing of the others is looked at."""
    from scipy.sparse import diags, hstack
    from sklearn.preprocessing import normalize
    from sklearn.svm import LinearSVC

    hashes, weights, blocks = [], [], []
    for at, block in enumerate(features.BLOCKS):
        matrix = tables.matrices[at][rows]
        common = np.flatnonzero(np.asarray((matrix > 0).sum(axis=0)).ravel() >= recipe.rarest)
        matrix = matrix[:, common]
        weight = _igm_weights(matrix, targets, recipe)
        hashes.append(tables.hashes[at][common])
        weights.append(weight)
        blocks.append(normalize(matrix @ diags(weight.astype(np.float64))) * block.weight)
    machine = LinearSVC(
        C=1.0, tol=0.01, class_weight="balanced" if recipe.balanced else None, random_state=0
    )
    machine.fit(hstack(blocks).tocsr(), targets)
    planes = _two_sided(machine.coef_).T
    edges = np.cumsum([h.size for h in hashes])[:-1]
    # Half precision on purpose: halves the file, and what is saved is what is used.
    coefficients = tuple(_halved(part) for part in np.split(planes, edges))
    intercepts = _two_sided(machine.intercept_.reshape(-1, 1)).ravel()
    return Machine(tuple(hashes), tuple(weights), coefficients, intercepts)


def _igm_weights(matrix: Any, targets: Ints, recipe: Recipe) -> F32:
    """How unevenly the classes use each n-gram (inverse gravity moment), times idf if asked."""
    n, classes = targets.size, int(targets.max()) + 1
    present = (matrix > 0).astype(np.float64)
    share = np.stack(
        [np.asarray(present[targets == k].mean(axis=0)).ravel() for k in range(classes)]
    )
    share = -np.sort(-share, axis=0)
    gravity = (share * np.arange(1, classes + 1)[:, None]).sum(axis=0)
    weight = 1 + recipe.igm * share[0] / np.maximum(gravity, 1e-12)
    if recipe.idf:
        texts = np.asarray(present.sum(axis=0)).ravel()
        weight = weight * (np.log((1 + n) / (1 + texts)) + 1)
    return _halved(weight)


def _halved(values: F64) -> F32:
    return values.astype(np.float16).astype(np.float32)


def _two_sided(planes: F64) -> F64:
    """One plane per class, also for two classes, where the library gives only one."""
    return np.vstack([-planes, planes]) if planes.shape[0] == 1 else planes


def _calibrated(margins: F64, targets: Ints) -> tuple[F64, F64]:
    """Slopes (classes × margins) and intercepts of the logistic regression on margins."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1.0, max_iter=2000).fit(margins, targets)
    slopes, intercepts = fitted.coef_, fitted.intercept_.reshape(-1, 1)
    if slopes.shape[0] == 1:  # softmax of (−s/2, s/2) is the logistic function of s
        slopes, intercepts = _two_sided(slopes / 2), _two_sided(intercepts / 2)
    return slopes, intercepts.ravel()


def _softmax(scores: F64) -> F64:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: F64 = raised / raised.sum(axis=1, keepdims=True)
    return chances


def _folds(targets: Ints, folds: int) -> list[tuple[Ints, Ints]]:
    from sklearn.model_selection import StratifiedKFold

    cut = StratifiedKFold(folds, shuffle=True, random_state=1)
    return [(inside, outside) for inside, outside in cut.split(np.zeros(targets.size), targets)]
