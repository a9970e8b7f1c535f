"""The declaration behind every ledger 台账: from one Register come list, entry, template, import,
export, print, permission, retention and drill-down. Nobody writes a ledger page by hand.

A *kept* register has a model of its own rows. A *derived* one (model None) shows rows of the engine:
it is listed, exported and printed, and entered nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from huiyin.org.rules.grants import GRANT_LABELS, ActingPost
from huiyin.registers.models import RegisterRow
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Column

#: rows(posts, day) → what these posts may see on that day; the filter of permission stands in a
#: selector below it.
Rows = Callable[[Sequence[ActingPost], date], "QuerySet[Any]"]
#: check(values) → what is wrong with a whole row, in words; None when nothing.
Check = Callable[[Mapping[str, Any]], str | None]
#: known(post, day) → values that nobody has to type.
Known = Callable[[ActingPost, date], Mapping[str, Any]]


@dataclass(frozen=True)
class Register:
    """One ledger. `basis`: the rule or document it follows. `answers_for`: who keeps it.

    `keys`: columns that make a row the same row (the same file twice changes nothing). `place`: the
    column of its area, else rows stand in the acting post's own. `day`: the column by which it is
    ordered and counted in periods; `ends`: the column of its last day, for what is valid from – to.
    `view`, `keep`, `take_out`: grants to see, to write, to export. `everywhere`: whoever may see it
    sees all rows, not only those of the own area.
    """

    code: str
    label: str
    basis: str
    answers_for: str
    columns: tuple[Column, ...]
    day: str
    view: str
    keep: str = ""
    take_out: str = ""
    model: type[RegisterRow] | None = None
    keys: tuple[str, ...] = ()
    place: str = "area"
    ends: str = ""
    unit: str = ""
    realm: str = "civic"
    everywhere: bool = False
    rows: Rows | None = None
    check: Check | None = None
    known: Known | None = None
    noun: str = "行"
    related: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        problems = declaration_errors(self)
        if problems:
            raise ValueError(f"{self.code}: " + "; ".join(problems))

    @property
    def kept(self) -> bool:
        """Whether people write rows of it, as against a ledger of the engine."""
        return self.model is not None

    def column(self, name: str) -> Column:
        """The column of that name. KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def personal(self) -> tuple[Column, ...]:
        """Columns that are encrypted, masked and cleared in time."""
        return tuple(column for column in self.columns if column.personal)


def declaration_errors(register: Register) -> list[str]:
    """What is wrong with a declaration, in words for its author; empty when sound."""
    names = [column.name for column in register.columns]
    wrong = [
        f"column declared twice: {n}" for n in sorted({n for n in names if names.count(n) > 1})
    ]
    wrong += [f"unknown key {k}" for k in register.keys if k not in names]
    wrong += [f"no such grant: {g}" for g in (register.view, register.keep, register.take_out)
              if g and g not in GRANT_LABELS]  # fmt: skip
    if register.day not in names:
        wrong.append(f"no column {register.day} to order by")
    if (register.model is None) == (register.rows is None):
        wrong.append("a register has either a model or rows")
    if register.model is None:
        return wrong
    if not register.keep or not register.keys:
        wrong.append("a kept register says who keeps it and what makes a row the same")
    fields = {f.name for f in register.model._meta.get_fields()}
    for column in register.columns:
        wanted = [column.name]
        if column.kind == c.QUANTITY:
            wanted += [f"{column.name}_bound", f"{column.name}_raw"]
        if column.indexed:
            wanted.append(f"{column.name}_index")
        wrong += [f"the model has no field {n}" for n in wanted if n not in fields]
    return wrong


_registers: dict[str, Register] = {}


def register(declared: Register) -> Register:
    """Register a ledger; a repeated code is an error of the declaration."""
    if declared.code in _registers:
        raise ValueError(f"register declared twice: {declared.code}")
    _registers[declared.code] = declared
    return declared


def get(code: str) -> Register:
    """The register of that code. KeyError when nobody declared it."""
    return _registers[code]


def all_registers() -> list[Register]:
    return sorted(_registers.values(), key=lambda r: r.code)
