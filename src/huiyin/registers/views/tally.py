"""临时统计: a leader's sudden question, answered from a ledger in three clicks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.base import clock
from huiyin.base.services import audit
from huiyin.org import access
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import children_of
from huiyin.registers import selectors
from huiyin.registers.forms import SaveTallyForm, TallyForm
from huiyin.registers.models import SavedTally
from huiyin.registers.registry import Register
from huiyin.registers.rules import grouping
from huiyin.registers.services import tally_papers, tallying
from huiyin.registers.services.tally_papers import Printed
from huiyin.registers.services.tallying import Asked, Tally, TooManyGroups
from huiyin.registers.views import asked as shared
from huiyin.registers.views.lists import XLSX

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Beside the filter itself: what an address of this page carries.
_OWN = ("by", "across", "measure", "as", "after", "before")
#: So many are kept for one person and ledger.
MOST_SAVED = 30


@require_http_methods(["GET", "POST"])
@access.needs()
def tally(request: HttpRequest, code: str) -> HttpResponse:
    """The question, its table, and the ways out of it: kept, as a workbook, as Word, on paper."""
    register = shared.find(request, code)
    post = shared.acting(request, register.view)
    form = _form(request, register)
    save = SaveTallyForm(request.POST or None)
    if request.method == "POST" and save.is_valid() and form.is_valid():
        return _save(request, register, post, save.cleaned_data["name"])
    found = printed = None
    if form.is_valid():
        narrow = shared.narrow_of(form, register)
        rows = selectors.visible(register, access.posts(request), day=clock.today())
        asked = _asked(form, register)
        printed = _printed(register, post, asked, shared.part_words(narrow, register))
        try:
            found = tallying.tally(register, selectors.narrowed(register, rows, narrow), asked)
        except TooManyGroups as error:
            form.add_error(None, str(error))
    if found and printed and request.GET.get("as") in ("xlsx", "docx"):
        return _file(request, register, post, found, printed)
    paper = request.GET.get("as") == "print" and found is not None
    page = "registers/tally_printed.html" if paper else "registers/tally.html"
    return render(request, page, {
        "register": register, "filter_form": form, "form": save if request.method == "POST" else None,
        "save": save, "tally": found, "printed": printed, "post": post, "now": clock.now(),
        "lines": _lines(request, register, found) if found else [],
        "query": urlencode([(k, v) for k, v in request.GET.items() if v and k != "as"]),
        "saved": _saved(post, code), "most": MOST_SAVED,
    })  # fmt: skip


@require_POST
@access.needs()
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a kept one away; the rows are not touched."""
    people = {p.person_id for p in access.posts(request)}
    kept = get_object_or_404(SavedTally, pk=pk, person__in=people)
    kept.delete()
    messages.success(request, f"已删除“{kept.name}”")
    return redirect("register_tally", kept.register)


def _form(request: HttpRequest, register: Register) -> TallyForm:
    """The asked question, or the first one that makes sense: the table is there at the first look."""
    able = [p for p in access.posts(request) if p.may(register.view)]
    own = Area.objects.get(pk=able[0].area_id)
    areas = [own, *children_of(own, day=clock.today())[:100]]
    data = request.GET.copy()
    groups = grouping.groups_of(register.columns)
    usual = next((g for g in groups if g.column.filtered), groups[0])
    data.setdefault("by", usual.code)
    data.setdefault("measure", grouping.COUNT)
    return TallyForm(data, register=register, areas=areas)


def _asked(form: TallyForm, register: Register) -> Asked:
    given = form.cleaned_data
    codes = [code for code in (given["by"], given["across"]) if code]
    return Asked(
        tuple(grouping.group_of(register.columns, code) for code in codes), given["measure"]
    )


def _printed(register: Register, post: ActingPost, asked: Asked, part: str) -> Printed:
    """Title and 口径: what was counted, of which part, by what, and by whose eyes."""
    groups = "、".join(group.label for group in asked.by)
    measures = grouping.measures_of(register.columns)
    what = "行数" if asked.measure == grouping.COUNT else measures[asked.measure]
    if asked.measure == grouping.COUNT:
        what = f"{register.noun}数"
    basis = (
        f"口径：{register.label}，{part or '全部'}，按{groups}分，数{what}；"
        f"{post.unit_name}可见范围内。{register.basis.rstrip('。')}。"
    )
    return Printed(f"{register.label}统计（按{groups}）", post.unit_name, basis, clock.now())


def _lines(request: HttpRequest, register: Register, found: Tally) -> list[dict[str, Any]]:
    """Rows of the table, each number with the address of the rows that it counts."""
    kept = [(k, v) for k, v in request.GET.items() if v and k not in _OWN]
    base = reverse("register_rows", args=[register.code])
    by = found.asked.by

    def url(row: str | None, column: str | None) -> str:
        cell = [(f"in.{by[0].code}", row)] if row is not None else []
        if len(by) > 1 and column is not None:
            cell.append((f"in.{by[1].code}", column))
        return f"{base}?{urlencode([*kept, *((k, v) for k, v in cell)])}"

    lines: list[dict[str, Any]] = []
    for head in found.rows:
        cells = [_cell(found.cells.get((head.value, col.value)), url(head.value, col.value))
                 for col in found.columns]  # fmt: skip
        if len(by) > 1:
            cells.append(_cell(found.row_totals[head.value], url(head.value, None)))
        lines.append({"words": head.words, "cells": cells})
    last = [
        _cell(found.column_totals.get(col.value), url(None, col.value)) for col in found.columns
    ]
    if len(by) > 1:
        last.append(_cell(found.total, url(None, None)))
    lines.append({"words": tally_papers.TOTAL, "cells": last, "total": True})
    return lines


def _cell(amount: tallying.Amount | None, url: str) -> dict[str, str]:
    return {"words": amount.words if amount else "0", "url": url if amount else ""}


def _saved(post: ActingPost, code: str) -> list[SavedTally]:
    rows = SavedTally.objects.filter(person=post.person_id, register=code)
    return list(rows.order_by("-saved_at")[:MOST_SAVED])


def _save(request: HttpRequest, register: Register, post: ActingPost, name: str) -> HttpResponse:
    """Keep the question, not its numbers; the same name again replaces it."""
    query = urlencode([(k, v) for k, v in request.GET.items() if v and k not in ("as", "after")])
    here = f"{reverse('register_tally', args=[register.code])}?{query}"
    own = SavedTally.objects.filter(person=post.person_id, register=register.code)
    if len(query) > 1000:
        messages.error(request, "条件太长，不能保存")
    elif not own.filter(name=name).exists() and own.count() >= MOST_SAVED:
        messages.error(request, f"一本台账最多保存 {MOST_SAVED} 个统计，请先删掉不用的")
    else:
        SavedTally.objects.update_or_create(
            person_id=post.person_id, register=register.code, name=name,
            defaults={"query": query, "saved_at": clock.now()},
        )  # fmt: skip
        messages.success(request, f"已保存“{name}”，下次打开重新数")
    return redirect(here)


def _file(
    request: HttpRequest, register: Register, post: ActingPost, found: Tally, printed: Printed
) -> HttpResponse:
    kind = request.GET["as"]
    content = (tally_papers.xlsx if kind == "xlsx" else tally_papers.docx)(found, printed)
    audit.record(
        at=printed.at, person_id=post.person_id, person_name=post.person_name, post_id=post.post_id,
        address=access.address_of(request), action="exported", subject=f"register:{register.code}",
        fields=[], reason=f"{printed.title}，{found.n} 行",
    )  # fmt: skip
    response = HttpResponse(content, content_type=XLSX if kind == "xlsx" else DOCX)
    name = f"{printed.title}-{clock.today():%Y%m%d}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response
