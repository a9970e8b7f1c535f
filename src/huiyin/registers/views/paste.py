"""Several rows at once, copied from WPS or Excel: looked at first, then written, with a receipt."""

from __future__ import annotations

import base64

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiyin.base import clock
from huiyin.documents.rules.receipts import RESULT_WORDS
from huiyin.documents.rules.sheets import HeaderNotFound, UnknownColumn, UnreadableTable
from huiyin.org import access
from huiyin.registers.forms import PasteForm
from huiyin.registers.services import pasting
from huiyin.registers.services.importing import MissingColumns
from huiyin.registers.services.pasting import NothingPasted, Pasted
from huiyin.registers.services.writing import Source
from huiyin.registers.views import asked
from huiyin.registers.views.lists import XLSX


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs()
def paste(request: HttpRequest, code: str) -> HttpResponse:
    """First how each row was read; then the rows are written and what was refused stays in the box."""
    register = asked.find(request, code, grant="keep")
    post = asked.acting(request, register.keep)
    reader = asked.reader_for(register, post)
    known = asked.known_for(register, reader, post)
    form, found = PasteForm(request.POST or None), None
    writes = request.POST.get("action") == "write"
    if request.method == "POST" and form.is_valid():
        try:
            found = pasting.take(
                register, form.cleaned_data["text"], within=reader.within, known=known,
                source=Source(post, clock.now(), "paste"), try_only=not writes,
            )  # fmt: skip
        except (NothingPasted, HeaderNotFound, UnknownColumn, MissingColumns, UnreadableTable) as e:
            form.add_error("text", str(e))
    written = writes and found is not None
    if written and found is not None:  # what was taken leaves the box, the rest stays to be mended
        form = PasteForm(initial={"text": found.left})
    return render(request, "registers/paste.html", {
        "register": register, "form": form, "found": found, "written": written,
        "order": pasting.order_of(register, known), "words": RESULT_WORDS,
        "lines": _shown(found), "receipt": _receipt(found), "most": pasting.MOST_ROWS,
    })  # fmt: skip


def _shown(found: Pasted | None) -> list[tuple[pasting.Line, str]]:
    """Refused rows first: they are what somebody has to look at."""
    if found is None:
        return []
    lines = sorted(found.lines, key=lambda line: (not line.refused, line.number))
    return [(line, RESULT_WORDS[line.outcome]) for line in lines]


def _receipt(found: Pasted | None) -> str:
    """The receipt as an address of its own: it repeats what was pasted and is kept nowhere."""
    if found is None or not found.receipt:
        return ""
    return f"data:{XLSX};base64,{base64.b64encode(found.receipt).decode()}"
