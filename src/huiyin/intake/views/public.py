"""Pages for residents: report, add a voice, the end page, follow. No account, no script needed.

Who may see a case here: the browser that filed it, or that has shown number and tail. Both stand in
the session as numbers only; no word of a report and no phone is ever kept there.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.base import clock
from huiyin.cases.rules import words as w
from huiyin.cases.rules.deadlines import Limit
from huiyin.intake import selectors
from huiyin.intake.forms.report import ReportForm, VoiceForm
from huiyin.intake.rules import first_look, places, receipts, words
from huiyin.intake.rules.when import until
from huiyin.intake.selectors import Hint, Place
from huiyin.intake.services import mapping, receiving
from huiyin.intake.views import remembering
from huiyin.triage.services import suggesting


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Where first, then what and who. A QR code on the building answers “where” already."""
    source = request.POST if request.method == "POST" else request.GET
    place = selectors.place_at(source.get("place", ""), day=clock.today())
    if place is None:
        return _where(request)
    about_units = selectors.units_about(place, day=clock.today())
    if request.method == "GET":
        form = ReportForm(
            filled_place=place, about_units=about_units,
            initial={"client_id": str(uuid.uuid4()), "place": place.token,
                     "via": request.GET.get("via", "")},
        )  # fmt: skip
        return _form_page(request, form, place)
    form = ReportForm(request.POST, request.FILES, filled_place=place, about_units=about_units)
    if not form.is_valid():
        return _form_page(request, form, place)
    look = first_look.look(form.cleaned_data["text"])
    if look.wrongdoing and not form.cleaned_data["wrongdoing"]:
        return _form_page(request, form, place, ask_wrongdoing=True)
    return _receive(request, form, place)


def _where(request: HttpRequest) -> HttpResponse:
    """Choose a place: search by name, or county → town → community → compound."""
    day = clock.today()
    typed = _typed(request)
    inside = places.parse(f"a{request.GET.get('in', '')}")
    below = selectors.below(inside.id, day=day) if inside else None
    return render(request, "intake/where.html", {
        "typed": typed,
        "found": selectors.find_places(typed, day=day),
        "below": below,
        "counties": [] if below else selectors.counties(day=day),
        "unknown": bool(request.GET.get("place")),
    })  # fmt: skip


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "")[:30]


@require_GET
def place_search(request: HttpRequest) -> HttpResponse:
    """The hits alone, while somebody types."""
    typed = _typed(request)
    return render(request, "intake/_found.html", {
        "typed": typed, "found": selectors.find_places(typed, day=clock.today()),
    })  # fmt: skip


@require_GET
def place_map(request: HttpRequest) -> JsonResponse:
    """Known places around the chosen one, when somebody asks for the map."""
    day = clock.today()
    place = selectors.place_at(request.GET.get("place", ""), day=day)
    if place is None:
        raise Http404("没有这个地方")
    return JsonResponse(mapping.around(place, day=day).as_data())


def _form_page(
    request: HttpRequest, form: ReportForm, place: Place, *, ask_wrongdoing: bool = False
) -> HttpResponse:
    look = first_look.look(form["text"].value() or "")
    return render(request, "intake/report.html", {
        "form": form,
        "place": place,
        "hints": selectors.public_hint(place),
        "look": look,
        "elsewhere": first_look.ELSEWHERE.get(look.elsewhere, ""),
        "ask_wrongdoing": ask_wrongdoing or bool(form["wrongdoing"].value()),
        "asked_now": ask_wrongdoing,
        "files_lost": bool(request.FILES),
        "default_choice": words.DEFAULT_CHOICE,
        "voice_seconds": receiving.longest_voice(),
    })  # fmt: skip


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """What the words call for, while somebody writes: answered and forgotten."""
    text = request.POST.get("text", "")[:2000]
    found = first_look.look(text)
    place = selectors.place_at(request.POST.get("place", ""), day=clock.today())
    alike = [] if place is None or found.wrongdoing else _alike(text, place)
    return render(request, "intake/_look.html", {
        "look": found, "elsewhere": first_look.ELSEWHERE.get(found.elsewhere, ""),
        "ask_wrongdoing": found.wrongdoing, "chosen": request.POST.get("wrongdoing", ""),
        "alike": alike, "place": place,
    })  # fmt: skip


def _alike(text: str, place: Place) -> list[Hint]:
    """Open problems of the place that these words may be about."""
    hints = selectors.public_hint(place)
    if not hints:
        return []
    likely = [c.code for c in suggesting.suggest(text=text).categories]
    return [h for h in hints if any(words.same_matter(h.category, code) for code in likely)]


@require_http_methods(["GET", "POST"])
def voice(request: HttpRequest) -> HttpResponse:
    """“同一个问题：加上我的声音”."""
    source = request.POST if request.method == "POST" else request.GET
    place = selectors.place_at(source.get("place", ""), day=clock.today())
    category = source.get("category", "")[:20]
    if place is None:
        return redirect("report")
    hint = next((h for h in selectors.public_hint(place, limit=50) if h.category == category), None)
    if hint is None:
        messages.info(request, "这类问题在这里已经办结或没有在办，请直接反映")
        return redirect(f"{reverse('report')}?{urlencode({'place': place.token})}")
    if request.method == "POST":
        form = VoiceForm(request.POST, filled_place=place)
        if form.is_valid():
            return _receive(request, form, place)
    else:
        form = VoiceForm(
            filled_place=place,
            initial={"client_id": str(uuid.uuid4()), "place": place.token, "category": category,
                     "via": request.GET.get("via", ""), "choice": "direct"},
        )  # fmt: skip
    return render(request, "intake/voice.html", {"form": form, "place": place, "hint": hint})


def _receive(request: HttpRequest, form: ReportForm | VoiceForm, place: Place) -> HttpResponse:
    """File it and go to its end page; the same client id again goes to the same page."""
    answers = form.answers()
    try:
        receipt = receiving.receive(answers, at=clock.now())
    except receiving.ChangedSubmission as changed:
        remembering.filed(request, changed.receipt.number, answers.client_id)
        again = request.POST.copy()
        again["client_id"] = str(uuid.uuid4())
        return render(request, "intake/changed.html", {
            "files_lost": bool(request.FILES), "receipt": changed.receipt,
            "number": changed.receipt.number,
            "again": _as_hidden(again),
        }, status=409)  # fmt: skip
    remembering.filed(request, receipt.number, answers.client_id)
    return redirect("report_done", number=receipt.number)


def _as_hidden(data: Any) -> list[tuple[str, str]]:
    return [(k, v) for k, values in data.lists() if k != "csrfmiddlewaretoken" for v in values]


@never_cache
@require_GET
def done(request: HttpRequest, number: str) -> HttpResponse:
    """The end page: number, what happens next, when, whom to call."""
    client_id = remembering.client_id(request, number)
    receipt = receiving.receipt_of(client_id) if client_id else None
    case = selectors.own_case(number) if receipt else None
    if receipt is None or case is None:
        return redirect(f"{reverse('track')}?{urlencode({'number': number})}")
    now, day = clock.now(), clock.today()
    limits = {
        what: selectors.limit_for(
            what, kind=case.kind, urgency=case.urgency, channel=case.channel, day=day
        )
        for what in ("contact", "handle")
    }
    waits = selectors.waits_for(case)
    contact = case.contacts.filter(role="reporter").order_by("pk").first()
    return render(request, "intake/done.html", {
        "receipt": receipt,
        "case": case,
        "number": number,
        "code": receipts.grouped_code(receipt.code) if receipt.code else "",
        "elsewhere": first_look.ELSEWHERE.get(receipt.elsewhere, ""),
        "admit_by": until(waits.due_at, now) if waits and waits.what == "admit" else "",
        "contact_within": _within(limits["contact"]),
        "handle_within": _within(limits["handle"]),
        "to_confirm": any(limit and not limit.document for limit in limits.values()),
        "receiver": selectors.first_receiver(case.merged_into or case, day=clock.today()),
        "choice": contact.choice if contact else "",
        "for_whom": selectors.callback_is_for_somebody_else(case),
        "asked_at": now,
    })  # fmt: skip


def _within(limit: Limit | None) -> str:
    """'24 小时', '5 个工作日'."""
    return f"{limit.amount} {w.TIME_UNITS[limit.unit]}" if limit else ""
