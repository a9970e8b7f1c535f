"""Official papers: page, fonts and order as GB/T 9704-2012 wants them."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from huiyin.documents.rules.official import (
    Heading,
    Paper,
    Paragraph,
    Sheet,
    docx_of,
    title_lines,
)

PAPER = Paper(
    "水富市2026年10月群众诉求办理情况通报", [
        Heading("一、总体情况"), Paragraph("全市受理诉求 1,320 件。"), Heading("（一）响应", 2),
        Sheet(("社区", "受理（件）"), (("团结路社区", "12"), ("人民路社区", "8")), numbers=(1,)),
    ],
    to="各街道、各部门", issuer="水富市诉求受理中心", on=date(2026, 11, 5), note="口径：期内受理的诉求件数",
)  # fmt: skip


def _opened(paper: Paper) -> object:
    return Document(BytesIO(docx_of(paper)))


def test_page_and_grid_are_those_of_the_standard() -> None:
    section = _opened(PAPER).sections[0]  # type: ignore[attr-defined]

    for found, wanted in ((section.page_width, 210), (section.page_height, 297),
                          (section.top_margin, 37), (section.bottom_margin, 35),
                          (section.left_margin, 28), (section.right_margin, 26)):  # fmt: skip
        assert abs(found - Mm(wanted)) < Mm(0.1)
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")) == "579"


def test_title_headings_and_body_name_their_fonts() -> None:
    document = _opened(PAPER)
    fonts = {
        p.text: p.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia"))
        for p in document.paragraphs if p.runs and p.runs[0]._r.rPr is not None  # type: ignore[attr-defined]
    }  # fmt: skip

    assert fonts["群众诉求办理情况通报"] == "方正小标宋简体"
    assert fonts["一、总体情况"] == "黑体"
    assert fonts["（一）响应"] == "楷体_GB2312"


def test_the_foot_has_issuer_and_day_without_leading_zeros() -> None:
    texts = [p.text for p in _opened(PAPER).paragraphs]  # type: ignore[attr-defined]

    assert texts.index("水富市诉求受理中心") + 1 == texts.index("2026年11月5日")
    assert texts[-1] == "口径：期内受理的诉求件数"


def test_a_table_repeats_its_header() -> None:
    table = _opened(PAPER).tables[0]  # type: ignore[attr-defined]

    assert [cell.text for cell in table.rows[2].cells] == ["人民路社区", "8"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_same_data_give_the_same_file() -> None:
    assert docx_of(PAPER) == docx_of(PAPER)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于催办的函", ["关于催办的函"]),
        ("水富市2026年10月群众诉求办理情况通报", ["水富市2026年10月", "群众诉求办理情况通报"]),
    ],
)
def test_a_long_title_is_broken_where_a_word_ends(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_lays_out_22_lines_of_28_characters(tmp_path: Path) -> None:
    body = "昭" * (28 * 22 * 2)
    (tmp_path / "p.docx").write_bytes(docx_of(Paper("题", [Paragraph(body, indent=False)])))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to",
         "pdf", "--outdir", str(tmp_path), str(tmp_path / "p.docx")],
        check=True, capture_output=True,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "p.pdf"), "-"], check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    second = [line.strip() for line in text.split("\f")[1].splitlines() if "昭" in line]

    assert len(second) == 22
    assert {len(line) for line in second} == {28}
