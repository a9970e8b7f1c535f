"""/work/cases/bulk/ACTION/: one action for selected cases, each through perform, each with a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from huiyin.base import clock
from huiyin.cases import registry
from huiyin.cases.forms.actions import ActionForm
from huiyin.cases.forms.asks import Around
from huiyin.cases.models import Case
from huiyin.cases.rules.bulk import BULK, MOST, Bulk
from huiyin.cases.rules.transitions import Transition
from huiyin.cases.services import performing
from huiyin.cases.services.steps import ActionRefused, in_post
from huiyin.cases.views.case_list import selected_cases
from huiyin.cases.views.case_parts import local_path
from huiyin.org import access
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost


@dataclass(frozen=True)
class Result:
    """What became of one case."""

    case: Case
    done: bool
    words: str


@require_POST
@access.needs("case.view")
def bulk_action(request: HttpRequest, action: str) -> HttpResponse:
    """First the form and the selected cases; with `go` each is done, and each result is shown."""
    bulk = BULK.get(action)
    posts = [p for p in access.posts(request) if bulk and p.may(bulk.grant)]
    if bulk is None or not posts:
        raise Http404
    cases = selected_cases(request)
    back = local_path(request, request.POST.get("back", ""))
    if not cases:
        return redirect(back or "case_list")
    transition = _transition(bulk, cases[0])
    context: dict[str, Any] = {"bulk": bulk, "back": back, "cases": cases[:MOST], "most": MOST,
                               "left_out": len(cases) - MOST}  # fmt: skip
    go = "go" in request.POST
    form = ActionForm(
        *((request.POST, request.FILES) if go else ()), transition=transition,
        around=_around(cases, posts),
    )  # fmt: skip
    if not go or not form.is_valid():
        return render(request, "cases/bulk_action.html", context | {"form": form})
    results = [_do(request, case, bulk.action, posts, form.given()) for case in cases[:MOST]]
    return render(request, "cases/bulk_results.html", context | {"results": results})


def _transition(bulk: Bulk, case: Case) -> Transition:
    """The transition without what can only be said of one case."""
    whole = registry.get(case.type).actions[bulk.action]
    return replace(whole, asks=tuple(a for a in whole.asks if a.key not in bulk.left_out))


def _around(cases: Sequence[Case], posts: Sequence[ActingPost]) -> Around:
    """The smallest area that holds them all stands for the place, so that its units are offered."""
    paths = [c.area.ancestor_ids for c in cases]
    common = [ids[0] for ids in zip(*paths, strict=False) if len(set(ids)) == 1]
    area = Area.objects.get(pk=common[-1]) if common else cases[0].area
    first = cases[0]
    place = Case(number=first.number, area=area, status=first.status, type=first.type)
    return Around(case=place, posts=posts[:1], day=clock.today())


def _do(
    request: HttpRequest,
    case: Case,
    action: str,
    posts: Sequence[ActingPost],
    given: dict[str, Any],
) -> Result:
    """One case, in the first post that may; the last refusal is the one that is told."""
    seen = request.POST.get(f"version_{case.number}", "")
    refused = ""
    for post in posts:
        try:
            done = performing.perform(
                case=case.pk, action=action, by=in_post(post), at=clock.now(), given=given,
                seen_version=int(seen) if seen.isdigit() else None,
            )  # fmt: skip
        except ActionRefused as error:
            refused = str(error)
        else:
            return Result(done, True, f"现在是“{done.status_label}”")
    return Result(case, False, refused)
