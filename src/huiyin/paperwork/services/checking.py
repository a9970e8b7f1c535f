"""An article's figures held against the ledgers: found, linked, computed, judged.

Nothing is decided for anybody: a verdict is a hint with its evidence, and a person confirms or changes
the link (`confirming`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from huiyin.base import selectors as base
from huiyin.base.rules.local_defaults import LocalDefaultSeed
from huiyin.base.rules.times import long_date
from huiyin.base.services.defaults import declare_local_defaults
from huiyin.documents.rules.figures import Figure, figures_of
from huiyin.documents.rules.running_text import running
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.rules import arithmetic, linking, surroundings, verdicts
from huiyin.paperwork.rules.readings import HOW_LABELS, Linked, Operand, Reading
from huiyin.paperwork.services import article_vocabulary
from huiyin.paperwork.services.article_values import Computed, Evidence, NotKnown, Values

MOST_CHARACTERS = 30_000
ABOUT = LocalDefaultSeed(
    "articles.about_percent", "“约”“左右”容许相差", 5, "%", "通行做法", most=50
)  # fmt: skip
NEAR = LocalDefaultSeed(
    "articles.near_percent", "“近”“将近”不低于", 90, "%", "通行做法", least=50, most=100
)  # fmt: skip
KEEP_DAYS = LocalDefaultSeed(
    "retention.article_days", "稿件原文保存", 180, "天", "核对完即可删除，保存期取最短；为通行做法", least=1,
    most=3650,
)  # fmt: skip
declare_local_defaults(ABOUT, NEAR, KEEP_DAYS)

#: A remembered choice: (code, value of a dimension) of an indicator, or None = no number of ours.
Choice = tuple[str, "tuple[str, str] | None"] | None


class UnfitArticle(ValueError):
    """The text cannot be checked as it is. The message says what to do."""


@dataclass(frozen=True)
class Candidate:
    """A number that a figure may be, with what it came to."""

    reading: Reading
    computed: Computed | None
    agrees: bool | None
    words: str


@dataclass(frozen=True)
class Checked:
    """One figure with its verdict. `candidates` hold the likeliest first; `remembered` = somebody chose
    this link before."""

    figure: Figure
    subject: str
    key: str
    verdict: verdicts.Verdict
    reason: str
    candidates: tuple[Candidate, ...]
    remembered: bool = False

    @property
    def best(self) -> Candidate | None:
        """The candidate that the verdict speaks of."""
        return self.candidates[0] if self.candidates else None


@dataclass(frozen=True)
class Report:
    """All figures in reading order and the sums that the article states itself."""

    figures: tuple[Checked, ...]
    sums: tuple[arithmetic.Sum, ...]

    def count(self, verdict: str) -> int:
        return sum(1 for f in self.figures if f.verdict == verdict)


def check_text(
    raw: str,
    *,
    place: Area,
    as_of: date,
    posts: Sequence[ActingPost] | None,
    remembered: Mapping[tuple[str, str], Choice],
    chosen: Mapping[int, Choice] | None = None,
) -> Report:
    """Check a text about a place as of a day, in the posts of whoever asks (None = the system person).

    `remembered` = links by words and unit, `chosen` = by the start of a figure of this very text.
    UnfitArticle when it is empty or longer than MOST_CHARACTERS.
    """
    if not raw.strip():
        raise UnfitArticle("稿件里没有文字，请粘贴正文或换一个文件")
    if len(raw) > MOST_CHARACTERS:
        raise UnfitArticle(f"稿件有 {len(raw):,} 字，一次最多 {MOST_CHARACTERS:,} 字，请分开核对")
    names = article_vocabulary.place_names(place, as_of)
    text = running(raw)
    others = [n.name for n in names] + article_vocabulary.compound_names(place, as_of)
    figures = figures_of(text, raw, names=[n for n in others if _has_number(n)])
    article = surroundings.read_article(
        text, figures, article_vocabulary.vocabulary(), places=names,
        root=article_vocabulary.place_of(place), as_of=as_of,
    )  # fmt: skip
    values = Values(posts, as_of)
    limits = _tolerances()
    links = linking.link(article)
    checked = tuple(
        _judged(_recalled(linked, remembered, chosen or {}), linked, values, limits)
        for linked in links
    )
    sums = [s for s in arithmetic.sums_of(text, figures) if s.holds or _of_one_kind(s, links)]
    return Report(checked, tuple(sums))


def _of_one_kind(found: arithmetic.Sum, links: Sequence[Linked]) -> bool:
    """Whether parts that do not add up are parts at all: 其中派出352件、答复320件 are not."""
    codes = {
        link.readings[0].code if link.readings else "" for link in (links[n] for n in found.parts)
    }
    return len(codes) == 1


def _has_number(name: str) -> bool:
    return any(c.isdigit() or c in "一二两三四五六七八九十百千万" for c in name)


def _tolerances() -> verdicts.Tolerances:
    return verdicts.Tolerances(
        Decimal(int(base.local_value(ABOUT.code))), Decimal(int(base.local_value(NEAR.code)))
    )


def _recalled(
    linked: Linked, remembered: Mapping[tuple[str, str], Choice], chosen: Mapping[int, Choice]
) -> Linked | None:
    """The figure with the link that a person chose for it or for its words; None = nobody did."""
    key = (linked.key[:60], linked.figure.unit)
    if linked.figure.start in chosen:
        choice = chosen[linked.figure.start]
    elif linked.key and key in remembered:
        choice = remembered[key]
    else:
        return None
    if choice is None:
        return replace(linked, readings=(), why="有人确认过：没有对应的指标")
    return _with_link(linked, choice)


def _with_link(linked: Linked, choice: tuple[str, tuple[str, str] | None]) -> Linked:
    """The figure with one link alone: that of its readings where it has one, else the plain number."""
    code, by = choice
    for reading in linked.readings:
        if reading.code == code and reading.operands[0].by == by:
            return replace(linked, readings=(reading,))
    operand = Operand(code, by, linked.places, linked.periods)
    return replace(linked, readings=(Reading("value", (operand,), 100),))


def _judged(
    recalled: Linked | None, linked: Linked, values: Values, limits: verdicts.Tolerances
) -> Checked:
    chosen_before = recalled is not None
    linked = recalled or linked
    candidates = [_candidate(linked.figure, r, values, limits) for r in linked.rivals]
    known = [c for c in candidates if c.agrees is not None]

    def checked(verdict: verdicts.Verdict, reason: str, found: Sequence[Candidate]) -> Checked:
        return Checked(
            linked.figure, linked.subject, linked.key, verdict, reason, tuple(found), chosen_before
        )

    if not candidates:
        return checked("no_record", linked.why, ())
    if not known:
        return checked("no_record", candidates[0].words, candidates)
    if known[0].reading.vague:
        words = "；".join(f"{_name(c)}{c.words}" for c in known)
        return checked("unclear", f"文中没有写明按哪种口径：{words}", known)
    if all(c.agrees for c in known):
        return checked(
            "agrees", known[0].words, [*known, *(c for c in candidates if c not in known)]
        )
    if not any(c.agrees for c in known):
        if (
            known[0].computed is not None
            and known[0].computed.lower_bound
            and _may_be_more(linked.figure, known[0])
        ):
            return checked("unclear", known[0].words + "；台账含约数，是下限", known)
        return checked("differs", known[0].words, known)
    words = "；".join(f"{_name(c)}{c.words}" for c in known)
    return checked("unclear", f"口径有 {len(known)} 种：{words}", known)


def _may_be_more(figure: Figure, candidate: Candidate) -> bool:
    """A sum with 余 in it is a lower bound: a larger printed figure may be right."""
    return candidate.computed is not None and figure.value > candidate.computed.value


def _name(candidate: Candidate) -> str:
    evidence = candidate.computed.evidence[0] if candidate.computed else None
    return f"“{evidence.label}”" if evidence else ""


def _candidate(
    figure: Figure, reading: Reading, values: Values, limits: verdicts.Tolerances
) -> Candidate:
    """The reading at the first place and period at which it agrees, else at the likeliest."""
    first: Candidate | None = None
    places = max(len(o.places) for o in reading.operands)
    spans = max(len(o.periods) for o in reading.operands)
    if verdicts.one_sided(figure):  # 不足150次 would agree with almost any place or period
        places = spans = 1
    for place in range(places):
        for period in range(spans):
            try:
                computed = values.of(reading, place, period)
            except NotKnown as why:
                first = first or Candidate(reading, None, None, str(why))
                continue
            judgement = verdicts.judge(figure, computed.value, limits)
            found = Candidate(
                reading,
                computed,
                judgement.agrees,
                said(computed.evidence, reading, judgement.words),
            )
            if judgement.agrees:
                return found
            if first is None or first.agrees is None:
                first = found
    assert first is not None
    return first


def said(evidence: Sequence[Evidence], reading: Reading, words: str) -> str:
    """'水富市 2026年10月：台账为 120件' with how a derived figure comes about."""
    where = f"{evidence[0].place} {evidence[0].period_label}"
    if evidence[0].published_on:
        where += f"（{long_date(evidence[0].published_on)}发布）"
    how = "" if reading.how == "value" else f"（{HOW_LABELS[reading.how]}）"
    return f"{where}{how}：{words}"
