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


class MessageTemplate(models.Model):
    """A text of a message as somebody wrote it; the newest confirmed one is sent (待本地确认)."""

    code = models.CharField("模板", max_length=40)
    text = models.TextField("文字")
    made_on = models.DateField("修改日期")
    document = models.CharField("文号", max_length=80, blank=True)
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_by_name = models.CharField("确认人", max_length=40, blank=True)

    class Meta:
        db_table = "outbox_message_template"
        verbose_name = verbose_name_plural = "消息模板"
        indexes = [models.Index(fields=["code", "-id"], name="template_by_code")]
        constraints = [
            models.CheckConstraint(
                name="a_confirmed_text_names_its_document",
                condition=models.Q(confirmed_on__isnull=True) | ~models.Q(document=""),
            )
        ]
