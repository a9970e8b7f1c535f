"""The dispatch catalogue on the page 本地参数: each row with its origin, confirmed with 文号 and date.

What a row says is changed by `change_row`, which ends it and begins another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from huiyin.base.kept import forget_all
from huiyin.base.services.defaults import DefaultRow, DefaultsProvider, register_defaults
from huiyin.triage.models import CatalogueRow
from huiyin.triage.rules import catalogue
from huiyin.triage.rules.functions import FUNCTIONS, NEVER_LEAD, function_key, function_label
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


@transaction.atomic
def change_row(
    *,
    code: str,
    leads: Sequence[str],
    support: Sequence[str],
    keywords: Sequence[str],
    deadline: str,
    how_to_tell: str,
    from_day: date,
) -> None:
    """Other leads, supporters or keywords from that day on; 待本地确认 again.

    Functions are given by key or word. A lead that stood keeps its words. ValueError in Chinese.
    """
    old = CatalogueRow.objects.select_for_update().filter(code=code, valid_to=None).first()
    if old is None:
        raise ValueError("派单目录没有这一行，请刷新页面")
    if from_day <= old.valid_from:
        raise ValueError(f"生效日须晚于 {old.valid_from:%Y-%m-%d}")
    leading = _keys(leads)
    if not leading:
        raise ValueError("请至少填写一个主办职能")
    if NEVER_LEAD.intersection(leading):
        raise ValueError("社区只能协助，不能主办")
    before: dict[str, Any] = {lead["function"]: lead for lead in old.leads}
    new = CatalogueRow(
        code=code, matter=old.matter, keywords=[k for k in keywords if k.strip()],
        leads=[before.get(f, {"function": f, "when": "", "words": []}) for f in leading],
        support=_keys(support), urgency=old.urgency, deadline=deadline.strip(),
        how_to_tell=how_to_tell.strip(), categories=old.categories,
        origin="本地调整（待本地确认）", valid_from=from_day,
    )  # fmt: skip
    old.valid_to = from_day - timedelta(days=1)
    old.save(update_fields=["valid_to"])
    new.save()
    transaction.on_commit(forget_all)


def _keys(words: Sequence[str]) -> list[str]:
    keys = [function_key(word) for word in words if word.strip()]
    unknown = [key for key in keys if key not in FUNCTIONS]
    if unknown:
        raise ValueError(f"不认识的职能：{'、'.join(unknown)}")
    return list(dict.fromkeys(keys))


PROVIDER = register_defaults(
    DefaultsProvider(
        "catalogue", "派单目录", rows, confirm, folded=True,
        note="内容由派单员和督办员在“派单目录”里改；这里填文号确认。",
    )
)  # fmt: skip
