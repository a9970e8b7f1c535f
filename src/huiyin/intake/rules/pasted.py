"""Chat text pasted from a group, cut into what each person said. Simple rules, shown as a draft.

Nothing is decided here: the page shows each piece, a person edits, leaves out or files it. Known
forms (as chat programs copy or mail them): a line “name date time” or “date time name” before the
words, a line “name:” before the words, or “name: words” in one line; a line of dashes with a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from huiyin.base.rules.workdays import SHANGHAI

#: Somebody writes one matter in several messages: what follows within this is one piece.
TOGETHER = timedelta(minutes=5)
#: Shorter than this it is “收到”, “好的”, not a matter; listed, but not taken unless somebody ticks it.
SHORTEST = 6
MOST = 100
CHARACTERS = 20_000


@dataclass(frozen=True)
class Message:
    """What one person said. `at` None: the text names no time. `likely`: long enough to be a matter."""

    name: str
    at: datetime | None
    text: str

    @property
    def likely(self) -> bool:
        return len(re.sub(r"[\W_]", "", self.text)) >= SHORTEST


@dataclass(frozen=True)
class Pasted:
    """The pieces in order. `pictures`: messages that held nothing but a picture, voice or file;
    `cut`: there was more than MOST pieces."""

    messages: tuple[Message, ...]
    pictures: int = 0
    cut: bool = False


def split(text: str, *, today: date) -> Pasted:
    """Cut pasted chat text into messages; `today` completes dates without a year, 今天 and 昨天.

    Text in which no form is found is one message without name and time.
    """
    lines = [line.strip("\u3000 \t\r") for line in text[:CHARACTERS].split("\n")]
    found = list(_with_headers(lines, today)) or list(_with_names(lines))
    if not found:
        whole = "\n".join(line for line in lines if line)
        found = [Message("", None, whole)] if whole else []
    spoken, pictures = [], 0
    for message in found:
        words = _PLACEHOLDER.sub("", message.text).strip()
        if words:
            spoken.append(replace(message, text=words))
        elif message.text:
            pictures += 1
    joined = _joined(spoken)
    return Pasted(tuple(joined[:MOST]), pictures, len(joined) > MOST)


def _joined(messages: list[Message]) -> list[Message]:
    """Messages of one person that follow one another at once become one piece."""
    joined: list[Message] = []
    for message in messages:
        last = joined[-1] if joined else None
        if last is not None and last.name == message.name and message.name and _soon(last, message):
            joined[-1] = replace(last, text=f"{last.text}\n{message.text}")
        else:
            joined.append(message)
    return joined


def _soon(before: Message, after: Message) -> bool:
    if before.at is None or after.at is None:
        return before.at is after.at
    return abs(after.at - before.at) <= TOGETHER


# -- forms -------------------------------------------------------------------------------------
_CLOCK = (
    r"(?:(?P<half>上午|下午|晚上|凌晨|中午)\s*)?(?P<h>\d{1,2})[:：](?P<min>\d{2})(?:[:：]\d{2})?"
)
_DATE = r"(?:(?P<y>\d{4})\s*[-/.年]\s*)?(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?"
_DAY_WORD = r"(?P<word>今天|昨天|前天)"
_WHEN = rf"(?:(?:{_DATE}|{_DAY_WORD})\s*)?{_CLOCK}"
_NAME = r"(?P<name>[^\s:：][^:：\n]{0,29}?)"
_HEADERS = (
    re.compile(rf"^{_NAME}\s+{_WHEN}$"),
    re.compile(rf"^\[?{_WHEN}\]?\s+{_NAME}[:：]?$"),
)
_DIVIDER = re.compile(rf"^[—\-─=*]{{2,}}\s*{_DATE}\s*(?:星期.|周.)?\s*[—\-─=*]{{2,}}$")
_NAME_LINE = re.compile(r"^(?P<name>[^\s:：，。！？,.!?]{1,16})[:：]$")
_NAME_WORDS = re.compile(r"^(?P<name>[^\s:：，。！？,.!?]{1,16})[:：]\s*(?P<words>\S.*)$")
_NUMBER = re.compile(r"[(（<]\d{5,12}[)）>]$")
_PLACEHOLDER = re.compile(
    r"\[(?:图片|语音|视频|表情|动画表情|文件|链接|位置|小程序|聊天记录|红包|转账|音乐|名片|视频号|拍一拍)[^\]\n]{0,40}\]"
    r"|^(?:.{1,30}(?:撤回了一条消息|加入了?群聊|拍了拍.{0,30}|修改群名为.{0,40}))$",
    re.M,
)
#: What stands before a colon in a report and is nobody's name.
_NO_NAME = frozenset(
    [
        "地点",
        "地址",
        "位置",
        "时间",
        "日期",
        "电话",
        "手机",
        "手机号",
        "联系电话",
        "联系方式",
        "联系人",
        "诉求",
        "诉求人",
        "问题",
        "内容",
        "事由",
        "事项",
        "要求",
        "姓名",
        "情况",
        "情况说明",
        "原因",
        "建议",
        "备注",
        "注",
        "附",
        "通知",
        "答",
        "问",
        "小区",
        "楼栋",
        "房号",
        "门牌",
        "类别",
        "标题",
        "主题",
        "回复",
        "公告",
        "提醒",
        "群公告",
        "http",
        "https",
    ]
)


def _with_headers(lines: list[str], today: date) -> list[Message]:
    """Messages under lines that name who and when; [] when there is no such line."""
    messages: list[tuple[str, datetime | None, list[str]]] = []
    day: date | None = None
    for line in lines:
        divider = _DIVIDER.match(line)
        if divider is not None:
            day = _day(divider, today) or day
            continue
        header = next((m for p in _HEADERS if (m := p.match(line))), None)
        if header is not None:
            at = _moment(header, day, today)
            if at is not None:
                messages.append((_NUMBER.sub("", header["name"]).strip(), at, []))
                day = at.date()
                continue
        if messages and line:
            messages[-1][2].append(line)
    return [Message(name, at, "\n".join(words)) for name, at, words in messages]


def _with_names(lines: list[str]) -> list[Message]:
    """Messages under “name:” or behind it; [] unless two such lines were found."""
    messages: list[tuple[str, list[str]]] = []
    for line in lines:
        alone, beside = _NAME_LINE.match(line), _NAME_WORDS.match(line)
        if alone is not None and alone["name"] not in _NO_NAME:
            messages.append((alone["name"], []))
        elif beside is not None and beside["name"] not in _NO_NAME:
            messages.append((beside["name"], [beside["words"]]))
        elif messages and line:
            messages[-1][1].append(line)
    if len(messages) < 2:
        return []
    return [Message(name, None, "\n".join(words)) for name, words in messages]


def _moment(match: re.Match[str], above: date | None, today: date) -> datetime | None:
    """When it was said: its own day, else the last one named above it, else today."""
    hour, minute = int(match["h"]), int(match["min"])
    if match["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        return None
    day = _day(match, today) or above or today
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def _day(match: re.Match[str], today: date) -> date | None:
    found = match.groupdict()
    if found.get("word"):
        back = {"今天": 0, "昨天": 1, "前天": 2}[found["word"]]
        return today - timedelta(days=back)
    if not found.get("m"):
        return None
    try:
        day = date(int(found["y"] or today.year), int(found["m"]), int(found["d"]))
    except ValueError:
        return None
    if day > today and not found["y"]:
        return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else None
    return day
