"""Official papers 公文稿 as .docx after GB/T 9704-2012 (practice.md §8.1): drafts, without red head or seal.

A4, margins 37/35/28/26 mm, 22 lines of 28 characters; title 小标宋 二号, body 仿宋 三号, headings 一、黑体
（一）楷体 1. 仿宋; page number outside, four-point 宋体. The fonts are named, never shipped.

Line pitch 579 (28.95 pt) gives 22 lines in LibreOffice too, where 580 gives 21; the characters' grid is
made by spacing (−0.25 pt × 28 ≤ 156 mm), since LibreOffice lays out 14 characters in Word's own grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import accumulate
from typing import Any

import rjieba
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

BODY, TITLE, BLACK, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
LINE = Pt(28.9)
TWO_CHARACTERS = Pt(31.5)


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (一、), 2 （一） or 3 (1.); its number is part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body, its first line two characters in."""

    text: str
    indent: bool = True


@dataclass(frozen=True)
class Sheet:
    """A table: header row repeated on each page. `numbers`: columns set to the right."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    numbers: Sequence[int] = ()


Block = Heading | Paragraph | Sheet


@dataclass(frozen=True)
class Paper:
    """A draft. `to` = 主送机关; `issuer` and `on` stand at the foot; `note` below it, as small print
    (口径, 数据来源). `landscape` for wide tables."""

    title: str
    blocks: Sequence[Block]
    to: str = ""
    issuer: str = ""
    on: date | None = None
    number: str = ""
    note: str = ""
    landscape: bool = False
    attachments: Sequence[str] = field(default=())


#: Core properties carry the time of the data, never of the machine, so that the same data give the
#: same file.
_FIXED = datetime(2000, 1, 1, tzinfo=UTC)


def docx_of(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    document = Document()
    _page(document, landscape=paper.landscape)
    _styles(document)
    if paper.number:
        _line(document, paper.number, align=WD_ALIGN_PARAGRAPH.CENTER)
    for line in title_lines(paper.title):
        _line(document, line, font=TITLE, size=22, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, "")
    if paper.to:
        _line(document, f"{paper.to}：")
    for block in paper.blocks:
        _block(document, block)
    _foot(document, paper)
    _page_numbers(document)
    core = document.core_properties
    core.author, core.title, core.created, core.modified = "", paper.title, _FIXED, _FIXED
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def title_lines(title: str, *, widest: int = 20) -> list[str]:
    """A title in lines of at most `widest` characters and about equal length, broken between words
    (practice.md §8.1: 回行词意完整)."""
    title = title.strip()
    if len(title) <= widest:
        return [title]
    n = -(-len(title) // widest)
    wanted = -(-len(title) // n)
    ends = list(accumulate(len(word) for word in rjieba.cut(title)))
    possible = [end for end in ends if 0 < end <= widest] or [wanted]
    cut = min(possible, key=lambda end: (abs(end - wanted), -end))
    return [title[:cut], *title_lines(title[cut:], widest=widest)]


def chinese_day(day: date) -> str:
    """2025年6月30日, months and days without a leading zero."""
    return f"{day.year}年{day.month}月{day.day}日"


def _page(document: Any, *, landscape: bool) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin = Mm(28), Mm(26)
        section.left_margin, section.right_margin = Mm(35), Mm(37)
    section.footer_distance = Mm(28 if not landscape else 18)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _font(normal.element.get_or_add_rPr(), BODY)
    normal.font.name, normal.font.size = BODY, Pt(16)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-5")
    normal.element.get_or_add_rPr().append(spacing)
    layout = normal.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    layout.space_before = layout.space_after = Pt(0)
    layout.widow_control = False


def _font(properties: Any, name: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for script in ("eastAsia", "ascii", "hAnsi"):
        fonts.set(qn(f"w:{script}"), name)


def _line(
    document: Any,
    text: str,
    *,
    font: str = "",
    size: float = 0,
    indent: bool = False,
    align: Any = None,
    right: float = 0,
) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    if font:
        _font(run._r.get_or_add_rPr(), font)
    if size:
        run.font.size = Pt(size)
    if indent:
        paragraph.paragraph_format.first_line_indent = TWO_CHARACTERS
    if align is not None:
        paragraph.alignment = align
    if right:
        paragraph.paragraph_format.right_indent = Pt(right)
    return paragraph


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        _line(document, block.text, font={1: BLACK, 2: KAI}.get(block.level, BODY), indent=True)
    elif isinstance(block, Paragraph):
        for line in block.text.splitlines() or [""]:
            _line(document, line, indent=block.indent)
    else:
        _table(document, block)


def _table(document: Any, sheet: Sheet) -> None:
    if sheet.caption:
        _line(document, sheet.caption, font=BLACK, size=14, align=WD_ALIGN_PARAGRAPH.CENTER)
    table = document.add_table(rows=1, cols=len(sheet.head))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for at, text in enumerate(sheet.head):
        _cell(table.rows[0].cells[at], text, BLACK, WD_ALIGN_PARAGRAPH.CENTER)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in sheet.rows:
        added = table.add_row()
        whole = OxmlElement("w:cantSplit")
        added._tr.get_or_add_trPr().append(whole)
        cells = added.cells
        for at, text in enumerate(row):
            side = WD_ALIGN_PARAGRAPH.RIGHT if at in sheet.numbers else WD_ALIGN_PARAGRAPH.LEFT
            _cell(cells[at], text, SONG, side)


def _cell(cell: Any, text: str, font: str, align: Any) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    _font(run._r.get_or_add_rPr(), font)
    run.font.size = Pt(10.5)
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _foot(document: Any, paper: Paper) -> None:
    if paper.attachments:
        _line(document, "")
        for n, name in enumerate(paper.attachments, start=1):
            lead = "附件：" if n == 1 else "　　　"
            number = f"{n}." if len(paper.attachments) > 1 else ""
            _line(document, f"{lead}{number}{name}", indent=True)
    if paper.issuer or paper.on:
        _line(document, "")
        _line(document, "")
        if paper.issuer:
            _line(document, paper.issuer, align=WD_ALIGN_PARAGRAPH.RIGHT, right=63)
        if paper.on:
            day = chinese_day(paper.on)
            _line(document, day, align=WD_ALIGN_PARAGRAPH.RIGHT, right=63)
    if paper.note:
        _line(document, "")
        for text in paper.note.splitlines():
            small = _line(document, text, font=SONG, size=10.5)
            small.paragraph_format.line_spacing = Pt(16)


def _page_numbers(document: Any) -> None:
    """— 1 — outside: right on odd pages, left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _number(footer: Any, align: Any) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.alignment = align
    edge = paragraph.paragraph_format
    edge.left_indent = edge.right_indent = Pt(14)
    for text, kind in (("— ", ""), ("PAGE", "field"), (" —", "")):
        run = paragraph.add_run("" if kind else text)
        _font(run._r.get_or_add_rPr(), SONG)
        run.font.size = Pt(14)
        if kind:
            for step, inner in (("begin", None), (None, text), ("end", None)):
                if inner:
                    code = OxmlElement("w:instrText")
                    code.set(qn("xml:space"), "preserve")
                    code.text = f" {inner} "
                    run._r.append(code)
                else:
                    mark = OxmlElement("w:fldChar")
                    mark.set(qn("w:fldCharType"), str(step))
                    run._r.append(mark)
