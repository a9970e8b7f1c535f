"""The resident's home, and the permanent links behind QR codes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from huiyin.base.models import Link
from huiyin.intake.rules.places import KINDS

#: Kinds of link that open a report with the place filled in: kind → letter of the place's token.
_PLACES = {kind: letter for letter, kind in KINDS.items()}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here."""
    return render(request, "portal/home.html")


@require_GET
def short_link(request: HttpRequest, token: str) -> HttpResponse:
    """/q/TOKEN: opens what its code stands for. Opening it is never counted or stored.

    404 for a token that was never given out, 410 for one that was withdrawn: both pages say how to
    go on.
    """
    link = Link.objects.filter(pk__in={token, token.upper()}).first()
    letter = _PLACES.get(link.kind) if link else None
    if link is None or letter is None:
        return render(request, "portal/no_link.html", {"link": None}, status=404)
    if link.withdrawn_at is not None:
        return render(request, "portal/no_link.html", {"link": link}, status=410)
    place = {"place": f"{letter}{link.target_id}", "via": "qr"}
    return redirect(f"{reverse('report')}?{urlencode(place)}")
