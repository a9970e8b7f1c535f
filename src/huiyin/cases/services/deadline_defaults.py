"""Time limits on the page 本地参数: each row with its origin, confirmed with 文号 and date.

A limit is a dated row: another amount ends the row the day before and begins a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.db import transaction

from huiyin.base.kept import forget_all
from huiyin.base.services.defaults import (
    DefaultRow,
    DefaultsProvider,
    NewField,
    register_defaults,
)
from huiyin.cases import registry
from huiyin.cases.models import DeadlineRule
from huiyin.cases.rules import words
from huiyin.triage import selectors as triage

#: Amounts beyond this are a slip of the finger.
MOST = 999


def rows() -> list[DefaultRow]:
    """Rows in force or to come, by step of the work."""
    order = {what: n for n, what in enumerate(words.DEADLINES)}
    stored = DeadlineRule.objects.filter(valid_to__isnull=True)
    return [
        DefaultRow(
            key=str(rule.pk), label=label(rule),
            value=f"{rule.amount} {words.TIME_UNITS[rule.unit]}", origin=rule.origin,
            document=rule.document, confirmed_on=rule.confirmed_on,
            confirmed_by_name=rule.confirmed_by_name, valid_from=rule.valid_from,
            raw=str(rule.amount), group=words.DEADLINES[rule.what],
        )
        for rule in sorted(stored, key=lambda r: (order[r.what], r.case_type != "report", r.pk))
    ]  # fmt: skip


def label(rule: DeadlineRule) -> str:
    """'投诉', '危及生命财产', '电话 · 类别 0301'; a row without any says 通用."""
    parts = [
        "" if rule.case_type == "report" else registry.get(rule.case_type).label,
        words.URGENCIES.get(rule.urgency, rule.urgency),
        words.KINDS.get(rule.kind, rule.kind),
        words.CHANNELS.get(rule.channel, rule.channel),
        f"类别 {rule.category}" if rule.category else "",
    ]
    return " · ".join(p for p in parts if p) or "通用"


def confirm(*, key: str, document: str, confirmed_on: date, by_name: str) -> None:
    """Write 文号 and date. Raises ValueError in Chinese."""
    if not document.strip():
        raise ValueError("请填写文号")
    changed = DeadlineRule.objects.filter(pk=int(key), valid_to__isnull=True).update(
        document=document.strip(), confirmed_on=confirmed_on, confirmed_by_name=by_name
    )
    if not changed:
        raise ValueError("没有这项时限，请刷新页面")
    transaction.on_commit(forget_all)


@transaction.atomic
def change(*, key: str, raw: str, from_day: date) -> None:
    """Another amount from that day on; cases dispatched before keep theirs. ValueError in Chinese."""
    text = raw.strip()
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST:
        raise ValueError(f"请填写 1 至 {MOST} 的整数")
    old = DeadlineRule.objects.select_for_update().filter(pk=int(key), valid_to=None).first()
    if old is None:
        raise ValueError("没有这项时限，请刷新页面")
    if from_day <= old.valid_from:
        raise ValueError(f"生效日须晚于 {old.valid_from:%Y-%m-%d}")
    old.valid_to = from_day - timedelta(days=1)
    old.save(update_fields=["valid_to"])
    DeadlineRule.objects.create(
        what=old.what, case_type=old.case_type, channel=old.channel, kind=old.kind,
        category=old.category, urgency=old.urgency, amount=int(text), unit=old.unit,
        origin=f"本地调整（原 {old.amount} {words.TIME_UNITS[old.unit]}，{old.origin}）"[:120],
        valid_from=from_day,
    )  # fmt: skip
    transaction.on_commit(forget_all)


@transaction.atomic
def add(*, values: Mapping[str, str], document: str, from_day: date, by_name: str) -> str:
    """A row for a source × kind × category × urgency of its own, under its document; its label. The
    most specific row holds (`rules.deadlines.pick`). ValueError in Chinese."""
    amount = values["amount"].strip()
    if not amount.isascii() or not amount.isdigit() or not 1 <= int(amount) <= MOST:
        raise ValueError(f"时长请填写 1 至 {MOST} 的整数")
    key = {
        name: values.get(name, "") for name in ("what", "channel", "kind", "category", "urgency")
    }
    if not any(key[name] for name in ("channel", "kind", "category", "urgency")):
        raise ValueError(
            "来源、性质、类别、紧急度至少选一样；各样都不选的就是“通用”，请改通用那一条"
        )
    if DeadlineRule.objects.filter(**key, case_type="report", valid_to=None).exists():
        raise ValueError("已经有这样一条时限，请改那一条")
    rule = DeadlineRule.objects.create(
        **key, case_type="report", amount=int(amount), unit=values["unit"], origin="本地文件",
        document=document.strip(), confirmed_on=from_day, confirmed_by_name=by_name,
        valid_from=from_day,
    )  # fmt: skip
    transaction.on_commit(forget_all)
    return f"{words.DEADLINES[rule.what]} {label(rule)}"


def _any(known: Mapping[str, str], nothing: str) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [("", nothing), *known.items()]


#: Steps of a report whose limit a city may set for a part of its cases.
STEPS = {what: words.DEADLINES[what] for what in ("admit", "accept", "contact", "handle", "support",
                                                  "callback")}  # fmt: skip
FIELDS = (
    NewField("what", "环节", lambda: list(STEPS.items()), required=True),
    NewField("channel", "来源", _any(words.CHANNELS, "不限来源")),
    NewField("kind", "诉求性质", _any(words.KINDS, "不限性质")),
    NewField("category", "类别", lambda: [("", "不限类别"), *triage.top_categories()]),
    NewField("urgency", "紧急度", _any(words.URGENCIES, "不限紧急度")),
    NewField("amount", "时长", required=True, help="整数"),
    NewField("unit", "单位", lambda: list(words.TIME_UNITS.items()), required=True),
)
PROVIDER = register_defaults(
    DefaultsProvider("deadlines", "时限", rows, confirm, change, add=add, fields=FIELDS)
)
