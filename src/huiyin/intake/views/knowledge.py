"""/work/answers/: what the desk reads aloud, with its basis; edited by desk and supervisor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from huiyin.base import clock
from huiyin.base.rules.tables import Column, Tab
from huiyin.intake.forms.knowledge import AnswerForm
from huiyin.intake.models import KnowledgeAnswer
from huiyin.intake.services import knowledge
from huiyin.org import access

GRANTS = ("case.answer", "case.supervise")
COLUMNS = [
    Column("问题"), Column("依据", wide=True), Column("解释单位", wide=True), Column("核对", kind="time"),
]  # fmt: skip


@access.needs(*GRANTS)
def answer_list(request: HttpRequest) -> HttpResponse:
    """Answers in force; those that nobody has checked stand first. `q` searches like the desk."""
    typed = request.GET.get("q", "").strip()[:60]
    rows = knowledge.in_force_on(clock.today())
    waiting = [a for a in rows if a.to_confirm]
    only = request.GET.get("show") == "to-confirm"
    shown = waiting if only else sorted(rows, key=lambda a: (not a.to_confirm, a.pk))
    if typed:
        shown = [f.answer for f in knowledge.fitting(typed, day=clock.today(), limit=20)]
    return render(request, "intake/answer_list.html", {
        "heading": "知识答复", "columns": COLUMNS, "rows": shown, "typed": typed,
        "row_template": "intake/_answer_row.html",
        "basis": "接电话时按来电人的话找出来，照着念。没有依据的不收。",
        "tabs": [Tab("全部", "?", not only, len(rows)),
                 Tab("待本地确认", "?show=to-confirm", only, len(waiting))],
        "empty_title": "没有合适的答复" if typed else "还没有答复",
        "empty_text": "换个说法再找，或新增一条。",
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@access.needs(*GRANTS)
def answer_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One answer; a new one without `pk`."""
    answer = get_object_or_404(KnowledgeAnswer, pk=pk) if pk else None
    form = AnswerForm(request.POST or None, instance=answer, day=clock.today(),
                      initial={} if answer else {"valid_from": clock.today()})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        if form.cleaned_data["checked"]:
            by = access.posts(request)[0].person_name
            knowledge.checked(answer=saved, by_name=by, day=clock.today())
        messages.success(request, f"“{saved.question}”已保存，接电话时马上能找到")
        return redirect("answer_list")
    return render(request, "intake/answer_edit.html", {"form": form, "answer": answer})
