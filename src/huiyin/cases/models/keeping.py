"""Seals over the ledger, handover of posts, and what somebody saved."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiyin.cases.models.case import Case
from huiyin.org.models import Person, Post


class Seal(models.Model):
    """A root over the events (from_id, to_id], chained to the seal before it. Append-only."""

    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField(unique=True)
    leaves = models.PositiveIntegerField("事件数")
    root = models.CharField(max_length=64)
    prev_root = models.CharField(max_length=64)
    numbers_to = models.BigIntegerField("编号至")
    gaps = ArrayField(models.BigIntegerField(), default=list, verbose_name="未用编号")
    at = models.DateTimeField("封存时间")
    mac = models.CharField("签章", max_length=64)

    class Meta:
        db_table = "cases_seal"
        verbose_name = verbose_name_plural = "封存"


class SavedFilter(models.Model):
    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_filters")
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=400)

    class Meta:
        db_table = "cases_saved_filter"
        verbose_name = verbose_name_plural = "常用筛选"
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="a_filter_name_is_used_once")
        ]


class Handover(models.Model):
    """The sheet 交接单 of a post that ended: what was open, and who took it over by name."""

    post = models.OneToOneField(Post, models.PROTECT, related_name="handover")
    opened_at = models.DateTimeField("开单")
    last_day = models.DateField("岗位止期")
    taken_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="接手人"
    )
    taken_at = models.DateTimeField("接手", null=True)

    class Meta:
        db_table = "cases_handover"
        verbose_name = verbose_name_plural = "交接单"


class HandoverItem(models.Model):
    """One line of a handover sheet, in a section that an app registered (org.registry): a case by
    name, or so much that waits for the role, an import, a duty."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="items")
    section = models.CharField("部分", max_length=20, default="open_cases")
    key = models.CharField("对象", max_length=40, default="")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    what = models.CharField("在手事项", max_length=20)
    words = models.CharField("说明", max_length=140, blank=True, default="")
    link = models.CharField("链接", max_length=120, blank=True, default="")

    class Meta:
        db_table = "cases_handover_item"
        verbose_name = verbose_name_plural = "交接事项"
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "key"], name="a_matter_stands_once_on_a_handover_sheet"
            )
        ]
