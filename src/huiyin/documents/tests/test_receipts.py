"""A receipt says of each row what became of it, and is no vehicle for formulas."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from huiyin.documents.rules.receipts import NEW, REFUSED, SAME, ReceiptWriter, summary_words
from huiyin.documents.rules.sheets import FieldSpec, read_table


def sheet(path: Path, name: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path)[name].iter_rows(values_only=True))


def written(path: Path) -> Path:
    with ReceiptWriter(path, columns=["时间", "内容"], source="三月.xlsx") as receipt:
        receipt.write(4, ["2025.3.1", "停水"], NEW, number="L2025000001")
        receipt.write(5, [datetime(2025, 3, 2, 9, 5), "停电"], SAME, number="L2025000002")
        receipt.write(7, ["昨天", "停气"], REFUSED, reason="看不懂的日期“昨天”")
        receipt.write(8, ["2025.3.4"], REFUSED, reason="没有诉求内容")
    return path


def test_every_row_stands_there_with_what_became_of_it(tmp_path: Path) -> None:
    assert sheet(written(tmp_path / "回单.xlsx"), "全部") == [
        ("行号", "时间", "内容", "结果", "原因", "编号"),
        (4, "2025.3.1", "停水", "新增", None, "L2025000001"),
        (5, "2025-03-02 09:05", "停电", "相同", None, "L2025000002"),
        (7, "昨天", "停气", "拒绝", "看不懂的日期“昨天”", None),
        (8, "2025.3.4", None, "拒绝", "没有诉求内容", None),
    ]


def test_refused_rows_have_a_sheet_of_their_own_which_opens_first(tmp_path: Path) -> None:
    path = written(tmp_path / "回单.xlsx")

    assert sheet(path, "拒绝") == [
        ("原因", "行号", "时间", "内容"),
        ("看不懂的日期“昨天”", 7, "昨天", "停气"),
        ("没有诉求内容", 8, "2025.3.4", None),
    ]
    assert openpyxl.load_workbook(path).active.title == "拒绝"


def test_without_refusals_the_whole_list_opens(tmp_path: Path) -> None:
    path = tmp_path / "回单.xlsx"
    with ReceiptWriter(path, columns=["时间"]) as receipt:
        receipt.write(2, ["2025.3.1"], NEW)

    assert openpyxl.load_workbook(path).active.title == "全部"


def test_the_summary_counts(tmp_path: Path) -> None:
    path = written(tmp_path / "回单.xlsx")

    assert sheet(path, "汇总") == [
        ("文件", "三月.xlsx"),
        ("读入", 4),
        ("新增", 1),
        ("相同", 1),
        ("拒绝", 2),
    ]
    assert summary_words({NEW: 1, SAME: 1, REFUSED: 2}) == "读入 4 行：新增 1，相同 1，拒绝 2"


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://example.com")', "+86", "-1", "@SUM(A1)", "\t=1"]
)
def test_a_cell_that_looks_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "回单.xlsx"
    with ReceiptWriter(path, columns=["内容"]) as receipt:
        receipt.write(2, [text], REFUSED, reason=text)

    cell = openpyxl.load_workbook(path)["全部"]["B2"]
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert "<f>" not in xml and "hyperlink" not in xml


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "回单.xlsx"
    with ReceiptWriter(path, columns=["内容"]) as receipt:
        receipt.write(2, ["水" * 40_000], NEW)

    text = sheet(path, "全部")[1][1]

    assert len(text) < 32_767 and text.endswith("…（原文过长，回单中已截短）")


def test_control_characters_do_not_break_the_file(tmp_path: Path) -> None:
    path = tmp_path / "回单.xlsx"
    with ReceiptWriter(path, columns=["内容"]) as receipt:
        receipt.write(2, ["停水\x0b两天\x00"], NEW)

    assert sheet(path, "全部")[1][1].startswith("停水")


def test_the_refused_sheet_can_be_put_right_and_sent_again(tmp_path: Path) -> None:
    path = written(tmp_path / "回单.xlsx")
    fields = (FieldSpec("at", "时间"), FieldSpec("text", "内容"))

    with read_table(path, fields, sheet="拒绝") as table:
        assert [row.values["at"] for row in table.rows] == ["昨天", "2025.3.4"]
        assert table.missing == ()
