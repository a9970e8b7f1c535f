"""What intake keeps of its own: counters against guessing, and answers that the desk reads aloud."""

from __future__ import annotations

from django.db import models

from huiyin.org.models import Unit


class WrongTry(models.Model):
    """How often one source gave a wrong number and tail in one hour.

    `mark` is a keyed digest of the source and the hour, so that it names nobody and two hours of
    the same source cannot be joined; rows go after two hours.
    """

    mark = models.CharField("标记", max_length=64, primary_key=True)
    hour = models.DateTimeField("小时", db_index=True)
    tries = models.PositiveIntegerField("次数")

    class Meta:
        db_table = "intake_wrong_try"
        verbose_name = verbose_name_plural = "查询失败计数"


class KnowledgeAnswer(models.Model):
    """An answer 知识答复 that the desk reads aloud, with its legal basis and who answers for it.

    Until somebody has checked it against local rules it shows 待本地确认. Dated, not overwritten:
    an answer that no longer holds gets its last day and is not offered any more.
    """

    code = models.CharField("代码", max_length=20, blank=True, editable=False)
    question = models.CharField("问题", max_length=80)
    keywords = models.CharField("关键词", max_length=200, blank=True)
    answer = models.TextField("答复", max_length=1000)
    basis = models.CharField("依据", max_length=200)
    answers_for = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="解释单位"
    )
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)
    last_checked_on = models.DateField("最近核对", null=True, blank=True)
    checked_by_name = models.CharField("核对人", max_length=40, blank=True)

    class Meta:
        db_table = "intake_knowledge_answer"
        verbose_name = verbose_name_plural = "知识答复"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""),
                name="a_starter_answer_is_seeded_once",
            ),
            models.CheckConstraint(
                name="an_answer_ends_after_it_began",
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.question

    @property
    def to_confirm(self) -> bool:
        """Whether nobody has checked it against local rules yet (待本地确认)."""
        return self.last_checked_on is None
