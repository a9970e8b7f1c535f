"""Caps, thresholds and terms that a local document should confirm: the seed of base.LocalDefault.

Each stands with its origin (practice.md) and shows 待本地确认 until somebody confirms it with 文号
and date. Apps above declare theirs through `base.services.defaults.declare_local_defaults`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

Value = bool | int | str | list[list[str]]


@dataclass(frozen=True)
class LocalDefaultSeed:
    """One row: `value` in `unit`; `origin` says where the default comes from.

    `choices` (value, words) where only these are allowed; `least` and `most` bound a number.
    """

    code: str
    label: str
    value: Value
    unit: str
    origin: str
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 1
    most: int = 10_000


_PROTECTION = "等保 2.0 三级（GB/T 22239-2019）常用取值"
_RETENTION = "个人信息保护法第十九条；保存期为通行做法"

#: Said on the help pages too, therefore here.
CONTACT_HOURS = LocalDefaultSeed(
    "response.contact_hours", "响应率：派出后几小时内联系上算响应", 24, "小时",
    "接诉即办“规定时间内首次联系”的通行做法；南京鼓楼 24 小时联系", most=240,
)  # fmt: skip

BASE_DEFAULTS: tuple[LocalDefaultSeed, ...] = (
    CONTACT_HOURS,
    LocalDefaultSeed("callback.mode", "回访方式", "all", "",
                     "北京市接诉即办工作条例：期满后回访；抽样、仅复核不满意件亦可",
                     choices=(("all", "全量"), ("random", "随机抽样"),
                              ("second_look", "仅不满意复核（不出率）"))),
    LocalDefaultSeed("callback.sample_percent", "抽样回访比例", 30, "%",
                     "通行做法；贵州晴隆县为按月不低于 10%", most=100),
    LocalDefaultSeed("callback.attempts", "回访尝试次数", 3, "次", "通行做法", most=10),
    LocalDefaultSeed("board.min_cases", "单位可比较的最低件数", 10, "件",
                     "通行做法：月件数不足的只列不排"),
    LocalDefaultSeed("calendar.sessions", "办公时段（工作小时按此计）",
                     [["09:00", "12:00"], ["13:30", "17:30"]], "",
                     "通行做法"),
    LocalDefaultSeed("retention.report_years", "诉求人信息保存", 5, "年", _RETENTION),
    LocalDefaultSeed("accounts.failures", "连续输错密码锁定", 5, "次", _PROTECTION, least=3,
                     most=10),
    LocalDefaultSeed("accounts.lock_minutes", "锁定时长", 30, "分钟", _PROTECTION),
    LocalDefaultSeed("accounts.idle_minutes", "无操作退出", 30, "分钟", _PROTECTION, least=5,
                     most=120),
    LocalDefaultSeed("accounts.password_days", "密码有效期", 90, "天", _PROTECTION),
    LocalDefaultSeed("accounts.former_passwords", "不得与最近几次密码相同", 5, "次", _PROTECTION,
                     most=24),
)  # fmt: skip

#: Groups of the page by the first part of the code.
GROUPS = {
    "response": "响应",
    "extension": "延期",
    "alert": "紧急提醒",
    "similar": "相近件",
    "report": "居民反映",
    "files": "附件",
    "accounts": "账号安全",
    "callback": "回访",
    "escalation": "提醒与提级",
    "recheck": "复查",
    "cases": "督办",
    "board": "看板",
    "calendar": "日历",
    "retention": "个人信息保存",
}
OTHER = "其他"


def group_of(code: str) -> str:
    """The heading under which a default stands."""
    return GROUPS.get(code.partition(".")[0], OTHER)


def words_of(seed: LocalDefaultSeed, value: Value) -> str:
    """The value as the screen says it: '30 %', '全量', '09:00—12:00，13:30—17:30'."""
    if seed.choices:
        return dict(seed.choices).get(str(value), str(value))
    if isinstance(value, list):
        return "，".join(f"{begin}—{end}" for begin, end in value)
    return f"{value} {seed.unit}".strip()


def raw_of(value: Value) -> str:
    """What the field shows when the value is changed; `parse` reads it back."""
    if isinstance(value, list):
        return ", ".join(f"{begin}-{end}" for begin, end in value)
    return str(value)


def parse(seed: LocalDefaultSeed, raw: str) -> Value:
    """Read a typed value of the seed's kind. Raises ValueError with a Chinese sentence."""
    text = raw.strip()
    if seed.choices:
        if text not in dict(seed.choices):
            raise ValueError(f"请从“{'、'.join(w for _, w in seed.choices)}”中选择")
        return text
    if isinstance(seed.value, list):
        return _sessions(text)
    if isinstance(seed.value, int):
        if not text.isascii() or not text.isdigit() or not seed.least <= int(text) <= seed.most:
            raise ValueError(f"请填写 {seed.least} 至 {seed.most} 的整数")
        return int(text)
    if not text:
        raise ValueError("请填写内容")
    return text


def _sessions(text: str) -> list[list[str]]:
    sessions: list[list[str]] = []
    for part in re.split(r"[,，;；]\s*", text):
        match = re.fullmatch(r"(\d\d?):(\d\d)\s*[-—－至]\s*(\d\d?):(\d\d)", part.strip())
        try:
            begin, end = (
                (time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4])))
                if match
                else (time(0), time(0))
            )
        except ValueError:
            begin = end = time(0)
        previous = sessions[-1][1] if sessions else ""
        if begin >= end or f"{begin:%H:%M}" < previous:
            raise ValueError("请按“09:00-12:00, 13:30-17:30”填写，先后不要颠倒或重叠")
        sessions.append([f"{begin:%H:%M}", f"{end:%H:%M}"])
    return sessions
