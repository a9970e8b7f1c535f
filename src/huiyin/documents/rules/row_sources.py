"""Opening .xlsx, .xls, .et, .csv and .csv.gz as sheets whose rows come one by one.

calamine parses a whole sheet into compact memory of its own (32 bytes a cell) and hands out rows
as Python lists one at a time: 100,000 rows × 8 columns cost 63 MB and 0.7 s, and walking over them
costs no more. Two traps are closed before it is called: it lays a sheet out as a full rectangle,
so a 5 KB file with one cell at XFD1048576 would ask for 550 GB and abort the process; and it
trusts the file's ending, so endings are ignored and the content decides.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MAX_CELLS = 16_000_000
"""The largest rectangle of cells that is opened: half a gigabyte. 200,000 rows of 80 columns."""
MAX_UNPACKED = 1 << 30
MAX_FIELD = 1_000_000

ZIP, OLE, GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range, counted from 0."""


class UnreadableTable(ValueError):
    """A file that cannot be read as a table. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows()` starts anew each time it is called; row 0 is the sheet's first row.

    `n_rows` is None where it is only known at the end (CSV); `merges` is None where the format
    does not tell.
    """

    name: str
    rows: Callable[[], Iterator[list[Any]]]
    n_rows: int | None
    merges: tuple[Merge, ...] | None


def open_sheets(path: Path) -> Iterator[Sheet]:
    """The visible, non-empty sheets of a file, in order, each read when it is asked for.

    Raises UnreadableTable, also while rows are being read.
    """
    head = _head(path)
    if not head:
        raise UnreadableTable("文件是空的")
    if head.startswith((ZIP, OLE)):
        yield from _excel_sheets(path, is_zip=head.startswith(ZIP))
    else:
        yield _csv_sheet(path, packed=head.startswith(GZIP))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError as error:
        raise UnreadableTable(f"打不开文件 {path.name}") from error


# --- workbooks


def _excel_sheets(path: Path, *, is_zip: bool) -> Iterator[Sheet]:
    if is_zip:
        _refuse_oversized(path)
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
            for meta in workbook.sheets_metadata:
                if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible:
                    sheet = workbook.get_sheet_by_name(meta.name)
                    if sheet.start is not None:
                        yield _from_calamine(sheet, sheet.start[1])
    except PasswordError as error:
        raise UnreadableTable("工作簿设有密码，请去掉密码后再上传") from error
    except CalamineError as error:
        raise UnreadableTable(
            "不是能读的 Excel 工作簿（可能已加密或损坏）；请用 WPS 或 Excel 另存为 .xlsx 后再上传"
        ) from error


def _from_calamine(sheet: CalamineSheet, first_column: int) -> Sheet:
    ranges = sheet.merged_cell_ranges
    merges = (
        None
        if ranges is None
        else tuple((a, b - first_column, c, d - first_column) for (a, b), (c, d) in ranges)
    )
    last = sheet.end[0] if sheet.end else 0
    return Sheet(sheet.name, sheet.iter_rows, last + 1, merges)


_REFERENCE = re.compile(rb"""\br=["']([A-Za-z]{0,3})(\d{1,7})["']""")


def _refuse_oversized(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            names = {member.filename.lower() for member in members}
            if "xl/workbook.xml" not in names:
                raise UnreadableTable("不是 .xlsx 工作簿；请用 WPS 或 Excel 另存为 .xlsx 后再上传")
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise UnreadableTable("工作簿解开后超过 1 GB，请拆成几个文件")
            for member in members:
                with package.open(member) as part:  # a sheet may bear any name
                    rows, columns = _extent(part)
                if rows * columns > MAX_CELLS:
                    raise UnreadableTable(
                        f"有一个工作表占了 {rows} 行 × {columns} 列，多半是边角上有多余的格子；"
                        "请删去空行空列，或把数据复制到新表后再上传"
                    )
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableTable("工作簿已损坏，请重新另存为 .xlsx 后再上传") from error


def _extent(xml: IO[bytes]) -> tuple[int, int]:
    """The last row and last column that a sheet's XML names; 0.3 s for 900,000 cells."""
    last_row, columns, tail = 0, set[bytes](), b""
    while chunk := xml.read(1 << 20):
        found = _REFERENCE.findall(tail + chunk)
        if found:
            columns.update({letters for letters, _ in found})
            last_row = max(last_row, max(int(number) for _, number in found))
        tail = chunk[-16:]
    return last_row, max((_column_number(letters) for letters in columns), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


# --- text files


def _csv_sheet(path: Path, *, packed: bool) -> Sheet:
    opener = gzip.open if packed else open
    try:
        with opener(path, "rb") as file:
            start = file.read(1 << 16)
    except (OSError, EOFError) as error:
        raise UnreadableTable("压缩文件已损坏，请重新压缩后再上传") from error
    encoding = _encoding(start)
    try:
        first = start.decode(encoding, "ignore").lstrip("\ufeff\r\n ").partition("\n")[0]
    except UnicodeError as error:
        raise UnreadableTable("看不懂文件的编码，请另存为 UTF-8 的 CSV 或 .xlsx") from error
    if "\0" in first:
        raise UnreadableTable("不是表格文件；请上传 .xlsx、.xls、.et 或 .csv")
    delimiter = max(",\t;，", key=first.count)

    def rows() -> Iterator[list[str]]:
        csv.field_size_limit(MAX_FIELD)
        number, unpacked = 0, 0
        try:
            with opener(path, "rt", encoding=encoding, newline="") as file:
                for row in csv.reader(file, delimiter=delimiter):
                    number += 1
                    unpacked += sum(map(len, row))
                    if unpacked > MAX_UNPACKED:
                        raise UnreadableTable("文件解开后超过 1 GB，请拆成几个文件")
                    yield row
        except UnicodeDecodeError as error:
            raise UnreadableTable(
                f"第 {number + 1} 行附近的文字编码不对，请另存为 UTF-8 的 CSV 或 .xlsx"
            ) from error
        except csv.Error as error:
            raise UnreadableTable(f"第 {number + 1} 行不是规范的 CSV，请另存为 .xlsx") from error
        except (OSError, EOFError) as error:
            raise UnreadableTable("压缩文件已损坏，请重新压缩后再上传") from error

    return Sheet(path.name, rows, None, None)


def _encoding(start: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(start, final=False)
    except UnicodeDecodeError:
        return "gb18030"  # what Excel and WPS write as CSV on a Chinese Windows
    return "utf-8"
