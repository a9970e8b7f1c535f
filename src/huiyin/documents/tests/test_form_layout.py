"""What a blank form asks, cell by cell: header depths, merges, 其中, sections, units, lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import openpyxl
from openpyxl.styles import Border, Side

from huiyin.documents.rules.form_grid import read_worksheet
from huiyin.documents.rules.form_layout import CROSS, LISTED, Block, blocks_of

_LINE = Side(style="thin")


def block(rows: Sequence[Sequence[Any]], *merges: str, box: str = "") -> Block:
    """The one table of a sheet with these rows."""
    found = blocks(rows, *merges, box=box)
    assert len(found) == 1
    return found[0]


def blocks(rows: Sequence[Sequence[Any]], *merges: str, box: str = "") -> list[Block]:
    sheet = openpyxl.Workbook().active
    assert sheet is not None
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row, start=1):
            if value not in ("", None):
                sheet.cell(r, c, value)
    for area in box.split():
        for line in sheet[area]:
            for cell in line:
                cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
    for area in merges:
        sheet.merge_cells(area)
    return blocks_of(read_worksheet(sheet))


def asked(found: Block) -> dict[str, tuple[str, str]]:
    """Address → (column in words, row in words)."""
    return {
        f"{chr(64 + f.column)}{f.row}": (f.heading, f.label) for f in found.fields if not f.aside
    }


def test_three_header_rows_give_the_whole_path() -> None:
    found = block(
        [["某表"], ["地区", "诉求", "", "", ""], ["", "受理", "", "办结", ""],
         ["", "本月", "累计", "本月", "累计"], ["甲街道"]],
        "A1:E1", "A2:A4", "B2:E2", "B3:C3", "D3:E3", box="A2:E5",
    )  # fmt: skip

    assert asked(found)["C5"] == ("诉求 / 受理 / 累计", "甲街道")
    assert asked(found)["D5"] == ("诉求 / 办结 / 本月", "甲街道")


def test_headings_that_are_not_merged_continue_to_the_right() -> None:
    found = block(
        [["地区", "受理", "", "办结", ""], ["", "本月", "累计", "本月", "累计"], ["甲街道"], ["乙街道"]],
        box="A1:E4",
    )  # fmt: skip

    assert asked(found)["C3"] == ("受理 / 累计", "甲街道")


def test_of_which_hangs_on_the_column_before_it() -> None:
    found = block(
        [["地区", "受理", "其中", ""], ["", "", "投诉", "举报"], ["甲街道"]],
        "A1:A2", "B1:B2", "C1:D1", box="A1:D3",
    )  # fmt: skip

    assert asked(found)["D3"] == ("受理 / 其中 / 举报", "甲街道")


def test_of_which_rows_hang_on_the_row_before_them() -> None:
    found = block(
        [["指标", "本月"], ["受理"], ["  其中：投诉"], ["        举报"], ["办结"]], box="A1:B5"
    )

    parents = {f.row: f.parents for f in found.fields}
    assert parents == {2: (), 3: ("受理",), 4: ("受理",), 5: ()}


def test_of_which_in_a_column_of_its_own() -> None:
    found = block(
        [["指标", "", "本月"], ["受理", ""], ["其中", "投诉"], ["", "举报"]],
        "A1:B1", "A2:B2", "A3:A4", box="A1:C4",
    )  # fmt: skip

    assert {f.row: f.parents for f in found.fields} == {2: (), 3: ("受理",), 4: ("受理",)}


def test_groups_merged_over_rows_stand_in_front_of_the_label() -> None:
    found = block(
        [["街道", "社区", "受理"], ["甲街道", "一社区"], ["", "二社区"], ["", "小计"]], "A2:A4",
        box="A1:C4",
    )  # fmt: skip

    assert asked(found)["C4"] == ("受理", "甲街道 / 小计")


def test_numbering_sections_serial_numbers_and_codes_ask_nothing() -> None:
    found = block(
        [["指标名称", "计量单位", "代码", "本月"], ["甲", "乙", "丙", "1"], ["一、受理情况"],
         ["受理量", "件", "01"], ["注：按受理时间计。"]],
        "A5:D5", box="A1:D5",
    )  # fmt: skip

    assert asked(found) == {"D4": ("本月", "受理量")}
    assert [(f.measure, f.section) for f in found.fields] == [("件", "一、受理情况")]
    assert found.notes == ("注：按受理时间计。",)


def test_two_columns_of_labels_side_by_side() -> None:
    found = block([["项目", "数", "项目", "数"], ["受理", "", "办结", ""]], box="A1:D2")

    assert asked(found) == {"B2": ("数", "受理"), "D2": ("数", "办结")}


def test_labels_without_a_header() -> None:
    found = block([["受理", "", "办结", ""], ["答复", "", "督办", ""]], box="A1:D2")

    assert asked(found)["D2"] == ("", "督办")


def test_formulas_examples_crossed_out_and_filled_cells_are_no_blanks() -> None:
    found = block(
        [["项目", "一", "二"], ["例：受理", "", ""], ["受理", 5, ""], ["办结", "—", "=B3"]],
        box="A1:C4",
    )

    assert asked(found) == {"C3": ("二", "受理")}


def test_a_table_without_lines_is_found_too() -> None:
    found = block(
        [["某某情况表"], ["填报单位：", "", "2026年10月"], ["项目", "件数", "备注"], ["受理"], ["办结"],
         ["填表人：", "审核人："]],
    )  # fmt: skip

    assert list(asked(found)) == ["B4", "B5"]
    assert found.lines[0] == "某某情况表"


def test_two_tables_of_a_sheet_are_two() -> None:
    found = blocks(
        [["甲表"], ["项目", "数"], ["受理"], [], ["乙表"], ["项目", "数"], ["办结"]],
        box="A2:B3 A6:B7",
    )

    assert [b.lines[-1] for b in found] == ["甲表", "乙表"]


def test_blank_rows_under_a_header_are_a_list() -> None:
    found = block([["明细表"], ["序号", "编号", "时间"], [1], [2], ["合计"]], box="A2:C5")

    assert found.kind == LISTED
    assert {f.row for f in found.fields if not f.labels} == {3, 4}


def test_spare_rows_of_a_table_ask_nothing() -> None:
    found = block([["社区", "受理"], ["一社区"], [""], [""]], box="A1:B4")

    assert found.kind == CROSS
    assert list(asked(found)) == ["B2"]
