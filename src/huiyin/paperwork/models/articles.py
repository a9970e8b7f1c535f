"""A checked article: its text for as long as it is kept, its figures with verdict and who confirmed what,
and the links that people chose, remembered by the words that stood with the figure."""

from __future__ import annotations

from typing import Any

from django.db import models

from huiyin.org.models import Area, Person, Post, Unit
from huiyin.paperwork.rules.verdicts import LABELS


class ArticleCheck(models.Model):
    """One article as somebody gave it. `text` is emptied when its time is over; figures stay."""

    title = models.CharField("标题", max_length=80)
    text = models.TextField("正文")
    place = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="地方")
    as_of = models.DateField("稿件日期")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="核对人")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="岗位")
    made_at = models.DateTimeField("提交时间")
    checked_at = models.DateTimeField("核对时间")
    sums = models.JSONField("文中算式", default=list)
    cleared_at = models.DateTimeField("原文清除时间", null=True, blank=True)

    class Meta:
        db_table = "paperwork_article_check"
        verbose_name = verbose_name_plural = "数据核对"
        indexes = [models.Index(fields=["unit", "-id"], name="check_by_unit")]

    def __str__(self) -> str:
        return self.title


class CheckedFigure(models.Model):
    """One figure of a check. `link` = what was computed, as the check sheet shows it; `chosen` = a
    person's own link ("" = the hint holds; "none" = no number of ours)."""

    article = models.ForeignKey(ArticleCheck, models.CASCADE, related_name="figures")
    ordinal = models.PositiveIntegerField("序号")
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")
    text = models.CharField("文中写法", max_length=60)
    subject = models.CharField("说的是", max_length=60, blank=True)
    key = models.CharField("记忆键", max_length=60, blank=True)
    value = models.DecimalField("文中数", max_digits=24, decimal_places=4)
    unit = models.CharField("单位", max_length=12, blank=True)
    bound = models.CharField("界限", max_length=12)
    kind = models.CharField("类型", max_length=12)
    indicator = models.CharField("指标", max_length=60, blank=True)
    by = models.CharField("分类", max_length=80, blank=True)
    computed = models.DecimalField("台账数", max_digits=24, decimal_places=4, null=True)
    verdict = models.CharField("结论", max_length=12, choices=LABELS)
    reason = models.CharField("理由", max_length=400, blank=True)
    evidence = models.JSONField("依据", default=list)
    candidates = models.JSONField("可能的指标", default=list)
    chosen = models.CharField("本人选定", max_length=140, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )

    class Meta:
        db_table = "paperwork_checked_figure"
        verbose_name = verbose_name_plural = "核对的数"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "ordinal"], name="figures_of_an_article_are_numbered"
            )
        ]

    @property
    def opened(self) -> list[dict[str, Any]]:
        """The evidence as it was: one entry for each number that the figure comes from."""
        return list(self.evidence)


class RememberedLink(models.Model):
    """What a person chose for these words and this unit: used first from then on."""

    key = models.CharField("词语", max_length=60)
    unit_word = models.CharField("单位", max_length=12, blank=True)
    indicator = models.CharField("指标", max_length=60, blank=True)
    by = models.CharField("分类", max_length=80, blank=True)
    chosen_at = models.DateTimeField("选定时间")
    chosen_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="选定人")

    class Meta:
        db_table = "paperwork_remembered_link"
        verbose_name = verbose_name_plural = "记住的对应"
        constraints = [
            models.UniqueConstraint(fields=["key", "unit_word"], name="words_mean_one_number")
        ]
