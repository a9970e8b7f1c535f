"""Who takes part in a case: duties, assignments, requests, recusals, statements of whom it is about."""

from __future__ import annotations

from django.db import models

from huiyin.cases.models.case import Case
from huiyin.cases.rules import words
from huiyin.org.models import Compound, Person, Unit
from huiyin.org.rules import kinds


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
