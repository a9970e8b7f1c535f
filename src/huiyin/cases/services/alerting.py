"""The leader on duty is told: words of self-harm, threats, unpaid wages or crowds (issue: beside 110).

The message names the case and its area only; who opens the case reads it with their own login. That
it was heard is an act of its own (acknowledge_alert) with a clock that burns in the inbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.cases.models import Case
from huiyin.messages import registry
from huiyin.messages.rules.templates import MessageTemplateSeed
from huiyin.messages.services import posting, templates
from huiyin.org.models import OnCall
from huiyin.org.selectors import full_area_name
from huiyin.org.selectors.on_call import on_call

TEMPLATE = registry.declare_template(
    MessageTemplateSeed(
        "alert", "给值班领导：紧急报告",
        "{区域}有一件需要值班领导马上知道的诉求 {编号}，请登录“待办”查看并点“值班领导已知悉”。",
        ("区域", "编号"), "通行做法：只写区域和编号，不写诉求内容",
    )
).code  # fmt: skip


def call_leaders(case_ids: Sequence[int], *, at: datetime) -> None:
    """Post a message to whoever is on duty where each of these cases is; nobody on duty, none."""
    if not case_ids:
        return
    for case in Case.objects.filter(pk__in=case_ids).select_related("area").order_by("pk"):
        duty = on_call(case.area, at)
        if duty is None:
            continue
        posting.post(
            subject=f"case:{case.pk}", channel="sms", template=TEMPLATE,
            recipient=f"on_call:{duty.pk}", at=at,
            text=templates.text_of(
                TEMPLATE, {"区域": full_area_name(case.area), "编号": case.number}
            ),
        )  # fmt: skip


def phone_of(duty_id: int) -> str | None:
    """The line of a duty at the moment of sending; None when it was withdrawn."""
    return OnCall.objects.filter(pk=duty_id).values_list("phone", flat=True).first()
