"""Tables that every app may lean on: calendar, local defaults, audit, files, links, submissions."""

from __future__ import annotations

from django.db import models


class Workday(models.Model):
    """One day of the official calendar, make-up workdays 调休 included. Seeded, editable."""

    day = models.DateField("日期", primary_key=True)
    is_workday = models.BooleanField("是否工作日")
    name = models.CharField("名称", max_length=40, blank=True)
    source = models.CharField("来源", max_length=60)

    class Meta:
        db_table = "base_workday"
        verbose_name = verbose_name_plural = "工作日历"


class CalendarYear(models.Model):
    """Under which document a year of the calendar was entered or confirmed; 待本地确认 without a row."""

    year = models.PositiveSmallIntegerField("年度", primary_key=True)
    document = models.CharField("文号", max_length=60)
    confirmed_on = models.DateField("确认日期")
    confirmed_by_name = models.CharField("确认人", max_length=40)

    class Meta:
        db_table = "base_calendar_year"
        verbose_name = verbose_name_plural = "日历年度"
        constraints = [
            models.CheckConstraint(
                name="a_calendar_year_names_its_document", condition=~models.Q(document="")
            )
        ]


class LocalDefault(models.Model):
    """A cap, threshold or template that a local document should confirm (待本地确认).

    A default that no local document backs is shown with its origin and never cited on paper.
    """

    code = models.CharField("代码", max_length=60, primary_key=True)
    label = models.CharField("名称", max_length=80)
    value = models.JSONField("取值")
    unit = models.CharField("单位", max_length=20, blank=True)
    origin = models.CharField("来源", max_length=200)
    document = models.CharField("文号", max_length=80, blank=True)
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_by_name = models.CharField("确认人", max_length=40, blank=True)

    class Meta:
        db_table = "base_local_default"
        verbose_name = verbose_name_plural = "本地参数"
        constraints = [
            models.CheckConstraint(
                name="a_confirmed_default_names_its_document",
                condition=models.Q(confirmed_on__isnull=True) | ~models.Q(document=""),
            )
        ]


class AuditRow(models.Model):
    """Who read or exported personal data, when, why. Append-only, chained.

    Person and post stand as plain ids with the name as it was: audit outlives both.
    """

    at = models.DateTimeField("时间")
    person_id = models.BigIntegerField("人员", null=True)
    person_name = models.CharField("姓名", max_length=40)
    post_id = models.BigIntegerField("岗位", null=True)
    address = models.CharField("网络地址", max_length=45, blank=True)
    action = models.CharField("动作", max_length=40)
    subject = models.CharField("对象", max_length=60)
    fields = models.CharField("字段", max_length=120, blank=True)
    reason = models.CharField("事由", max_length=200, blank=True)
    ok = models.BooleanField("是否成功", default=True)
    body = models.TextField("正文")
    prev_hash = models.CharField("前一条摘要", max_length=64)
    hash = models.CharField("摘要", max_length=64, unique=True)

    class Meta:
        db_table = "base_audit_row"
        verbose_name = verbose_name_plural = "审计"
        indexes = [
            models.Index(fields=["subject", "-id"], name="audit_by_subject"),
            models.Index(fields=["person_id", "-id"], name="audit_by_person"),
        ]


class Attachment(models.Model):
    """A file that belongs to a subject such as `case:12`. Its bytes lie in media under a random name."""

    subject = models.CharField("对象", max_length=60, db_index=True)
    kind = models.CharField("类型", max_length=20)
    path = models.CharField("位置", max_length=120, unique=True)
    caption = models.CharField("说明", max_length=80, blank=True)
    media_type = models.CharField("格式", max_length=60)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("摘要", max_length=64)
    added_at = models.DateTimeField("添加时间")
    added_by_id = models.BigIntegerField("添加人", null=True)
    from_reporter = models.BooleanField("诉求人提供", default=False)
    erased_at = models.DateTimeField("清除时间", null=True, blank=True)

    class Meta:
        db_table = "base_attachment"
        verbose_name = verbose_name_plural = "附件"


class Submission(models.Model):
    """An accepted request of a client: the same client id with the same body gets the same answer."""

    client_id = models.CharField("客户端编号", max_length=64, primary_key=True)
    body_sha256 = models.CharField("内容摘要", max_length=64)
    answer = models.JSONField("答复")
    at = models.DateTimeField("时间")

    class Meta:
        db_table = "base_submission"
        verbose_name = verbose_name_plural = "提交"


class Link(models.Model):
    """A permanent short link /q/TOKEN behind a QR code. Opening it is never counted."""

    token = models.CharField("短码", max_length=16, primary_key=True)
    kind = models.CharField("类型", max_length=30)
    target_id = models.BigIntegerField("对象")
    label = models.CharField("名称", max_length=80)
    made_at = models.DateTimeField("生成时间")
    withdrawn_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        db_table = "base_link"
        verbose_name = verbose_name_plural = "短链"


class ErrorReport(models.Model):
    """An unexpected error under a short code that its page showed; never holds what was typed."""

    code = models.CharField("代码", max_length=12, primary_key=True)
    at = models.DateTimeField("时间")
    path = models.CharField("页面", max_length=200)
    kind = models.CharField("错误类型", max_length=120)
    trace = models.TextField("调用位置")

    class Meta:
        db_table = "base_error_report"
        verbose_name = verbose_name_plural = "系统错误"


class BurdenComplaint(models.Model):
    """A complaint about burden or about the system itself; every page has its entry (practice §0.4)."""

    at = models.DateTimeField("时间")
    page = models.CharField("页面", max_length=200)
    text = models.TextField("内容")
    person_id = models.BigIntegerField("人员", null=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_by_name = models.CharField("答复人", max_length=40, blank=True)

    class Meta:
        db_table = "base_burden_complaint"
        verbose_name = verbose_name_plural = "减负投诉"
