"""What every kept register row has, and the append-only versions behind it.

A register's own model derives from RegisterRow; it is the newest version. RowVersion holds what was
known when: nothing is overwritten. Writing goes through registers.services.writing only.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from huiyin.org.models import Area, Person, Post, Unit

ACTIONS = {"entered": "登记", "changed": "修改", "withdrawn": "撤销", "erased": "到期清除"}


class RegisterRow(models.Model):
    """The newest version of a row. `key` = blind index of what makes it the same row; `salts` = one
    for each encrypted value, erased with it; `head` = hash of its newest version."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="区域")
    key = models.CharField("行键", max_length=64)
    salts = models.JSONField("盐", default=dict)
    version = models.PositiveIntegerField("版本", default=0)
    head = models.CharField("链头", max_length=64)
    entered_at = models.DateTimeField("登记时间")
    changed_at = models.DateTimeField("最近修改")
    withdrawn_at = models.DateTimeField("撤销时间", null=True)
    erased_at = models.DateTimeField("清除时间", null=True)

    class Meta:
        abstract = True


def row_constraints(name: str) -> list[models.BaseConstraint]:
    """The same matter stands once among the rows that hold."""
    return [
        models.UniqueConstraint(
            fields=["key"],
            condition=models.Q(withdrawn_at__isnull=True),
            name=f"a_{name}_stands_once",
        )
    ]


class RowVersion(models.Model):
    """What a row said from `recorded_at` on. `body` is the canonical text that was hashed."""

    register = models.CharField("台账", max_length=40)
    row = models.BigIntegerField("行")
    seq = models.PositiveIntegerField("序号")
    action = models.CharField("动作", max_length=12, choices=ACTIONS)
    at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("记录时间")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    body = models.TextField("正文")
    prev_hash = models.CharField("前一版摘要", max_length=64)
    hash = models.CharField("摘要", max_length=64)

    class Meta:
        db_table = "registers_row_version"
        verbose_name = verbose_name_plural = "台账行版本"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "row", "seq"], name="versions_of_a_row_have_no_gap"
            )
        ]
        indexes = [models.Index(fields=["register", "recorded_at"], name="version_by_time")]

    @property
    def values(self) -> dict[str, Any]:
        """The values of this version as written (plain; personal ones are commitments)."""
        return json.loads(self.body)["values"]  # type: ignore[no-any-return]

    @property
    def source(self) -> str:
        """'entry', or 'import:FILE' as the screen shows it."""
        return str(json.loads(self.body)["source"])

    @property
    def reason(self) -> str:
        """Why it was withdrawn or erased."""
        return str(json.loads(self.body)["reason"])


class SavedTally(models.Model):
    """A 临时统计 that somebody keeps: its filter and groups as an address writes them. No numbers: it
    is counted anew each time it is opened."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="谁的")
    register = models.CharField("台账", max_length=40)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=1000)
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        db_table = "registers_saved_tally"
        verbose_name = verbose_name_plural = "保存的统计"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "register", "name"], name="one_saved_tally_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RuleDocument(RegisterRow):
    """A document that other things follow 制度文件: its number, issuer, from – to, what it replaces."""

    number = models.CharField("文号", max_length=60)
    title = models.CharField("标题", max_length=120)
    issuer = models.CharField("印发机关", max_length=60)
    valid_from = models.DateField("施行日期")
    valid_to = models.DateField("失效日期", null=True)
    replaces = models.CharField("替代的文号", max_length=120, blank=True)
    clauses = models.TextField("条款", blank=True)

    class Meta:
        db_table = "registers_rule_document"
        verbose_name = verbose_name_plural = "制度文件"
        constraints = row_constraints("rule_document")
        indexes = [models.Index(fields=["-valid_from", "-id"], name="rule_document_newest")]


class PeriodLock(models.Model):
    """A period of a ledger that is settled 账期锁定: facts dated in it are refused, with the reason.

    `register` "" = every ledger of the realm that a place keeps. It holds until it is lifted.
    """

    register = models.CharField("台账", max_length=40, blank=True)
    realm = models.CharField("范围", max_length=8, default="civic")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="地方")
    first = models.DateField("从")
    last = models.DateField("到")
    reason = models.CharField("理由", max_length=120)
    locked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="锁定人")
    locked_at = models.DateTimeField("锁定时间")
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField("解除时间", null=True)
    lift_reason = models.CharField("解除理由", max_length=120, blank=True)

    class Meta:
        db_table = "registers_period_lock"
        verbose_name = verbose_name_plural = "账期锁定"
        constraints = [
            models.CheckConstraint(
                name="a_locked_period_does_not_end_before_it_begins",
                condition=models.Q(first__lte=models.F("last")),
            ),
            models.CheckConstraint(
                name="a_lock_is_lifted_by_somebody_with_a_reason",
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False)
                & ~models.Q(lift_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["first", "last"], name="lock_that_holds",
                condition=models.Q(lifted_at__isnull=True),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"


class LateAllowance(models.Model):
    """One unit may enter late facts of a locked period until a day 补录许可."""

    lock = models.ForeignKey(PeriodLock, models.PROTECT, related_name="allowances")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    until = models.DateField("补录截止")
    reason = models.CharField("理由", max_length=120)
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="批准人")
    granted_at = models.DateTimeField("批准时间")

    class Meta:
        db_table = "registers_late_allowance"
        verbose_name = verbose_name_plural = "补录许可"

    def __str__(self) -> str:
        return f"{self.lock_id} {self.until}"


class MonthClose(models.Model):
    """One person of a unit said that its month is complete 月结; what comes after is 补录."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    month = models.DateField("月份")  # its first day
    closed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="月结人")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("月结时间")
    note = models.CharField("说明", max_length=120, blank=True)

    class Meta:
        db_table = "registers_month_close"
        verbose_name = verbose_name_plural = "月结"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"], name="a_unit_closes_a_month_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"


class LateFact(models.Model):
    """A version of a row that speaks of a closed month or, by allowance, of a locked period 补录."""

    register = models.CharField("台账", max_length=40)
    row = models.BigIntegerField("行")
    seq = models.PositiveIntegerField("版本")
    action = models.CharField("动作", max_length=12, choices=ACTIONS)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="地方")
    day = models.DateField("日期")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    recorded_at = models.DateTimeField("补录时间")
    close = models.ForeignKey(MonthClose, models.PROTECT, null=True, related_name="+")
    allowance = models.ForeignKey(LateAllowance, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "registers_late_fact"
        verbose_name = verbose_name_plural = "补录"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "row", "seq"], name="a_version_is_late_once"
            ),
            models.CheckConstraint(
                name="a_late_fact_says_after_what",
                condition=models.Q(close__isnull=False) | models.Q(allowance__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["day", "unit"], name="late_fact_by_month")]

    def __str__(self) -> str:
        return f"{self.register}:{self.row}"
