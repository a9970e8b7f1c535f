"""Papers that were kept as they stood: their text and figures, and the stamped scan that came back."""

from __future__ import annotations

from django.db import models

from huiyin.org.models import Area, Person, Unit


class KeptPaper(models.Model):
    """A draft as it was taken away 留存稿. `body` = the paper as data: its figures stay what they were.
    With a scan it also has the 文号 and date under which it was issued; then nothing of it changes."""

    kind = models.CharField("文种", max_length=40)
    title = models.CharField("标题", max_length=200)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="地点")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="单位")
    period = models.CharField("期间", max_length=30)
    body = models.JSONField("正文")
    sha256 = models.CharField("摘要", max_length=64)
    kept_at = models.DateTimeField("留存时间")
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="留存人")
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("成文日期", null=True)
    hung_at = models.DateTimeField("挂接时间", null=True)

    class Meta:
        db_table = "paperwork_kept_paper"
        verbose_name = verbose_name_plural = "留存稿"
        constraints = [
            models.CheckConstraint(
                name="a_hung_paper_has_number_and_date",
                condition=models.Q(hung_at__isnull=True)
                | (~models.Q(number="") & models.Q(issued_on__isnull=False)),
            )
        ]
        indexes = [models.Index(fields=["area", "-kept_at"], name="kept_paper_by_area")]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """Whose files its scan is."""
        return f"paper:{self.pk}"
