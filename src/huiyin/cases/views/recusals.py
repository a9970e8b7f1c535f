"""/work/recusals/: the register of recusals, entry and ending."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from huiyin.base import clock
from huiyin.cases import selectors
from huiyin.cases.forms.recusal import RecusalForm
from huiyin.cases.models import Case, Recusal
from huiyin.cases.rules import numbers
from huiyin.cases.selectors import kept_out
from huiyin.cases.services import recusing
from huiyin.cases.services.steps import ActionRefused
from huiyin.org import access
from huiyin.org.models import Area, Compound, Person, Unit
from huiyin.org.rules.grants import ActingPost


@access.needs("case.recusal")
def recusal_list(request: HttpRequest) -> HttpResponse:
    """All recusals of the area, those in force first; entering one on the same page."""
    post = _acting(request)
    area = Area.objects.get(pk=post.area_id)
    units = Unit.objects.filter(
        area__path__startswith=area.path, valid_to__isnull=True
    ).order_by("pinyin")  # fmt: skip
    form = RecusalForm(
        request.POST or None,
        people=Person.objects.filter(posts__unit__in=units).distinct().order_by("pinyin"),
        units=units,
        compounds=Compound.objects.filter(community__path__startswith=area.path).order_by("pinyin"),
        initial={"valid_from": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        entered = _enter(request, form, post)
        if entered is not None:
            messages.success(request, _entered_words(entered))
            return redirect("recusals")
    rows = Recusal.objects.filter(entered_by__posts__area__path__startswith=area.path).distinct()
    rows = rows.select_related(
        "person", "unit", "about_unit", "about_person", "compound", "case", "entered_by"
    ).order_by("-id")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    hits = kept_out.hits(page.object_list)
    return render(
        request, "cases/recusal_list.html",
        {"form": form, "rows": [(r, hits[r.pk]) for r in page], "page": page,
         "today": clock.today()},
    )  # fmt: skip


@require_POST
@access.needs("case.recusal")
def end_recusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Today is the last day of a recusal; it stays in the register."""
    recusal = get_object_or_404(Recusal, pk=pk)
    try:
        recusing.end(recusal=recusal, last_day=clock.today())
        messages.success(request, "回避到今天为止")
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("recusals")


def _enter(request: HttpRequest, form: RecusalForm, post: ActingPost) -> Recusal | None:
    data = form.cleaned_data
    case_id = None
    if data["number"]:
        number = numbers.normalised(data["number"])
        try:
            case = selectors.get_visible(access.posts(request), number or "", day=clock.today())
        except Case.DoesNotExist:
            form.add_error("number", "没有这一件，请核对编号")
            return None
        case_id = case.pk
    try:
        return recusing.enter(
            recusal=recusing.NewRecusal(
                reason=data["reason"],
                valid_from=data["valid_from"],
                valid_to=data["valid_to"],
                person_id=_pk(data["person"]),
                unit_id=_pk(data["unit"]),
                about_unit_id=_pk(data["about_unit"]),
                about_person_id=_pk(data["about_person"]),
                compound_id=_pk(data["compound"]),
                case_id=case_id,
            ),
            by_person_id=post.person_id,
            at=clock.now(),
        )
    except ActionRefused as error:
        form.add_error(None, str(error))
        return None


def _entered_words(recusal: Recusal) -> str:
    """What the recusal hits, so that nobody has to look."""
    hit = kept_out.hits([recusal])[recusal.pk]
    begins = "从现在起生效" if recusal.valid_from <= clock.today() else "到起始日生效"
    words = f"回避已登记，{begins}；涉及在办的 {hit.cases} 件"
    if hit.to_redispatch:
        words += f"，其中 {hit.to_redispatch} 件正由该单位承办，已进派单员的待办等候改派"
    return words


def _pk(row: Person | Unit | Compound | None) -> int | None:
    return row.pk if row else None


def _acting(request: HttpRequest) -> ActingPost:
    return next(p for p in access.posts(request) if p.may("case.recusal"))
