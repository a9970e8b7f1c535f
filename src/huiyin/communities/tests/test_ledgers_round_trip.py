"""For every kept ledger: template → 200 rows filled → import → the same values out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from huiyin.communities.tests.conftest import Desk
from huiyin.indicators import registry as numbers
from huiyin.org.models import Area
from huiyin.registers import registry
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules.columns import Approximate, Column
from huiyin.registers.services import exporting, templates, verifying, writing
from huiyin.registers.services.reading import known_of
from tests.cast import DAY

KEPT = [r for r in registry.all_registers() if r.kept]
ROWS = 200
DATES = (
    "{d.year}-{d.month:02}-{d.day:02}",
    "{d.year}.{d.month}.{d.day}",
    "{d.year}年{d.month}月{d.day}日",
)


def typed(column: Column, n: int, desk: Desk) -> tuple[Any, Any]:
    """(what somebody writes into the cell, the value that it means)."""
    day = date(2026, 1, 1) + timedelta(days=n)
    if column.kind == c.DAY:
        if column.name in ("valid_to", "left_on"):
            day += timedelta(days=400)
        return DATES[n % 3].format(d=day), day
    if column.kind == c.CHOICE:
        code = list(column.choices)[n % len(column.choices)]
        return column.choices[code], code
    if column.kind == c.QUANTITY:
        if n % 5 == 0:
            return f"{n + 10}余", Approximate(Decimal(n + 10), "at_least", f"{n + 10}余")
        return n + 1, Approximate(Decimal(n + 1), "exact", str(n + 1))
    if column.kind == c.COMPOUND:
        return desk.cast.compound.name, desk.cast.compound.pk
    if column.kind == c.UNIT:
        return desk.cast.neighbours.name, desk.cast.neighbours.pk
    if column.kind == c.AREA:
        return desk.cast.community.name, desk.cast.community.pk
    if column.name == "indicator":  # only numbers that there are
        known = sorted(i.label for i in numbers.all_indicators())
        return known[n % len(known)], known[n % len(known)]
    if column.name == "amount":  # a number as text
        return f"{n + 1}.5", f"{n + 1}.5"
    if column.personal == "phone":
        return f"1380000{n:04}", f"1380000{n:04}"
    return f"{column.label}{n}", f"{column.label}{n}"


def filled(register: Register, desk: Desk, folder: Path) -> tuple[Path, list[dict[str, Any]]]:
    """The register's own template, filled with ROWS rows, and what they mean."""
    within = Area.objects.get(pk=desk.cast.clerk.area_id)
    known = known_of(register, desk.cast.clerk, within, DAY.date())
    path = folder / "template.xlsx"
    path.write_bytes(templates.template(register, unit="团结路社区", known=known))
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    header = next(r for r in page.iter_rows(max_row=6) if r[0].value == "序号")
    columns = [col for col in register.columns if col.name not in known]
    meant = []
    for n in range(ROWS):
        row: dict[str, Any] = {}
        for at, column in enumerate(columns, start=2):
            cell, row[column.name] = typed(column, n, desk)
            page.cell(header[0].row + 1 + n, at, cell)
        meant.append(row)
    book.save(path)
    return path, meant


@pytest.mark.parametrize("register", KEPT, ids=lambda r: r.code)
def test_a_filled_template_comes_back_with_the_same_values(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    path, meant = filled(register, desk, tmp_path)

    done = desk.imports(register, path)

    assert (done.read, done.new, done.refused) == (ROWS, ROWS, 0), desk.reasons()[:3]
    assert register.model is not None
    rows = list(register.model._default_manager.order_by("pk"))
    for row, wanted in zip(rows, meant, strict=True):
        for name, value in wanted.items():
            column = register.column(name)
            assert writing.plain(writing.value_of(register, row, column)) == writing.plain(value)


@pytest.mark.parametrize("register", KEPT, ids=lambda r: r.code)
def test_the_same_file_twice_changes_nothing(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    path, _ = filled(register, desk, tmp_path)
    desk.imports(register, path)

    again = desk.imports(register, path)

    assert (again.new, again.changed, again.same) == (0, 0, ROWS)
    assert register.model is not None
    assert set(register.model._default_manager.values_list("version", flat=True)) == {1}


@pytest.mark.parametrize("register", KEPT, ids=lambda r: r.code)
def test_every_ledger_can_be_exported_and_its_chain_verifies(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    path, _ = filled(register, desk, tmp_path)
    desk.imports(register, path)
    assert register.model is not None

    order = exporting.Order(exporting.ABOVE, desk.cast.clerk, DAY)
    book = openpyxl.load_workbook(
        _saved(tmp_path, exporting.export(register, register.model._default_manager.all(), order))
    )

    assert (
        book.worksheets[0].max_row == ROWS + 7
    )  # title, given, version, mark, header … total, sign
    assert verifying.verify(register) == []


def _saved(folder: Path, content: bytes) -> Path:
    path = folder / "out.xlsx"
    path.write_bytes(content)
    return path
