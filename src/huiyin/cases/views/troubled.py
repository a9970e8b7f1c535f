"""/work/stuck/ and /work/supervision/: what does not go on, what is over its time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from huiyin.base import clock
from huiyin.base.rules.tables import Column, Tab
from huiyin.cases.rules import words as w
from huiyin.cases.rules.bulk import BULK
from huiyin.cases.selectors.troubled import SHOWN, overdue_cases, stuck_cases
from huiyin.cases.services import stuck_notices
from huiyin.org import access

STUCK_COLUMNS = (
    Column("编号"),
    Column("标题"),
    Column("状态", kind="status"),
    Column("卡在哪里"),
    Column("主办"),
    Column("最近动静", kind="time"),
)
SUPERVISION_COLUMNS = (
    Column("编号"),
    Column("标题"),
    Column("状态", kind="status"),
    Column("超期", kind="time"),
    Column("主办"),
    Column("督办", kind="status"),
)


@require_GET
@access.needs("case.stuck")
def stuck(request: HttpRequest) -> HttpResponse:
    """Open cases without an event for days, or for whose next step nobody is there."""
    days = stuck_notices.stuck_days()
    found = stuck_cases(
        access.posts(request), now=clock.now(), day=clock.today(), days=days, limit=SHOWN
    )
    context = {
        "heading": "卡住的件",
        "basis": f"在办而 {days} 天没有动静，或下一步没有人能办。每次打开即时计算；每晚清点一次，件数写在督办员的待办页。",
        "columns": STUCK_COLUMNS,
        "rows": found.rows,
        "row_template": "cases/_stuck_row.html",
        "more": found.more,
        "shown": SHOWN,
        "empty_title": "没有卡住的件",
        "empty_text": "每一件在办的都有动静，也都有人能办下一步。",
        "now": clock.now(),
    }
    return render(request, "cases/stuck.html", context)


@require_GET
@access.needs("case.supervise")
def supervision(request: HttpRequest) -> HttpResponse:
    """What is over its time, the longest first; reminded, supervised or admonished in bulk."""
    posts, now = access.posts(request), clock.now()
    asked = request.GET.get("level", "")
    level = int(asked) if asked in ("0", "1", "2", "3") else None
    rows = overdue_cases(posts, now=now, level=level)
    base = reverse("supervision")
    names = {0: "未催办", 1: "已催办", 2: "已书面督办", 3: "已发提醒函"}
    context = {
        "heading": "超期督办",
        "basis": "超过当前环节期限的件，超得最久的在前。督办依次为催办、书面督办、提醒函。",
        "tabs": [
            Tab("全部", base, current=level is None),
            *(Tab(names[n], f"{base}?level={n}", current=level == n) for n in names),
        ],
        "columns": SUPERVISION_COLUMNS,
        "rows": rows[:SHOWN],
        "row_template": "cases/_supervision_row.html",
        "levels": w.SUPERVISION_LEVELS,
        "more": len(rows) > SHOWN,
        "shown": SHOWN,
        "bulk": [BULK[a] for a in ("remind", "supervise", "admonish")],
        "back": request.get_full_path(),
        "empty_title": "没有超期的件",
        "empty_text": "这一类里没有超过期限的件。",
        "now": now,
    }
    return render(request, "cases/supervision.html", context)
