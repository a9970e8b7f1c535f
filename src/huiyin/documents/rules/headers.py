"""Finding the header row of a Chinese ledger, and which column holds which field.

A ledger begins with a merged title row, then a row of 填报单位 / 单位：, then a header of one or
two rows in any order, under names that differ from office to office. So a header is recognised by
how many known names it has, not by where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.documents.rules.row_sources import Merge

SEARCHED_ROWS = 30
"""Headers stand within the first 30 rows."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field that an import looks for: its code, what messages call it, and the names that files
    give to its column, the surest first. The label is the surest of all, unless the aliases place
    it elsewhere.
    """

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    required: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the column in the order of trust."""
        return self.aliases if self.label in self.aliases else (self.label, *self.aliases)


class HeaderNotFound(ValueError):
    """No row looks like a header of these fields. The message names what was expected."""

    def __init__(self, fields: Sequence[FieldSpec], best: Sequence[str]) -> None:
        wanted = "、".join(f.label for f in fields if f.required) or fields[0].label
        seen = f"；最像表头的一行是：{'、'.join(best[:12])}" if best else ""
        super().__init__(f"前 {SEARCHED_ROWS} 行里没有找到表头（至少应有：{wanted}）{seen}")


class UnknownColumn(ValueError):
    """A mapping names a column that the file does not have, or a field that does not exist."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and what it says. Rows and columns count from 0.

    `columns` is field name → column; `headings` has one text a column, '诉求人/电话' for two rows.
    """

    first_row: int
    last_row: int
    headings: tuple[str, ...]
    columns: Mapping[str, int]


def normal_heading(text: str) -> str:
    """What is compared: half width, no blanks or line breaks, no （必填）, no *, no colon."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
    bare = re.sub(r"[(\[【<〈].*?[)\]】>〉]", "", text)
    return (bare or text).strip("*:.、-—_\"'“”")


def find_header(
    rows: Sequence[Sequence[str]],
    fields: Sequence[FieldSpec],
    *,
    merges: Sequence[Merge] | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Header:
    """The best header among the first rows (cells as text), of one row or of two.

    `mapping` (field → heading, chosen by a person) takes precedence over the aliases. Required
    fields count first, then all fields; a second header row is assumed only if it tells more, or
    if cells are merged over both. Raises HeaderNotFound, UnknownColumn.
    """
    names = _names(fields, mapping or {})
    required = {field.name for field in fields if field.required} | set(mapping or {})
    best, most = Header(0, 0, (), {}), (0, 0, 0)
    for at in range(min(len(rows), SEARCHED_ROWS)):
        candidates = [_match(at, at, [[text] for text in rows[at]], rows[at], names)]
        if at + 1 < len(rows):
            keys, headings = _two_rows(rows, at, merges)
            candidates.append(_match(at, at + 1, keys, headings, names))
        for header in candidates:
            score = len(required & set(header.columns)), len(header.columns), _form(header, merges)
            if score > most:
                best, most = header, score
    if mapping:
        _refuse_missing(best, mapping)
    elif len(best.columns) < min(2, len(fields), max((len(row) for row in rows), default=1)):
        raise HeaderNotFound(fields, [text for text in best.headings if text])
    return best


def _form(header: Header, merges: Sequence[Merge] | None) -> int:
    """Two rows with cells merged over both are surer than one row, one row surer than two that
    may be a title and a header, or a header and the first row of data.
    """
    if header.first_row == header.last_row:
        return 1
    over_both = any((m[0], m[2]) == (header.first_row, header.last_row) for m in merges or ())
    return 2 if over_both else 0


def _names(fields: Sequence[FieldSpec], mapping: Mapping[str, str]) -> dict[str, list[str]]:
    unknown = set(mapping) - {field.name for field in fields}
    if unknown:
        known = "、".join(field.name for field in fields)
        raise UnknownColumn(f"没有字段 {'、'.join(sorted(unknown))}；可用的字段：{known}")
    return {
        field.name: [
            normal_heading(text)
            for text in ([mapping[field.name]] if field.name in mapping else field.names)
        ]
        for field in fields
    }


def _match(
    first: int,
    last: int,
    keys: Sequence[Sequence[str]],
    headings: Sequence[str],
    names: Mapping[str, Sequence[str]],
) -> Header:
    """Give each column to the field that names it most surely; each field and column once."""
    columns_by_key: dict[str, list[tuple[int, int]]] = {}
    for column, own in enumerate(keys):
        for priority, key in enumerate(own):
            if key:
                columns_by_key.setdefault(normal_heading(key), []).append((priority, column))
    claims = sorted(
        (rank, priority, column, field)
        for field, aliases in names.items()
        for rank, alias in enumerate(aliases)
        for priority, column in columns_by_key.get(alias, ())
    )
    taken: dict[str, int] = {}
    for _, _, column, field in claims:
        if field not in taken and column not in taken.values():
            taken[field] = column
    return Header(first, last, tuple(_one_line(text) for text in headings), taken)


def _two_rows(
    rows: Sequence[Sequence[str]], at: int, merges: Sequence[Merge] | None
) -> tuple[list[list[str]], list[str]]:
    """The names of each column under a header of two rows: upper+lower, lower; or upper alone."""
    width = max(len(rows[at]), len(rows[at + 1]))
    upper = [*rows[at], *[""] * (width - len(rows[at]))]
    lower = [*rows[at + 1], *[""] * (width - len(rows[at + 1]))]
    if merges is None:  # CSV and the like: a blank above a filled cell continues its left neighbour
        for column in range(1, width):
            if not upper[column] and lower[column]:
                upper[column] = upper[column - 1]
    else:
        for row, left, bottom, right in merges:
            if row == bottom == at:
                for column in range(max(left, 0), min(right, width - 1) + 1):
                    upper[column] = upper[left]
    keys, headings = [], []
    for above, below in zip(upper, lower, strict=True):
        both = above and below
        keys.append([above + below, below] if both else [above or below])
        headings.append(f"{above}/{below}" if both else above or below)
    return keys, headings


def _refuse_missing(header: Header, mapping: Mapping[str, str]) -> None:
    missing = [heading for field, heading in mapping.items() if field not in header.columns]
    if missing:
        there = "、".join(text for text in header.headings if text)
        raise UnknownColumn(f"表里没有列“{'”“'.join(missing)}”；有：{there or '（没有找到表头）'}")


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
