"""Print set-up of an old workbook, which xlrd leaves out: read from the records of its stream."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.worksheet.header_footer import HeaderFooterItem
from xlrd import compdoc

_HEADER, _FOOTER, _SETUP, _WSBOOL, _HCENTER, _VCENTER = 0x14, 0x15, 0xA1, 0x81, 0x83, 0x84
_MARGINS = {0x26: "left", 0x27: "right", 0x28: "top", 0x29: "bottom"}
_BOUNDSHEET, _EOF, _FIT_TO_PAGE, _PORTRAIT, _NO_SETUP = 0x85, 0x0A, 0x0100, 0x0002, 0x0004


@dataclass
class PrintSetup:
    """How one sheet is printed."""

    paper: int = 0
    landscape: bool | None = None
    scale: int = 0
    fit_to_page: bool = False
    fit_width: int = 1
    fit_height: int = 1
    centred: bool = False
    centred_down: bool = False
    header: str = ""
    footer: str = ""
    margins: dict[str, float] = field(default_factory=dict)


def setups(content: bytes) -> list[PrintSetup]:
    """One for each sheet, in order; [] where the stream is not as expected."""
    try:
        document = compdoc.CompDoc(content, logfile=StringIO())
        stream = document.get_named_stream("Workbook") or document.get_named_stream("Book")
        if not stream:
            return []
        return [_of_sheet(stream, offset) for offset in _offsets(stream)]
    except (compdoc.CompDocError, struct.error, IndexError):
        return []


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _EOF:
            return
        at += 4 + length


def _offsets(stream: bytes) -> list[int]:
    return [
        struct.unpack_from("<I", data)[0] for kind, data in _records(stream, 0) if kind == _BOUNDSHEET
    ]  # fmt: skip


def _of_sheet(stream: bytes, offset: int) -> PrintSetup:
    found = PrintSetup()
    for kind, data in _records(stream, offset):
        if kind in _MARGINS:
            found.margins[_MARGINS[kind]] = struct.unpack_from("<d", data)[0]
        elif kind == _HEADER:
            found.header = _text(data)
        elif kind == _FOOTER:
            found.footer = _text(data)
        elif kind == _HCENTER:
            found.centred = data[:1] == b"\x01"
        elif kind == _VCENTER:
            found.centred_down = data[:1] == b"\x01"
        elif kind == _WSBOOL:
            found.fit_to_page = bool(struct.unpack_from("<H", data)[0] & _FIT_TO_PAGE)
        elif kind == _SETUP:
            paper, scale, _, width, height, flags = struct.unpack_from("<HHhHHH", data)
            found.fit_width, found.fit_height = width, height
            if not flags & _NO_SETUP:
                found.paper, found.scale = paper, scale
                found.landscape = not flags & _PORTRAIT
    return found


def _text(data: bytes) -> str:
    if len(data) < 3:
        return ""
    length, flags = struct.unpack_from("<HB", data)
    wide = flags & 1
    return data[3 : 3 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")  # fmt: skip


def apply(setup: PrintSetup, page: Any) -> None:
    """Onto an openpyxl worksheet."""
    if setup.paper:
        page.page_setup.paperSize = setup.paper
    if setup.landscape is not None:
        page.page_setup.orientation = "landscape" if setup.landscape else "portrait"
    if setup.fit_to_page:
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = setup.fit_width, setup.fit_height
    elif setup.scale and setup.scale != 100:
        page.page_setup.scale = setup.scale
    page.print_options.horizontalCentered = setup.centred
    page.print_options.verticalCentered = setup.centred_down
    for side, inches in setup.margins.items():
        setattr(page.page_margins, side, inches)
    for name, text in (("oddHeader", setup.header), ("oddFooter", setup.footer)):
        if text:
            element = Element(name)
            element.text = text
            setattr(page, name, HeaderFooterItem.from_tree(element))
