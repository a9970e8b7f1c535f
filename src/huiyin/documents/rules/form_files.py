"""Opening a blank form as it came: .xlsx, .xls, .et (BIFF), .docx – and saying first what is lost.

Everything but .docx becomes an openpyxl workbook, so that one writer fills all. Macros are refused,
so is what unpacks to more than it should.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from huiyin.documents.rules import docx_forms, xls_forms
from huiyin.documents.rules.form_grid import MOST_COLUMNS, MOST_ROWS, Grid, read_worksheet
from huiyin.documents.rules.form_layout import Block, blocks_of

MOST_BYTES = 8 * 1024 * 1024
MOST_UNPACKED = 120 * 1024 * 1024
MOST_SHEETS = 30
XLSX, DOCX = "xlsx", "docx"
MEDIA_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class UnreadableForm(ValueError):
    """The file is no form that can be filled. The message says what to do."""


@dataclass
class Form:
    """An opened form. `kind` is what comes back: xlsx or docx; `lost`: what filling cannot carry."""

    kind: str
    book: Any
    grids: tuple[Grid, ...]
    lost: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.blocks:
            self.blocks = tuple(block for grid in self.grids for block in blocks_of(grid))

    def grid(self, name: str) -> Grid:
        """The sheet (or table) of that name."""
        return next(grid for grid in self.grids if grid.name == name)


def address(sheet: str, row: int, column: int, *, alone: bool) -> str:
    """'C5', or 'Sheet2!C5' where a form has several sheets."""
    cell = f"{get_column_letter(column)}{row}"
    return cell if alone else f"{sheet}!{cell}"


def open_form(content: bytes, name: str = "") -> Form:
    """The form in a file. Raises UnreadableForm."""
    if len(content) > MOST_BYTES:
        raise UnreadableForm(
            f"文件有 {len(content) / 1024 / 1024:.1f} MB，超过 8 MB，请删去图片或多余的工作表再上传"
        )
    if not content:
        raise UnreadableForm("文件是空的，请重新选择")
    if name.lower().endswith((".xlsm", ".xltm", ".docm", ".xlsb")):
        raise UnreadableForm("带宏的文件不收：请在表格软件里另存为 .xlsx（或 .docx）再上传")
    if content[:4] == b"PK\x03\x04":
        return _packed(content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _old(content)
    raise UnreadableForm("认不出这个文件：请上传 .xlsx、.xls、.et 或 .docx")


def _packed(content: bytes) -> Form:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = {info.filename for info in packed.infolist()}
            size = sum(info.file_size for info in packed.infolist())
    except zipfile.BadZipFile:
        raise UnreadableForm("文件不完整，请重新保存后上传") from None
    if size > MOST_UNPACKED or len(names) > 5000:
        raise UnreadableForm("文件展开后过大，不收：请把表格复制到新文件再上传")
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        raise UnreadableForm("文件里有宏，不收：请在表格软件里另存为不带宏的 .xlsx（或 .docx）")
    if "word/document.xml" in names:
        document, grids, lost = docx_forms.read(content, names)
        return _checked(Form(DOCX, document, grids, lost))
    if not any(n.startswith("xl/") for n in names):
        raise UnreadableForm("这个压缩包不是表格：请上传 .xlsx 或 .docx")
    try:
        book = openpyxl.load_workbook(BytesIO(content))
    except Exception as error:
        raise UnreadableForm("表格打不开，可能已损坏或加了密码，请另存为 .xlsx 再上传") from error
    return _checked(Form(XLSX, book, _grids(book), _lost_of_xlsx(names)))


def _old(content: bytes) -> Form:
    try:
        book, lost = xls_forms.convert(content)
    except xls_forms.Encrypted as error:
        raise UnreadableForm(str(error)) from None
    return _checked(Form(XLSX, book, _grids(book), lost))


def _grids(book: Any) -> tuple[Grid, ...]:
    if len(book.worksheets) > MOST_SHEETS:
        raise UnreadableForm(
            f"有 {len(book.worksheets)} 张工作表，一次最多 {MOST_SHEETS} 张，请拆开上传"
        )
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in shown:
        if sheet.max_column > MOST_COLUMNS * 5 or sheet.max_row > MOST_ROWS * 50:
            raise UnreadableForm(f"工作表“{sheet.title}”过大，请只留下要填的部分再上传")
    return tuple(read_worksheet(sheet) for sheet in shown)


def _checked(form: Form) -> Form:
    if not form.blocks:
        raise UnreadableForm("没有找到要填的格子：表里要有表头和空格，只有文字的文件不能填")
    return form


_LOST = (
    ("xl/drawings/drawing", "文本框、图形或图片"), ("xl/charts/", "图表"), ("xl/media/", "图片"),
    ("xl/embeddings/", "嵌入的对象"), ("xl/ctrlProps/", "控件"), ("xl/slicers/", "切片器"),
    ("xl/externalLinks/", "外部链接"), ("xl/threadedComments/", "批注会话"),
)  # fmt: skip


def _lost_of_xlsx(names: set[str]) -> tuple[str, ...]:
    found = [word for start, word in _LOST if any(n.startswith(start) for n in names)]
    if "图片" in found and "文本框、图形或图片" in found:
        found.remove("图片")
    return tuple(found)
