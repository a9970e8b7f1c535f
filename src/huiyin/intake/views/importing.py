"""/work/import/: reports from files. Choose a file, look at what was understood, start, receipt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.base import clock
from huiyin.base.rules.masking import mask_name, mask_phone, mask_text
from huiyin.base.rules.tables import Column, Pager
from huiyin.base.services import audit
from huiyin.cases.rules import words as w
from huiyin.intake.forms.importing import ImportColumnsForm, ImportFileForm
from huiyin.intake.models import ImportRun
from huiyin.intake.rules import import_states as states
from huiyin.intake.services import import_runs, importing
from huiyin.intake.services.import_runs import GRANT, ImportRefused
from huiyin.intake.services.importing import Understood
from huiyin.org import access, selectors
from huiyin.org.models import Area, Compound

PER_PAGE = 30
_COLUMNS = [
    Column("文件"), Column("状态", "status"), Column("登记到"), Column("读入", "number"),
    Column("新增", "number"), Column("相同", "number"), Column("拒绝", "number"),
    Column("导入人", wide=True), Column("时间", "time"),
]  # fmt: skip


@require_http_methods(["GET", "POST"])
@access.needs(GRANT)
def import_list(request: HttpRequest) -> HttpResponse:
    """Former imports, and the form for the next one."""
    places = _places(request)
    form = ImportFileForm(request.POST or None, request.FILES or None, places=places)
    if request.method == "POST" and form.is_valid():
        run = _take(request, form, places)
        if run is not None:
            return redirect("import_detail", pk=run.pk)
    runs = import_runs.runs_of(access.posts(request))
    page = Paginator(runs, PER_PAGE).get_page(request.GET.get("page"))
    pager = Pager(
        previous_url=f"?page={page.previous_page_number()}" if page.has_previous() else "",
        next_url=f"?page={page.next_page_number()}" if page.has_next() else "",
        shown=len(page.object_list), about=page.paginator.count,
    )  # fmt: skip
    return render(request, "intake/import_list.html", {
        "form": form, "rows": page.object_list, "pager": pager, "columns": _COLUMNS,
        "row_template": "intake/_import_row.html",
    })  # fmt: skip


@require_GET
@access.needs(GRANT)
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One import, by its state: columns, preview, progress or result."""
    run = _run(request, pk)
    context = {
        "run": run,
        "mine": _is_mine(request, run),
        "receipt_days": import_runs.receipt_days(),
    }
    if run.state != states.DRAFT or not context["mine"]:
        return render(request, "intake/import_detail.html", context)
    columns = import_runs.columns_of(run)
    if not columns.ready or "columns" in request.GET:
        form = ImportColumnsForm(headings=columns.headings, found=_chosen(run, columns))
        return _columns_page(request, run, columns, form)
    preview = importing.preview(import_runs.job_of(run, at=clock.now()))
    taken = set(columns.found.values())
    context |= {
        "used": [h for h in columns.headings if h in taken],
        "unused": [h for h in columns.headings if h not in taken],
        "lines": _lines(preview),
        "accusing": sum(1 for line in preview if line.row and line.row.heard.wrongdoing),
    }
    return render(request, "intake/import_preview.html", context)


@require_POST
@access.needs(GRANT)
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the columns by hand; remembered for the next file with this header."""
    run = _run(request, pk)
    columns = import_runs.columns_of(run) if run.state == states.DRAFT else None
    if columns is None:
        return redirect("import_detail", pk=pk)
    form = ImportColumnsForm(request.POST, headings=columns.headings, found={})
    if not form.is_valid():
        return _columns_page(request, run, columns, form)
    try:
        post = access.post_for(request, GRANT)
        found = import_runs.choose_columns(
            run=run, mapping=form.cleaned_data, by=post, at=clock.now()
        )
    except ImportRefused as error:
        messages.error(request, str(error))
        return redirect("import_detail", pk=pk)
    if not found.ready:
        form.add_error(None, found.problem or f"没有对上：{'、'.join(found.missing)}")
        return _columns_page(request, run, columns, form)
    return redirect("import_detail", pk=pk)


@require_POST
@access.needs(GRANT)
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    try:
        import_runs.start(run=run, by=access.post_for(request, GRANT), at=clock.now())
    except ImportRefused as error:
        messages.error(request, str(error))
    return redirect("import_detail", pk=pk)


@require_POST
@access.needs(GRANT)
def import_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard a draft, or ask a running one to stop."""
    run = _run(request, pk)
    try:
        run = import_runs.stop(run=run, by=access.post_for(request, GRANT), at=clock.now())
    except ImportRefused as error:
        messages.error(request, str(error))
        return redirect("import_detail", pk=pk)
    if run.state == states.DISCARDED:
        messages.success(request, f"“{run.file_name}”没有导入，文件已删除")
        return redirect("import_list")
    return redirect("import_detail", pk=pk)


@require_GET
@access.needs(GRANT)
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, for htmx; asked by a browser itself, the whole page."""
    run = _run(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect("import_detail", pk=pk)
    return render(request, "intake/_import_progress.html", {
        "run": run, "mine": _is_mine(request, run), "receipt_days": import_runs.receipt_days(),
    })  # fmt: skip


@require_GET
@access.needs(GRANT)
def import_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt, to whoever imported: it repeats names and phones in clear. Goes into the audit."""
    run = _run(request, pk)
    path = import_runs.location(run.receipt_path)
    if not _is_mine(request, run) or run.moving or not run.receipt_path or not path.is_file():
        raise Http404("没有这份回单，或它已到期删除")
    post = access.post_for(request, GRANT)
    audit.record(
        at=clock.now(), person_id=post.person_id, person_name=post.person_name,
        post_id=post.post_id, address=access.address_of(request), action="exported",
        subject=f"import:{run.pk}", fields=("姓名", "电话", "内容"), reason="下载导入回单",
    )  # fmt: skip
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=f"{run.file_name.rsplit('.', 1)[0]}-回单.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )  # fmt: skip
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]  # a streamed one is answered as any other


@dataclass(frozen=True)
class PreviewLine:
    """A row of the preview as the screen shows it, names and numbers masked."""

    number: int
    outcome: str
    tone: str
    at: object = None
    kind: str = ""
    words: str = ""
    place: str = ""
    reporter: str = ""
    remarks: tuple[str, ...] = ()


def _lines(rows: Iterable[Understood]) -> list[PreviewLine]:
    rows = list(rows)
    placed = [r.placed for r in rows if r.placed]
    areas = dict(Area.objects.filter(pk__in=[p.area_id for p in placed]).values_list("pk", "name"))
    compounds = dict(
        Compound.objects.filter(pk__in=[p.compound_id for p in placed]).values_list("pk", "name")
    )
    lines = []
    for shown in rows:
        row, place = shown.row, shown.placed
        if row is None or place is None:
            lines.append(PreviewLine(shown.number, "拒绝", "danger", remarks=(shown.refused,)))
            continue
        outcome, tone = ("已办结的历史件", "closed") if row.ending else ("登记", "solved")
        reporter = " ".join(p for p in (mask_name(row.reporter), *map(mask_phone, row.phones)) if p)
        where = _where(
            areas[place.area_id], compounds.get(place.compound_id or 0), place.place_text
        )
        lines.append(PreviewLine(
            shown.number, outcome, tone, row.at,
            w.KINDS[row.kind] + ("（保密）" if row.confidential else ""),
            mask_text(row.title or row.text)[:120], where, reporter, tuple(shown.remarks),
        ))  # fmt: skip
    return lines


def _where(area: str, compound: str | None, said: str) -> str:
    """'团结路社区 新天地小区', and the words of the file where they say more."""
    known = f"{area} {compound}" if compound else area
    return known if not said or said.endswith(compound or area) else f"{known}（{said}）"


def _run(request: HttpRequest, pk: int) -> ImportRun:
    try:
        return import_runs.get_run(access.posts(request), pk)
    except ImportRun.DoesNotExist:
        raise Http404 from None


def _is_mine(request: HttpRequest, run: ImportRun) -> bool:
    return run.made_by_id in {p.person_id for p in access.posts(request)}


def _places(request: HttpRequest) -> list[Area]:
    """The areas of the posts that may import, each with what lies right below."""
    own = Area.objects.filter(pk__in=[p.area_id for p in access.posts(request) if p.may(GRANT)])
    return [a for area in own.order_by("code") for a in (area, *selectors.children_of(area))]


def _take(request: HttpRequest, form: ImportFileForm, places: list[Area]) -> ImportRun | None:
    file = form.cleaned_data["file"]
    place = next(a for a in places if str(a.pk) == form.cleaned_data["place"])
    try:
        return import_runs.take_file(
            chunks=file.chunks(), name=file.name, place=place, source=form.cleaned_data["source"],
            post=access.post_for(request, GRANT), at=clock.now(),
        )  # fmt: skip
    except ImportRefused as error:
        form.add_error("file", str(error))
        return None


def _chosen(run: ImportRun, columns: import_runs.Columns) -> dict[str, str]:
    """What the form shows as chosen: by name, then by hand where that column is there."""
    said = {name: heading for name, heading in run.mapping.items() if heading in columns.headings}
    return {**columns.found, **said}


def _columns_page(
    request: HttpRequest,
    run: ImportRun,
    columns: import_runs.Columns,
    form: ImportColumnsForm,
) -> HttpResponse:
    return render(request, "intake/import_columns.html", {
        "run": run, "form": form, "columns": columns, "back": reverse("import_list"),
    })  # fmt: skip
