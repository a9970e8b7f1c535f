"""Health, error pages, help, complaints about burden."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template import loader

from huiyin.base import clock, selectors
from huiyin.base.forms import BurdenComplaintForm
from huiyin.base.rules import terms
from huiyin.base.rules.local_defaults import CONTACT_HOURS
from huiyin.base.services import burden


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request, so that no context processor asks a database that may be gone."""
    return HttpResponse(loader.render_to_string("500.html", {"code": ""}), status=500)


def help(request: HttpRequest) -> HttpResponse:
    """Staff: the terms that are taken for one another. Residents: questions in plain words."""
    hours = selectors.local_number(CONTACT_HOURS)
    if request.user.is_authenticated:
        groups = terms.by_group(contact_hours=hours)
        return render(request, "base/help_staff.html", {"groups": groups})
    questions = terms.questions(contact_hours=hours)
    return render(request, "base/help_public.html", {"questions": questions})


def burden_complaint(request: HttpRequest) -> HttpResponse:
    """One text about burden or the system, with or without a name."""
    person_id = getattr(request.user, "person_id", None)
    form = BurdenComplaintForm(
        request.POST or None, initial={"page": request.GET.get("page", "")[:200]}
    )
    if request.method == "POST" and form.is_valid():
        burden.file_complaint(
            text=form.cleaned_data["text"],
            page=form.cleaned_data["page"],
            person_id=None if form.cleaned_data["anonymous"] else person_id,
            at=clock.now(),
        )
        return redirect("burden_complaint_done")
    frame = {"frame": _frame(request), "form": form}
    own = selectors.burden_complaints_of(person_id) if person_id else []
    return render(request, "base/burden_complaint.html", frame | {"own": own})


def burden_complaint_done(request: HttpRequest) -> HttpResponse:
    return render(request, "base/burden_complaint_done.html", {"frame": _frame(request)})


def _frame(request: HttpRequest) -> str:
    return "base/staff.html" if request.user.is_authenticated else "base/public.html"
