"""What each blank of a table asks for, from its headings, its labels and the lines above.

A blank is known only where every piece of text around it is explained by one number, one place, one
period and at most one value of a dimension, and the printed measure is the number's own. Anything
less is unsure (with candidates for a person) or unknown; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from huiyin.documents.rules.form_layout import LISTED, Block, Field
from huiyin.paperwork.rules import lexicon as lex
from huiyin.paperwork.rules import lists
from huiyin.paperwork.rules.asking import Asked, Gatherer
from huiyin.paperwork.rules.fragments import Bag, Cutter, implied, normal
from huiyin.paperwork.rules.links import ASIDE, KNOWN, UNKNOWN, UNSURE, Link, Reading
from huiyin.paperwork.rules.totals import Totals
from huiyin.paperwork.rules.vocabulary import Number, Vocabulary

#: Below this a person is asked.
SURE = 0.8
MOST_CANDIDATES = 5
#: A title that names more than one thing.
_SEVERAL = re.compile(r"[和及与、]")


@dataclass
class BlockReader:
    """Decides for one table, from what was gathered around its blanks."""

    said: Gatherer
    _terms: list[tuple[Number, dict[frozenset[str], bool]]] = field(init=False)

    _apart: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        texts = {t for _, path in self.said.block.columns for t in path}
        texts |= {x.text for f in self.said.block.fields for x in f.labels}
        bags = [self.said.cutter.cut(t) for t in texts]
        self._apart = frozenset(
            narrow for wide, narrow in lex.CONTRASTS
            if any(narrow in b.atoms and wide not in b.atoms for b in bags)
        )  # fmt: skip
        self._terms = [(n, self.said.cutter.terms_of(n)) for n in self.vocabulary.numbers]

    @property
    def vocabulary(self) -> Vocabulary:
        return self.said.cutter.vocabulary

    @property
    def title(self) -> Bag:
        return self.said.title

    def read(self) -> list[tuple[Field, Reading]]:
        """Each blank with what was understood of it."""
        asked = self.said.gather()
        found = Totals(self.vocabulary).settle(asked, [self._decide(a) for a in asked])
        return [(a.blank, r) for a, r in zip(asked, found, strict=True)]

    def _decide(self, asked: Asked) -> Reading:
        if asked.blank.aside:
            return Reading(ASIDE, reason="备注或签名，不填数")
        choices = self._numbers(asked)
        if not choices:
            near = self._near(asked)
            bare = not any(b.atoms for b in (*asked.column, *asked.row)) and bool(near)
            why = "没有写明是什么数" if bare else self._why_none(asked)
            return Reading(UNSURE if bare else UNKNOWN, reason=why, candidates=near)
        sure = [c for c in choices if c[1] >= SURE]
        if len({c[0].code for c in sure}) == 1:
            number, confidence, why = sure[0]
            link, trouble = self._link(asked, number)
            if trouble:
                return self._unsure(asked, choices, trouble)
            assert link is not None
            return Reading(KNOWN, link, confidence, self._because(number, why, asked, link))
        able = [c for c in choices if self._link(asked, c[0])[0] is not None]
        if len(sure) > 1 and not able:
            return Reading(UNSURE, None, 0.0, "没有写明是什么数", self._near(asked))
        why = "有几个指标都说得通" if len(sure) > 1 else ""
        return self._unsure(asked, able if len(sure) > 1 else choices, why)

    def _unsure(self, asked: Asked, choices: list[tuple[Number, float, str]], trouble: str) -> Reading:  # fmt: skip
        candidates = []
        for number, confidence, why in choices[:MOST_CANDIDATES]:
            link, own = self._link(asked, number)
            candidates.append((link or Link(number.code, asked.place, asked.span), confidence, own or why))  # fmt: skip
        return Reading(UNSURE, None, 0.0, trouble or (choices[0][2] if choices else ""), tuple(candidates))  # fmt: skip

    def _numbers(self, asked: Asked) -> list[tuple[Number, float, str]]:
        """Numbers whose name is what the texts say, the surest first."""
        found: dict[str, tuple[Number, float, str]] = {}
        must = frozenset(a for b in asked.inner for a in b.atoms)
        for atoms, confidence, why in self._combinations(asked):
            if not must <= atoms and not must <= implied(atoms) and implied(must | atoms) != implied(atoms):  # fmt: skip
                continue
            said = implied(atoms)
            if not said or self._divided(said):
                continue
            for number, terms in self._terms:
                if said in terms and number.code not in found:
                    fits = self._fits(number, asked.measures)
                    if fits is None:
                        sure = confidence if asked.measured or not terms[said] else 0.6
                        found[number.code] = (number, sure, why)
                    else:
                        found[number.code] = (number, 0.3, fits)
            if any(c[1] >= SURE for c in found.values()):
                break
        return sorted(found.values(), key=lambda c: -c[1])

    def _divided(self, said: frozenset[str]) -> bool:
        """Whether the table has a column of its own for what a name otherwise includes: where 基本满意
        stands beside it, 满意 is no longer 满意或基本满意."""
        return any(
            wide in said and narrow not in said and "率" not in said and narrow in self._apart
            for wide, narrow in lex.CONTRASTS
        )

    def _combinations(self, asked: Asked) -> Iterable[tuple[frozenset[str], float, str]]:
        """Which texts together name the number, the fullest first."""
        column = [b for b in asked.column if b.atoms]
        row = [b for b in asked.row if b.atoms]
        groups = [b for b in asked.groups if b.atoms]
        seen: set[frozenset[str]] = set()

        def union(bags: Sequence[Bag]) -> frozenset[str]:
            return frozenset(a for b in bags for a in b.atoms)

        title = frozenset(a for a in self.title.atoms if not a.startswith("?"))
        if _SEVERAL.search(normal(self.title.text)) and not asked.dims and not asked.total:
            title = frozenset()  # 诉求来源和回访情况 names two things, and no cell by itself
        tries: list[tuple[frozenset[str], float, str, Sequence[Bag]]] = []
        everything = [*groups, *column, *row]
        for c in range(len(column) + 1) if column else [0]:
            for r in range(len(row) + 1) if row else [0]:
                for g in (0, 1) if groups else (0,):
                    part = [*groups[: 1 - g], *column[c:], *row[r:]]
                    dropped = [b for b in everything if b not in part]
                    if any(b in asked.inner for b in dropped):
                        continue
                    heading = all(b in asked.droppable for b in dropped)
                    confidence = 0.95 if not dropped else (0.85 if heading else 0.6)
                    tries.append((union(part), confidence, "", dropped))
        tries.sort(key=lambda t: (-t[1], len(t[3])))
        for atoms, confidence, why, rest in tries:
            if atoms - lex.GENERIC and atoms not in seen:
                seen.add(atoms)
                yield atoms, confidence, why or self._said(asked, rest)
        for atoms, confidence, _, rest in tries:
            more = atoms | title
            if title and more not in seen:
                seen.add(more)
                why = f"标题“{self.title.text.strip()[:30]}”"
                why += f"，{self._said(asked, rest)}" if atoms else ""
                yield more, min(confidence, 0.85), why
        bare = not any(b.atoms for b in everything) and not self.title.atoms
        bare = bare and bool(asked.dims or asked.total)
        if bare and "诉求" in self.title.text:
            yield (
                frozenset({"受理"}),
                0.82,
                f"标题“{self.title.text.strip()[:30]}”只说诉求，按受理计",
            )
        if asked.beside and asked.beside.atoms not in seen:
            yield asked.beside.atoms, 0.85, f"“{normal(asked.beside.text)[:20]}”中的"
        for atoms, _, _, rest in tries:
            if atoms and atoms not in seen:
                seen.add(atoms)
                yield atoms, 0.6, self._said(asked, rest)

    def _said(self, asked: Asked, dropped: Sequence[Bag]) -> str:
        used = [b.text.strip() for b in (*asked.column, *asked.row) if b.atoms and b not in dropped]
        return "、".join(f"“{normal(t)[:20]}”" for t in used)

    def _fits(self, number: Number, measures: Sequence[str]) -> str | None:
        """None where the printed measure is the number's own, else why not."""
        if not measures:
            return None
        alike = lex.ALIKE.get(number.measure, frozenset({number.measure}))
        if any(m in alike for m in measures):
            return None
        return (
            f"表上按“{'、'.join(measures)}”计，“{number.label}”按“{number.measure}”计，两者不能互换"
        )

    # -- the link -------------------------------------------------------------------------------
    def _link(self, asked: Asked, number: Number) -> tuple[Link | None, str]:
        """(the link, "") or (None, why it is not certain)."""
        if asked.clash:
            return None, asked.clash
        if asked.other:
            return None, "“其他”没有对应的分项"
        if self.said.narrowed:
            return None, f"标题只说“{self.said.narrowed}”，没有这样分的数"
        dims = list(dict.fromkeys(asked.dims))
        known = {w for d in number.dimensions for _, words in d.values for w in map(normal, words)}
        own = [d for d in dims if d in known]
        from_title = [d for d in self.title.dims if d in known and not own]
        pairs = {
            (d.code, value)
            for d in number.dimensions
            for value, words in d.values
            if any(w in map(normal, words) for w in (own or from_title))
        }
        if [d for d in dims if d not in known]:
            strange = next(d for d in dims if d not in known)
            return None, f"“{number.label}”没有按“{strange}”分的数"
        if not own and self.title.dims and not from_title and not number.dimensions:
            return None, f"标题限定“{self.title.dims[0]}”，“{number.label}”没有这样分的数"
        if len(pairs) > 1:
            return None, "同时限定了两个分项"
        if asked.unit and not number.by_unit:
            return None, f"“{number.label}”不按单位分"
        dimension, value = next(iter(pairs), ("", ""))
        derived = asked.derived.derived if asked.derived else ""
        difference = bool(asked.derived and asked.derived.difference and "%" not in asked.derived.measures)  # fmt: skip
        if difference and self._fits(number, asked.derived.measures if asked.derived else ()):
            return None, self._fits(number, asked.derived.measures if asked.derived else ()) or ""
        if derived == "share" and not (dimension or asked.place or asked.unit or asked.total):
            return None, "占比要有所占的整体"
        span = asked.span
        if not number.stock and span.edge and not span.until:
            return None, "期内的数没有期初、期末"
        return Link(
            number.code, asked.place, span, dimension, value, asked.unit, derived, difference
        ), ""  # fmt: skip

    def _because(self, number: Number, why: str, asked: Asked, link: Link) -> str:
        said = [f"{why} → {number.label}（{number.measure}）"]
        if link.value:
            said.append("、".join(asked.dims) or "、".join(self.title.dims))
        if place := self.vocabulary.place_of(link.place):
            said.append(place.name)
        return "；".join(said)

    def _why_none(self, asked: Asked) -> str:
        unread = [u for b in (*asked.column, *asked.row) for u in b.unread]
        if asked.clash:
            return asked.clash
        if unread:
            return f"没有“{'、'.join(dict.fromkeys(unread))}”的数据"
        return "没有这样的指标"

    def _near(self, asked: Asked) -> tuple[tuple[Link, float, str], ...]:
        """Numbers that share most of what is said, for a person to choose from."""
        said = implied(a for b in (*asked.column, *asked.row) for a in b.atoms)
        near: list[tuple[float, Number]] = []
        for number, terms in self._terms:
            best = max((len(said & t) / len(said | t) for t in terms if said | t), default=0.0)
            if best >= 0.34:
                near.append((best, number))
        if not said and asked.dims:
            wanted = {normal(d) for d in asked.dims}
            near = [
                (0.5, number) for number, _ in self._terms
                if any(wanted & set(map(normal, words)) for d in number.dimensions for _, words in d.values)
            ]  # fmt: skip
        near.sort(key=lambda pair: -pair[0])
        return tuple(
            (Link(number.code, asked.place, asked.span), round(best, 2), "名称相近")
            for best, number in near[:MOST_CANDIDATES]
        )


def read_block(
    block: Block, cutter: Cutter, first: date, last: date
) -> list[tuple[Field, Reading]]:
    """Every blank of a table with what was understood of it, for a form of these days."""
    said = Gatherer(block, cutter, first, last)
    if block.kind == LISTED:
        listed = lists.read_list(block, cutter, said.title)
        if listed is not None:
            return listed
        if len({f.row for f in block.fields if not f.labels}) > 1:
            unread = Reading(UNKNOWN, reason="没有这样的台账，也看不出每行填什么")
            aside = Reading(ASIDE, reason="备注或签名，不填数")
            return [(f, aside if f.aside else unread) for f in block.fields]
    return BlockReader(said).read()
