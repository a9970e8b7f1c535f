"""Rows of the community's own ledgers. Written through registers.services.writing only."""

from __future__ import annotations

from django.db import models

from huiyin.communities.rules import words
from huiyin.org.models import Area, Compound, Unit
from huiyin.registers.models import RegisterRow, row_constraints


class Liaison(RegisterRow):
    """Who answers for a community, compound, building or grid, from – to 包联."""

    level = models.CharField("层级", max_length=12, choices=words.LIAISON_LEVELS)
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="社区")
    compound = models.ForeignKey(
        Compound, models.PROTECT, null=True, related_name="+", verbose_name="小区"
    )
    part = models.CharField("楼栋或网格", max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    who = models.CharField("包联人", max_length=40)
    duty_phone = models.CharField("办公电话", max_length=30, blank=True)
    task = models.TextField("任务", blank=True)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True)

    class Meta:
        db_table = "communities_liaison"
        verbose_name = verbose_name_plural = "包联"
        constraints = row_constraints("liaison")
        indexes = [models.Index(fields=["-valid_from", "-id"], name="liaison_newest")]


class DualRegistration(RegisterRow):
    """A party member who registered with the community of the home 双报到."""

    member = models.TextField("姓名", blank=True)  # encrypted
    member_index = models.CharField("姓名索引", max_length=64, blank=True)
    phone = models.TextField("电话", blank=True)  # encrypted
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="社区")
    home_unit = models.CharField("工作单位", max_length=60, blank=True)
    speciality = models.CharField("特长", max_length=60, blank=True)
    kind = models.CharField("服务岗位", max_length=12, choices=words.SERVICE_KINDS, blank=True)
    micro_grid = models.CharField("微网格", max_length=40, blank=True)
    registered_on = models.DateField("报到日期")
    left_on = models.DateField("转出日期", null=True)

    class Meta:
        db_table = "communities_dual_registration"
        verbose_name = verbose_name_plural = "双报到"
        constraints = row_constraints("registration")
        indexes = [models.Index(fields=["-registered_on", "-id"], name="registration_newest")]


class ServiceRecord(RegisterRow):
    """One member's part in one service 下沉服务. 次 = activities, 人次 = parts, 名 = persons."""

    day = models.DateField("日期")
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="社区")
    compound = models.ForeignKey(
        Compound, models.PROTECT, null=True, related_name="+", verbose_name="小区"
    )
    activity = models.CharField("活动", max_length=80)
    kind = models.CharField("类别", max_length=12, choices=words.SERVICE_KINDS)
    member = models.TextField("服务人", blank=True)  # encrypted
    member_index = models.CharField("服务人索引", max_length=64, blank=True)
    home_unit = models.CharField("派出单位", max_length=60, blank=True)
    person_times = models.DecimalField("人次", max_digits=12, decimal_places=2)
    person_times_bound = models.CharField("人次口径", max_length=12, default="exact")
    person_times_raw = models.CharField("人次原文", max_length=40, blank=True)
    feedback = models.TextField("社区评语", blank=True)

    class Meta:
        db_table = "communities_service_record"
        verbose_name = verbose_name_plural = "下沉服务"
        constraints = row_constraints("service")
        indexes = [models.Index(fields=["-day", "-id"], name="service_newest")]
