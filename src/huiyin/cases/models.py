"""Case, its ledger and what hangs on it. A case row is the projection of its events.

Writing goes through cases.services only; drawn in docs/architecture.md.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from huiyin.cases.rules import on_spot_sample, words
from huiyin.org.models import Area, Building, Compound, Person, Post, Unit
from huiyin.org.rules import kinds


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


class CaseDuty(models.Model):
    """Who found, handled or checked in a round. One duty per person and round: the database
    refuses a second one, whoever asks (cases_event refers to (case, round, person, duty))."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="duties")
    round = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    duty = models.CharField(max_length=8, choices=words.DUTIES)

    class Meta:
        db_table = "cases_duty"
        verbose_name = verbose_name_plural = "职责"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "person"], name="finder_handler_and_checker_are_distinct"
            ),
            models.UniqueConstraint(
                fields=["case", "round", "person", "duty"], name="an_event_refers_to_its_duty"
            ),
        ]


class CaseUnitDuty(models.Model):
    """The unit that handled and the unit that checked in a round are two units."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="unit_duties")
    round = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    duty = models.CharField(max_length=8, choices=words.DUTIES)

    class Meta:
        db_table = "cases_unit_duty"
        verbose_name = verbose_name_plural = "单位职责"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "round", "unit"], name="a_unit_never_checks_what_it_handled"
            )
        ]


class Assignment(models.Model):
    """A unit's part in a case, with its own clock. Communities only ever support."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    unit_kind = models.CharField("单位类别", max_length=20, choices=kinds.UNIT_LABELS)
    role = models.CharField("分工", max_length=8, choices=words.ASSIGNMENT_ROLES)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    ordinal = models.PositiveSmallIntegerField("次序")
    task = models.CharField("任务", max_length=200, blank=True)
    dispatched_at = models.DateTimeField("派出")
    accepted_at = models.DateTimeField("签收", null=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    first_contact_at = models.DateTimeField("首次联系", null=True)
    arrived_at = models.DateTimeField("到场", null=True)
    done_at = models.DateTimeField("完成", null=True)
    returned_at = models.DateTimeField("退单", null=True)
    ended_at = models.DateTimeField("结束", null=True)
    dispatched_by = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="派单单位"
    )
    # given back rightly, or sent on because it was the wrong unit: speaks of who dispatched it
    misdispatched = models.BooleanField("误派", default=False, db_default=False)

    class Meta:
        db_table = "cases_assignment"
        verbose_name = verbose_name_plural = "分派"
        constraints = [
            models.CheckConstraint(
                name="a_community_never_leads",
                condition=~models.Q(role="lead") | ~models.Q(unit_kind__in=kinds.NEVER_LEAD),
            ),
            models.UniqueConstraint(
                fields=["case"], name="a_case_has_one_lead_at_a_time",
                condition=models.Q(role="lead", ended_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["case", "unit"], name="a_unit_takes_one_part_in_a_case_at_a_time",
                condition=models.Q(ended_at__isnull=True),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["unit", "role"], name="assignment_open",
                condition=models.Q(ended_at__isnull=True),
            )
        ]  # fmt: skip


class DeadlineRule(models.Model):
    """How long something may take: source × kind × urgency, with its basis. Latest valid row wins."""

    what = models.CharField("环节", max_length=24, choices=words.DEADLINES)
    case_type = models.CharField("类型", max_length=20, default="report")
    channel = models.CharField("来源", max_length=16, blank=True)
    kind = models.CharField("诉求性质", max_length=16, blank=True)
    category = models.CharField("类别", max_length=20, blank=True)
    urgency = models.CharField("紧急度", max_length=12, blank=True)
    amount = models.PositiveSmallIntegerField("数量")
    unit = models.CharField("单位", max_length=16, choices=words.TIME_UNITS)
    origin = models.CharField("来源说明", max_length=120)
    document = models.CharField("文号", max_length=80, blank=True)
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_by_name = models.CharField("确认人", max_length=40, blank=True)
    valid_from = models.DateField("生效")
    valid_to = models.DateField("失效", null=True, blank=True)

    class Meta:
        db_table = "cases_deadline_rule"
        verbose_name = verbose_name_plural = "时限"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "case_type", "what", "channel", "kind", "category", "urgency", "valid_from",
                ],
                name="a_deadline_is_said_once_a_day",
            )
        ]  # fmt: skip


class Deadline(models.Model):
    """A running or ended clock, with the line that explains how its due time arose."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="deadlines")
    what = models.CharField("环节", max_length=24, choices=words.DEADLINES)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    start_at = models.DateTimeField("起算")
    # how the explanation names the start, where not as the step usually begins
    start_word = models.CharField("起算说法", max_length=10, blank=True, default="", db_default="")
    amount = models.PositiveSmallIntegerField("数量")
    unit = models.CharField("单位", max_length=16, choices=words.TIME_UNITS)
    due_at = models.DateTimeField("到期")
    basis = models.CharField("依据", max_length=120)
    explanation = models.TextField("推算")
    provisional = models.BooleanField("暂算", default=False)  # a year's calendar was missing
    met_at = models.DateTimeField("完成", null=True)
    met = models.BooleanField("按期", null=True)
    cancelled_at = models.DateTimeField("取消", null=True)
    steps_done = ArrayField(models.CharField(max_length=16), default=list)

    class Meta:
        db_table = "cases_deadline"
        verbose_name = verbose_name_plural = "时限"
        indexes = [
            models.Index(
                fields=["due_at"], name="deadline_running",
                condition=models.Q(met_at__isnull=True, cancelled_at__isnull=True),
            ),
            models.Index(fields=["case", "what"], name="deadline_by_case"),
        ]  # fmt: skip


class CaseRequest(models.Model):
    """Return 退单, extension 延期, suspension 挂账, exclusion 剔除, termination 终止, relapse 反弹:
    asked by one person, decided by another (exclusion by two). Five things, one shape.

    `decided_at` without `granted`: void 作废, because the case went to another unit."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    kind = models.CharField("事项", max_length=12, choices=words.REQUESTS)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("提出")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_seq = models.PositiveIntegerField("提出事件")
    reason = models.CharField("理由类别", max_length=20)
    basis = models.CharField("依据", max_length=200, blank=True)
    proposed_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    amount = models.PositiveSmallIntegerField("天数", null=True)
    first_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField("初审", null=True)
    decided_at = models.DateTimeField("裁定", null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    granted = models.BooleanField("准许", null=True)

    class Meta:
        db_table = "cases_request"
        verbose_name = verbose_name_plural = "申请"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit"], name="a_unit_returns_a_case_once",
                condition=models.Q(kind="return"),
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], name="one_open_request_of_a_kind",
                condition=models.Q(decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="who_asks_does_not_decide",
                condition=models.Q(decided_by__isnull=True)
                | models.Q(asked_by__isnull=True)
                | ~models.Q(decided_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="an_exclusion_takes_two_reviewers",
                condition=~models.Q(kind="exclude")
                | models.Q(decided_by__isnull=True)
                | models.Q(granted=False)
                | (models.Q(first_by__isnull=False) & ~models.Q(decided_by=models.F("first_by"))),
            ),
        ]  # fmt: skip


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


class Recusal(models.Model):
    """Recusal 回避: this person or unit takes no part in cases about that unit, person or compound."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    about_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    about_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="recusals")
    reason = models.CharField("事由", max_length=120)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        db_table = "cases_recusal"
        verbose_name = verbose_name_plural = "回避"
        constraints = [
            models.CheckConstraint(
                name="a_recusal_names_a_person_or_a_unit",
                condition=models.Q(person__isnull=False) | models.Q(unit__isnull=False),
            ),
            models.CheckConstraint(
                name="a_recusal_says_about_what",
                condition=models.Q(about_unit__isnull=False)
                | models.Q(about_person__isnull=False)
                | models.Q(compound__isnull=False)
                | models.Q(case__isnull=False),
            ),
        ]


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


class StatementRequest(models.Model):
    """A unit that a case is about is asked for a statement; it sees this question and nothing else."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="statement_requests")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="statement_requests")
    question = models.TextField("请说明的事项")
    asked_at = models.DateTimeField("提出")
    answered_at = models.DateTimeField("答复", null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer = models.TextField("说明", blank=True)

    class Meta:
        db_table = "cases_statement_request"
        verbose_name = verbose_name_plural = "书面说明"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit"], name="one_open_statement_request",
                condition=models.Q(answered_at__isnull=True),
            )
        ]  # fmt: skip


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
