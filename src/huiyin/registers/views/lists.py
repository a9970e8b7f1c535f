"""/work/registers/: which ledgers there are; one ledger as a list, on paper, as a file."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.base import clock
from huiyin.base.rules import tables
from huiyin.base.rules.tables import Pager
from huiyin.org import access
from huiyin.registers import registry, selectors
from huiyin.registers.forms import ExportForm
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.services import exporting, tallying, templates
from huiyin.registers.services.exporting import ExportRefused, Order
from huiyin.registers.views import asked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A sheet of paper is no archive: more rows are exported.
PRINTED = 500
#: Who sees the months and who locks them.
MONTHS = ("month.close", "period.lock")


@require_GET
@access.needs()
def index(request: HttpRequest) -> HttpResponse:
    """The ledgers that these posts may see, kept ones first."""
    posts = access.posts(request)
    mine = [r for r in registry.all_registers() if any(p.may(r.view) for p in posts)]
    if not mine:
        raise PermissionDenied("您的岗位没有台账")
    mine.sort(key=lambda r: (not r.kept, r.label))
    return render(request, "registers/index.html", {
        "registers": mine, "months": any(p.may(g) for p in posts for g in MONTHS),
    })  # fmt: skip


@require_GET
@access.needs()
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """One ledger: filters, rows a page at a time, sums over all that was asked."""
    register = asked.find(request, code)
    form, narrow, found = asked.rows_for(request, register)
    page = selectors.page(
        register, found, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    query = asked.query_of(request)
    lead = f"?{query}&" if query else "?"
    listed = exporting.columns_listed(register)
    late = selectors.late_rows(register, [row.pk for row in page.rows])
    posts = access.posts(request)
    context: dict[str, Any] = {
        "register": register,
        "heading": register.label,
        "basis": f"{register.basis}。{register.answers_for}负责。",
        "columns": [_head(col) for col in listed],
        "rows": [_line(register, row, listed, late=row.pk in late) for row in page.rows],
        "row_template": "registers/_row.html",
        "pager": Pager(
            previous_url=f"{lead}before={page.before}" if page.before else "",
            next_url=f"{lead}after={page.after}" if page.after else "",
            shown=len(page.rows), about=page.about, exact=page.exact,
        ),
        "sums": selectors.sums(register, found),
        "filter_form": form,
        "only": tallying.cell_words(register, narrow.cells or {}),
        "filter_reset": reverse("register_rows", args=[code]) if query else "",
        "query": query,
        "may_keep": bool(register.keep) and any(p.may(register.keep) for p in posts),
        "may_take_out": bool(register.take_out) and any(p.may(register.take_out) for p in posts),
        "empty_title": "没有符合条件的行" if query else f"{register.label}还没有内容",
        "empty_text": "换一个条件再看。" if query else _empty_words(register),
    }  # fmt: skip
    return render(request, "registers/rows.html", context)


def _empty_words(register: Register) -> str:
    if register.kept:
        return "可以登记一行，或下载模板填好后导入。"
    return "办件过程中产生的记录会自动列在这里。"


def _head(column: c.Column) -> tables.Column:
    kind: tables.Kind = "text"
    if column.kind in c.NUMBERS:
        kind = "number"
    elif column.kind in (c.DAY, c.MOMENT):
        kind = "time"
    return tables.Column(column.heading, kind, wide=column.wide)


def _line(register: Register, row: Any, listed: Any, *, late: bool = False) -> dict[str, Any]:
    """A row as its template shows it: address, cells, and whether it came late 补录."""
    cells = []
    for col in listed:
        value = exporting.cell_of(register, row, col)
        cells.append({"column": col, "value": value, "words": exporting.words_of(value),
                      "url": col.link(row) if col.link else ""})  # fmt: skip
    url = reverse("register_row", args=[register.code, row.pk]) if register.kept else ""
    return {"url": url or next((cell["url"] for cell in cells if cell["url"]), ""), "cells": cells,
            "late": late}  # fmt: skip


@require_GET
@access.needs()
def printed(request: HttpRequest, code: str) -> HttpResponse:
    """The same rows on A4 landscape, masked, with totals and a line for signatures."""
    register = asked.find(request, code)
    _, narrow, found = asked.rows_for(request, register)
    page = selectors.page(register, found, limit=PRINTED)
    post = asked.acting(request, register.view)
    return render(request, "registers/printed.html", {
        "register": register, "post": post, "part": asked.part_words(narrow, register),
        "columns": register.columns, "left_out": page.about - len(page.rows),
        "rows": [_line(register, row, register.columns) for row in page.rows],
        "sums": {s.column.name: s for s in selectors.sums(register, found)},
        "query": asked.query_of(request), "now": clock.now(),
    })  # fmt: skip


@require_GET
@access.needs()
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The blank workbook to fill."""
    register = asked.find(request, code, grant="keep")
    post = asked.acting(request, register.keep)
    known = asked.known_for(register, asked.reader_for(register, post), post)
    return _file(templates.template(register, unit=post.unit_name, known=known),
                 f"{register.label}模板.xlsx")  # fmt: skip


@require_http_methods(["GET", "POST"])
@access.needs()
def export(request: HttpRequest, code: str) -> HttpResponse:
    """上报版 or 内部版 of what the filter means."""
    register = asked.find(request, code, grant="take_out")
    form = ExportForm(request.POST or None)
    _, narrow, found = asked.rows_for(request, register)
    if request.method == "POST" and form.is_valid():
        order = Order(
            form.cleaned_data["version"], asked.acting(request, register.take_out), clock.now(),
            form.cleaned_data["reason"], asked.part_words(narrow, register), access.address_of(request),
        )  # fmt: skip
        try:
            book = exporting.export(register, found, order)
        except ExportRefused as error:
            form.add_error("reason", str(error))
        else:
            name = (
                f"{register.label}-{exporting.VERSIONS[order.version]}-{clock.today():%Y%m%d}.xlsx"
            )
            return _file(book, name)
    return render(request, "registers/export.html", {
        "register": register, "form": form, "part": asked.part_words(narrow, register) or "全部",
        "count": found.order_by().count(), "query": asked.query_of(request),
    })  # fmt: skip


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response
