"""/work/papers/kept/: papers as they were taken away, with the stamped scan that came back."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.base import clock
from huiyin.base.rules.tables import Column, Pager
from huiyin.base.services import files
from huiyin.org import access
from huiyin.paperwork import registry
from huiyin.paperwork.forms.papers import ScanForm
from huiyin.paperwork.models import KeptPaper
from huiyin.paperwork.services import keeping_papers
from huiyin.paperwork.services.keeping_papers import ScanRefused
from huiyin.paperwork.views import papers

PER_PAGE = 30
_COLUMNS = [
    Column("标题"), Column("文种", "status"), Column("地点", wide=True), Column("留存", "time"),
    Column("文号"),
]  # fmt: skip


@require_GET
@access.needs()
def kept_list(request: HttpRequest) -> HttpResponse:
    """Every kept paper of one's kinds and areas, newest first."""
    papers.kinds_of(request)
    rows = keeping_papers.visible(access.posts(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    pager = Pager(
        previous_url=f"?page={page.previous_page_number()}" if page.has_previous() else "",
        next_url=f"?page={page.next_page_number()}" if page.has_next() else "",
        shown=len(page.object_list), about=page.paginator.count,
    )  # fmt: skip
    return render(request, "paperwork/kept_papers.html", {
        "heading": "留存的公文稿", "basis": "稿子和数字保持留存时的样子；盖章件回来后挂在这里。",
        "rows": [(kept, registry.get(kept.kind).label) for kept in page.object_list],
        "columns": _COLUMNS, "row_template": "paperwork/_kept_paper.html", "pager": pager,
        "empty_title": "还没有留存的稿子", "empty_text": "在“公文稿”里起草后，点“留存这一稿”。",
    })  # fmt: skip


@require_POST
@access.needs()
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the draft that the address means."""
    kind, post, what = papers.asked(request)
    try:
        wanted = papers.wanted_of(what, post)
        paper = kind.build(wanted)
    except registry.NothingToTell as error:
        messages.error(request, str(error))
        return redirect("papers")
    kept = keeping_papers.keep(kind, paper, wanted, by=post)
    messages.success(request, "已留存；盖章件回来后在这里挂上")
    return redirect("kept_paper", kept.pk)


@require_http_methods(["GET", "POST"])
@access.needs()
def kept_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as it stood; its scan is hung here, once."""
    kept = _find(request, pk)
    kind = registry.get(kept.kind)
    post = access.post_for(request, kind.grant)
    paper = keeping_papers.paper_of(kept)
    if request.GET.get("as") in papers.TYPES:
        return papers.file_of(request, post, kind, paper, request.GET["as"])
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            keeping_papers.hang(
                kept, given["scan"].read(keeping_papers.MOST_BYTES + 1), number=given["number"],
                issued_on=given["issued_on"], by=post, at=clock.now(),
            )  # fmt: skip
        except ScanRefused as error:
            form.add_error("scan", str(error))
        else:
            messages.success(request, "盖章件已挂上")
            return redirect("kept_paper", pk)
    return render(request, "paperwork/kept_paper.html", {
        "kept": kept, "kind": kind, "paper": paper, "form": form,
        "scan": keeping_papers.scan_of(kept),
    })  # fmt: skip


@require_GET
@access.needs()
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan, to whoever may see the paper."""
    found = keeping_papers.scan_of(_find(request, pk))
    if found is None:
        raise Http404("还没有挂扫描件")
    try:
        return cast(HttpResponse, files.opened(found))
    except FileNotFoundError:
        raise Http404("扫描件的内容已不在服务器上") from None


def _find(request: HttpRequest, pk: int) -> KeptPaper:
    kept = keeping_papers.visible(access.posts(request)).filter(pk=pk).first()
    if kept is None:
        raise Http404("没有这份稿子，或不在您的范围内")
    return kept
