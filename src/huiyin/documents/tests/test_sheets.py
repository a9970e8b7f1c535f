"""Tables of people's own making: title rows, merged cells, totals, any header order."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from huiyin.documents.rules.sheets import (
    FieldSpec,
    HeaderNotFound,
    Row,
    UnknownColumn,
    UnreadableTable,
    read_table,
)

FIELDS = (
    FieldSpec("number", "编号", ("工单编号", "编号", "留言编号")),
    FieldSpec("name", "诉求人", ("姓名",)),
    FieldSpec("phone", "联系电话", ("电话",)),
    FieldSpec("at", "受理时间", ("时间", "日期"), required=True),
    FieldSpec("text", "诉求内容", ("内容", "反映问题"), required=True),
    FieldSpec("id_number", "身份证号"),
)


def workbook(path: Path, rows: Sequence[Sequence[Any]], *merges: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cells in merges:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def rows_of(path: Path, **options: Any) -> list[Row]:
    with read_table(path, FIELDS, **options) as table:
        return list(table.rows)


def test_a_ledger_with_title_and_unit_rows_is_read_in_any_header_order(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "台账.xlsx",
        [
            ["2025年3月群众诉求登记表", None, None, None],
            ["填报单位：云富街道", None, None, "单位：件"],
            ["反映\n问题", "　受理时间　", "编号：", "备注"],
            ["管道漏水", datetime(2025, 3, 1, 9, 5), 12.0, "急"],
        ],
        "A1:D1",
    )

    with read_table(path, FIELDS) as table:
        rows = list(table.rows)

    assert (table.header_row, table.n_rows, table.year) == (3, 1, 2025)
    assert table.columns == {"text": "反映 问题", "at": "受理时间", "number": "编号："}
    assert table.unknown == ("备注",)
    assert rows == [
        Row(
            4,
            {"text": "管道漏水", "at": datetime(2025, 3, 1, 9, 5), "number": "12"},
            (),
            ["管道漏水", datetime(2025, 3, 1, 9, 5), "12", "急"],
        )
    ]


def test_a_header_of_two_rows_is_read_by_its_lower_names(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "台账.xlsx",
        [
            ["编号", "诉求人", None, "时间", "内容"],
            [None, "姓名", "电话", None, None],
            ["1", "张三", 13800001234.0, "2025.3.1", "停水"],
        ],
        *("A1:A2", "B1:C1", "D1:D2", "E1:E2"),
    )

    with read_table(path, FIELDS) as table:
        rows = list(table.rows)

    assert table.header_row == 2
    assert table.headings == ("编号", "诉求人/姓名", "诉求人/电话", "时间", "内容")
    assert [(r.number, r.values["name"], r.values["phone"]) for r in rows] == [
        (3, "张三", "13800001234")
    ]


def test_totals_signatures_blank_rows_and_repeated_headers_are_no_data(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "台账.xlsx",
        [
            ["编号", "时间", "内容"],
            ["1", "2025.3.1", "停水"],
            [None, None, None],
            ["编号", "时间", "内容"],
            ["2", "2025.3.2", "停电"],
            ["合 计", None, "2件"],
            ["填报人：张三", None, "联系电话：0870-2123456"],
        ],
    )

    with read_table(path, FIELDS) as table:
        numbers = [row.number for row in table.rows]

    assert numbers == [2, 5]
    assert table.skipped == [(4, "重复的表头"), (6, "合计行"), (7, "签名或说明行")]


def test_cells_merged_downwards_hold_for_each_row_and_say_so(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "台账.xlsx",
        [
            ["时间", "内容", "姓名"],
            ["2025.3.1", "停水", "张三"],
            [None, "停电", "李四"],
            [None, "停气", None],
        ],
        "A2:A3",
    )

    rows = rows_of(path)

    assert [r.values["at"] for r in rows] == ["2025.3.1", "2025.3.1", ""]
    assert [r.from_above for r in rows] == [(), ("at",), ()]


def test_an_id_number_stored_as_a_number_is_refused_and_not_repaired(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "台账.xlsx",
        [["时间", "内容", "身份证号"], ["2025.3.1", "停水", 530602199001011234]],
    )

    (row,) = rows_of(path)

    assert row.values["id_number"] == ""
    assert row.values["text"] == "停水"
    assert "身份证号" in row.problems[0] and "设为文本格式" in row.problems[0]


def test_a_csv_id_number_in_scientific_notation_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "诉求.csv"
    path.write_text("时间,内容,身份证号\n2025.3.1,停水,5.30602E+17\n", "utf-8")

    (row,) = rows_of(path)

    assert row.values["id_number"] == "" and len(row.problems) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_each_encoding_and_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "诉求.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(
            [["编号", "时间", "内容"], ["007", "2025.3.1", "停水\n两天"]]
        )

    (row,) = rows_of(path)

    assert (row.number, row.values) == (
        2,
        {"number": "007", "at": "2025.3.1", "text": "停水\n两天"},
    )


def test_packed_csv_is_read(tmp_path: Path) -> None:
    path = tmp_path / "诉求.csv.gz"
    path.write_bytes(gzip.compress("时间,内容\n2025.3.1,停水\n".encode()))

    assert [r.values["text"] for r in rows_of(path)] == ["停水"]


def test_leading_zeros_that_an_export_protected_stay(tmp_path: Path) -> None:
    path = tmp_path / "诉求.csv"
    path.write_text('编号,时间,内容\n"=""007""",2025.3.1,停水\n\'008,2025.3.1,停电\n', "utf-8")

    assert [r.values["number"] for r in rows_of(path)] == ["007", "008"]


def test_the_ending_of_the_name_does_not_matter(tmp_path: Path) -> None:
    made = workbook(tmp_path / "a.xlsx", [["时间", "内容"], ["2025.3.1", "停水"]])
    path = made.rename(tmp_path / "a.xls")

    assert len(rows_of(path)) == 1


def test_a_mapping_names_columns_that_nobody_could_guess(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["何时", "何事"], ["2025.3.1", "停水"]])

    (row,) = rows_of(path, mapping={"at": "何时", "text": "何事"})

    assert row.values == {"at": "2025.3.1", "text": "停水"}


def test_a_mapping_comes_before_the_aliases(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [["时间", "内容", "补充内容"], ["2025.3.1", "见附件", "停水"]]
    )

    (row,) = rows_of(path, mapping={"text": "补充内容"})

    assert row.values["text"] == "停水"


def test_a_mapping_to_a_column_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["时间", "内容"], ["2025.3.1", "停水"]])

    with pytest.raises(UnknownColumn, match="没有列“详情”；有：时间、内容"):
        read_table(path, FIELDS, {"text": "详情"})


def test_a_mapping_of_a_field_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["时间", "内容"], ["2025.3.1", "停水"]])

    with pytest.raises(UnknownColumn, match="没有字段 body"):
        read_table(path, FIELDS, {"body": "内容"})


def test_the_surest_name_wins_where_two_columns_would_do(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [["编号", "工单编号", "时间", "内容"], ["1", "L001", "2025.3.1", "停水"]],
    )

    (row,) = rows_of(path)

    assert row.values["number"] == "L001"


def test_a_missing_required_column_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["编号", "内容"], ["1", "停水"]])

    with read_table(path, FIELDS) as table:
        assert [field.label for field in table.missing] == ["受理时间"]


def test_without_a_header_the_message_says_what_was_expected(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["甲", "乙"], ["1", "2"]])

    with pytest.raises(HeaderNotFound, match="至少应有：受理时间、诉求内容"):
        read_table(path, FIELDS)


def test_the_sheet_with_the_table_is_found_and_its_like_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, rows in {
        "说明": [["填表说明"]],
        "三月": [["时间", "内容"], ["2025.3.1", "停水"]],
        "四月": [["时间", "内容"], ["2025.4.1", "停电"]],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    hidden = book.create_sheet("旧表")
    hidden.append(["时间", "内容", "编号"])
    hidden.sheet_state = "hidden"
    del book["Sheet"]
    book.save(tmp_path / "a.xlsx")

    with read_table(tmp_path / "a.xlsx", FIELDS) as table:
        assert (table.sheet, table.other_sheets) == ("三月", ("四月",))
    with read_table(tmp_path / "a.xlsx", FIELDS, sheet="四月") as table:
        assert [row.values["text"] for row in table.rows] == ["停电"]


def test_one_cell_in_the_far_corner_does_not_fell_the_process(tmp_path: Path) -> None:
    """The reader would lay out 17 billion cells and abort; the file has 5 KB."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "时间", "内容"
    book.save(tmp_path / "a.xlsx")

    with pytest.raises(UnreadableTable, match="1048576 行 × 16384 列"):
        read_table(tmp_path / "a.xlsx", FIELDS)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04 no zip at all", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 .xlsx"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "不是表格文件|没有找到表头"),
        (b"\x1f\x8b broken", "压缩文件已损坏"),
    ],
)
def test_what_is_no_table_is_refused_with_the_remedy(
    tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises((UnreadableTable, HeaderNotFound), match=why):
        read_table(path, FIELDS)


def test_a_broken_row_of_a_csv_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("时间,内容\n".encode() + b"2025.3.1,ok\n" * 9000 + b"\xff\xfe\xff,x\n")

    with pytest.raises(UnreadableTable, match="行附近的文字编码不对"):
        rows_of(path)
