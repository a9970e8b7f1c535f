"""The audit, for the audit administrator; unexpected errors, for the system administrator."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from huiyin.base import clock
from huiyin.base.rules.tables import Column, Pager
from huiyin.base.services import audit
from huiyin.org import access
from huiyin.org.access import needs
from huiyin.org.forms import AuditFilterForm
from huiyin.org.selectors import records

AUDIT_COLUMNS = (
    Column("时间", "time"), Column("谁"), Column("动作"), Column("对象"),
    Column("说明"), Column("网络地址", wide=True),
)  # fmt: skip
ERROR_COLUMNS = (
    Column("代码"), Column("时间", "time"), Column("页面"), Column("错误类型"),
    Column("位置", wide=True),
)  # fmt: skip


@needs("system.audit")
def audit_list(request: HttpRequest) -> HttpResponse:
    form = AuditFilterForm(request.GET or None)
    given = {k: v for k, v in form.cleaned_data.items() if v} if form.is_valid() else {}
    page = records.audit_page(
        text=given.get("q", ""),
        action=given.get("action", ""),
        first=given.get("first"),
        last=given.get("last"),
        older=_number(request, "older"),
        newer=_number(request, "newer"),
    )
    context = {
        "heading": "审计",
        "basis": "谁在何时看过、导出过个人信息，谁改过账号和参数。只增不改。",
        "filter_form": form,
        "filter_reset": reverse("audit_list") if given else "",
        "columns": AUDIT_COLUMNS,
        "rows": [
            (row, audit.ACTIONS.get(row.action, row.action), audit.subject_words(row.subject))
            for row in page.rows
        ],
        "row_template": "org/_audit_row.html",
        "pager": Pager(
            _page_url(given, "newer", page.newer),
            _page_url(given, "older", page.older),
            shown=len(page.rows),
        ),
        "empty_title": "没有符合条件的记录",
        "empty_text": "换个条件再看。",
    }
    return render(request, "org/audit_list.html", context)


@require_POST
@needs("system.audit")
def audit_verify(request: HttpRequest) -> HttpResponse:
    """Read the whole chain; that it was read is itself a row."""
    found = audit.verify()
    by = access.post_for(request, "system.audit")
    audit.record(
        at=clock.now(),
        person_id=by.person_id,
        person_name=by.person_name,
        post_id=by.post_id,
        address=access.address_of(request),
        action="audit_verified",
        subject="audit",
        reason=f"{found.rows} 条" + ("" if found.ok else f"，第 {found.first_bad} 号不符"),
        ok=found.ok,
    )
    return render(request, "org/audit_verify.html", {"found": found})


@needs("system.errors")
def error_list(request: HttpRequest) -> HttpResponse:
    context = {
        "heading": "系统错误",
        "basis": "页面上给出的代码在这里能查到发生的位置；不含任何人填写的内容。",
        "columns": ERROR_COLUMNS,
        "rows": records.recent_errors(),
        "row_template": "org/_error_row.html",
        "empty_title": "没有出过错",
        "empty_text": "页面出错时会给出一个代码，代码和位置记在这里。",
    }
    return render(request, "org/error_list.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdigit() else None


def _page_url(given: dict[str, Any], way: str, position: int | None) -> str:
    return f"?{urlencode({**given, way: position})}" if position is not None else ""
