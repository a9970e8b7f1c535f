"""What the pages of one case are put together from: the case page, the inbox's pane, an action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from huiyin.base import clock
from huiyin.base.models import Attachment
from huiyin.cases import selectors
from huiyin.cases.forms.actions import ActionForm
from huiyin.cases.forms.asks import Around
from huiyin.cases.models import Assignment, Callback, Case, CaseRequest, Deadline
from huiyin.cases.rules import looks
from huiyin.cases.rules import words as w
from huiyin.cases.rules.transitions import Transition
from huiyin.cases.selectors import related
from huiyin.cases.selectors.filter_choices import categories_offered
from huiyin.cases.selectors.timeline import TimelineItem, timeline
from huiyin.cases.services import listening, performing, revealing
from huiyin.org import access
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import full_area_name
from huiyin.triage.selectors import category_label


@dataclass(frozen=True)
class ActionButton:
    """An action that this person may do now. `posts`: those in which, the first unless chosen.

    `way`: "now" one press is enough (what it asks is optional), "form" it asks something first,
    "confirm" it cannot be undone and asks once. `form` stands open beside it, if any.
    """

    transition: Transition
    posts: tuple[ActingPost, ...]
    key: str
    way: str
    url: str
    as_whom: str = ""
    wanted: bool = False
    form: ActionForm | None = None

    @property
    def action(self) -> str:
        return self.transition.action

    @property
    def group(self) -> int:
        """0 straight on, 1 side road, 2 beside."""
        return 0 if self.wanted else looks.group(self.action)

    @property
    def danger(self) -> bool:
        """Whether it ends the case against the reporter's wish."""
        return self.transition.target in (w.DECLINED, w.TERMINATED)


def find_case(request: HttpRequest, number: str) -> Case:
    """The case by number, if one of the person's posts may see it; else 404, whoever asks."""
    try:
        return selectors.get_visible(access.posts(request), number, day=clock.today())
    except Case.DoesNotExist:
        raise Http404("没有这一件，或不在您的岗位范围内") from None


def buttons_of(
    case: Case, posts: Sequence[ActingPost], now: datetime, *, wanted: str = ""
) -> list[ActionButton]:
    """What this person may do now in any of these posts, one per action: what the inbox asks for
    first, then the likely."""
    found: dict[str, tuple[Transition, list[ActingPost]]] = {}
    for post in posts:
        for button in performing.buttons(case, [post], now):
            found.setdefault(button.action, (button.transition, []))[1].append(button.post)
    made = [
        replace(_button(case, t, tuple(able), several=len(posts) > 1), wanted=t.action == wanted)
        for t, able in found.values()
    ]
    return sorted(made, key=lambda b: (
        b.group, not b.wanted, not b.transition.likely, looks.place(b.action),
    ))  # fmt: skip


def _button(
    case: Case, transition: Transition, able: tuple[ActingPost, ...], *, several: bool
) -> ActionButton:
    asks = any(a.required for a in transition.asks)
    if asks or (transition.causes and transition.asks) or len(able) > 1:
        way = "form"
    else:
        way = "confirm" if transition.causes else "now"
    return ActionButton(
        transition=transition, posts=able, key=looks.KEYS.get(transition.action, ""), way=way,
        url=reverse("case_action", args=[case.number, transition.action]),
        as_whom="、".join(p.label for p in able) if several else "",
    )  # fmt: skip


def form_of(
    request: HttpRequest,
    case: Case,
    button: ActionButton,
    *,
    bound: bool = False,
) -> ActionForm:
    """The form of an action, empty or with what was sent."""
    copies = (
        related.near_copies(case, access.posts(request), day=clock.today(), open_only=True)
        if any(a.type == "case" for a in button.transition.asks)
        else ()
    )
    around = Around(
        case=case, posts=button.posts, day=clock.today(), copies=copies,
        categories=categories_offered(leaves_only=True),
        suggested=_suggested(request) | _asked_for(case, button),
    )  # fmt: skip
    sent = (request.POST, request.FILES) if bound else ()
    return ActionForm(*sent, transition=button.transition, around=around)


def _suggested(request: HttpRequest) -> dict[str, Any]:
    """Units that a click on a suggestion brings along (?lead=7&support=9)."""
    lead, support = request.GET.get("lead", ""), request.GET.getlist("support")
    values: dict[str, Any] = {}
    if lead.isdigit():
        values["lead"] = int(lead)
    if any(s.isdigit() for s in support):
        values["support"] = [int(s) for s in support if s.isdigit()]
    if request.GET.get("category"):
        values["category"] = request.GET["category"][:20]
    if request.GET.get("into"):
        values["into"] = request.GET["into"][:14]
    return values


def _asked_for(case: Case, button: ActionButton) -> dict[str, Any]:
    """A granted return begins with the unit that was proposed."""
    if button.action != "grant_return":
        return {}
    asked = case.requests.filter(kind="return", decided_at__isnull=True).first()
    return {"lead": asked.proposed_unit_id} if asked and asked.proposed_unit_id else {}


@dataclass(frozen=True)
class CaseView:
    """A case as a page shows it, read once. `clocks`: running ones, the next due first."""

    case: Case
    timeline: list[TimelineItem]
    clocks: list[Deadline]
    main_clock: Deadline | None
    contacts: list[revealing.Shown]
    assignments: list[Assignment]
    requests: list[CaseRequest]
    callbacks: list[Callback]
    place: str
    category: str
    may_hear: bool = False

    @property
    def reporter_files(self) -> tuple[Attachment, ...]:
        """What came with the report; recordings are `sounds`."""
        return tuple(f for f in self._came_along if f.kind != listening.VOICE)

    @property
    def sounds(self) -> tuple[Attachment, ...]:
        """Recordings of the reporter that are still there."""
        return tuple(f for f in self._came_along if f.kind == listening.VOICE)

    @property
    def _came_along(self) -> tuple[Attachment, ...]:
        return self.timeline[0].files if self.timeline else ()

    @property
    def former(self) -> list[Assignment]:
        """Parts that ended before the case did."""
        return [
            a for a in self.assignments
            if a.ended_at and not (a.role == "lead" and a.unit_id == self.case.lead_id)
        ]  # fmt: skip

    @property
    def own_words(self) -> str | None:
        return self._text("text")

    @property
    def written_down(self) -> str | None:
        """What a person wrote down of the recording, None as long as nobody did."""
        texts = (t for i in self.timeline if i.event == "written_down" for t in i.texts)
        return next((t.text for t in texts if t.key == "text"), None)

    @property
    def summary(self) -> str | None:
        return self._text("summary")

    @property
    def latest(self) -> TimelineItem | None:
        """The newest step in which somebody wrote something: a reply, a demand, an opinion."""
        return next((i for i in self.timeline[:0:-1] if i.texts), None)

    def _text(self, key: str) -> str | None:
        first = self.timeline[0].texts if self.timeline else ()
        return next((t.text for t in first if t.key == key), None)

    @property
    def newest_first(self) -> list[TimelineItem]:
        return self.timeline[::-1]


def view_of(case: Case, posts: Sequence[ActingPost], *, day: date) -> CaseView:
    """About twelve queries, whatever the case has been through."""
    clocks = list(
        selectors.running_deadlines([case.pk])
        .exclude(what="return_window")
        .select_related("assignment__unit")
        .order_by("due_at", "id")
    )
    main = next((d for d in clocks if d.due_at == case.due_at), None)
    steps = timeline(case)
    spoken = bool(steps) and any(f.kind == listening.VOICE for f in steps[0].files)
    return CaseView(
        case=case, timeline=steps, clocks=clocks, main_clock=main,
        contacts=revealing.contacts_shown(case, posts, day=day),
        assignments=list(case.assignments.select_related("unit", "accepted_by").order_by("id")),
        requests=list(
            case.requests.filter(decided_at__isnull=True)
            .select_related("unit", "asked_by", "proposed_unit", "first_by")
            .order_by("id")
        ),
        callbacks=list(case.callbacks.select_related("by").order_by("id")),
        place=place_of(case), category=category_label(case.category) if case.category else "",
        may_hear=spoken and listening.listener(case, posts, day=day) is not None,
    )  # fmt: skip


def place_of(case: Case) -> str:
    """'水富市云富街道团结路社区 新天地小区 3 栋'."""
    parts = [full_area_name(case.area)]
    if case.compound:
        parts.append(case.compound.name)
    if case.building:
        parts.append(case.building.name)
    return " ".join(parts)


def local_path(request: HttpRequest, path: str) -> str:
    """A path of this site that a form may go back to, "" for anything else."""
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(
        path, allowed_hosts={request.get_host()}
    )
    return path if safe else ""
