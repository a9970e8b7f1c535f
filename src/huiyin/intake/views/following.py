"""Pages for whoever reported something: how far it is, who has it, and their own answer.

Shown to the browser that filed the case or that has given number and tail; the session remembers
numbers only (views.remembering).
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.base import clock
from huiyin.base.services import files
from huiyin.cases.models import Case
from huiyin.cases.rules import words as w
from huiyin.cases.services.steps import ActionRefused
from huiyin.intake import selectors
from huiyin.intake.forms.following import ANSWERS, AnswerForm, BackAgainForm, FollowForm
from huiyin.intake.rules import story
from huiyin.intake.rules.when import until
from huiyin.intake.services import following
from huiyin.intake.views import remembering

#: Where the case stands that a merged one runs with, when its reporter is asked as well.
_ASKED = (w.AWAITING_CALLBACK, w.CLOSED, w.ARCHIVED)


@never_cache
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Number and tail open a case; wrong ones are counted, without personal data."""
    form = FollowForm(request.POST or None, initial={"number": request.GET.get("number", "")[:30]})
    if request.method == "POST" and form.is_valid():
        try:
            opened = following.open_case(
                typed_number=form.cleaned_data["number"], tail=form.cleaned_data["tail"],
                address=client_address(request), at=clock.now(),
            )  # fmt: skip
        except following.MistypedNumber as error:
            form.add_error("number", str(error))
        except following.NotOpened as error:
            form.add_error(None, str(error))
        else:
            remembering.opened(request, opened.number, opened.role)
            return redirect("followed", number=opened.number)
    mine = remembering.numbers(request)
    return render(request, "intake/track.html", {"form": form, "mine": mine})


def client_address(request: HttpRequest) -> str:
    """Where the request comes from. Behind our own proxy (HUIYIN_HTTPS=1): what that proxy added,
    the last entry; without one the header is the client's own invention and not read."""
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


def _own(request: HttpRequest, number: str) -> tuple[Case, str] | None:
    """The case and as whom this browser follows it; None when it has not shown that it is theirs."""
    role = remembering.role(request, number)
    case = selectors.own_case(number) if role else None
    return None if case is None else (case, role)


def _ask_tail(number: str) -> HttpResponse:
    return redirect(f"{reverse('track')}?{urlencode({'number': number})}")


@never_cache
@require_GET
def followed(request: HttpRequest, number: str) -> HttpResponse:
    """How far it is, who has it, what happened; and the reporter's own answer."""
    own = _own(request, number)
    if own is None:
        return _ask_tail(number)
    return _followed_page(request, *own)


def _followed_page(
    request: HttpRequest,
    case: Case,
    role: str,
    *,
    back_form: BackAgainForm | None = None,
    answer_form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    runs_with = case.merged_into if case.status == w.MERGED else None
    standing = runs_with or case
    share, tone = story.standing(standing.status, standing.sign_off_code)
    waits = selectors.waits_for(standing)
    answered = selectors.answer_now(case)
    reply, timeline = story.with_reply(selectors.story_of(case), case.status)
    may_answer = role == "for_whom" or not selectors.callback_is_for_somebody_else(case)
    return render(request, "intake/followed.html", {
        "case": case,
        "number": case.number,
        "status": story.headline(standing.status, standing.sign_off_code),
        "share": share,
        "tone": tone,
        "runs_with": runs_with,
        "waits": waits,
        "by": until(waits.due_at, now) if waits else "",
        "late": bool(waits and waits.due_at < now),
        "receiver": None if case.status == w.WITHHELD
        else selectors.first_receiver(standing, day=clock.today()),
        "over": standing.ended,
        "reply": reply,
        "timeline": timeline,
        "further": story.of_another(selectors.story_of(runs_with)) if runs_with else [],
        "asks": standing.status in _ASKED if runs_with else case.status == w.AWAITING_CALLBACK,
        "may_answer": may_answer,
        "answered": answered,
        "answers": [(k, v[0], v[1]) for k, v in ANSWERS.items()],
        "answer_form": answer_form or AnswerForm(),
        "may_come_back": case.status == w.CLOSED,
        "back_asked": case.requests.filter(kind="relapse", decided_at__isnull=True).exists(),
        "back_form": back_form or BackAgainForm(),
        "own_words": selectors.own_words(case),
        "photos": list(selectors.own_photos(case)),
        "integrity": following.check_integrity(case),
    }, status=status)  # fmt: skip


@never_cache
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """One tap: solved or not, satisfied or not."""
    own = _own(request, number)
    if own is None:
        return _ask_tail(number)
    case, role = own
    if role != "for_whom" and selectors.callback_is_for_somebody_else(case):
        messages.error(request, "这件事是替别人反映的，由他本人确认")
        return redirect("followed", number=number)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _followed_page(request, case, role, answer_form=form)
    try:
        following.answer(number=number, at=clock.now(), **form.given())
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"记下了：{ANSWERS[form.cleaned_data['answer']][0]}")
    return redirect("followed", number=number)


@never_cache
@require_POST
def back_again(request: HttpRequest, number: str) -> HttpResponse:
    """“问题又出现了”."""
    own = _own(request, number)
    if own is None:
        return _ask_tail(number)
    case, role = own
    form = BackAgainForm(request.POST)
    if not form.is_valid():
        return _followed_page(request, case, role, back_form=form)
    try:
        following.say_it_is_back(number=number, note=form.cleaned_data["note"], at=clock.now())
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "记下了。会有人核实，确实又出现的重新办理")
    return redirect("followed", number=number)


@never_cache
@require_GET
def own_file(request: HttpRequest, number: str, attachment: int) -> HttpResponseBase:
    """A photo or recording that the reporter sent, for the reporter."""
    own = _own(request, number)
    found = selectors.own_attachment(own[0], attachment) if own else None
    if found is None:
        raise Http404
    try:
        return files.opened_part(found, request.headers.get("Range", ""))
    except FileNotFoundError:
        raise Http404 from None
