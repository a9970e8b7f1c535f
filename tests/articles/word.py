"""Two articles are Word files: written here with runs that end inside numbers, read back as text."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from tests.articles.compose import Figure

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(path: Path) -> str:
    """The text whose code points the truth counts: paragraphs of the body joined by a line break."""
    with zipfile.ZipFile(path) as package:
        body = ElementTree.fromstring(package.read("word/document.xml")).find(f"{W}body")
    assert body is not None
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p"))


def write(path: Path, text: str, figures: list[Figure]) -> None:
    """Every paragraph a paragraph; a run ends in the middle of each figure, as Word often has it."""
    import docx

    cuts = {(figure.start + figure.end) // 2 for figure in figures}
    document = docx.Document()
    position = 0
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        begin = position
        for at in sorted(cut for cut in cuts if position < cut < position + len(line)):
            paragraph.add_run(text[begin:at])
            begin = at
        paragraph.add_run(text[begin : position + len(line)])
        position += len(line) + 1
    document.save(str(path))
