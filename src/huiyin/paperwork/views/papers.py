"""/work/papers/: official papers made of numbers: looked at, then taken as Word or PDF, never issued here."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from huiyin.base import clock
from huiyin.base.rules.tables import Tab
from huiyin.base.services import audit
from huiyin.documents.rules.official import Paper, docx_of
from huiyin.documents.rules.typeset import pdf_of
from huiyin.indicators import views as numbers
from huiyin.org import access
from huiyin.org.models import Unit
from huiyin.org.rules.grants import ROLES, ActingPost
from huiyin.org.selectors import children_of, in_force
from huiyin.paperwork import registry
from huiyin.paperwork.registry import NothingToTell, PaperKind, Wanted
from huiyin.paperwork.views.material import DOCX

TYPES = {"docx": DOCX, "pdf": "application/pdf"}
MOST_UNITS = 300


def kinds_of(request: HttpRequest) -> list[PaperKind]:
    """The kinds that these posts may draft; 403 when there is none."""
    posts = access.posts(request)
    kinds = [k for k in registry.all_kinds() if any(p.may(k.grant) for p in posts)]
    if not kinds:
        raise PermissionDenied("您的岗位没有可以起草的公文")
    return kinds


def asked(request: HttpRequest) -> tuple[PaperKind, ActingPost, numbers.Asked]:
    """Kind, acting post, and place and period of the address."""
    kinds = kinds_of(request)
    kind = next((k for k in kinds if k.code == request.GET.get("kind")), kinds[0])
    post = access.post_for(request, kind.grant)
    return kind, post, numbers.asked(request, [post], kind.grant)


@require_GET
@access.needs()
def papers(request: HttpRequest) -> HttpResponse:
    """Choose a kind, a place and a period; the draft stands below, Word and PDF beside it."""
    kind, post, what = asked(request)
    paper, problem = None, what.error
    try:
        paper = kind.build(wanted_of(what, post))
    except NothingToTell as error:
        problem = str(error)
    form = request.GET.get("as", "")
    if form:
        if form not in TYPES or paper is None:
            raise Http404("没有这样的文件")
        return file_of(request, post, kind, paper, form)
    return render(request, "paperwork/papers.html", {
        **numbers.frame(what), "kind": kind, "paper": paper, "problem": problem,
        "tabs_of_kinds": [Tab(k.label, f"?{what.query}&{urlencode({'kind': k.code})}",
                              current=k is kind) for k in kinds_of(request)],
        "units": _units(what, kind), "post": post,
    })  # fmt: skip


def wanted_of(what: numbers.Asked, post: ActingPost) -> Wanted:
    """What a builder is asked."""
    return Wanted(
        what.area, what.unit, what.period, tuple(children_of(what.area, day=clock.today())[:60]),
        post.unit_name, ROLES[post.role].grants, clock.now(), clock.today(),
    )  # fmt: skip


def _units(what: numbers.Asked, kind: PaperKind) -> list[Unit]:
    if not kind.per_unit:
        return []
    rows = Unit.objects.filter(in_force(clock.today()), area__path__startswith=what.area.path)
    return list(rows.order_by("pinyin", "pk")[:MOST_UNITS])


def file_of(
    request: HttpRequest, post: ActingPost, kind: PaperKind, paper: Paper, form: str
) -> HttpResponse:
    """The paper as a file, on record."""
    content = docx_of(paper) if form == "docx" else pdf_of(paper)
    audit.record(
        at=clock.now(), person_id=post.person_id, person_name=post.person_name, post_id=post.post_id,
        address=access.address_of(request), action="exported", subject=f"paper:{kind.code}", fields=[],
        reason=paper.title,
    )  # fmt: skip
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = content_disposition_header(True, f"{paper.title}.{form}")
    response["Cache-Control"] = "no-store"
    return response
