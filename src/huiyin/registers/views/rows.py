"""One row of a register: seen with its versions, entered, changed, withdrawn; several by a file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.base import clock
from huiyin.base.rules.encryption import EncryptionError
from huiyin.base.services import audit
from huiyin.documents.rules.sheets import HeaderNotFound, UnknownColumn, UnreadableTable
from huiyin.org import access
from huiyin.registers import selectors
from huiyin.registers.forms import ReasonForm, RowForm, UploadForm, initial_of
from huiyin.registers.models import ACTIONS, RegisterRow
from huiyin.registers.registry import Register
from huiyin.registers.services import exporting, importing, writing
from huiyin.registers.services.importing import Job, MissingColumns
from huiyin.registers.services.writing import RowRefused, Source
from huiyin.registers.views import asked
from huiyin.registers.views.lists import XLSX
from huiyin.registers.views.rules import hung_on

#: A page waits for an import: more rows go through the command.
MOST_BYTES = 8_000_000


def _find_row(request: HttpRequest, register: Register, pk: int) -> RegisterRow:
    rows = selectors.visible(register, access.posts(request), day=clock.today())
    row = rows.filter(pk=pk).first() if register.kept else None
    if row is None:
        raise Http404("没有这一行，或不在您的范围内")
    found: RegisterRow = row
    return found


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs()
def row(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The row with its versions; POST shows personal values in clear, with a reason, on record."""
    register = asked.find(request, code)
    found = _find_row(request, register, pk)
    form = ReasonForm(request.POST or None)
    clear = request.method == "POST" and form.is_valid()
    if clear:
        _record_look(request, register, pk, form.cleaned_data["reason"])
    cells = [
        (col, exporting.words_of(exporting.cell_of(register, found, col, clear=clear)))
        for col in register.columns
    ]
    keeps = bool(register.keep) and any(p.may(register.keep) for p in access.posts(request))
    return render(request, "registers/row.html", {
        "register": register, "row": found, "cells": cells, "form": form, "clear": clear,
        "versions": [(v, ACTIONS[v.action], _said(register, v)) for v in
                     selectors.versions(register, pk)],
        "late": selectors.late_rows(register, [pk]), "may_keep": keeps, "beside": hung_on(register, found),
    })  # fmt: skip


def _said(register: Register, version: Any) -> str:
    """What a version changed to, in one line; personal values are commitments and are not shown."""
    if version.reason:
        return str(version.reason)
    values = version.values
    said = [f"{col.label} {values[col.name]}" for col in register.columns
            if values.get(col.name) not in (None, "") and not col.personal
            and col.kind not in ("area", "compound", "unit", "choice") ]  # fmt: skip
    return "，".join(said)[:200]


def _record_look(request: HttpRequest, register: Register, pk: int, reason: str) -> None:
    if not register.take_out or not any(p.may(register.take_out) for p in access.posts(request)):
        raise PermissionDenied("您的岗位不能查看这本台账的个人信息原文")
    post = asked.acting(request, register.take_out)
    audit.record(
        at=clock.now(), person_id=post.person_id, person_name=post.person_name,
        post_id=post.post_id, address=access.address_of(request), action="row_seen",
        subject=f"register:{register.code}:{pk}", fields=[col.label for col in register.personal],
        reason=reason,
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs()
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter one row, and the next one on the same page."""
    register = asked.find(request, code, grant="keep")
    post = asked.acting(request, register.keep)
    reader = asked.reader_for(register, post)
    known = asked.known_for(register, reader, post)
    form = RowForm(request.POST or None, reader=reader, known=known,
                   initial={register.day: clock.today()})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            assert form.area_id is not None
            done = writing.write(register, form.values, area_id=form.area_id,
                                 source=Source(post, clock.now()))  # fmt: skip
        except RowRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _DONE[done.outcome] + (_LATE if done.late else ""))
            again = "again" in request.POST
            return redirect("register_new", code) if again else redirect("register_rows", code)
    return render(request, "registers/edit.html", {
        "register": register, "form": form, "known": _known_words(register, reader, known),
    })  # fmt: skip


_DONE = {
    "new": "已登记",
    "same": "台账里已经有相同的一行，没有重复登记",
    "changed": "台账里已有这一行，已按新内容更新",
}


_LATE = "。这个月已经月结或账期已锁定，这一行记为补录"


def _known_words(register: Register, reader: Any, known: Any) -> list[tuple[str, str]]:
    """What is known and not asked, so that it can be seen."""
    shown = []
    for column in register.columns:
        if column.name not in known:
            continue
        value = known[column.name]
        words = reader.within.name if str(value).startswith("#") else exporting.words_of(value)
        shown.append((column.label, column.choices.get(words, words)))
    return shown


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs()
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a row; what stood before stays in its versions."""
    register = asked.find(request, code, grant="keep")
    found = _find_row(request, register, pk)
    post = asked.acting(request, register.keep)
    reader = asked.reader_for(register, post)
    try:
        now = {col.name: writing.value_of(register, found, col) for col in register.columns}
    except EncryptionError:
        messages.error(request, "个人信息的密钥不在本机，不能修改这一行")
        return redirect("register_row", code, pk)
    if request.method == "GET" and register.personal:
        _record_look_for_change(request, register, pk)
    form = RowForm(request.POST or None, reader=reader, known={}, version=found.version,
                   initial=initial_of(register, now))  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            assert form.area_id is not None
            done = writing.change(register, pk, form.values, area_id=form.area_id,
                                  version=form.cleaned_data.get("version") or 0,
                                  source=Source(post, clock.now()))  # fmt: skip
        except RowRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已修改，原来的内容留在历史里" + (_LATE if done.late else ""))
            return redirect("register_row", code, pk)
    return render(request, "registers/edit.html", {
        "register": register, "form": form, "row": found, "known": [],
    })  # fmt: skip


def _record_look_for_change(request: HttpRequest, register: Register, pk: int) -> None:
    """Whoever changes a row sees it in clear: that is a look like any other."""
    post = asked.acting(request, register.keep)
    audit.record(
        at=clock.now(), person_id=post.person_id, person_name=post.person_name,
        post_id=post.post_id, address=access.address_of(request), action="row_seen",
        subject=f"register:{register.code}:{pk}", fields=[col.label for col in register.personal],
        reason="修改台账",
    )  # fmt: skip


@require_POST
@access.needs()
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a row back, with a reason."""
    register = asked.find(request, code, grant="keep")
    found = _find_row(request, register, pk)
    post = asked.acting(request, register.keep)
    try:
        writing.withdraw(register, pk, reason=request.POST.get("reason", ""), version=found.version,
                         source=Source(post, clock.now()))  # fmt: skip
    except RowRefused as error:
        messages.error(request, str(error))
        return redirect("register_row", code, pk)
    messages.success(request, "已撤销这一行，历史仍可查")
    return redirect("register_rows", code)


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs()
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """A filled table: its receipt comes back with the fate of every row."""
    register = asked.find(request, code, grant="keep")
    post = asked.acting(request, register.keep)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _carry_out(request, register, post, form.cleaned_data["file"])
        except (UnreadableTable, HeaderNotFound, UnknownColumn, MissingColumns) as error:
            form.add_error("file", str(error))
    return render(request, "registers/upload.html", {"register": register, "form": form})


def _carry_out(request: HttpRequest, register: Register, post: Any, file: Any) -> HttpResponse:
    if file.size > MOST_BYTES:
        raise UnreadableTable("文件超过 8 MB，请拆成几个，或请管理员用命令导入")
    reader = asked.reader_for(register, post)
    with tempfile.TemporaryDirectory() as folder:
        path, receipt = Path(folder) / "upload", Path(folder) / "receipt.xlsx"
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        job = Job(path, receipt, reader.within,
                  Source(post, clock.now(), f"import:{file.name[:60]}"), name=file.name)  # fmt: skip
        done = importing.carry_out(register, job)
        content = receipt.read_bytes()
    if not done.refused:
        messages.success(
            request,
            f"读入 {done.read} 行：新增 {done.new}，更新 {done.changed}，相同 {done.same}",
        )
        return redirect("register_rows", register.code)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(
        True, f"{register.label}-回单.xlsx"
    )
    return response
