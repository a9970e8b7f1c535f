"""The text of an article without its layout: what a reader reads on, though lines break and columns end.

Newspapers break a line in the middle of a number and set spaces as they need them. `Running.text` has
no line break but "\\n" between paragraphs and no space; `Running.where[i]` is the place of its i-th
character in the file as given, so that every figure can be pointed at where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from statistics import median

_SPACE = " \t\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff"
#: At the end of a line these say that the paragraph may end there.
_ENDS = "。！？”’」』…!?"
_INDENT = r"\u3000{2,}| {2,}|\t"
#: Two columns side by side: a gap of this width within a line.
_GUTTER = re.compile(r"(?<=\S)(?: {4,}|\u3000{3,}|\t+)(?=\S)")


@dataclass(frozen=True)
class Running:
    """`text` to be searched; `where[i]` = index of its i-th character in the text as given."""

    text: str
    where: tuple[int, ...]
    sentences: tuple[int, ...]  # first index of each sentence, the first is 0
    paragraphs: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of the running text → code points of the text as given."""
        return self.where[start], self.where[end - 1] + 1

    def sentence(self, at: int) -> int:
        """Number of the sentence in which the index lies."""
        return bisect_right(self.sentences, at) - 1

    def paragraph(self, at: int) -> int:
        """Number of the paragraph in which the index lies."""
        return bisect_right(self.paragraphs, at) - 1

    def sentence_text(self, number: int) -> tuple[int, str]:
        """(first index, text) of a sentence."""
        first = self.sentences[number]
        more = number + 1 < len(self.sentences)
        return first, self.text[first : self.sentences[number + 1] if more else len(self.text)]


def running(raw: str) -> Running:
    """Take the layout out of a text."""
    characters: list[str] = []
    where: list[int] = []
    lines = _lines_in_reading_order(raw)
    width = _usual_width(lines)
    for n, (start, line) in enumerate(lines):
        if n and _begins_paragraph(lines, n, width):
            _add(characters, where, "\n", max(start - 1, 0))
        for offset, character in enumerate(line):
            if character not in _SPACE:
                _add(characters, where, _plain(character), start + offset)
            elif _is_cell_end(line, offset):
                _add(characters, where, "，", start + offset)
    text = "".join(characters)
    return Running(
        text, tuple(where), _starts(text, r"[。！？!?]+[”’」』）)]*|\n"), _starts(text, r"\n")
    )


def _add(characters: list[str], where: list[int], character: str, index: int) -> None:
    characters.append(character)
    where.append(index)


def _plain(character: str) -> str:
    """Full-width digits, letters and signs as their half-width; Chinese punctuation stays."""
    if character in "，。：；！？（）“”‘’～":
        return character
    if character in "﹪":
        return "%"
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def _is_cell_end(line: str, offset: int) -> bool:
    """The first of several spaces, or a tab, between two numbers of a table row: 412    31.2%."""
    gap = re.match(r"[ \t\u3000]+", line[offset:])
    if gap is None or offset == 0 or line[offset - 1] in _SPACE or offset + gap.end() >= len(line):
        return False
    wide = "\t" in gap.group() or gap.end() >= 2
    return wide and line[offset - 1] in "0123456789%" and line[offset + gap.end()].isdigit()


def _starts(text: str, ends: str) -> tuple[int, ...]:
    found = [0, *(m.end() for m in re.finditer(ends, text) if m.end() < len(text))]
    return tuple(dict.fromkeys(found))


def _lines(raw: str) -> list[tuple[int, str]]:
    """(index of its first character, the line); empty lines stay, they end paragraphs."""
    found, start = [], 0
    for line in raw.splitlines(keepends=True):
        found.append((start, line.rstrip("\r\n\x0b\x0c\x85\u2028\u2029")))
        start += len(line)
    return found


def _lines_in_reading_order(raw: str) -> list[tuple[int, str]]:
    """Columns side by side (a gutter at the same place in three lines or more) are read one after
    the other; everything else as it stands."""
    lines, out, n = _lines(raw), [], 0
    while n < len(lines):
        block = _columns_from(lines, n)
        if block < 3:
            out.append(lines[n])
            n += 1
            continue
        right: list[tuple[int, str]] = []
        for start, line in lines[n : n + block]:
            gap = _GUTTER.search(line)
            if gap:
                out.append((start, line[: gap.start()]))
                right.append((start + gap.end(), line[gap.end() :]))
            else:
                out.append((start, line))
        out += right
        n += block
    return out


def _columns_from(lines: list[tuple[int, str]], first: int) -> int:
    """Number of lines from `first` on that are set in two columns with one gutter."""
    place, count = None, 0
    for _, line in lines[first:]:
        gap = _GUTTER.search(line)
        if gap is None:
            break
        here = _width(line[: gap.end()])
        if place is not None and abs(here - place) > 3:
            break
        place, count = here if place is None else place, count + 1
    return count


def _width(line: str) -> int:
    """Cells that a line takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def _usual_width(lines: list[tuple[int, str]]) -> float:
    widths = [_width(line.rstrip()) for _, line in lines if line.strip()]
    return median(widths) if widths else 0


def _begins_paragraph(lines: list[tuple[int, str]], n: int, width: float) -> bool:
    """Whether line n begins something new: indented, after a closing mark, or after a heading."""
    line = lines[n][1]
    if not line.strip(_SPACE):
        return False
    before = next((k for k in range(n - 1, -1, -1) if lines[k][1].strip(_SPACE)), None)
    if before is None:
        return False
    last = lines[before][1].rstrip(_SPACE)
    blank = n - before > 1
    if not blank and width <= 90 and _sets_blank_lines(lines) and not re.match(_INDENT, line):
        return False
    if re.match(_INDENT, line):
        return True
    if last[-1] in _ENDS:
        return blank or _width(last) < width - 3 or width > 90
    if width > 90:  # a paragraph is one line
        return True
    if last[-1] in "，、—" or (not blank and _width(last) >= width - 3):
        return False
    if blank:
        return _width(last) < width - 3 or _is_heading(lines, before, width)
    return _width(last) < 0.7 * width


def _sets_blank_lines(lines: list[tuple[int, str]]) -> bool:
    """Whether this text parts its paragraphs by blank lines."""
    return sum(1 for _, line in lines if not line.strip(_SPACE)) >= 3


def _is_heading(lines: list[tuple[int, str]], k: int, width: float) -> bool:
    """A single line between blank lines, not wider than the others, whose predecessor ended."""
    if k == 0:
        return True
    if lines[k - 1][1].strip(_SPACE):
        return False
    before = next((j for j in range(k - 1, -1, -1) if lines[j][1].strip(_SPACE)), None)
    ended = before is None or lines[before][1].rstrip(_SPACE)[-1] in _ENDS
    return ended and _width(lines[k][1].strip(_SPACE)) <= width
