"""/data/definitions/: what each number means 口径, for everybody who is signed in. No value stands here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.indicators import registry
from huiyin.org import access

_KINDS = {"count": "计数", "ratio": "比率", "mean": "均值", "sum": "求和", "distinct": "去重计数"}


@access.needs()
def definition_list(request: HttpRequest) -> HttpResponse:
    """Every number: formula, unit, basis, since when, which version, who answers for it."""
    text = request.GET.get("q", "").strip()
    found = sorted(registry.all_indicators(), key=lambda i: (i.answers_for, i.label))
    rows = [
        {"indicator": i, "kind": _KINDS[i.kind]} for i in found
        if not text or any(text in word for word in (i.label, i.formula, *i.terms))
    ]  # fmt: skip
    return render(
        request, "indicators/definition_list.html", {"rows": rows, "q": text, "all": len(found)}
    )
