"""An old workbook (.xls, .et as BIFF) as an openpyxl workbook, with the look of each cell.

xlrd gives values, merges, fonts, borders, fills, alignments, number formats, widths, heights, print
set-up; what it does not give (shapes, pictures, macros) is said before anything is filled.
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any

import openpyxl
import xlrd
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter

from huiyin.documents.rules import xls_print

_SIDES = ("", "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot",
          "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot")  # fmt: skip
_ACROSS = (None, "left", "center", "right", "fill", "justify", "centerContinuous", "distributed")
_DOWN = ("top", "center", "bottom", "justify", "distributed")
_PATTERNS = (None, "solid", "mediumGray", "darkGray", "lightGray", "darkHorizontal", "darkVertical",
             "darkDown", "darkUp", "darkGrid", "darkTrellis", "lightHorizontal", "lightVertical",
             "lightDown", "lightUp", "lightGrid", "lightTrellis", "gray125", "gray0625")  # fmt: skip
_UNDERLINES = {1: "single", 2: "double", 0x21: "singleAccounting", 0x22: "doubleAccounting"}


class Encrypted(ValueError):
    """The file cannot be opened. The message says what to do."""


def convert(content: bytes) -> tuple[Any, tuple[str, ...]]:
    """(workbook, what could not be carried). Raises Encrypted."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Encrypted("文件加了密码，请去掉密码后另存为 .xlsx 再上传")
    if "Workbook".encode("utf-16-le") not in content and "Book".encode("utf-16-le") not in content:
        raise Encrypted("这是新版 .et 或别的格式，请在 WPS 里另存为 .xlsx 再上传")
    try:
        old = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=_Silent())
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower():
            raise Encrypted("文件加了密码，请去掉密码后另存为 .xlsx 再上传") from None
        raise Encrypted("旧版表格打不开，请在表格软件里另存为 .xlsx 再上传") from None
    except Exception as error:
        raise Encrypted("旧版表格打不开，可能已损坏，请另存为 .xlsx 再上传") from error
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Encrypted("文件里有宏，不收：请在表格软件里另存为不带宏的 .xlsx")
    book = openpyxl.Workbook()
    book.remove(book.active)
    looks: dict[int, dict[str, Any]] = {}
    for sheet in old.sheets():
        page = book.create_sheet(sheet.name)
        page.sheet_state = ("visible", "hidden", "veryHidden")[sheet.visibility]
        _cells(old, sheet, page, looks)
        _sizes(old, sheet, page)
        _view(sheet, page)
    for page, setup in zip(book.worksheets, xls_print.setups(content), strict=False):
        xls_print.apply(setup, page)
    _names(old, book)
    return book, _lost(content)


class _Silent:
    def write(self, text: str) -> None: ...

    def flush(self) -> None: ...


def _cells(old: Any, sheet: Any, page: Any, looks: dict[int, dict[str, Any]]) -> None:
    for r in range(sheet.nrows):
        for c in range(sheet.row_len(r)):
            cell = sheet.cell(r, c)
            if cell.ctype == xlrd.XL_CELL_EMPTY and cell.xf_index is None:
                continue
            new = page.cell(r + 1, c + 1)
            value = _value(old, cell)
            if value is not None:
                new.value = value
            if cell.xf_index is not None:
                if cell.xf_index not in looks:
                    looks[cell.xf_index] = _look(old, old.xf_list[cell.xf_index])
                for name, style in looks[cell.xf_index].items():
                    setattr(new, name, style)
            if isinstance(value, str) and value.startswith("="):
                new.data_type = "s"
    for top, bottom, left, right in sheet.merged_cells:
        _merge(page, top + 1, left + 1, bottom, right)


def _merge(page: Any, top: int, left: int, bottom: int, right: int) -> None:
    """Merged without losing the look of the covered cells, as the old file has them."""
    spots = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
    looks = {spot: copy(page.cell(*spot)._style) for spot in spots}
    page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for spot, look in looks.items():
        page.cell(*spot)._style = look


def _value(old: Any, cell: Any) -> Any:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate.xldate_as_datetime(cell.value, old.datemode)
        except (ValueError, OverflowError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_NUMBER and float(cell.value).is_integer():
        return int(cell.value)
    return cell.value


def _colour(old: Any, index: int) -> str | None:
    rgb = old.colour_map.get(index)
    return None if rgb is None else "FF" + "".join(f"{part:02X}" for part in rgb)


def _look(old: Any, xf: Any) -> dict[str, Any]:
    """Font, border, fill, alignment, number format, protection of one kind of cell."""
    f = old.font_list[xf.font_index]
    font = Font(
        name=f.name, sz=f.height / 20, b=bool(f.bold or f.weight >= 600), i=bool(f.italic),
        strike=bool(f.struck_out), u=_UNDERLINES.get(f.underline_type), color=_colour(old, f.colour_index),
        vertAlign={1: "superscript", 2: "subscript"}.get(f.escapement),
    )  # fmt: skip
    b = xf.border

    def side(style: int, colour: int) -> Side:
        return Side(style=_SIDES[style] or None, color=_colour(old, colour) if style else None)

    border = Border(
        left=side(b.left_line_style, b.left_colour_index), right=side(b.right_line_style, b.right_colour_index),
        top=side(b.top_line_style, b.top_colour_index), bottom=side(b.bottom_line_style, b.bottom_colour_index),
        diagonal=side(b.diag_line_style, b.diag_colour_index), diagonalUp=bool(b.diag_up),
        diagonalDown=bool(b.diag_down),
    )  # fmt: skip
    g = xf.background
    pattern = _PATTERNS[g.fill_pattern] if g.fill_pattern < len(_PATTERNS) else None
    fill = PatternFill(
        patternType=pattern,
        **({"fgColor": _colour(old, g.pattern_colour_index) or "FFFFFFFF",
            "bgColor": _colour(old, g.background_colour_index) or "FFFFFFFF"} if pattern else {}),
    )  # fmt: skip
    a = xf.alignment
    alignment = Alignment(
        horizontal=_ACROSS[a.hor_align] if a.hor_align < len(_ACROSS) else None,
        vertical=_DOWN[a.vert_align] if a.vert_align < len(_DOWN) else None,
        text_rotation=a.rotation if a.rotation <= 180 or a.rotation == 255 else 0,
        wrap_text=bool(a.text_wrapped), shrink_to_fit=bool(a.shrink_to_fit), indent=a.indent_level,
    )  # fmt: skip
    form = old.format_map.get(xf.format_key)
    return {
        "font": font, "border": border, "fill": fill, "alignment": alignment,
        "number_format": form.format_str if form else "General",
        "protection": Protection(locked=bool(xf.protection.cell_locked),
                                 hidden=bool(xf.protection.formula_hidden)),
    }  # fmt: skip


def _sizes(old: Any, sheet: Any, page: Any) -> None:
    if sheet.standardwidth:
        page.sheet_format.defaultColWidth = sheet.standardwidth / 256
    elif sheet.defcolwidth:
        page.sheet_format.baseColWidth = sheet.defcolwidth
    for c, info in sheet.colinfo_map.items():
        if c > 255:
            continue
        column = page.column_dimensions[get_column_letter(c + 1)]
        column.width = info.width / 256
        column.hidden = bool(info.hidden)
    for r, info in sheet.rowinfo_map.items():
        if not info.has_default_height and info.height:
            page.row_dimensions[r + 1].height = info.height / 20
        if info.hidden:
            page.row_dimensions[r + 1].hidden = True


def _view(sheet: Any, page: Any) -> None:
    if sheet.panes_are_frozen and (sheet.horz_split_pos or sheet.vert_split_pos):
        page.freeze_panes = page.cell(sheet.horz_split_pos + 1, sheet.vert_split_pos + 1)
    page.sheet_view.showGridLines = bool(sheet.show_grid_lines)


def _names(old: Any, book: Any) -> None:
    """Print area and repeated header, which are names in the old file."""
    for item in old.name_obj_list:
        if not 0 <= item.scope < len(book.worksheets) or not item.result:
            continue
        page, said = book.worksheets[item.scope], str(item.result.text)
        try:
            if item.name.endswith("Print_Area"):
                page.print_area = said.rpartition("!")[2]
            elif item.name.endswith("Print_Titles"):
                for part in said.split(","):
                    if m := re.search(r"\$A\$(\d+):\$IV\$(\d+)", part):
                        page.print_title_rows = f"{m[1]}:{m[2]}"
                    elif m := re.search(r"\$([A-Z]+)\$1:\$([A-Z]+)\$65536", part):
                        page.print_title_cols = f"{m[1]}:{m[2]}"
        except ValueError:
            continue


def _lost(content: bytes) -> tuple[str, ...]:
    """What the reader does not give: a drawing with more shapes than its own frame."""
    drawings, shapes = content.count(b"\x0f\x00\x02\xf0"), content.count(b"\x0f\x00\x04\xf0")
    return ("图形、文本框或图片",) if shapes > drawings else ()
