"""提法: the headings under which an office tells its work, each with the numbers that belong to it."""

from __future__ import annotations

from django.db import models

from huiyin.registers.models import RegisterRow, row_constraints


class Phrase(RegisterRow):
    """One number under one part of a frame: 三级联动 → 市委统 → a number, and how it is told."""

    frame = models.CharField("提法", max_length=40)
    part = models.CharField("分项", max_length=40)
    indicator = models.CharField("指标", max_length=80)
    wording = models.TextField("写法", blank=True)
    valid_from = models.DateField("启用")
    valid_to = models.DateField("停用", null=True)

    class Meta:
        db_table = "paperwork_phrase"
        verbose_name = verbose_name_plural = "提法"
        constraints = row_constraints("phrase")
        indexes = [models.Index(fields=["-valid_from", "-id"], name="phrase_newest")]
