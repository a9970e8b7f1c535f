"""/work/on-call/: the roster of leaders on duty 值班表 of one's area."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from huiyin.base import clock
from huiyin.org import access
from huiyin.org.forms import OnCallForm
from huiyin.org.models import Area, Person
from huiyin.org.selectors import on_call
from huiyin.org.services import rostering

GRANT = "org.on_call"
#: How far ahead a missing duty is told.
AHEAD = timedelta(days=7)
#: Whose roles stand on the roster.
ROLES = ("leader", "supervisor", "unit_head")


@access.needs(GRANT)
def roster(request: HttpRequest) -> HttpResponse:
    """Who is on duty now, what is planned, where nobody is; entering one on the same page."""
    post, now = access.post_for(request, GRANT), clock.now()
    area = Area.objects.get(pk=post.area_id)
    people = Person.objects.filter(
        posts__area__path__startswith=area.path, posts__role__in=ROLES, posts__valid_to__isnull=True
    ).distinct().order_by("pinyin", "pk")  # fmt: skip
    today = clock.today()
    form = OnCallForm(request.POST or None, people=people, initial={"first": today, "last": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            rostering.enter(
                rostering.NewDuty(data["person"].pk, data["phone"], data["first"], data["last"],
                                  data["changeover"]),
                by=post, at=now,
            )  # fmt: skip
        except rostering.RosterRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已排上：{data['person'].name}")
            return redirect("on_call")
    rows = on_call.rostered(area, now)
    return render(request, "org/on_call.html", {
        "form": form, "area": area, "rows": rows, "now": now,
        "gaps": on_call.gaps(rows, now, now + AHEAD), "past": on_call.over(area, now),
    })  # fmt: skip


@require_POST
@access.needs(GRANT)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one duty from the roster."""
    try:
        rostering.withdraw(pk, by=access.post_for(request, GRANT), at=clock.now())
        messages.success(request, "已从值班表撤下")
    except rostering.RosterRefused as error:
        messages.error(request, str(error))
    return redirect("on_call")
