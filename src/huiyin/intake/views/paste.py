"""/work/desk/paste/: pasted chat text → drafts → reports. Nothing is kept in between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiyin.base import clock
from huiyin.intake.forms.paste import DraftForm, PasteForm, initial_of
from huiyin.intake.rules import pasted
from huiyin.intake.services import pasting, placing
from huiyin.intake.services.once import UsedBefore
from huiyin.org import access
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost

_ROW = re.compile(r"m\d{1,3}\Z")


@dataclass
class Row:
    """A draft on the page, or, once filed, its number."""

    key: str
    form: DraftForm
    number: str = ""

    @property
    def withheld(self) -> bool:
        """Whether it was filed as 检举控告, which nobody in the line can open."""
        return bool(self.number) and self.form.cleaned_data["wrongdoing"] == "yes"


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs("case.file")
def paste(request: HttpRequest) -> HttpResponse:
    """Paste, look at what was found, file what is ticked."""
    post = access.post_for(request, "case.file")
    if request.method == "GET":
        return _page(request, _form(post))
    form = _form(post, request.POST)
    if request.POST.get("action") == "file":
        return _file(request, form, post)
    if not form.is_valid():
        return _page(request, form)
    found = pasted.split(form.cleaned_data["pasted"], today=clock.today())
    if not found.messages:
        form.add_error("pasted", "没有找到文字：图片、语音要问本人，写成一句话再登记")
        return _page(request, form)
    rows = [Row(f"m{n}", DraftForm(prefix=f"m{n}", initial=initial_of(m)))
            for n, m in enumerate(found.messages)]  # fmt: skip
    return _page(request, form, rows=rows, found=found)


def _file(request: HttpRequest, form: PasteForm, post: ActingPost) -> HttpResponse:
    """File the ticked rows that are sound; the others stay as they were typed."""
    form.fields["pasted"].required = False
    keys = [k for k in request.POST.getlist("row")[: pasted.MOST] if _ROW.match(k)]
    rows = [Row(k, DraftForm(request.POST, prefix=k)) for k in keys]
    placed = form.is_valid()
    for row in rows:
        if f"{row.key}-take" not in request.POST:
            row.form.errors.clear()
        elif placed and form.resolved is not None and row.form.is_valid():
            _file_row(row, form.resolved, post)
    return _page(request, form, rows=[r for r in rows if not r.number],
                 filed=[r for r in rows if r.number])  # fmt: skip


def _file_row(row: Row, where: placing.Where, post: ActingPost) -> None:
    try:
        row.number = pasting.file_draft(row.form.draft(where), post=post, at=clock.now())
    except UsedBefore as used:
        row.number = used.answer["number"]


def _form(post: ActingPost, *data: Any) -> PasteForm:
    area = Area.objects.select_related("parent").get(pk=post.area_id)
    return PasteForm(*data, area=area, day=clock.today())


def _page(
    request: HttpRequest,
    form: PasteForm,
    *,
    rows: list[Row] | None = None,
    filed: list[Row] | None = None,
    found: pasted.Pasted | None = None,
) -> HttpResponse:
    return render(request, "intake/paste.html", {
        "form": form, "rows": rows or [], "filed": filed or [], "found": found,
        "asked": rows is not None, "minutes": int(pasted.TOGETHER.total_seconds() // 60),
    })  # fmt: skip
