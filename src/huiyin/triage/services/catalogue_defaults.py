"""The dispatch catalogue on the page 本地参数: each row with its origin, confirmed with 文号 and date.

What a row says is changed on the page 派单目录 (catalogue_rows), by those who dispatch.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from huiyin.base.kept import forget_all
from huiyin.base.services.defaults import DefaultRow, DefaultsProvider, register_defaults
from huiyin.triage.models import CatalogueRow
from huiyin.triage.rules import catalogue
from huiyin.triage.rules.functions import function_label
from huiyin.triage.rules.urgency import LABELS


def rows() -> list[DefaultRow]:
    """Rows in force, in the order of the catalogue."""
    order = {row.code: at for at, row in enumerate(catalogue.ROWS)}
    stored = CatalogueRow.objects.filter(valid_to__isnull=True)
    return [
        DefaultRow(
            key=row.code, label=row.matter, value=value(row), origin=row.origin,
            document=row.document, confirmed_on=row.confirmed_on,
            confirmed_by_name=row.confirmed_by_name, valid_from=row.valid_from,
            group=LABELS[row.urgency],
        )
        for row in sorted(stored, key=lambda r: (order.get(r.code, len(order)), r.pk))
    ]  # fmt: skip


def value(row: CatalogueRow) -> str:
    """'主办 物业 / 住建；协办 社区；3 日'."""
    leads = " / ".join(function_label(lead["function"]) for lead in row.leads)
    support = "、".join(function_label(function) for function in row.support)
    parts = [f"主办 {leads}", f"协办 {support}" if support else "", row.deadline]
    return "；".join(part for part in parts if part)


def confirm(*, key: str, document: str, confirmed_on: date, by_name: str) -> None:
    """Write 文号 and date. Raises ValueError in Chinese."""
    if not document.strip():
        raise ValueError("请填写文号")
    changed = CatalogueRow.objects.filter(code=key, valid_to__isnull=True).update(
        document=document.strip(), confirmed_on=confirmed_on, confirmed_by_name=by_name
    )
    if not changed:
        raise ValueError("派单目录没有这一行，请刷新页面")
    transaction.on_commit(forget_all)


PROVIDER = register_defaults(
    DefaultsProvider(
        "catalogue", "派单目录", rows, confirm, folded=True,
        note="内容由派单员和督办员在“派单目录”里改；这里填文号确认。",
    )
)  # fmt: skip
