"""The text of an uploaded article: .txt in the usual encodings, .docx paragraph by paragraph."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

#: What a .docx may unfold to: a page of text needs a few hundred kilobytes.
MOST_UNFOLDED = 60_000_000
MOST_BYTES = 10_000_000


class UnreadableArticle(ValueError):
    """The file cannot be read as an article. The message says what to do."""


def read_article(data: bytes, name: str) -> str:
    """The text as given: of a .txt with its line breaks, of a .docx one line for each paragraph."""
    if len(data) > MOST_BYTES:
        raise UnreadableArticle("文件超过 10 MB，请只留正文，或把图片删去后再传")
    lower = name.lower()
    if lower.endswith(".docx"):
        return _docx(data)
    if lower.endswith(".txt"):
        return _plain(data)
    if lower.endswith((".doc", ".wps")):
        raise UnreadableArticle("请在 Word 或 WPS 里另存为 .docx，或把正文粘贴进来")
    raise UnreadableArticle("只能读 .txt 和 .docx，或把正文粘贴进来")


def _plain(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableArticle("这个文件不是文字，请另存为 UTF-8 编码的 .txt，或把正文粘贴进来")


def _docx(data: bytes) -> str:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    try:
        with ZipFile(BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNFOLDED:
                raise UnreadableArticle("这个 .docx 太大，请只留正文再传")
        document = Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        if isinstance(error, UnreadableArticle):
            raise
        raise UnreadableArticle("打不开这个 .docx，请在 Word 或 WPS 里另存一份再传") from None
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
    return "\n".join(lines)
