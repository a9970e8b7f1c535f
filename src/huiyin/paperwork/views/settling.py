"""/work/forms/ID/cells/N/: a person says what a blank is; it holds for every later filling."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from huiyin.base import clock
from huiyin.org import access
from huiyin.org.selectors import children_of
from huiyin.paperwork.forms.blank_forms import SettleForm
from huiyin.paperwork.models import FormTemplate
from huiyin.paperwork.rules.links import ASIDE, UNSURE, Link
from huiyin.paperwork.selectors.catalogue import GRANT
from huiyin.paperwork.services import remembering
from huiyin.paperwork.services.filling import Cell, Proposal
from huiyin.paperwork.views import blank_forms as shared


@require_http_methods(["GET", "POST"])
@access.needs(GRANT)
def form_cell(request: HttpRequest, pk: int, cell: int) -> HttpResponse:
    """One blank: what stands around it, what it may be, and the choice."""
    template = shared.find(request, pk)
    wanted = shared.wanted_of(request, template)
    proposal = shared.proposal_of(template, wanted)
    number, blank = cell, _cell(proposal, cell)
    places = [wanted.area, *children_of(wanted.area, day=clock.today())[:200]]
    form = SettleForm(
        request.POST or None, cell=blank, places=places, posts=access.posts(request),
        initial={"what": "0" if blank.reading.candidates or blank.link else "other"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        chosen = _also(proposal, blank, form.link) if form.cleaned_data["column_too"] else [(blank, form.link)]  # fmt: skip
        remembering.settle(template, chosen, by=access.post_for(request, GRANT), at=clock.now())
        again = shared.proposal_of(template, wanted)
        remembering.recount(template, again)
        messages.success(request, f"已确认 {len(chosen)} 格，下次照这个填")
        return redirect(_next(template, again, number, wanted.query))
    return render(request, "paperwork/form_cell.html", {
        "template": template, "cell": blank, "form": form, "number": number, "query": wanted.query,
        "wanted": wanted,
    })  # fmt: skip


def _cell(proposal: Proposal, number: int) -> Cell:
    if not 1 <= number <= len(proposal.cells):
        raise Http404("这张表没有这一格")
    cell = proposal.cells[number - 1]
    if cell.reading.status == ASIDE:
        raise Http404("这一格不填数")
    return cell


def _also(proposal: Proposal, cell: Cell, link: Link | None) -> list[tuple[Cell, Link | None]]:
    """The same number for the other unsure blanks of the column, each with its own place and period."""
    found: list[tuple[Cell, Link | None]] = [(cell, link)]
    for other in proposal.of_status(UNSURE):
        same = (other.field.sheet, other.field.column) == (cell.field.sheet, cell.field.column)
        if other is cell or not same:
            continue
        own = other.reading.candidates[0][0] if other.reading.candidates else None
        if link is None:
            found.append((other, None))
        elif own is not None:
            kept = replace(link, place=own.place, span=own.span, unit=own.unit)
            found.append((other, kept))
    return found


def _next(template: FormTemplate, proposal: Proposal, number: int, query: str) -> str:
    """The next unsure blank, else the form."""
    for n, cell in enumerate(proposal.cells, start=1):
        if n > number and cell.reading.status == UNSURE:
            return f"{reverse('form_cell', args=[template.pk, n])}?{query}"
    return f"{reverse('form_detail', args=[template.pk])}?{query}"
