"""Outward words as rows: written in the transaction of the act, sent after commit, retried, visible."""

from __future__ import annotations

from django.db import models


class OutboxMessage(models.Model):
    """One message to one recipient. `subject` as `case:12`; the recipient is encrypted."""

    subject = models.CharField("对象", max_length=60, db_index=True)
    channel = models.CharField("通道", max_length=12)
    template = models.CharField("模板", max_length=40)
    recipient = models.TextField("接收人", blank=True)
    text = models.TextField("内容", blank=True)
    made_at = models.DateTimeField("生成时间")
    due_at = models.DateTimeField("应发时间")
    sent_at = models.DateTimeField("发出时间", null=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    error = models.CharField("失败原因", max_length=120, blank=True)
    given_up = models.BooleanField("不再重试", default=False)

    class Meta:
        db_table = "outbox_message"
        verbose_name = verbose_name_plural = "待发消息"
        indexes = [
            models.Index(
                fields=["due_at"], name="outbox_waiting",
                condition=models.Q(sent_at__isnull=True, given_up=False),
            )
        ]  # fmt: skip
