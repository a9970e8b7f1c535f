"""What the reporter said, and the looks at 自办件."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiyin.cases.models.case import Case
from huiyin.cases.rules import on_spot_sample, words
from huiyin.org.models import Area, Person, Unit


class Callback(models.Model):
    """One attempt to reach the reporter after the reply; a merged case keeps its own."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="callbacks")
    round = models.PositiveSmallIntegerField("轮次")
    ordinal = models.PositiveSmallIntegerField("次数")
    at = models.DateTimeField("时间")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    channel = models.CharField("方式", max_length=12, choices=words.CALLBACK_CHANNELS)
    outcome = models.CharField("结果", max_length=12, choices=words.CALLBACK_OUTCOMES)
    contacted_in_time = models.BooleanField("时限内联系过", null=True)
    resolved = models.BooleanField("已解决", null=True)
    satisfied = models.CharField("满意度", max_length=12, choices=words.SATISFACTION, blank=True)
    sample = models.CharField("样本", max_length=12, choices=words.SAMPLES)

    class Meta:
        db_table = "cases_callback"
        verbose_name = verbose_name_plural = "回访"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "ordinal"], name="callback_attempts_are_numbered"
            )
        ]


class OnSpotDraw(models.Model):
    """The draw of a community's 自办件 of one month, with all that it takes to work it out again.

    Made once, append-only: the database refuses a second one and every change.
    """

    month = models.CharField("月份", max_length=7)
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="社区")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="核看单位")
    salt = models.CharField("盐", max_length=32)
    percent = models.PositiveSmallIntegerField("比例")
    least = models.PositiveSmallIntegerField("至少")
    numbers = ArrayField(models.CharField(max_length=24), verbose_name="全部件号")
    drawn_at = models.DateTimeField("抽取时间")

    class Meta:
        db_table = "cases_on_spot_draw"
        verbose_name = verbose_name_plural = "自办件抽取"
        constraints = [
            models.UniqueConstraint(
                fields=["month", "community"], name="a_month_of_a_community_is_drawn_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.community_id} {self.month}"

    @property
    def drawn(self) -> list[str]:
        """The numbers that were drawn, in their order, worked out from the row itself."""
        return on_spot_sample.draw(
            self.numbers, salt=self.salt, month=self.month, percent=self.percent, least=self.least
        )


class OnSpotLook(models.Model):
    """A 自办件 that was drawn for the subdistrict to look at, and what it found there."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="on_spot_looks")
    month = models.CharField("月份", max_length=7)
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="社区")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="核看单位")
    drawn_at = models.DateTimeField("抽中")
    looked_at = models.DateTimeField("核看", null=True)
    verdict = models.CharField("结果", max_length=8, choices=words.LOOKS, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "cases_on_spot_look"
        verbose_name = verbose_name_plural = "自办件核看"
        constraints = [
            models.UniqueConstraint(fields=["case"], name="an_on_spot_case_is_drawn_once"),
            models.CheckConstraint(
                name="a_look_has_its_verdict",
                condition=(
                    models.Q(looked_at__isnull=True, verdict="", by__isnull=True)
                    | models.Q(looked_at__isnull=False, by__isnull=False) & ~models.Q(verdict="")
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit"], name="look_still_open", condition=models.Q(looked_at__isnull=True)
            ),
            models.Index(fields=["month", "community"], name="look_by_month"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.month}"
