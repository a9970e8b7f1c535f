"""Audit: who read or exported personal data, who changed accounts and policy. Chained, append-only.

A row carries its canonical body and a hash over the previous row's hash and that body, so a row
that was changed, taken out or put in between is found. Nothing personal goes into it: `fields`
names fields, never their values. The newest rows can be cut off by a superuser without a trace in
the chain alone; the audit page shows number and head of the chain, to be noted elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from huiyin.base.models import AuditRow
from huiyin.base.rules.canonical import (
    FIRST_PREVIOUS_HASH,
    canonical_json,
    event_hash,
    utc_text,
)

#: Advisory lock key (any fixed number): audit rows are written one after another.
AUDIT_LOCK = 7_040_002

#: Words of the actions, as the audit page shows them.
ACTIONS = {
    "signed_in": "登录",
    "sign_in_refused": "登录失败",
    "signed_out": "退出",
    "password_changed": "修改密码",
    "password_reset": "重置密码",
    "account_created": "建立账号",
    "account_disabled": "停用账号",
    "account_enabled": "启用账号",
    "account_unlocked": "解除锁定",
    "second_factor_enrolled": "绑定动态口令",
    "second_factor_refused": "动态口令错误",
    "second_factor_reset": "重置动态口令",
    "post_begun": "任职",
    "post_ended": "离任",
    "default_confirmed": "确认本地参数",
    "default_changed": "修改本地参数",
    "compound_located": "小区定位",
    "calendar_entered": "录入工作日历",
    "calendar_changed": "修改工作日历",
    "catalogue_changed": "修改派单目录",
    "contact_seen": "查看联系方式",
    "voice_heard": "收听录音",
    "caller_looked_up": "按来电号码查历史",
    "figures_checked": "核对稿件数据",
    "exported": "导出",
    "published": "发布数字",
    "period_locked": "锁定账期",
    "period_opened": "解除账期锁定",
    "late_allowed": "批准补录",
    "month_closed": "月结",
    "row_seen": "查看台账个人信息",
    "audit_verified": "校验审计链",
}

#: Words of the first part of a subject.
SUBJECTS = {
    "account": "账号",
    "post": "岗位",
    "default": "参数",
    "calendar": "工作日历",
    "catalogue": "派单目录",
    "case": "工单",
    "register": "台账",
    "indicator": "指标",
    "article": "稿件",
    "area": "区域",
    "period": "账期",
    "month": "月份",
    "audit": "审计链",
}


@dataclass(frozen=True)
class AuditCheck:
    """`rows` were read; `first_bad` is the id of the first row that does not fit, else None.
    `head` is the last good row's hash."""

    rows: int
    ok: bool
    first_bad: int | None
    head: str


def record(
    *,
    at: datetime,
    person_id: int | None,
    person_name: str,
    post_id: int | None,
    address: str,
    action: str,
    subject: str,
    fields: Sequence[str] = (),
    reason: str = "",
    ok: bool = True,
) -> AuditRow:
    """Append one row. `subject` such as 'case:HY2026…' or 'account:12'; `address` = IP as text.

    Texts longer than their column are cut before hashing. The chain's lock is held until the
    surrounding transaction ends: call it last, and not in a transaction that lasts.
    """
    fields_text = "、".join(fields)
    values: dict[str, object] = {
        "at": utc_text(at), "person": person_id, "person_name": person_name[:40], "post": post_id,
        "address": address[:45], "action": action[:40], "subject": subject[:60],
        "fields": fields_text[:120], "reason": reason[:200], "ok": ok,
    }  # fmt: skip
    body = canonical_json(values).decode()  # type: ignore[arg-type]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AUDIT_LOCK])
        last = AuditRow.objects.order_by("-id").values_list("hash", flat=True).first()
        previous = last or FIRST_PREVIOUS_HASH
        return AuditRow.objects.create(
            at=at, person_id=person_id, person_name=person_name[:40], post_id=post_id,
            address=address[:45], action=action[:40], subject=subject[:60],
            fields=fields_text[:120], reason=reason[:200], ok=ok,
            body=body, prev_hash=previous, hash=event_hash(previous, body.encode()),
        )  # fmt: skip


def subject_words(subject: str) -> str:
    """'account:12' → '账号 12'; an unknown kind as it is."""
    kind, colon, name = subject.partition(":")
    if kind not in SUBJECTS:
        return subject
    return f"{SUBJECTS[kind]} {name}".strip() if colon else SUBJECTS[kind]


def verify() -> AuditCheck:
    """Read the whole chain in order: links, hashes, and that the columns say what was hashed."""
    previous, count = FIRST_PREVIOUS_HASH, 0
    for row in AuditRow.objects.order_by("id").iterator(chunk_size=2000):
        count += 1
        if (
            row.prev_hash != previous
            or row.hash != event_hash(previous, row.body.encode())
            or row.body != _body_of(row)
        ):
            return AuditCheck(count, ok=False, first_bad=row.pk, head=previous)
        previous = row.hash
    return AuditCheck(count, ok=True, first_bad=None, head=previous)


def _body_of(row: AuditRow) -> str:
    return canonical_json({
        "at": utc_text(row.at), "person": row.person_id, "person_name": row.person_name,
        "post": row.post_id, "address": row.address, "action": row.action,
        "subject": row.subject, "fields": row.fields, "reason": row.reason, "ok": row.ok,
    }).decode()  # fmt: skip
