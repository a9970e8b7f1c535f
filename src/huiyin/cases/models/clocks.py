"""How long something may take, and the clocks that run."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiyin.cases.models.case import Case
from huiyin.cases.models.taking_part import Assignment
from huiyin.cases.rules import words


class DeadlineRule(models.Model):
    """How long something may take: source × kind × urgency, with its basis. Latest valid row wins."""

    what = models.CharField("环节", max_length=24, choices=words.DEADLINES)
    case_type = models.CharField("类型", max_length=20, default="report")
    channel = models.CharField("来源", max_length=16, blank=True)
    kind = models.CharField("诉求性质", max_length=16, blank=True)
    category = models.CharField("类别", max_length=20, blank=True)
    urgency = models.CharField("紧急度", max_length=12, blank=True)
    amount = models.PositiveSmallIntegerField("数量")
    unit = models.CharField("单位", max_length=16, choices=words.TIME_UNITS)
    origin = models.CharField("来源说明", max_length=120)
    document = models.CharField("文号", max_length=80, blank=True)
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_by_name = models.CharField("确认人", max_length=40, blank=True)
    valid_from = models.DateField("生效")
    valid_to = models.DateField("失效", null=True, blank=True)

    class Meta:
        db_table = "cases_deadline_rule"
        verbose_name = verbose_name_plural = "时限"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "case_type", "what", "channel", "kind", "category", "urgency", "valid_from",
                ],
                name="a_deadline_is_said_once_a_day",
            )
        ]  # fmt: skip


class Deadline(models.Model):
    """A running or ended clock, with the line that explains how its due time arose."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="deadlines")
    what = models.CharField("环节", max_length=24, choices=words.DEADLINES)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    start_at = models.DateTimeField("起算")
    # how the explanation names the start, where not as the step usually begins
    start_word = models.CharField("起算说法", max_length=10, blank=True, default="", db_default="")
    amount = models.PositiveSmallIntegerField("数量")
    unit = models.CharField("单位", max_length=16, choices=words.TIME_UNITS)
    due_at = models.DateTimeField("到期")
    basis = models.CharField("依据", max_length=120)
    explanation = models.TextField("推算")
    provisional = models.BooleanField("暂算", default=False)  # a year's calendar was missing
    met_at = models.DateTimeField("完成", null=True)
    met = models.BooleanField("按期", null=True)
    cancelled_at = models.DateTimeField("取消", null=True)
    steps_done = ArrayField(models.CharField(max_length=16), default=list)

    class Meta:
        db_table = "cases_deadline"
        verbose_name = verbose_name_plural = "时限"
        indexes = [
            models.Index(
                fields=["due_at"], name="deadline_running",
                condition=models.Q(met_at__isnull=True, cancelled_at__isnull=True),
            ),
            models.Index(fields=["case", "what"], name="deadline_by_case"),
        ]  # fmt: skip
