"""Texts of messages with placeholders in braces: 您反映的事项 {编号}：{进展}。

Only declared placeholders are replaced. A brace that stands alone or names something else is an
error of the text, found when it is typed and not when it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: A text message of more is cut into many or refused by gateways.
LONGEST = 300
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class MessageTemplateSeed:
    """A message that an app sends: when (`label`), its default text, what may stand in it."""

    code: str
    label: str
    text: str
    placeholders: tuple[str, ...]
    origin: str


def problem(text: str, placeholders: Sequence[str]) -> str:
    """What is wrong with a text, in Chinese, or ""."""
    if not text.strip():
        return "请填写文字"
    if len(text.strip()) > LONGEST:
        return f"文字有 {len(text.strip())} 字，请控制在 {LONGEST} 字以内"
    known = "、".join(f"{{{name}}}" for name in placeholders)
    for name in _PLACEHOLDER.findall(text):
        if name not in placeholders:
            return f"不认识的占位“{{{name}}}”，可用的有 {known}"
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        return "花括号没有成对，占位要写成 " + known
    return ""


def filled(text: str, values: Mapping[str, object]) -> str:
    """The text with its placeholders replaced; values are put in as they are."""
    return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), text)
