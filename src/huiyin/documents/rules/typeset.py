"""The same papers as PDF: typst, one font out of a wheel, no system fonts, so that a paper is the
same on every machine (ADR 0010). The page follows GB/T 9704; only the typeface is another.

Data reach the page as JSON alone: no text of a paper can be read as markup.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from huiyin.documents.rules.official import (
    Block,
    Heading,
    Paper,
    Paragraph,
    chinese_day,
    title_lines,
)

FONT = "Noto Sans CJK TC"

_PAGE = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, date: none)
#set text(font: "Noto Sans CJK TC", lang: "zh", region: "cn", size: 16pt)
#set page(
  width: if d.landscape { 297mm } else { 210mm }, height: if d.landscape { 210mm } else { 297mm },
  margin: if d.landscape { (top: 28mm, bottom: 26mm, left: 35mm, right: 37mm) }
    else { (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm) },
  footer: context {
    let n = counter(page).get().first()
    set text(size: 14pt)
    align(if calc.odd(n) { right } else { left }, pad(x: 14pt, [— #n —]))
  },
)
#set par(leading: 12.9pt, spacing: 12.9pt, justify: true, first-line-indent: (amount: 0pt))
#show heading: set block(above: 12.9pt, below: 12.9pt)
#if d.number != "" { align(center, d.number) }
#for line in d.title_lines { align(center, text(size: 22pt, weight: "bold", line)) }
#v(8pt)
#if d.to != "" [#d.to：]
#for block in d.blocks {
  if block.kind == "heading" {
    heading(level: block.level, outlined: true, text(size: 16pt, weight: if block.level == 1 { "bold" } else { "regular" }, h(2em) + block.text))
  } else if block.kind == "paragraph" {
    for line in block.lines { par(if block.indent { h(2em) + line } else { line }) }
  } else {
    if block.caption != "" { align(center, text(size: 14pt, block.caption)) }
    set text(size: 10.5pt)
    set par(leading: 5pt, justify: false)
    align(center, table(
      columns: block.head.len(), stroke: 0.5pt, inset: 5pt,
      align: (x, y) => if y == 0 { center } else if x in block.numbers { right } else { left },
      table.header(..block.head.map(cell => strong(cell))),
      ..block.rows.flatten(),
    ))
  }
}
#if d.attachments.len() > 0 {
  v(16pt)
  for (n, name) in d.attachments.enumerate() {
    par(h(2em) + (if n == 0 { "附件：" } else { "　　　" }) + (if d.attachments.len() > 1 { str(n + 1) + "." } else { "" }) + name)
  }
}
#if d.issuer != "" or d.on != "" {
  v(28pt)
  align(right, pad(right: 63pt, block(breakable: false, {
    if d.issuer != "" { align(right, d.issuer) }
    if d.on != "" { align(right, d.on) }
  })))
}
#if d.note != "" {
  v(12pt)
  set text(size: 10.5pt)
  set par(leading: 6pt, spacing: 6pt)
  for line in d.note.split("\\n") { par(line) }
}
"""


def pdf_of(paper: Paper) -> bytes:
    """The paper as a tagged PDF."""
    import typst  # 30 MB, and only when somebody asks for paper

    data = {
        "title": paper.title, "title_lines": title_lines(paper.title), "number": paper.number,
        "to": paper.to, "issuer": paper.issuer, "on": chinese_day(paper.on) if paper.on else "",
        "note": paper.note, "landscape": paper.landscape, "attachments": list(paper.attachments),
        "blocks": [_block(block) for block in paper.blocks],
    }  # fmt: skip
    made = typst.compile(
        _PAGE.encode(), font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf",
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


@lru_cache
def _fonts() -> Any:
    """The one font, read once."""
    import typst

    folder = str(files("cvttf_NotoSansCJK_Regular"))
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "lines": block.text.splitlines() or [""],
                "indent": block.indent}  # fmt: skip
    return {"kind": "table", "head": list(block.head), "rows": [list(r) for r in block.rows],
            "caption": block.caption, "numbers": list(block.numbers)}  # fmt: skip
