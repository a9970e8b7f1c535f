"""Rows of the dispatch catalogue by hand: added, changed, ended, each dated and with its basis.

A row is never overwritten: a change ends it the day before and begins another, 待本地确认 again.
Errors: ValueError in Chinese, fit for the screen.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from huiyin.base.kept import forget_all
from huiyin.base.rules.times import long_date
from huiyin.base.services import audit
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.models import CatalogueRow
from huiyin.triage.rules.catalogue import Row
from huiyin.triage.rules.functions import FUNCTIONS, function_label
from huiyin.triage.services.seeding import as_model

#: Codes of matters that the city added itself: local_1, local_2 …
LOCAL = "local_"


@transaction.atomic
def add_row(
    *, row: Row, from_day: date, by: ActingPost, at: datetime, address: str
) -> CatalogueRow:
    """A matter that the catalogue did not have; its code is made here, `row.code` is not read."""
    _check(row)
    same = CatalogueRow.objects.filter(matter=row.matter, valid_to__isnull=True)
    if same.exists():
        raise ValueError(f"派单目录已有“{row.matter}”，请直接修改那一行")
    new = as_model(row, day=from_day)
    new.code = _free_code()
    new.save()
    transaction.on_commit(forget_all)
    _audit(f"新增“{row.matter}”：{leads_words(row)}；{long_date(from_day)}起；{row.origin}", new.code,
           by, at, address)  # fmt: skip
    return new


@transaction.atomic
def change_row(
    *, code: str, row: Row, from_day: date, by: ActingPost, at: datetime, address: str
) -> CatalogueRow:
    """Another content of a matter from that day on."""
    _check(row)
    old = _standing(code)
    if from_day <= old.valid_from:
        raise ValueError(f"生效日须晚于 {long_date(old.valid_from)}，即现在这一行的启用日")
    old.valid_to = from_day - timedelta(days=1)
    old.save(update_fields=["valid_to"])
    new = as_model(row, day=from_day)
    new.code = code
    new.save()
    transaction.on_commit(forget_all)
    _audit(f"修改“{row.matter}”：{leads_words(row)}；{long_date(from_day)}起；{row.origin}", code,
           by, at, address)  # fmt: skip
    return new


@transaction.atomic
def end_row(
    *, code: str, last_day: date, basis: str, by: ActingPost, at: datetime, address: str
) -> None:
    """A matter leaves the catalogue after that day; the row stays to be read."""
    if not basis.strip():
        raise ValueError("请填写依据")
    row = _standing(code)
    if last_day < row.valid_from:
        raise ValueError(f"最后一天不能早于启用日 {long_date(row.valid_from)}")
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    transaction.on_commit(forget_all)
    _audit(
        f"停用“{row.matter}”，最后一天 {long_date(last_day)}；{basis.strip()}",
        code,
        by,
        at,
        address,
    )


def leads_words(row: Row) -> str:
    """'主办 物业 / 住建'."""
    return "主办 " + " / ".join(function_label(lead.function) for lead in row.leads)


def _check(row: Row) -> None:
    """Row itself refuses a community that leads."""
    if not row.leads:
        raise ValueError("请至少填写一个主办职能")
    known = [*(lead.function for lead in row.leads), *row.support]
    unknown = [key for key in known if key not in FUNCTIONS]
    if unknown:
        raise ValueError(f"不认识的职能：{'、'.join(unknown)}")


def _standing(code: str) -> CatalogueRow:
    row = CatalogueRow.objects.select_for_update().filter(code=code, valid_to=None).first()
    if row is None:
        raise ValueError("派单目录没有这一行，或已停用，请刷新页面")
    return row


def _free_code() -> str:
    taken = CatalogueRow.objects.filter(code__startswith=LOCAL).values_list("code", flat=True)
    numbers = [int(code.removeprefix(LOCAL)) for code in taken if code[len(LOCAL) :].isdigit()]
    return f"{LOCAL}{max(numbers, default=0) + 1}"


def _audit(what: str, code: str, by: ActingPost, at: datetime, address: str) -> None:
    audit.record(
        at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id,
        address=address, action="catalogue_changed", subject=f"catalogue:{code}", reason=what,
    )  # fmt: skip
