"""/work/materials/: headings 提法 with the numbers of a place and period, as a page and as Word."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from huiyin.base import clock
from huiyin.base.rules.tables import Tab
from huiyin.base.services import audit
from huiyin.indicators import registry
from huiyin.indicators import views as numbers
from huiyin.org import access
from huiyin.org.rules.grants import ROLES
from huiyin.paperwork.services import material as service

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GRANT = "phrases.view"


@require_GET
@access.needs(GRANT)
def material(request: HttpRequest) -> HttpResponse:
    """Choose a heading; its parts with their numbers, each open onto its rows."""
    post = access.post_for(request, GRANT)
    granted = ROLES[post.role].grants
    seen = {i.grant for i in registry.all_indicators()} & granted
    what = numbers.asked(request, [post], *(seen or {GRANT}))
    frames = service.frames(clock.today())
    asked = request.GET.get("frame", "")
    frame = asked if asked in frames else (frames[0] if frames else "")
    found = service.lines(frame, what.part, may=granted, day=clock.today()) if frame else []
    if found and request.GET.get("as") == "docx":
        note = f"口径见指标页；{what.area.name}，{what.period.label}；{clock.today():%Y-%m-%d} 生成，底稿，用前请核对。"
        content = service.docx(
            frame, found, where=what.area.name, when=what.period.label, note=note
        )
        audit.record(
            at=clock.now(), person_id=post.person_id, person_name=post.person_name,
            post_id=post.post_id, address=access.address_of(request), action="exported",
            subject="material", fields=[], reason=f"{frame} {what.area.name} {what.period.label}",
        )  # fmt: skip
        response = HttpResponse(content, content_type=DOCX)
        name = f"{frame}素材-{what.area.name}-{what.period.code}.docx".replace("/", "至")
        response["Content-Disposition"] = content_disposition_header(True, name)
        response["Cache-Control"] = "no-store"
        return response
    return render(request, "paperwork/material.html", {
        "frames": frames, "frame": frame, "lines": found,
        "frame_tabs": [Tab(f, f"?{what.query}&{urlencode({'frame': f})}", current=f == frame)
                       for f in frames],
        "may_keep": post.may("phrases.keep"), **numbers.frame(what),
    })  # fmt: skip
