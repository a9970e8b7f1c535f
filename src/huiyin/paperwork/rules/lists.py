"""List-like forms: which ledger a table of blank rows wants, and which column stands under a heading."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.documents.rules import form_words
from huiyin.documents.rules.form_layout import Block, Field
from huiyin.documents.rules.headers import normal_heading
from huiyin.paperwork.rules.fragments import Bag, Cutter, normal
from huiyin.paperwork.rules.links import ASIDE, KNOWN, UNKNOWN, UNSURE, Link, Reading
from huiyin.paperwork.rules.vocabulary import Ledger

#: So much of the headings must be columns of the ledger.
ENOUGH = 0.5
SERIAL = "#"
#: Pieces of a title that only say that something is listed.
_LISTING = frozenset({"办理", "在册", "新增", "?问题", "?活动"})


@dataclass(frozen=True)
class Match:
    """A ledger for a table: column of the form → column of the ledger; how much of it fits."""

    ledger: Ledger
    columns: tuple[tuple[int, str], ...]
    share: float
    named: bool
    strange: tuple[str, ...] = ()


def headings_of(block: Block) -> dict[int, str]:
    """The lowest heading of each column that people fill."""
    return {
        column: path[-1]
        for column, path in block.columns
        if path and not form_words.is_serial_head(path[-1])
    }


def matches(block: Block, cutter: Cutter, title: Bag) -> list[Match]:
    """Ledgers that fit, the best first."""
    heads = {c: t for c, t in headings_of(block).items() if not form_words.is_aside_head(t) or _known(t, cutter)}  # fmt: skip
    found: list[Match] = []
    for ledger in cutter.vocabulary.ledgers:
        columns = _columns(ledger, heads)
        share = len(columns) / len(heads) if heads else 0.0
        own = cutter.cut(ledger.label, names=False).atoms
        said = {a for a in title.atoms if not a.startswith("?")}
        named = bool(own & said) if own else not (said - _LISTING)
        strange = tuple(sorted(a.lstrip("?") for a in title.atoms - own - _LISTING - {"受理"}))
        if share >= ENOUGH and len(columns) >= 2:
            found.append(Match(ledger, tuple(columns.items()), share, named, strange))
    return sorted(found, key=lambda m: (-m.named, -m.share, -len(m.columns)))


def _known(text: str, cutter: Cutter) -> bool:
    """A heading that would be a remark, but is a column of some ledger."""
    said = normal_heading(text)
    return any(said == normal_heading(n) for led in cutter.vocabulary.ledgers for _, ns in led.columns for n in ns)  # fmt: skip


def _columns(ledger: Ledger, heads: dict[int, str]) -> dict[int, str]:
    """Each heading to the column that bears its name most surely; each column once."""
    claims: list[tuple[int, int, str]] = []
    for column, text in heads.items():
        said = normal_heading(text)
        for name, names in ledger.columns:
            ranks = [n for n, each in enumerate(names) if normal_heading(each) == said]
            if ranks:
                claims.append((ranks[0], column, name))
    taken: dict[int, str] = {}
    for _, column, name in sorted(claims):
        if column not in taken and name not in taken.values():
            taken[column] = name
    return dict(sorted(taken.items()))


def read_list(block: Block, cutter: Cutter, title: Bag) -> list[tuple[Field, Reading]] | None:
    """The blanks of a list; None where no ledger fits (the table may ask for numbers after all)."""
    found = matches(block, cutter, title)
    if not found:
        return None
    best = found[0]
    chosen, strange = _narrowed(best, title)
    headings = "".join(t for _, path in block.columns for t in path)
    strange = tuple(w for w in strange if w not in normal(headings))  # 党员 over a column 党员姓名
    rivals = [m for m in found[1:] if m.named == best.named and m.share >= best.share - 0.2]
    trouble = ""
    if strange:
        trouble = f"标题限定“{'、'.join(strange)}”，台账“{best.ledger.label}”没有这样的筛选"
    elif rivals:
        trouble = f"也可能是“{rivals[0].ledger.label}”"
    elif not best.named and best.share < 0.8:
        trouble = "标题没有写明是哪本台账"
    columns = dict(best.columns)
    answer: list[tuple[Field, Reading]] = []
    for blank in block.fields:
        name = columns.get(blank.column)
        link = Link(register=best.ledger.code, column=name or "", span=title.span, chosen=chosen)
        if blank.aside and name is None:
            answer.append((blank, Reading(ASIDE, reason="备注或签名，不填数")))
        elif name is None:
            head = normal(blank.header[-1]) if blank.header else ""
            answer.append((blank, Reading(UNKNOWN, reason=f"“{best.ledger.label}”没有“{head}”这一列")))  # fmt: skip
        elif trouble:
            others = ((link, 0.6, trouble),)
            answer.append((blank, Reading(UNSURE, None, 0.0, trouble, others)))
        else:
            why = f"明细表 → {best.ledger.label}，列“{normal(blank.header[-1])}”"
            answer.append((blank, Reading(KNOWN, link, best.share, why)))
    return answer


def _narrowed(best: Match, title: Bag) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """(filters that the title asks for and the ledger has, what it has not)."""
    strange = list(best.strange)
    chosen: list[tuple[str, str]] = []
    for word in title.dims:
        hits = [
            (c, v)
            for c, v, label in best.ledger.choices
            if word in (normal(label), normal(label) + "件", normal(label) + "类")
        ]
        if len(hits) == 1:
            chosen.append(hits[0])
        elif word not in normal(best.ledger.label):
            strange.append(word)
    return tuple(chosen), tuple(strange)
