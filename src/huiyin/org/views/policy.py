"""Every default of the installation on one page, for the security administrator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from huiyin.base import clock
from huiyin.base.rules.tables import Column, Pager
from huiyin.base.services import seeding
from huiyin.base.services.defaults import (
    DefaultRow,
    DefaultsProvider,
    defaults_provider,
    defaults_providers,
)
from huiyin.org import access
from huiyin.org.access import needs
from huiyin.org.forms import AddDefaultForm, ChangeDefaultForm, ConfirmDefaultForm
from huiyin.org.selectors import logins
from huiyin.org.services import policy
from huiyin.org.services import second_factor as factors

#: Rows of a folded list on its own page.
A_PAGE = 50
COLUMNS = (
    Column("项目"), Column("取值"), Column("状态", "status"), Column("来源"),
    Column("确认", wide=True),
)  # fmt: skip


@needs("system.defaults")
def default_list(request: HttpRequest) -> HttpResponse:
    """All lists of all apps, what waits for a document first said, then the administrators."""
    lists = [(provider, provider.rows()) for provider in defaults_providers()]
    rows = [row for _, members in lists for row in members]
    years = seeding.whole_years()
    day = clock.today()
    context = {
        "lists": [(p, members, [r for r in members if not r.confirmed]) for p, members in lists],
        "total": len(rows),
        "waiting": sum(not row.confirmed for row in rows),
        "years": years,
        "missing_years": [y for y in (day.year, day.year + 1) if y not in years],
        "administrators": [
            (account, post, factors.enrolled(account))
            for account, post in logins.administrators(day)
        ],
    }
    return render(request, "org/default_list.html", context)


@needs("system.defaults")
def default_group(request: HttpRequest, provider: str) -> HttpResponse:
    """The rows of one list, by the page."""
    try:
        owner = defaults_provider(provider)
    except KeyError:
        raise Http404 from None
    rows = owner.rows()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "provider": owner,
        "heading": owner.label,
        "basis": owner.note,
        "columns": COLUMNS,
        "rows": page.object_list,
        "row_template": "org/_default_row.html",
        "waiting": sum(not row.confirmed for row in rows),
        "pager": Pager(
            previous_url=f"?page={page.previous_page_number()}" if page.has_previous() else "",
            next_url=f"?page={page.next_page_number()}" if page.has_next() else "",
            shown=len(page.object_list), about=len(rows),
        ),
        "empty_title": "这里没有参数",
    }  # fmt: skip
    return render(request, "org/default_group.html", context)


@needs("system.defaults")
def default_edit(request: HttpRequest, provider: str, key: str) -> HttpResponse:
    """Confirm a default with 文号 and date, or give it another value."""
    try:
        owner, row = policy.find_default(provider, key)
    except policy.NoSuchDefault:
        raise Http404 from None
    confirming = request.POST.get("act") == "confirm"
    changing = request.POST.get("act") == "change"
    forms_ = _forms(request, owner, row, confirming=confirming, changing=changing)
    form = forms_["confirm_form"] if confirming else forms_["change_form"]
    if request.method == "POST" and (confirming or changing) and form.is_valid():
        by = access.post_for(request, "system.defaults")
        given = {"provider": provider, "key": key, "by": by, "at": clock.now(),
                 "address": access.address_of(request)}  # fmt: skip
        try:
            _carry_out(form, given, confirming)
        except ValueError as error:
            form.add_error("document" if confirming else "raw", str(error))
        else:
            messages.success(
                request, f"“{row.label}”{'已确认' if confirming else '已修改，待本地确认'}"
            )
            return redirect("default_list")
    return render(request, "org/default_edit.html", {"provider": owner, "row": row, **forms_})


@needs("system.defaults")
def default_add(request: HttpRequest, provider: str) -> HttpResponse:
    """A row of its own for a part of the cases, under its document."""
    try:
        owner = defaults_provider(provider)
    except KeyError:
        raise Http404 from None
    if owner.add is None:
        raise Http404("这里不能加新的一条")
    form = AddDefaultForm(request.POST or None, fields=owner.fields,
                          initial={"from_day": clock.today()})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            label = policy.add_default(
                provider=provider, values={f.name: data[f.name] for f in owner.fields},
                document=data["document"], from_day=data["from_day"],
                by=access.post_for(request, "system.defaults"), at=clock.now(),
                address=access.address_of(request),
            )  # fmt: skip
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已加：{label}")
            return redirect("default_list")
    return render(request, "org/default_add.html", {"provider": owner, "form": form})


def _carry_out(form: forms.Form, given: dict[str, Any], confirming: bool) -> None:
    if confirming:
        policy.confirm_default(**given, **form.cleaned_data)
    else:
        policy.change_default(**{"from_day": clock.today(), **given, **form.cleaned_data})


def _forms(
    request: HttpRequest, owner: DefaultsProvider, row: DefaultRow, *, confirming: bool,
    changing: bool,
) -> dict[str, forms.Form]:  # fmt: skip
    return {
        "confirm_form": ConfirmDefaultForm(
            request.POST if confirming else None,
            today=clock.today(),
            initial={"confirmed_on": clock.today(), "document": row.document},
        ),
        "change_form": ChangeDefaultForm(
            request.POST if changing else None,
            choices=row.choices,
            placeholders=row.placeholders,
            dated=row.valid_from is not None,
            initial={"raw": row.raw, "from_day": clock.today()},
        ),
    }
