"""The tree of categories, the dispatch catalogue and trained models: rows of this installation.

Dated rows are never overwritten: a change ends a row and begins another.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiyin.triage.rules import urgency


class Category(models.Model):
    """One node of the tree, code of two digits a level (010203). A code never changes its meaning."""

    code = models.CharField("类别代码", max_length=6)
    name = models.CharField("类别名称", max_length=40)
    level = models.PositiveSmallIntegerField("层级")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    keywords = ArrayField(models.CharField(max_length=20), default=list, verbose_name="关键词")
    origin = models.CharField("来源", max_length=120)
    valid_from = models.DateField("启用")
    valid_to = models.DateField("停用", null=True, blank=True)

    class Meta:
        db_table = "triage_category"
        verbose_name = verbose_name_plural = "诉求类别"
        constraints = [
            models.UniqueConstraint(fields=["code"], name="a_category_code_names_one_category"),
            models.CheckConstraint(
                name="only_the_first_level_has_no_parent",
                condition=models.Q(level=1, parent__isnull=True)
                | models.Q(level__in=(2, 3), parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CatalogueRow(models.Model):
    """One matter of the dispatch catalogue. `leads` = [{"function", "when", "words"}], default first.

    A row without 文号 is 待本地确认. A community never leads (practice.md §0.9).
    """

    code = models.CharField("事项代码", max_length=20)
    matter = models.CharField("事项", max_length=40)
    keywords = ArrayField(models.CharField(max_length=20), default=list, verbose_name="关键词")
    leads = models.JSONField("主办")
    support = ArrayField(models.CharField(max_length=20), default=list, verbose_name="协办")
    urgency = models.CharField("紧急度", max_length=12, choices=urgency.LABELS)
    deadline = models.CharField("默认时限", max_length=40, blank=True)
    how_to_tell = models.CharField("关键判别", max_length=120, blank=True)
    categories = ArrayField(models.CharField(max_length=40), default=list, verbose_name="对应类别")
    origin = models.CharField("来源", max_length=120)
    document = models.CharField("文号", max_length=80, blank=True)
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_by_name = models.CharField("确认人", max_length=40, blank=True)
    valid_from = models.DateField("启用")
    valid_to = models.DateField("停用", null=True, blank=True)

    class Meta:
        db_table = "triage_catalogue_row"
        verbose_name = verbose_name_plural = "派单目录"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(valid_to__isnull=True),
                name="a_matter_has_one_row_in_force",
            ),
            models.CheckConstraint(
                name="a_community_leads_no_row_of_the_catalogue",
                condition=~models.Q(leads__contains=[{"function": "community"}]),
            ),
            models.CheckConstraint(
                name="a_confirmed_row_names_its_document",
                condition=models.Q(confirmed_on__isnull=True) | ~models.Q(document=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.matter


class TrainedModel(models.Model):
    """A classifier trained from this installation's confirmed cases: hashes and weights, no words."""

    trained_at = models.DateTimeField("训练时间")
    n = models.PositiveIntegerField("样本数")
    classes = models.PositiveSmallIntegerField("类别数")
    left_out = ArrayField(
        models.CharField(max_length=20), default=list, verbose_name="样本不足的类别"
    )
    data = models.BinaryField("模型")

    class Meta:
        db_table = "triage_trained_model"
        verbose_name = verbose_name_plural = "分类模型"

    def __str__(self) -> str:
        return f"{self.trained_at:%Y-%m-%d} {self.n}"
