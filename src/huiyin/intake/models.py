"""What intake keeps of its own: counters against guessing, and answers that the desk reads aloud."""

from __future__ import annotations

from django.db import models

from huiyin.intake.rules import import_states
from huiyin.org.models import Area, Person, Unit


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


class ImportMapping(models.Model):
    """Which column is which field under one header, as somebody chose it: remembered for the next
    file with the same header. `mapping`: field → heading, "" where the file has no such column.
    """

    header_hash = models.CharField("表头摘要", max_length=64, primary_key=True)
    mapping = models.JSONField("对应")
    chosen_at = models.DateTimeField("选定时间")
    chosen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "intake_import_mapping"
        verbose_name = verbose_name_plural = "列对应"


class ImportRun(models.Model):
    """One import of a file: what was sent, how far it is, and where its receipt lies.

    File and receipt repeat people's names and phones: they lie in media under random names, the
    file goes when the import has ended, the receipt after the term of 本地参数; the row stays.
    """

    place = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="登记到")
    file_name = models.CharField("文件", max_length=120)
    file_path = models.CharField("位置", max_length=80, blank=True)
    size = models.PositiveIntegerField("字节数")
    source = models.CharField("来源系统", max_length=30, blank=True)
    mapping = models.JSONField("对应", default=dict)
    state = models.CharField("状态", max_length=12, choices=import_states.LABELS)
    total = models.PositiveIntegerField("行数", null=True)
    read = models.PositiveIntegerField("读入", default=0)
    new = models.PositiveIntegerField("新增", default=0)
    same = models.PositiveIntegerField("相同", default=0)
    refused = models.PositiveIntegerField("拒绝", default=0)
    histories = models.PositiveIntegerField("历史件", default=0)
    problem = models.CharField("原因", max_length=300, blank=True)
    stop_asked = models.BooleanField("请求停止", default=False)
    receipt_path = models.CharField("回单", max_length=80, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="导入人")
    post_id = models.BigIntegerField("岗位")
    made_at = models.DateTimeField("上传时间")
    started_at = models.DateTimeField("开始", null=True)
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        db_table = "intake_import_run"
        verbose_name = verbose_name_plural = "导入记录"
        indexes = [models.Index(fields=["place", "-made_at"], name="import_run_by_place")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def word(self) -> str:
        return import_states.STATES[self.state][0]

    @property
    def tone(self) -> str:
        return import_states.STATES[self.state][1]

    @property
    def moving(self) -> bool:
        """Whether it waits for its turn or runs."""
        return self.state in import_states.MOVING

    @property
    def startable(self) -> bool:
        return self.state in import_states.STARTABLE and bool(self.file_path)

    @property
    def percent(self) -> int | None:
        """How far it is, 0 to 100; None where the format does not tell the number of rows."""
        return min(self.read * 100 // self.total, 100) if self.total else None
