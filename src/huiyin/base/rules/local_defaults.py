"""Caps, thresholds and terms that a local document should confirm: the seed of base.LocalDefault.

Each stands with its origin (practice.md) and shows 待本地确认 until somebody confirms it with 文号
and date. Apps above declare theirs through `base.services.defaults.declare_local_defaults`.
"""

from __future__ import annotations

from dataclasses import dataclass

Value = bool | int | str | list[list[str]]


@dataclass(frozen=True)
class LocalDefaultSeed:
    """One row: `value` in `unit`; `origin` says where the default comes from."""

    code: str
    label: str
    value: Value
    unit: str
    origin: str


_PROTECTION = "等保 2.0 三级（GB/T 22239-2019）常用取值"
_RETENTION = "个人信息保护法第十九条；保存期为通行做法"

BASE_DEFAULTS: tuple[LocalDefaultSeed, ...] = (
    LocalDefaultSeed("callback.mode", "回访方式", "all", "",
                     "北京市接诉即办工作条例：期满后回访；抽样、仅复核不满意件亦可"),
    LocalDefaultSeed("callback.sample_percent", "抽样回访比例", 30, "%",
                     "通行做法；贵州晴隆县为按月不低于 10%"),
    LocalDefaultSeed("callback.attempts", "回访尝试次数", 3, "次", "通行做法"),
    LocalDefaultSeed("board.min_cases", "单位可比较的最低件数", 10, "件",
                     "通行做法：月件数不足的只列不排"),
    LocalDefaultSeed("calendar.sessions", "办公时段（工作小时按此计）",
                     [["09:00", "12:00"], ["13:30", "17:30"]], "",
                     "通行做法"),
    LocalDefaultSeed("retention.report_years", "诉求人信息保存", 5, "年", _RETENTION),
    LocalDefaultSeed("retention.visit_years", "走访记录保存", 2, "年", _RETENTION),
    LocalDefaultSeed("retention.track_days", "轨迹保存（默认不采集）", 30, "天", _RETENTION),
    LocalDefaultSeed("retention.special_group_years", "特殊群体信息在状态消除后保存", 1, "年",
                     _RETENTION),
    LocalDefaultSeed("retention.log_months", "日志保存不少于", 6, "个月",
                     "网络安全法第二十一条"),
    LocalDefaultSeed("retention.appraisal", "述职档案保存", "按组织档案期限", "",
                     "干部人事档案工作条例"),
    LocalDefaultSeed("accounts.failures", "连续输错密码锁定", 5, "次", _PROTECTION),
    LocalDefaultSeed("accounts.lock_minutes", "锁定时长", 30, "分钟", _PROTECTION),
    LocalDefaultSeed("accounts.idle_minutes", "无操作退出", 30, "分钟", _PROTECTION),
    LocalDefaultSeed("accounts.password_days", "密码有效期", 90, "天", _PROTECTION),
    LocalDefaultSeed("accounts.former_passwords", "不得与最近几次密码相同", 5, "次", _PROTECTION),
)  # fmt: skip
