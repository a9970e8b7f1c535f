"""When a case is escalated, a unit reminded, the reporter rung again, a solution rechecked: 本地参数."""

from __future__ import annotations

from datetime import timedelta

from huiyin.base.rules.local_defaults import LocalDefaultSeed
from huiyin.base.selectors import local_number
from huiyin.base.services.defaults import declare_local_defaults
from huiyin.cases.rules import local_limits

ESCALATE_AFTER = LocalDefaultSeed(
    "escalation.times", "转办或重办满几次自动提级", 3, "次", "接诉即办会商、提级的通行做法", most=10
)
REMIND_LEFT = LocalDefaultSeed(
    "escalation.remind_percent", "时限剩多少时提醒承办单位", 20, "%", "通行做法", most=90
)

CALLBACK_GAP = LocalDefaultSeed(
    "callback.gap_hours", "没联系上，至少隔多久再试", 2, "小时", "通行做法：换个时段再联系", most=72
)

RECHECK_AHEAD = LocalDefaultSeed(
    "recheck.ahead_days", "复查到期前几天起可以复查", 3, "天", "通行做法", least=3, most=20
)

declare_local_defaults(ESCALATE_AFTER, REMIND_LEFT, CALLBACK_GAP, RECHECK_AHEAD)

HOT_TOPIC_PEOPLE = LocalDefaultSeed(
    "board.hot_topic_people", "热点至少几人反映", 3, "人",
    "通行做法；青浦为同一问题重复 10 次以上上党组会", least=2, most=50,
)  # fmt: skip

declare_local_defaults(HOT_TOPIC_PEOPLE)
declare_local_defaults(*local_limits.ALL)


def escalate_after() -> int:
    """Transfers, and reworks, at which a case is escalated by rule."""
    return local_number(ESCALATE_AFTER)


def remind_share() -> float:
    """Share of a clock that is left when its unit is reminded."""
    return local_number(REMIND_LEFT) / 100


def callback_gap() -> timedelta:
    """How long after an attempt in vain the next one counts."""
    return timedelta(hours=local_number(CALLBACK_GAP))


def recheck_ahead() -> timedelta:
    """How long before its due time a recheck may be done; no less than the inbox shows it ahead."""
    return timedelta(days=local_number(RECHECK_AHEAD))


def hot_topic_people() -> int:
    """How many different people make a topic 热点."""
    return local_number(HOT_TOPIC_PEOPLE)
