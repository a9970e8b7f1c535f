"""/work/forms/: the register of forms, a form in its own look, filled and downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.base import clock
from huiyin.documents.rules.form_files import MEDIA_TYPES, UnreadableForm
from huiyin.documents.rules.form_grid import Grid
from huiyin.indicators.rules import periods
from huiyin.indicators.rules.periods import Period
from huiyin.org import access
from huiyin.org.models import Area
from huiyin.org.rules.kinds import ROLE_LABELS
from huiyin.org.selectors import children_of
from huiyin.paperwork.forms.blank_forms import DetailsForm, UploadForm
from huiyin.paperwork.models import FormTemplate
from huiyin.paperwork.rules import catalogue as rules
from huiyin.paperwork.rules.links import KNOWN, UNKNOWN, UNSURE
from huiyin.paperwork.selectors import catalogue
from huiyin.paperwork.selectors.catalogue import GRANT
from huiyin.paperwork.services import picturing, remembering
from huiyin.paperwork.services.filling import Proposal

PER_PAGE = 50
FILLS = 20


@dataclass(frozen=True)
class Wanted:
    """Place and period for which a form is looked at or filled."""

    area: Area
    period: Period
    error: str = ""

    @property
    def query(self) -> str:
        return urlencode({"place": self.area.code, "period": self.period.code})


@require_GET
@access.needs(GRANT)
def form_list(request: HttpRequest) -> HttpResponse:
    """The register of forms: who asks, by which document, when next; the burden per role above it."""
    posts, day = access.posts(request), clock.today()
    text = request.GET.get("q", "")[:80]
    page = Paginator(catalogue.listed(posts, text), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"form": row, "due": catalogue.due(row, day), "role": ROLE_LABELS.get(row.role, row.role),
             "frequency": rules.FREQUENCIES[row.frequency]} for row in page]  # fmt: skip
    burden = [{"burden": b, "role": ROLE_LABELS.get(b.role, b.role)} for b in catalogue.burden(posts)]  # fmt: skip
    return render(request, "paperwork/form_list.html", {"page": page, "rows": rows, "burden": burden, "text": text})  # fmt: skip


@require_GET
@access.needs(GRANT)
def form_twice(request: HttpRequest) -> HttpResponse:
    """Fields that several forms ask 重复字段."""
    found = catalogue.asked_twice(access.posts(request))
    return render(request, "paperwork/form_twice.html", {"found": found})


@require_http_methods(["GET", "POST"])
@access.needs(GRANT)
def form_upload(request: HttpRequest) -> HttpResponse:
    """A blank form comes in; what is known of it is shown at once."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        post = access.post_for(request, GRANT)
        given = dict(form.cleaned_data)
        file = given.pop("file")
        day = clock.today()
        period = periods.parse(rules.period_for(given["frequency"], day))
        area = Area.objects.get(pk=post.area_id)
        upload = remembering.Upload(file.read(), file.name, area, period, post, clock.now(), given)
        try:
            template, there = remembering.take_in(upload, access.posts(request))
        except UnreadableForm as error:
            form.add_error("file", str(error))
        else:
            said = "这张表登记过，直接用上次确认的结果" if there else "已登记，请看每一格认得对不对"
            messages.success(request, said)
            return redirect("form_detail", template.pk)
    return render(request, "paperwork/form_upload.html", {"form": form})


@require_GET
@access.needs(GRANT)
def form_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The form in its own look: each blank known, unsure or unknown, by sign and word."""
    template = find(request, pk)
    wanted = wanted_of(request, template)
    proposal = proposal_of(template, wanted)
    grids = list(proposal.form.grids)
    grid = _grid(request, grids)
    picture = picturing.picture(
        proposal, grid, access.posts(request), top=_from(request, "row"), left=_from(request, "col")
    )
    fills = Paginator(catalogue.fills_of(template), FILLS).get_page(request.GET.get("fills"))
    return render(request, "paperwork/form_detail.html", {
        "form": template, "picture": picture, "sheets": grids, "fills": fills,
        "counts": _counts(proposal), "unsure": _unsure(proposal), "due": catalogue.due(template, clock.today()),
        "frequency": rules.FREQUENCIES[template.frequency], "changes": _changes(template),
        "role": ROLE_LABELS.get(template.role, template.role), **frame(wanted, template),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@access.needs(GRANT)
def form_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Issuing unit, document number, frequency, expiry."""
    template = find(request, pk)
    names = ("issuer", "number", "frequency", "due_day", "expires_on")
    form = DetailsForm(request.POST or None, initial={n: getattr(template, n) for n in names})
    if request.method == "POST" and form.is_valid():
        remembering.describe(template, **form.cleaned_data)
        messages.success(request, "已保存")
        return redirect("form_detail", pk)
    return render(request, "paperwork/form_edit.html", {"form": form, "template": template})


@require_POST
@access.needs(GRANT)
def form_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """The filled file."""
    template = find(request, pk)
    wanted = wanted_of(request, template, request.POST)
    proposal = proposal_of(template, wanted)
    done = remembering.fill(
        template, proposal, posts=access.posts(request), by=access.post_for(request, GRANT),
        at=clock.now(),
    )  # fmt: skip
    answer = HttpResponse(done.content, content_type=MEDIA_TYPES[done.kind])
    name = f"{template.title}-{wanted.area.name}-{wanted.period.code}.{done.kind}".replace(
        "/", "至"
    )
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "no-store"
    return answer


# -- shared ------------------------------------------------------------------------------------------
def find(request: HttpRequest, pk: int) -> FormTemplate:
    """The form for somebody who may see it."""
    found = catalogue.visible(access.posts(request)).filter(pk=pk).select_related("area", "unit", "blank", "replaces").first()  # fmt: skip
    if found is None:
        raise Http404("没有这张报表")
    return found


def wanted_of(request: HttpRequest, template: FormTemplate, given: Any = None) -> Wanted:
    """Place and period of the address; else the acting post's place and the last whole period."""
    given = given if given is not None else request.GET
    able = [p for p in access.posts(request) if p.may(GRANT)]
    own = list(Area.objects.filter(pk__in={p.area_id for p in able}).order_by("path"))
    area, error = own[0], ""
    if code := given.get("place", ""):
        asked = Area.objects.filter(code=code, valid_to__isnull=True).first()
        if asked and any(asked.path.startswith(a.path) for a in own):
            area = asked
        else:
            error = "这个地点不在您的范围内，已换成您自己的"
    period = periods.parse(rules.period_for(template.frequency, clock.today()))
    if code := given.get("period", ""):
        try:
            period = periods.parse(code)
        except periods.UnknownPeriod as problem:
            error = str(problem)
    return Wanted(area, period, error)


def proposal_of(template: FormTemplate, wanted: Wanted) -> Proposal:
    """The form as it is understood today."""
    return remembering.propose(template, place=wanted.area, period=wanted.period, day=clock.today())


def frame(wanted: Wanted, template: FormTemplate) -> dict[str, Any]:
    """Context of _form_slice.html."""
    return {
        "wanted": wanted, "query": wanted.query, "error": wanted.error,
        "children": children_of(wanted.area, day=clock.today())[:100],
        "usual": periods.usual(clock.today()),
    }  # fmt: skip


def _grid(request: HttpRequest, grids: list[Grid]) -> Grid:
    n = request.GET.get("sheet", "1")
    return grids[min(max(int(n), 1), len(grids)) - 1] if n.isdigit() else grids[0]


def _from(request: HttpRequest, name: str) -> int:
    n = request.GET.get(name, "1")
    return min(max(int(n), 1), 100_000) if n.isdigit() else 1


def _counts(proposal: Proposal) -> dict[str, int]:
    return {status: len(proposal.of_status(status)) for status in (KNOWN, UNSURE, UNKNOWN)}


def _unsure(proposal: Proposal) -> list[dict[str, Any]]:
    """Up to fifty blanks that wait for a person, with their numbers."""
    found = [
        {"number": n, "cell": c}
        for n, c in enumerate(proposal.cells, start=1)
        if c.reading.status == UNSURE
    ]
    return found[:50]


def _changes(template: FormTemplate) -> list[dict[str, str]]:
    return [{**c, "word": rules.CHANGE_LABELS[c["kind"]]} for c in template.changes[:100]]
