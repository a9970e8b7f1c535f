"""A title for a report that came without one."""

from __future__ import annotations

#: Characters of a title that was made from the text.
TITLE_LENGTH = 40


def title_from(text: str) -> str:
    """The first sentence as a title, for those who gave none."""
    line = text.strip().split("\n", 1)[0]
    for stop in "。！？!?；;":
        head = line.split(stop, 1)[0]
        if 4 <= len(head) <= TITLE_LENGTH:
            return head
    return line[:TITLE_LENGTH]
