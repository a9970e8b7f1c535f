"""Hot topics 热点: the same place AND the same subject, counted by people, not by texts.

Near-copies share words; a hot topic shares a place while everybody writes it in his own words. So
texts are gathered by the place they name (or by the place the caller knows), and within a place a
subject is a set of words that its texts use far more often than all others do. Who writes ten
times counts once; a text counts for its greatest topic only (practice.md §1.6).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.triage.rules import places as found_places
from huiyin.triage.rules.text_features import clean, cut

FEWEST_PEOPLE = 3
# A word of the subject: used in the place at least so many times as often as elsewhere.
LIFT = 4.0
# A word in more than this share of the texts elsewhere names no subject.
COMMON = 0.08
# A further word belongs to the subject when this share of those who use the first use it too.
GOES_WITH = 0.3
CORE_WORDS = 8
# A text without the first word belongs to the subject with so many of the others.
ENOUGH_WORDS = 2
SUBJECTS_PER_PLACE = 3

_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Topic:
    """One hot topic: where, what about (words, strongest first), how many people, which rows."""

    place: str
    words: tuple[str, ...]
    people: int
    rows: tuple[int, ...]


def hot_topics(
    texts: Sequence[str],
    people: Sequence[str],
    *,
    known_places: Sequence[str] | None = None,
    fewest_people: int = FEWEST_PEOPLE,
) -> list[Topic]:
    """Topics of at least `fewest_people` different people, those of most people first.

    Meant for a season of reports: 3 000 texts take 5 s, 20 000 about a minute and 0.4 GB.

    `people[i]` = who wrote texts[i] (any key, such as a blind index of the phone);
    `known_places[i]` = the place on record, "" where there is none: it joins what the text names.
    """
    where = _by_place(texts, people, known_places)
    words = _words(texts, where)
    everywhere: dict[str, int] = {}
    for row in words:
        for word in row:
            everywhere[word] = everywhere.get(word, 0) + 1
    found: list[Topic] = []
    for name, _, rows in where:
        found += _subjects(name, rows, words, everywhere, people, fewest_people)
    return _apart(found, people, fewest_people)


def _by_place(
    texts: Sequence[str], people: Sequence[str], known: Sequence[str] | None
) -> list[tuple[str, tuple[str, ...], list[int]]]:
    """(name, spellings, rows) of all places, recorded ones joined with those named alike."""
    gathered = {
        place.name: (set(place.spellings), set(place.rows))
        for place in found_places.find_places(texts, people)
    }
    spelled = {s: name for name, (spellings, _) in gathered.items() for s in spellings}
    for i, name in enumerate(known or ()):
        if name:
            key = spelled.setdefault(name, name)
            gathered.setdefault(key, ({name}, set()))[1].add(i)
    return [(name, tuple(sorted(s)), sorted(rows)) for name, (s, rows) in gathered.items()]


def _words(
    texts: Sequence[str], where: Sequence[tuple[str, tuple[str, ...], list[int]]]
) -> list[frozenset[str]]:
    """The words of each text, without the names of the places that it names."""
    names: list[list[str]] = [[] for _ in texts]
    for _, spellings, rows in where:
        for i in rows:
            names[i] += [s for s in spellings if s in texts[i]]
    words = []
    for text, here in zip(texts, names, strict=True):
        for name in sorted(here, key=len, reverse=True):
            text = text.replace(name, "，")
        words.append(frozenset(w for w in cut(clean(text)) if _WORD.fullmatch(w)))
    return words


def _subjects(
    place: str,
    rows: Sequence[int],
    words: Sequence[frozenset[str]],
    everywhere: dict[str, int],
    people: Sequence[str],
    fewest: int,
) -> list[Topic]:
    """The subjects of one place, strongest first; each takes its texts away from the next."""
    left = list(rows)
    total = len(words)
    found: list[Topic] = []
    while len(found) < SUBJECTS_PER_PLACE and len({people[i] for i in left}) >= fewest:
        lifted = _lifted(left, words, everywhere, total)
        scored = [
            (len(who) * math.log(lift), word)
            for word, (lift, at) in lifted.items()
            if len(who := {people[i] for i in at}) >= fewest
        ]
        if not scored:
            break
        seed = max(scored)[1]
        core = _core(seed, lifted)
        members = [
            i for i in left if seed in words[i] or len(words[i].intersection(core)) >= ENOUGH_WORDS
        ]
        who = {people[i] for i in members}
        found.append(Topic(place, (seed, *core), len(who), tuple(members)))
        taken = set(members)
        left = [i for i in left if i not in taken]
    return found


def _lifted(
    rows: Sequence[int],
    words: Sequence[frozenset[str]],
    everywhere: dict[str, int],
    total: int,
) -> dict[str, tuple[float, list[int]]]:
    """Words that these rows use LIFT times as often as others do: word → (lift, rows)."""
    at: dict[str, list[int]] = {}
    for i in rows:
        for word in words[i]:
            at.setdefault(word, []).append(i)
    others = total - len(rows)
    lifted = {}
    for word, used in at.items():
        outside = everywhere[word] - len(used)
        lift = (len(used) / len(rows)) / ((outside + 0.5) / (others + 1))
        if len(used) > 1 and lift >= LIFT and outside <= COMMON * others:
            lifted[word] = (lift, used)
    return lifted


def _core(seed: str, lifted: dict[str, tuple[float, list[int]]]) -> tuple[str, ...]:
    """Words that go with the first one, most often used first."""
    with_seed = set(lifted[seed][1])
    together = {
        word: len(with_seed.intersection(at))
        for word, (_, at) in lifted.items()
        if word != seed and len(with_seed.intersection(at)) >= GOES_WITH * len(with_seed)
    }
    return tuple(sorted(together, key=lambda word: (-together[word], word))[: CORE_WORDS - 1])


def _apart(found: Sequence[Topic], people: Sequence[str], fewest: int) -> list[Topic]:
    """Count each text once: the greatest topic keeps it, lesser ones lose it or vanish."""
    waiting = sorted(found, key=lambda t: (-t.people, t.place, t.words))
    taken: set[int] = set()
    kept: list[Topic] = []
    for topic in waiting:
        rows = tuple(i for i in topic.rows if i not in taken)
        who = {people[i] for i in rows}
        if len(who) >= fewest and 2 * len(rows) > len(topic.rows):
            kept.append(Topic(topic.place, topic.words, len(who), rows))
            taken.update(rows)
    kept.sort(key=lambda t: (-t.people, t.place, t.words))
    return kept
