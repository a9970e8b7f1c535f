"""An event in the words of the case page: a few facts beside what somebody wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from huiyin.base.rules.times import short_time
from huiyin.cases.rules import words as w

Data = Mapping[str, Any]
#: Unit id → short name.
Names = Mapping[int, str]

#: Key of a written text → how it is headed. The resident's own words stand apart.
TEXT_LABELS = {
    "text": "诉求人的话",
    "summary": "受理员摘要",
    "reply": "给诉求人的答复",
    "note": "说明",
}
#: What is not shown in the timeline: it is on the page already.
NOT_TEXTS = ("title", "place_text")


def facts(event: str, data: Data, names: Names) -> list[str]:
    """What the event says beyond its texts, in the order of importance; [] for most."""
    make = _FACTS.get(event)
    return [line for line in make(data, names) if line] if make else []


def _units(ids: Any, names: Names) -> str:
    return "、".join(names.get(int(i), "已撤销的单位") for i in ids or ())


def _dispatched(data: Data, names: Names) -> list[str]:
    support = _units(data.get("support"), names)
    return [
        f"主办：{_units([data['lead']], names)}" if data.get("lead") else "",
        f"协办：{support}" if support else "",
        f"原单位未裁定的申请作废：{_requests(data)}" if data.get("voided") else "",
    ]


def _requests(data: Data) -> str:
    return "、".join(w.REQUESTS.get(kind, kind) for kind in data["voided"])


def _asked(data: Data, names: Names) -> list[str]:
    reasons = {**w.RETURN_REASONS, **w.SUSPEND_REASONS, **w.EXCLUDE_REASONS, **w.TERMINATE_REASONS}
    basis = "责任领导" if data.get("request") == "suspend" else "依据"
    return [
        f"理由：{reasons.get(data['reason'], data['reason'])}" if data.get("reason") else "",
        f"{basis}：{data['basis']}" if data.get("basis") else "",
        f"要求延长：{data['amount']}" if data.get("amount") else "",
        f"预计解决：{data['expected_on']}" if data.get("expected_on") else "",
    ]


def _called_back(data: Data, names: Names) -> list[str]:
    resolved = {True: "已解决", False: "未解决"}.get(data.get("resolved"), "")  # type: ignore[arg-type]
    return [
        "，".join(
            part
            for part in (
                w.CALLBACK_OUTCOMES.get(data.get("outcome", ""), ""),
                resolved,
                w.SATISFACTION.get(data.get("satisfied", ""), ""),
            )
            if part
        )
    ]


def _submitted(data: Data, names: Names) -> list[str]:
    return [
        f"协办未按时反馈：{_units(data['unanswered'], names)}" if data.get("unanswered") else ""
    ]


def _signed_off(data: Data, names: Names) -> list[str]:
    return [
        w.SIGN_OFF_CODES.get(data.get("code", ""), ""),
        f"延到：{data['until']}" if data.get("until") else "",
        f"移交：{data['to_whom']}" if data.get("to_whom") else "",
    ]


def _channel(data: Data, names: Names) -> list[str]:
    return [f"途径：{w.TELL_CHANNELS.get(data.get('channel', ''), data.get('channel', ''))}"]


def _clock(data: Data, names: Names) -> list[str]:
    return [f"环节：{w.DEADLINES.get(data.get('what', ''), data.get('what', ''))}"]


def _why(data: Data, names: Names) -> list[str]:
    whys = {"transfers": "多次转办仍无人牵头", "reworks": "多次重办仍未解决"}
    why = data.get("why", "")
    return [f"原因：{whys.get(why) or '超期过久'}"] if why else []


def _support_replaced(data: Data, names: Names) -> list[str]:
    support = _units(data.get("support"), names)
    return [f"退出：{_units(data.get('units'), names)}", f"协办：{support}" if support else ""]


_HOW = {"phone": "电话接通", "visit": "到场见面", "relay": "经热线或社区转接"}

_FACTS: dict[str, Callable[[Data, Names], list[str]]] = {
    "dispatched": _dispatched,
    "redispatched": _dispatched,
    "return_granted": _dispatched,
    "support_replaced": _support_replaced,
    "return_asked": _asked,
    "extension_asked": _asked,
    "suspension_asked": _asked,
    "exclusion_asked": _asked,
    "termination_asked": _asked,
    "first_contacted": lambda d, n: [_HOW.get(d.get("how", ""), "")],
    "called_back": _called_back,
    "reporter_answered": _called_back,
    "approved": lambda d, n: ["抽中回访" if d.get("drawn") else "未抽中回访，可直接销号"],
    "result_submitted": _submitted,
    "signed_off": _signed_off,
    "declined": lambda d, n: [w.DECLINE_REASONS.get(d.get("reason", ""), "")],
    "channel_told": _channel,
    "reminded": _clock,
    "overdue": _clock,
    "escalated_by_rule": _why,
    "about_corrected": lambda d, n: [f"反映的是：{_units(d.get('units'), n) or '不针对单位'}"],
    "consulted": lambda d, n: [f"参加：{_units(d.get('units'), n)}"],
    "on_spot_drawn": lambda d, n: [d.get("why", ""), f"核看：{_units(d.get('units'), n)}"],
    "merged": lambda d, n: [f"并入 {d.get('into', '')}"],
    "unmerged": lambda d, n: [f"从 {d.get('from', '')} 拆出"],
    "history_imported": lambda d, n: [f"办理单位：{d['unit']}" if d.get("unit") else ""],
}


def units_named(data: Data) -> set[int]:
    """Ids of units that an event names."""
    found = {int(data["lead"])} if data.get("lead") else set()
    for key in ("support", "units", "unanswered"):
        found |= {int(i) for i in data.get(key) or ()}
    return found


def clock_words(what: str, *, met_at: datetime, due_at: datetime) -> str:
    """'签收按时' or '签收超过 10-08 11:00 的期限'."""
    label = w.DEADLINES[what]
    return f"{label}按时" if met_at <= due_at else f"{label}超过 {short_time(due_at)} 的期限"
