"""Search words of Chinese text: single characters, character pairs, whole Latin words and numbers.

Two-character words are found exactly, without a dictionary to keep (trigram indexes cannot find
them). Query and document must come from the same tokeniser: its version is stored beside the words.
"""

from __future__ import annotations

import re
import unicodedata

TOKENISER_VERSION = 1
#: Longer text adds nothing that anybody searches, but much to the index.
SEARCHED_CHARACTERS = 2000

_RUN = re.compile(r"[a-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def folded(text: str) -> str:
    """NFKC (full width → half width) and lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def search_tokens(text: str) -> list[str]:
    """Distinct words of a document, in order of appearance."""
    tokens: dict[str, None] = {}
    for run in _RUN.findall(folded(text[:SEARCHED_CHARACTERS])):
        if run[0].isascii():
            tokens[run] = None
            continue
        tokens |= dict.fromkeys(run)
        tokens |= dict.fromkeys(run[i : i + 2] for i in range(len(run) - 1))
    return list(tokens)


def query_tokens(query: str) -> list[str]:
    """Words that must all be in a document: pairs where a run has two characters or more."""
    tokens: dict[str, None] = {}
    for run in _RUN.findall(folded(query)):
        if run[0].isascii() or len(run) == 1:
            tokens[run] = None
        else:
            tokens |= dict.fromkeys(run[i : i + 2] for i in range(len(run) - 1))
    return list(tokens)
