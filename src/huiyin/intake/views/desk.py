"""/work/desk/: a call is taken down while somebody talks, one screen, by keyboard.

What stands beside it (caller, dangers, copies, answers) is asked for by POST, so that neither a
phone nor a word of a report ever stands in an address or a log.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.base import clock
from huiyin.base.services import audit
from huiyin.cases.models import Case
from huiyin.cases.rules import words as w
from huiyin.cases.services.steps import ActionRefused
from huiyin.intake import selectors
from huiyin.intake.forms.desk import AREA_CODE, DeskForm
from huiyin.intake.models import KnowledgeAnswer
from huiyin.intake.rules import read_aloud, receipts, words
from huiyin.intake.rules.when import until
from huiyin.intake.selectors import Place
from huiyin.intake.services import desk_hints, placing, taking_calls
from huiyin.intake.services.once import Answered, UsedBefore, answer_to
from huiyin.intake.services.taking_calls import NEEDS, Taken
from huiyin.org import access
from huiyin.org.models import Area, Unit
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.rules import danger_words

_KEPT = 30  # calls whose end page a browser may open again
GRANT = "case.file"


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs(GRANT)
def desk(request: HttpRequest) -> HttpResponse:
    """The entry. Each button says in `action` what becomes of the call."""
    if request.method == "GET":
        post = access.post_for(request, GRANT)
        form = _form(request, None, post, initial={
            "client_id": str(uuid.uuid4()), "channel": "phone", "post": post.post_id})  # fmt: skip
        return _page(request, form, post)
    post = access.post_for(request, GRANT)
    action = request.POST.get("action", taking_calls.FILE)
    if action == "look" or action.startswith("use:"):
        return _looked(request, post, action)
    form = _form(request, request.POST, post, action=action)
    if not form.is_valid():
        return _page(request, form, post)
    try:
        taken = taking_calls.take(
            form.call(), post=post, posts=access.posts(request), at=clock.now()
        )
    except ActionRefused as error:
        form.add_error(None, str(error))
        return _page(request, form, post)
    except UsedBefore as used:
        form.as_another()
        number = used.answer["number"]
        form.add_error(None, f"刚才那一份已登记为 {number}。这确实是另一件事，就再按一次登记")
        return _page(request, form, post)
    _remember(request, taken.number, form.cleaned_data["client_id"])
    return redirect("desk_done", number=taken.number)


def _looked(request: HttpRequest, post: ActingPost, action: str) -> HttpResponse:
    """Without JavaScript: show the hints, or take an answer of the knowledge base into the reply."""
    data: QueryDict = request.POST
    if action.startswith("use:") and action[4:].isdigit():
        chosen = KnowledgeAnswer.objects.filter(pk=int(action[4:])).first()
        if chosen is not None:
            data = data.copy()
            data["reply"] = chosen.answer
    form = _form(request, data, post)
    form.errors.clear()
    return _page(request, form, post)


def _form(request: HttpRequest, data: QueryDict | None, post: ActingPost, **more: Any) -> DeskForm:
    held = [p for p in access.posts(request) if p.may(GRANT)]
    return DeskForm(data, held=held, area=_area(post), day=clock.today(), **more)


def _area(post: ActingPost) -> Area:
    return Area.objects.select_related("parent").get(pk=post.area_id)


def _page(request: HttpRequest, form: DeskForm, post: ActingPost) -> HttpResponse:
    posts = access.posts(request)
    may = {a: any(p.may(grant) for p in posts) for a, grant in NEEDS.items()}
    context = _hint_context(request, form) | {
        "form": form, "post": post, "may": may, "admits": post.may("case.admit"),
        "several_posts": len(form.fields["post"].choices) > 1,  # type: ignore[attr-defined]
        "default_choice": words.DEFAULT_CHOICE, "area": form.area,
        "caller": _caller(request, form["phone"].value() or ""),
        "may_see_history": any(p.may("case.caller_history") for p in posts),
    }  # fmt: skip
    return render(request, "intake/desk.html", context)


def _hint_context(request: HttpRequest, form: DeskForm) -> dict[str, Any]:
    text = form["text"].value() or ""
    place, about = _place(form), form["about"].value() or ""
    posts = access.posts(request)
    return {
        "form": form, "said": text, "place": place, "unsure_choice": words.UNSURE_CHOICE,
        "hints": desk_hints.hints(text, place, posts, at=clock.now(),
                                  about_unit_id=int(about) if about.isdigit() else None,
                                  not_wrongdoing=form["wrongdoing"].value() == "no"),
        "same": form["same"].value() or "", "lead": form["lead"].value() or "", "about": about,
        "support": form.posted_list("support"),
        "category": form["category"].value() or "",
        "wrongdoing": form["wrongdoing"].value() or "",
        "may_merge": any(p.may("case.merge") for p in posts),
    }  # fmt: skip


def _place(form: DeskForm) -> Place | None:
    """The place as far as it is known; None while several bear what was typed."""
    if not form.is_bound:
        return None
    try:
        return form.whereabouts().place
    except (placing.SeveralPlaces, placing.PlaceElsewhere):
        return None


# -- beside it, while somebody talks ------------------------------------------------------------
@never_cache
@require_POST
@access.needs(GRANT)
def desk_hints_panel(request: HttpRequest) -> HttpResponse:
    """Dangers, copies, suggestions and answers for what stands in the form now."""
    post = access.post_for(request, GRANT)
    form = _form(request, request.POST, post)
    return render(request, "intake/_desk_hints.html", _hint_context(request, form) | {"live": True})


@never_cache
@require_POST
@access.needs("case.caller_history")
def desk_caller(request: HttpRequest) -> HttpResponse:
    """Who has this number called as before."""
    caller = _caller(request, request.POST.get("phone", "")[:30])
    return render(request, "intake/_desk_caller.html", {"caller": caller})


def _caller(request: HttpRequest, phone: str) -> desk_hints.Caller | None:
    """What is known of a number. That somebody looked is kept, when there was something to see."""
    found = (
        desk_hints.caller(phone, access.posts(request), day=clock.today(), area_code=AREA_CODE)
        if phone
        else None
    )
    if found is not None and found.cases:
        by = access.post_for(request, "case.caller_history")
        audit.record(
            at=clock.now(), person_id=by.person_id, person_name=by.person_name,
            post_id=by.post_id, address=access.address_of(request), action="caller_looked_up",
            subject=f"case:{found.cases[0].pk}", fields=("来电历史",), reason="接电话",
        )  # fmt: skip
    return found


@require_POST
@access.needs(GRANT, "case.on_spot", "case.mediate")
def desk_places(request: HttpRequest) -> HttpResponse:
    """Places within the post's area by part of a name or pinyin initials."""
    grant = next(g for g in (GRANT, "case.on_spot", "case.mediate") if _has(request, g))
    post = access.post_for(request, grant)
    typed = request.POST.get("where", "")[:30]
    found = selectors.find_places(
        typed, day=clock.today(), limit=8, within=placing.reach(_area(post))
    )
    return render(request, "intake/_desk_places.html", {"found": found, "typed": typed.strip()})


def _has(request: HttpRequest, grant: str) -> bool:
    return any(p.may(grant) for p in access.posts(request))


# -- the end ------------------------------------------------------------------------------------
def _remember(request: HttpRequest, number: str, client_id: str) -> None:
    taken = dict(request.session.get("desk_taken", {}))
    taken.pop(number, None)
    taken[number] = client_id
    request.session["desk_taken"] = dict(list(taken.items())[-_KEPT:])


@never_cache
@require_GET
@access.needs(GRANT)
def desk_done(request: HttpRequest, number: str) -> HttpResponse:
    """Number, what to read aloud, and the next call."""
    client_id = request.session.get("desk_taken", {}).get(number, "")
    answer = answer_to(client_id) if client_id else None
    if answer is None:
        return redirect("desk")
    taken = taking_calls.taken(Answered(answer, new=False), client_id)
    case = selectors.own_case(taken.number)
    assert case is not None
    situation = _situation(case, taken)
    return render(request, "intake/desk_done.html", {
        "taken": taken, "case": case, "number": taken.number,
        "sentences": read_aloud.sentences(situation), "code": situation.code,
    })  # fmt: skip


def _calls(case: Case) -> tuple[str, ...]:
    """119, 110, 120 where the words spoke of a danger."""
    said = case.words.filter(key="text").order_by("seq").values_list("text", flat=True).first()
    alerts = danger_words.scan(said or "")
    return tuple(n for n in alerts.numbers if len(n) == 3) if alerts.life else ()


def _situation(case: Case, taken: Taken) -> read_aloud.Situation:
    """What there is to say, from the case as it stands."""
    now, day = clock.now(), clock.today()
    contact = case.contacts.filter(role="reporter").order_by("pk").first()
    limits = {
        what: selectors.limit_for(
            what, kind=case.kind, urgency=case.urgency, channel=case.channel, day=day
        )
        for what in ("contact", "handle")
    }
    within = {
        what: f"{limit.amount} {w.TIME_UNITS[limit.unit]}" if limit else ""
        for what, limit in limits.items()
    }
    reply = case.words.filter(key="reply", public=True).order_by("-seq").first()
    link = case.links.filter(kind="outside").order_by("-pk").first()
    lead: Unit | None = case.lead
    due = case.due_at if case.status == w.AWAITING_ACCEPTANCE else None
    return read_aloud.Situation(
        done=read_aloud.WITHHELD if taken.withheld else taken.done,
        number=receipts.grouped_number(taken.number),
        code=receipts.grouped_code(taken.code) if taken.code else "",
        has_phone=bool(contact and contact.phone), admitted=case.status != w.REGISTERED,
        admit_by=until(case.due_at, now) if case.status == w.REGISTERED and case.due_at else "",
        contact_within=within["contact"], handle_within=within["handle"],
        handle_by=until(due, now) if due else "", unit=lead.name if lead else "",
        choice=contact.choice if contact else "direct",
        for_somebody=selectors.callback_is_for_somebody_else(case),
        channel=w.TELL_CHANNELS.get(link.channel, "") if link else "",
        reply=(reply.text or "") if reply else "", calls=_calls(case),
    )  # fmt: skip
