"""The register of forms 报表目录: which forms are asked for, what each blank is, and each filling."""

from __future__ import annotations

from django.db import models

from huiyin.base.models import Attachment
from huiyin.org.models import Area, Person, Post, Unit
from huiyin.paperwork.rules import catalogue


class FormTemplate(models.Model):
    """A form as it came, once. `structure` = every blank with its words, status and link as last
    read; `fingerprint` = digest of them without links. Without a document number it may be refused."""

    title = models.CharField("报表名称", max_length=120)
    issuer = models.CharField("发表单位", max_length=80, blank=True)
    number = models.CharField("文号", max_length=60, blank=True)
    frequency = models.CharField(
        "频次", max_length=12, choices=catalogue.FREQUENCIES, default="monthly"
    )
    due_day = models.PositiveSmallIntegerField("期后几日前报", default=5)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    role = models.CharField("填报岗位", max_length=20)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="范围")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="填报单位")
    kind = models.CharField("格式", max_length=8)
    file_name = models.CharField("文件名", max_length=120)
    blank = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="空表")
    fingerprint = models.CharField("结构摘要", max_length=64, db_index=True)
    structure = models.JSONField("结构", default=list)
    known = models.PositiveIntegerField("系统填", default=0)
    by_hand = models.PositiveIntegerField("要人填", default=0)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="替代"
    )
    changes = models.JSONField("与上一版的差别", default=list)
    lost = models.JSONField("带不过去的", default=list)
    added_at = models.DateTimeField("登记时间")
    added_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="登记岗位")
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        db_table = "paperwork_form_template"
        verbose_name = verbose_name_plural = "上级报表"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "fingerprint"], condition=models.Q(retired_at__isnull=True),
                name="a_form_stands_once_in_the_register_of_an_area",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def refusable(self) -> bool:
        """可拒填: nobody put a document number on it."""
        return not self.number.strip()


class TemplateCell(models.Model):
    """What a person settled for a blank. `link` empty = stays empty on purpose."""

    template = models.ForeignKey(FormTemplate, models.CASCADE, related_name="cells")
    sheet = models.CharField("工作表", max_length=60)
    row = models.PositiveIntegerField("行")
    column = models.PositiveIntegerField("列")
    heading = models.CharField("列标题", max_length=300)
    label = models.CharField("行标题", max_length=300)
    link = models.JSONField("对应", default=dict)
    settled_at = models.DateTimeField("确认时间")
    settled_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="确认岗位")
    settled_by_name = models.CharField("确认人", max_length=60)

    class Meta:
        db_table = "paperwork_template_cell"
        verbose_name = verbose_name_plural = "报表格"
        constraints = [
            models.UniqueConstraint(
                fields=["template", "sheet", "row", "column"], name="a_blank_is_settled_once"
            )
        ]


class FormFill(models.Model):
    """One filling: for which place and period, by whom, how much of it the system knew."""

    template = models.ForeignKey(FormTemplate, models.PROTECT, related_name="fills")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="地点")
    period = models.CharField("期间", max_length=40)
    at = models.DateTimeField("填表时间")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="填表人")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="填表岗位")
    asked = models.PositiveIntegerField("要填")
    filled = models.PositiveIntegerField("已填")
    unsure = models.PositiveIntegerField("拿不准")
    sha256 = models.CharField("文件摘要", max_length=64)

    class Meta:
        db_table = "paperwork_form_fill"
        verbose_name = verbose_name_plural = "填表记录"
        indexes = [models.Index(fields=["template", "-at"], name="fills_of_a_form")]
