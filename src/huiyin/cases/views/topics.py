"""/work/topics/: 热点, the same place and subject counted by people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from huiyin.base import clock
from huiyin.base.rules.tables import Tab
from huiyin.cases.selectors.topics import hot_topics
from huiyin.cases.services import thresholds
from huiyin.org import access

TERMS = (30, 90)
#: On the board only the greatest.
ON_THE_BOARD = 3


@require_GET
@access.needs("case.topics")
def topics(request: HttpRequest) -> HttpResponse:
    """Topics of the last 30 or 90 days, each opening onto its cases; for the board one line."""
    days = 90 if request.GET.get("days") == "90" else TERMS[0]
    fewest = thresholds.hot_topic_people()
    found = hot_topics(access.posts(request), now=clock.now(), days=days, fewest_people=fewest)
    context = {
        "found": found, "days": days, "fewest": fewest, "top": found.topics[:ON_THE_BOARD],
        "tabs": [Tab(f"近 {n} 天", f"{reverse('topics')}?days={n}", current=n == days)
                 for n in TERMS],
        "now": clock.now(),
    }  # fmt: skip
    if request.headers.get("HX-Request") and "line" in request.GET:
        return render(request, "cases/_topics_line.html", context)
    return render(request, "cases/topics.html", context)
