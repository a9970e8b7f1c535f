"""/work/catalogue/: the dispatch catalogue, its rows added, changed and ended by those who dispatch."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.base import clock
from huiyin.base.rules.tables import Column, Pager, Tab
from huiyin.org import access
from huiyin.triage import selectors
from huiyin.triage.forms import (
    CatalogueFilterForm,
    CatalogueRowForm,
    EndCatalogueRowForm,
    initial_of,
)
from huiyin.triage.models import CatalogueRow
from huiyin.triage.rules.functions import function_label
from huiyin.triage.services import catalogue_rows

GRANT = "triage.catalogue"
A_PAGE = 30
COLUMNS = (
    Column("事项"), Column("主办"), Column("协办"), Column("状态", kind="status"),
    Column("关键判别", wide=True), Column("依据", wide=True), Column("起止", kind="time"),
)  # fmt: skip
TABS = (("现行", ""), ("待本地确认", "waiting"), ("已停用", "ended"))


@require_GET
@access.needs(GRANT)
def catalogue_list(request: HttpRequest) -> HttpResponse:
    """By words, category and function; thirty rows a page."""
    form = CatalogueFilterForm(request.GET, categories=selectors.catalogue_categories())
    given = {k: v for k, v in form.cleaned_data.items() if v} if form.is_valid() else {}
    show = given.pop("show", "")
    show = show if show in {code for _, code in TABS} else ""
    rows = selectors.catalogue_page_rows(
        day=clock.today(), text=given.get("q", ""), category=given.get("category", ""),
        function=given.get("function", ""), show=show,
    )  # fmt: skip
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    query = {**given, **({"show": show} if show else {})}
    context = {
        "heading": "派单目录",
        "basis": "派单时的主办、协办建议按这里给。社区只协办，不主办。",
        "tabs": [_tab(label, code, given, show) for label, code in TABS],
        "filter_form": form,
        "filter_reset": reverse("catalogue_list") if given else "",
        "show": show,
        "columns": COLUMNS,
        "rows": [_shown(row) for row in page.object_list],
        "row_template": "triage/_catalogue_row.html",
        "today": clock.today(),
        "pager": Pager(
            previous_url=_page(query, page.previous_page_number()) if page.has_previous() else "",
            next_url=_page(query, page.next_page_number()) if page.has_next() else "",
            shown=len(page.object_list), about=page.paginator.count,
        ),
        "empty_title": "没有符合条件的事项",
        "empty_text": "换个条件再看，或新增一个事项。",
    }  # fmt: skip
    return render(request, "triage/catalogue_list.html", context)


@require_http_methods(["GET", "POST"])
@access.needs(GRANT)
def catalogue_edit(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """One matter; a new one without `code`."""
    row = _row(code) if code else None
    today = clock.today()
    form = _unchanged(row)
    if request.method == "POST":
        form = CatalogueRowForm(request.POST, categories=_names())
    if request.method == "POST" and form.is_valid() and _saved(request, form, code):
        messages.success(
            request, f"“{form.cleaned_data['matter']}”已保存，生效后派单建议按它给，待本地确认"
        )
        return redirect("catalogue_list")
    end_form = EndCatalogueRowForm(initial={"last_day": today})
    return _edit_page(request, form, row, end_form)


@require_POST
@access.needs(GRANT)
def catalogue_end(request: HttpRequest, code: str) -> HttpResponse:
    """The last day of a matter."""
    row = _row(code)
    end_form = EndCatalogueRowForm(request.POST)
    wrong = "请填写最后一天和依据" if not end_form.is_valid() else ""
    try:
        if not wrong:
            catalogue_rows.end_row(
                code=code, by=access.post_for(request, GRANT), at=clock.now(),
                address=access.address_of(request), **end_form.cleaned_data,
            )  # fmt: skip
    except ValueError as error:
        wrong = str(error)
    if wrong:
        messages.error(request, f"没有停用：{wrong}")
        return _edit_page(request, _unchanged(row), row, end_form)
    messages.success(request, f"“{row.matter}”停用，这一行仍可在“已停用”里看到")
    return redirect("catalogue_list")


def _saved(request: HttpRequest, form: CatalogueRowForm, code: str | None) -> bool:
    given = {
        "row": form.row(), "from_day": form.cleaned_data["from_day"],
        "by": access.post_for(request, GRANT), "at": clock.now(),
        "address": access.address_of(request),
    }  # fmt: skip
    try:
        if code:
            catalogue_rows.change_row(code=code, **given)
        else:
            catalogue_rows.add_row(**given)
    except ValueError as error:
        form.add_error("from_day" if "生效日" in str(error) else "matter", str(error))
        return False
    return True


def _unchanged(row: CatalogueRow | None) -> CatalogueRowForm:
    """The form as it opens: the row as it stands, from the first day that is possible."""
    today = clock.today()
    first = max(today, row.valid_from + timedelta(days=1)) if row else today
    initial = initial_of(row, from_day=first) if row else {"from_day": today}
    return CatalogueRowForm(None, categories=_names(), initial=initial)


def _names() -> list[str]:
    return [node.name for node in selectors.category_tree().nodes]


def _edit_page(
    request: HttpRequest, form: CatalogueRowForm, row: CatalogueRow | None,
    end_form: EndCatalogueRowForm,
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "row": row, "end_form": end_form}
    return render(request, "triage/catalogue_edit.html", context)


def _row(code: str) -> CatalogueRow:
    """The row of a matter that has no end. Http404."""
    row = CatalogueRow.objects.filter(code=code, valid_to__isnull=True).first()
    if row is None:
        raise Http404
    return row


def _shown(row: CatalogueRow) -> tuple[CatalogueRow, str, str]:
    """A row with its leads and supporters in words."""
    leads = " / ".join(function_label(lead["function"]) for lead in row.leads)
    return row, leads, "、".join(function_label(f) for f in row.support)


def _tab(label: str, code: str, given: dict[str, str], show: str) -> Tab:
    query = {**given, **({"show": code} if code else {})}
    return Tab(label, f"?{urlencode(query)}", current=code == show)


def _page(query: dict[str, str], number: int) -> str:
    return f"?{urlencode({**query, 'page': str(number)})}"
