"""A case, its ledger, and by what it is seen and found. A case row is the projection of its events."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from huiyin.cases.rules import words
from huiyin.org.models import Area, Building, Compound, Person, Post, Unit


class Case(models.Model):
    """One matter. `version` = seq of its newest event; `head` = that event's hash."""

    type = models.CharField("类型", max_length=20)
    number = models.CharField("编号", max_length=24, unique=True)
    title = models.CharField("标题", max_length=80)  # erasable; its commitment is in the ledger
    status = models.CharField("状态", max_length=24)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    channel = models.CharField("渠道", max_length=16)
    category = models.CharField("类别", max_length=20, blank=True)
    kind = models.CharField("诉求性质", max_length=16, choices=words.KINDS)
    urgency = models.CharField("紧急度", max_length=12, choices=words.URGENCIES)
    confidential = models.BooleanField("保密", default=False)

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="区域")
    compound = models.ForeignKey(
        Compound, models.PROTECT, null=True, related_name="+", verbose_name="小区"
    )
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, related_name="+", verbose_name="楼栋"
    )
    place_text = models.CharField("地点", max_length=120, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)

    opened_at = models.DateTimeField("受理时间")
    dispatched_at = models.DateTimeField("派出时间", null=True)
    due_at = models.DateTimeField("到期时间", null=True)
    first_contact_at = models.DateTimeField("首次联系", null=True)
    replied_at = models.DateTimeField("答复时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    met_deadline = models.BooleanField("按期", null=True)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="主办")
    about_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="被反映单位"
    )
    about_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="被反映人员"
    )
    resolved = models.BooleanField("已解决", null=True)
    satisfied = models.BooleanField("满意", null=True)
    sign_off_code = models.CharField("销号类型", max_length=12, blank=True)
    excluded = models.BooleanField("已剔除", default=False)
    sampled = models.BooleanField("抽中回访", null=True)
    reworks = models.PositiveSmallIntegerField("重办次数", default=0)
    transfers = models.PositiveSmallIntegerField("转办次数", default=0)
    supervision = models.PositiveSmallIntegerField("督办级别", default=0)
    escalated = models.BooleanField("已提级", default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    external_key = models.CharField("来源编号", max_length=80, null=True)
    version = models.PositiveIntegerField("版本", default=0)
    head = models.CharField("链头", max_length=64)

    class Meta:
        db_table = "cases_case"
        verbose_name = verbose_name_plural = "工单"
        constraints = [
            models.UniqueConstraint(
                fields=["type", "external_key"], name="an_imported_row_becomes_one_case"
            ),
            models.CheckConstraint(
                name="whom_a_case_is_about_never_leads_it",
                condition=models.Q(about_unit__isnull=True)
                | models.Q(lead__isnull=True)
                | ~models.Q(about_unit=models.F("lead")),
            ),
        ]
        indexes = [
            # inbox: what waits, by what burns
            models.Index(
                fields=["status", "due_at"], name="case_waiting",
                condition=~models.Q(status__in=words.ENDED),
            ),
            # nearby open cases of one place (hint, hot topics)
            models.Index(fields=["compound", "-opened_at"], name="case_by_compound"),
            models.Index(fields=["area", "-opened_at"], name="case_by_area"),
            # lists narrowed to what few cases are: the usual ones stand in no index, so that
            # neither intake nor the ordinary way of a case pays for them
            models.Index(
                fields=["status"], name="case_by_rare_ending",
                condition=models.Q(status__in=words.RARE_ENDINGS),
            ),
            models.Index(
                fields=["category"], opclasses=["varchar_pattern_ops"], name="case_by_category",
                condition=~models.Q(category=""),
            ),
            models.Index(
                fields=["urgency"], name="case_by_urgency", condition=~models.Q(urgency="normal")
            ),
            models.Index(
                fields=["channel"], name="case_by_rare_channel",
                condition=~models.Q(channel__in=words.USUAL_CHANNELS),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def status_label(self) -> str:
        return words.STATUSES[self.status]

    @property
    def ended(self) -> bool:
        return self.status in words.ENDED


class CaseEvent(models.Model):
    """One fact of the ledger. `body` is the canonical text that was hashed; columns repeat it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField("序号")
    action = models.CharField("事件", max_length=32)
    at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("记录时间")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    round = models.PositiveSmallIntegerField("轮次")
    duty = models.CharField("职责", max_length=8, null=True)
    body = models.TextField("正文")
    prev_hash = models.CharField("前一事件摘要", max_length=64)
    hash = models.CharField("摘要", max_length=64)

    class Meta:
        db_table = "cases_event"
        verbose_name = verbose_name_plural = "事件"
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="events_of_a_case_have_no_gap"),
        ]
        indexes = [models.Index(fields=["action", "at"], name="event_by_action")]

    @property
    def data(self) -> dict[str, Any]:
        """What the event says beyond its columns, from the hashed body."""
        return json.loads(self.body)["data"]  # type: ignore[no-any-return]


class CaseWords(models.Model):
    """What somebody wrote, outside the hashed data; the event holds a salted commitment of it.

    Erasing text and salt when their time is over leaves the chain whole.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="words")
    seq = models.PositiveIntegerField("事件序号")
    key = models.CharField("字段", max_length=16)
    text = models.TextField("内容", null=True)
    salt = models.BinaryField("盐", max_length=16, null=True)
    public = models.BooleanField("诉求人可见", default=False)
    erased_at = models.DateTimeField("清除时间", null=True)

    class Meta:
        db_table = "cases_words"
        verbose_name = verbose_name_plural = "文字"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "seq", "key"], name="one_text_per_event_and_key"
            )
        ]


class CaseContact(models.Model):
    """Who reported, encrypted; for 代报 the person in whose name is `for_whom`."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="contacts")
    role = models.CharField("身份", max_length=12, choices=words.CONTACT_ROLES)
    salt = models.CharField("盐", max_length=32)  # binds the ciphers to this row; erased with them
    choice = models.CharField("联系方式选择", max_length=12, choices=words.CONTACT_CHOICES)
    name = models.TextField("姓名", blank=True)
    phone = models.TextField("电话", blank=True)
    phone_index = models.CharField("电话索引", max_length=64, blank=True)
    phone_tail = models.CharField("尾号索引", max_length=64, blank=True)
    door = models.TextField("门牌", blank=True)
    unmasked = models.TextField("原文", blank=True)  # sealed text, when numbers in it were masked
    visit = models.BooleanField("上门回访", default=False)
    erased_at = models.DateTimeField("清除时间", null=True)

    class Meta:
        db_table = "cases_contact"
        verbose_name = verbose_name_plural = "诉求人"
        indexes = [
            models.Index(
                fields=["phone_index"], name="contact_by_phone",
                condition=~models.Q(phone_index=""),
            )
        ]  # fmt: skip


class CaseScope(models.Model):
    """One row for each unit and area that may see the case. Lists start here (design §8)."""

    scope_id = models.BigIntegerField()
    opened_at = models.DateTimeField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="scopes", db_index=False)
    type = models.CharField(max_length=20)
    open = models.BooleanField()

    class Meta:
        db_table = "cases_scope"
        verbose_name = verbose_name_plural = "可见范围"
        constraints = [
            models.UniqueConstraint(fields=["case", "scope_id"], name="a_scope_sees_a_case_once")
        ]
        indexes = [
            models.Index(fields=["scope_id", "-opened_at", "-case"], name="scope_newest"),
            models.Index(
                fields=["scope_id", "-opened_at", "-case"], name="scope_open",
                condition=models.Q(open=True),
            ),
        ]  # fmt: skip


class CaseSearch(models.Model):
    """Search words and near-copy bands of a case, beside it so that a status change is cheap."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="search")
    words = SearchVectorField(null=True)
    bands = ArrayField(models.IntegerField(), default=list)
    tokeniser = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "cases_search"
        verbose_name = verbose_name_plural = "检索"
        indexes = [
            GinIndex(fields=["words"], name="search_by_words"),
            GinIndex(fields=["bands"], name="search_by_bands"),
        ]


class CaseLink(models.Model):
    """A matter in petition, court or review, or a related case: linked, not run twice."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    kind = models.CharField("关系", max_length=12, choices=words.LINKS)
    other = models.ForeignKey(Case, models.PROTECT, null=True, related_name="linked_from")
    channel = models.CharField("渠道", max_length=40, blank=True)
    outside_number = models.CharField("外部编号", max_length=60, blank=True)
    outside_on = models.DateField("外部日期", null=True)
    seq = models.PositiveIntegerField("事件序号")
    ended_at = models.DateTimeField("解除", null=True)

    class Meta:
        db_table = "cases_link"
        verbose_name = verbose_name_plural = "关联"
