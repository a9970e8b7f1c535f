"""What hangs on a document 制度文件: limits, definitions and ledgers name the 文号 that they follow.

Apps that own such things register a function that lists them; nothing here knows what they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

#: 云政办发〔2025〕12号 and the ways in which people type its brackets.
_NUMBER = re.compile(r"[\w一-鿿]{1,20}〔\d{4}〕\s*\d{1,5}\s*号")
_BRACKETS = str.maketrans({"[": "〔", "]": "〕", "【": "〔", "】": "〕", "（": "〔", "）": "〕",
                           "(": "〔", ")": "〕"})  # fmt: skip


@dataclass(frozen=True)
class Hung:
    """One thing that follows a document. `said`: the words in which it names it."""

    kind: str
    label: str
    said: str
    url: str = ""


Source = Callable[[], Iterable[Hung]]
_sources: dict[str, Source] = {}


def declare(code: str, source: Source) -> None:
    """Add a list of things that follow documents; a repeated code is an error of the declaration."""
    if _sources.setdefault(code, source) is not source:
        raise ValueError(f"declared twice: {code}")


def everything() -> list[Hung]:
    """Whatever names a document, in the order of declaration."""
    return [hung for source in _sources.values() for hung in source() if hung.said.strip()]


def plain_number(text: str) -> str:
    """A 文号 as it is compared: 云政办发[2025]12号 and 云政办发〔2025〕12 号 are one."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(_BRACKETS))


def numbers_in(text: str) -> list[str]:
    """The document numbers that a text names, as they are compared."""
    return [plain_number(found) for found in _NUMBER.findall(plain_number(text))]


def names(said: str, number: str) -> bool:
    """Whether these words name the document of that number."""
    return plain_number(number) in plain_number(said)
