"""Caps and thresholds of the engine that a city may set: seeds of 本地参数, read where they hold."""

from __future__ import annotations

from huiyin.base.rules.local_defaults import LocalDefaultSeed

_EXTENSION = "通行做法：到期前至少 1 个工作日提出，一般一次，不超过原时限"

EXTENSION_AHEAD = LocalDefaultSeed(
    "extension.ahead_workdays", "延期最迟提前几个工作日提出", 1, "个工作日", _EXTENSION, most=10,
)  # fmt: skip
EXTENSION_TIMES = LocalDefaultSeed(
    "extension.times", "每轮最多延期几次", 1, "次", _EXTENSION, most=5,
)  # fmt: skip
EXTENSION_PERCENT = LocalDefaultSeed(
    "extension.percent", "一次延期最多为原时限的", 100, "%", _EXTENSION, most=300,
)  # fmt: skip
SOON = LocalDefaultSeed(
    "escalation.soon_hours", "到期前几小时起标为快到期", 24, "小时", "通行做法", most=240,
)  # fmt: skip
PATIENCE = LocalDefaultSeed(
    "escalation.patience_hours", "没有时限的事，等多久按到期排", 24, "小时", "通行做法", most=240,
)  # fmt: skip
LIKENESS = LocalDefaultSeed(
    "similar.percent", "文字重合多少起提示为相近件", 35, "%",
    "由样例留言试出：0.6 以上多为重复，0.4 以下多不是；提示从宽，由人判断", least=20, most=95,
)  # fmt: skip
FRESH = LocalDefaultSeed(
    "alert.fresh_hours", "多久以内的反映才提醒值班领导", 24, "小时", "通行做法", most=240,
)  # fmt: skip
MOST_FILES = LocalDefaultSeed("files.most", "一次最多几个附件", 9, "个", "通行做法", most=20)
MEGABYTES = LocalDefaultSeed("files.megabytes", "一个文件最大", 20, "MB", "通行做法", most=25)

ALL = (
    EXTENSION_AHEAD, EXTENSION_TIMES, EXTENSION_PERCENT, SOON, PATIENCE, LIKENESS, FRESH,
    MOST_FILES, MEGABYTES,
)  # fmt: skip
