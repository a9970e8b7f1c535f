"""Caps of the ways in that a city may set: seeds of 本地参数, declared by services.receiving."""

from __future__ import annotations

from huiyin.base.rules.local_defaults import LocalDefaultSeed

MOST_PHOTOS = LocalDefaultSeed("report.photos", "居民反映最多几张照片", 6, "张", "通行做法", most=9)
ON_SPOT_PHOTOS = LocalDefaultSeed(
    "report.on_spot_photos", "自办件处理前、处理后各最多几张照片", 3, "张", "通行做法", most=9,
)  # fmt: skip
VOICE_SECONDS = LocalDefaultSeed(
    "report.voice_seconds", "一段录音最长", 60, "秒", "通行做法：语音消息一般 60 秒", least=10, most=180,
)  # fmt: skip
TRIES_PER_ADDRESS = LocalDefaultSeed(
    "report.tries_per_address", "同一网络地址一小时内查错编号或尾号", 10, "次", "通行做法", least=3,
    most=100,
)  # fmt: skip
TRIES_PER_NUMBER = LocalDefaultSeed(
    "report.tries_per_number", "同一编号一小时内被查错", 50, "次", "通行做法", least=10, most=500,
)  # fmt: skip
STILL_BURNING = LocalDefaultSeed(
    "alert.import_days", "导入的旧件几天以内才按紧急字样立时限", 3, "天", "通行做法", most=30,
)  # fmt: skip

ALL = (
    MOST_PHOTOS, ON_SPOT_PHOTOS, VOICE_SECONDS, TRIES_PER_ADDRESS, TRIES_PER_NUMBER, STILL_BURNING,
)  # fmt: skip
