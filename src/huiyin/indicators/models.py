"""Figures that were published, and what became of them since: both append-only, written through
services.publishing only. Targets are rows of a ledger."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiyin.indicators.rules.targets import SIDES
from huiyin.org.models import Area, Person, Post, Unit
from huiyin.registers.models import RegisterRow, row_constraints


class Snapshot(models.Model):
    """A published figure: what was printed, under which definition, of which rows.

    The words of the definition are kept as they were. `digest` = SHA-256 of the sorted row ids;
    `ids` = those ids where there are few enough. `as_of` = the last day that it speaks of,
    `recorded_until` = until when what we had learnt is in it.
    """

    code = models.CharField("指标代码", max_length=40)
    label = models.CharField("指标", max_length=40)
    formula = models.CharField("口径", max_length=300)
    version = models.PositiveSmallIntegerField("口径版本")
    measure = models.CharField("单位", max_length=10)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="地方")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="承办单位"
    )
    period = models.CharField("期间代码", max_length=24)
    period_label = models.CharField("期间", max_length=60)
    start = models.DateTimeField("起")
    end = models.DateTimeField("止")
    dimension = models.CharField("维度", max_length=20, blank=True)
    dimension_value = models.CharField("维度值", max_length=40, blank=True)
    dimension_word = models.CharField("只看", max_length=40, blank=True)
    as_of = models.DateField("口径日")
    recorded_until = models.DateTimeField("所知截止")
    value = models.DecimalField("数值", max_digits=20, decimal_places=4, null=True)
    printed = models.CharField("印出的数", max_length=40)
    n = models.PositiveIntegerField("行数")
    hits = models.PositiveIntegerField("计入分子", null=True)
    approximate = models.PositiveIntegerField("约数行", default=0)
    digest = models.CharField("明细摘要", max_length=64)
    ids = ArrayField(models.BigIntegerField(), null=True, verbose_name="明细行")
    purpose = models.CharField("用途", max_length=60)
    at = models.DateTimeField("发布时间")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="发布人")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="岗位")

    class Meta:
        db_table = "indicators_snapshot"
        verbose_name = verbose_name_plural = "发布数"
        indexes = [
            models.Index(fields=["code", "area", "-at"], name="snapshot_of_a_number"),
            models.Index(fields=["-at", "-id"], name="snapshot_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.period_label} {self.printed}"

    @property
    def by(self) -> tuple[str, str] | None:
        """The cut as a Slice holds it."""
        return (self.dimension, self.dimension_value) if self.dimension else None


class Correction(models.Model):
    """What a published figure would be now, noted when it was found to differ from what was known.

    `added`, `removed`: ids of such rows, some of them where there are many. `erased`: rows whose
    personal data were cleared since, or that are gone; they alone correct nothing.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="corrections")
    found_at = models.DateTimeField("发现时间")
    state = models.CharField("情况", max_length=12)
    value = models.DecimalField("现在的数", max_digits=20, decimal_places=4, null=True)
    printed = models.CharField("现在会印出", max_length=40)
    n = models.PositiveIntegerField("行数")
    digest = models.CharField("明细摘要", max_length=64)
    version = models.PositiveSmallIntegerField("口径版本")
    added = ArrayField(models.BigIntegerField(), default=list, verbose_name="后来计入的行")
    removed = ArrayField(models.BigIntegerField(), default=list, verbose_name="后来不计的行")
    n_added = models.PositiveIntegerField("后来计入", null=True)
    n_removed = models.PositiveIntegerField("后来不计", null=True)
    erased = models.PositiveIntegerField("已清除", default=0)

    class Meta:
        db_table = "indicators_correction"
        verbose_name = verbose_name_plural = "更正说明"
        indexes = [models.Index(fields=["snapshot", "-id"], name="correction_newest")]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.state} {self.printed}"


class Target(RegisterRow):
    """What a number is to reach 目标, in the area of the row and below, from – to, by which document."""

    indicator = models.CharField("指标", max_length=40)
    side = models.CharField("要求", max_length=10, choices=SIDES)
    # a number as text: it counts what the number counts, and is never added to another
    amount = models.CharField("目标值", max_length=12)
    document = models.CharField("文号", max_length=60, blank=True)
    valid_from = models.DateField("启用")
    valid_to = models.DateField("停用", null=True)

    class Meta:
        db_table = "indicators_target"
        verbose_name = verbose_name_plural = "目标值"
        constraints = row_constraints("target")
        indexes = [models.Index(fields=["-valid_from", "-id"], name="target_newest")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.amount}"

    @property
    def value(self) -> Decimal:
        """The amount as a number."""
        return Decimal(self.amount)
