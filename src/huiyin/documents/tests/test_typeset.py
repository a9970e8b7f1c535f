"""Papers as PDF: the same bytes each time, every character has a glyph, text is never markup."""

from __future__ import annotations

import re
import zlib

from huiyin.documents.rules.official import Paper, Paragraph, Sheet
from huiyin.documents.rules.typeset import FONT, pdf_of
from huiyin.documents.tests.test_official import PAPER


def test_the_same_paper_is_the_same_file() -> None:
    assert pdf_of(PAPER) == pdf_of(PAPER)


def test_the_font_is_the_one_of_the_wheel() -> None:
    names = set(re.findall(rb"/BaseFont\s*/([\w+-]+)", _unpacked(pdf_of(PAPER))))

    assert names
    assert all(b"NotoSansCJKtc" in name for name in names), names
    assert FONT == "Noto Sans CJK TC"


def test_text_is_no_markup() -> None:
    nasty = '#panic("x") $a^2$ *粗* _斜_ [a] <b> \\ " 水富〔2025〕12号'

    paper = Paper(nasty, [Paragraph(nasty), Sheet((nasty,), ((nasty,),), nasty)], note=nasty)

    assert pdf_of(paper).startswith(b"%PDF")


def test_a_wide_paper_lies_on_its_side() -> None:
    boxes = re.findall(
        rb"/MediaBox\s*\[([^\]]+)\]", _unpacked(pdf_of(Paper("表", [], landscape=True)))
    )

    assert boxes
    _, _, width, height = (float(n) for n in boxes[0].split())
    assert width > height


def _unpacked(pdf: bytes) -> bytes:
    """The file with its object streams inflated, for looking into."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S)
    out = [pdf]
    for stream in streams:
        try:
            out.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(out)
