"""/work/articles/: an article's figures checked against the ledgers, link by link confirmed, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.base import clock
from huiyin.base.rules.tables import Column, Pager
from huiyin.indicators import registry
from huiyin.org import access
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.forms.articles import ArticleForm, ChoiceOfLinkForm
from huiyin.paperwork.models import ArticleCheck, CheckedFigure
from huiyin.paperwork.rules.article_marks import SIGNS, Piece, pieces
from huiyin.paperwork.rules.verdicts import LABELS
from huiyin.paperwork.selectors import articles
from huiyin.paperwork.selectors.articles import GRANT
from huiyin.paperwork.services import article_checks, article_vocabulary
from huiyin.paperwork.services.article_checks import By, NoSuchChoice
from huiyin.paperwork.services.checking import UnfitArticle

PER_PAGE = 30
#: Places that the form offers: those of the posts and what lies right in them.
MOST_PLACES = 200
_COLUMNS = [
    Column("标题"), Column("相符", "number"), Column("不符", "number"), Column("待判断", "number"),
    Column("无台账", "number"), Column("稿件日期"), Column("核对人", wide=True), Column("时间", "time"),
]  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One figure as the page shows it: nothing of a number that this viewer may not see."""

    figure: CheckedFigure
    hidden: bool

    @property
    def number(self) -> int:
        return self.figure.ordinal + 1

    @property
    def verdict(self) -> str:
        return "no_record" if self.hidden else self.figure.verdict

    @property
    def word(self) -> str:
        return "不显示" if self.hidden else LABELS[self.figure.verdict]

    @property
    def sign(self) -> str:
        return SIGNS[self.verdict][0]

    @property
    def tone(self) -> str:
        return SIGNS[self.verdict][1]

    @property
    def evidence(self) -> list[dict[str, Any]]:
        """Each number behind it with its definition and the address of its rows."""
        found = []
        for entry in self.figure.evidence:
            try:
                indicator = registry.get(entry["code"])
            except KeyError:
                continue
            asked = {"place": entry["place_code"], "period": entry["period"]}
            if entry["unit_id"]:
                asked["unit"] = str(entry["unit_id"])
            if entry["by"]:
                asked["by"] = entry["by"]
            url = reverse("indicator_detail", args=[indicator.code]) + "?" + urlencode(asked)
            found.append({**entry, "formula": indicator.formula, "url": url})
        return found


@require_GET
@access.needs(GRANT)
def article_list(request: HttpRequest) -> HttpResponse:
    """Former checks of the own unit."""
    page = Paginator(articles.checks_of(access.posts(request)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    pager = Pager(
        previous_url=f"?page={page.previous_page_number()}" if page.has_previous() else "",
        next_url=f"?page={page.next_page_number()}" if page.has_next() else "",
        shown=len(page.object_list), about=page.paginator.count,
    )  # fmt: skip
    return render(request, "paperwork/article_list.html", {
        "rows": page.object_list, "pager": pager, "columns": _COLUMNS,
        "row_template": "paperwork/_article_row.html",
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@access.needs(GRANT)
def article_new(request: HttpRequest) -> HttpResponse:
    """Paste an article or choose its file."""
    places = _places(access.posts(request))
    initial = {"as_of": clock.today(), "place": places[0][0] if places else ""}
    form = ArticleForm(request.POST or None, request.FILES or None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        place = Area.objects.get(code=given["place"], valid_to__isnull=True)
        try:
            check = article_checks.check_article(
                text=given["text"], title=given["title"], place=place, as_of=given["as_of"],
                by=_by(request),
            )  # fmt: skip
        except UnfitArticle as error:
            form.add_error("text", str(error))
        else:
            return redirect("article_detail", pk=check.pk)
    return render(request, "paperwork/article_new.html", {"form": form})


@never_cache
@require_GET
@access.needs(GRANT)
def article_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its figures marked, beside each its evidence."""
    check, rows = _found(request, pk)
    return render(request, "paperwork/article_detail.html", _frame(check, rows))


@never_cache
@require_GET
@access.needs(GRANT)
def article_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """核对单: what was printed, what the ledgers say, who confirmed it, and a line to sign."""
    check, rows = _found(request, pk)
    return render(request, "paperwork/article_sheet.html", _frame(check, rows))


@require_POST
@access.needs(GRANT)
def article_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute everything anew."""
    check, _ = _found(request, pk)
    try:
        article_checks.check_again(check=check, by=_by(request))
    except UnfitArticle as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "已按现在的台账重新核对")
    return redirect("article_detail", pk=pk)


@never_cache
@require_http_methods(["GET", "POST"])
@access.needs(GRANT)
def article_figure(request: HttpRequest, pk: int, figure: int) -> HttpResponse:
    """What one figure is: confirm the link, choose another number, or say that there is none."""
    check, rows = _found(request, pk)
    row = next((r for r in rows if r.number == figure), None)
    if row is None or row.hidden:
        raise Http404("没有这个数，或您的岗位看不到它")
    posts = access.posts(request)
    if request.POST.get("confirm"):
        article_checks.choose(figure=row.figure, choice="", by=_by(request))
        return redirect(f"{reverse('article_detail', args=[pk])}#e{figure}")
    form = ChoiceOfLinkForm(
        request.POST or None, likely=_likely(row), others=_others(posts),
        initial={"choice": _chosen(row.figure)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            article_checks.choose(
                figure=row.figure, choice=form.cleaned_data["link"], by=_by(request)
            )
        except NoSuchChoice as error:
            form.add_error("other", str(error))
        else:
            return redirect(f"{reverse('article_detail', args=[pk])}#e{figure}")
    return render(request, "paperwork/article_figure.html", {
        "check": check, "row": row, "form": form, "around": _around(check, row.figure),
    })  # fmt: skip


def _found(request: HttpRequest, pk: int) -> tuple[ArticleCheck, list[Row]]:
    posts = access.posts(request)
    check = articles.checks_of(posts).filter(pk=pk).first()
    if check is None:
        raise Http404("没有这份核对，或不是本单位的")
    able = {i.code for i in registry.all_indicators() if any(p.may(i.grant) for p in posts)}
    return check, [
        Row(
            figure,
            bool({c["code"] for c in figure.candidates if c["known"]} - able - _published(figure)),
        )
        for figure in articles.figures_of(check)
    ]


def _published(figure: CheckedFigure) -> set[str]:
    """Numbers of which it only shows what was published."""
    return {e["code"] for e in figure.evidence if e.get("published_on")}


def _frame(check: ArticleCheck, rows: list[Row]) -> dict[str, Any]:
    by_number = {row.number: row for row in rows}
    cut = pieces(check.text, [(r.figure.start, r.figure.end, r.number) for r in rows])
    return {
        "check": check, "rows": rows, "sums": check.sums,
        "pieces": [(piece, _marked(piece, by_number)) for piece in cut],
        "counts": [(LABELS[v], SIGNS[v][0], SIGNS[v][1], sum(1 for r in rows if r.verdict == v))
                   for v in LABELS],
        "open": [r for r in rows if r.verdict in ("differs", "unclear")],
        "confirmed": sum(1 for r in rows if r.figure.confirmed_at),
    }  # fmt: skip


def _marked(piece: Piece, rows: dict[int, Row]) -> list[Row]:
    return [rows[n] for n in piece.figures]


def _around(check: ArticleCheck, figure: CheckedFigure) -> tuple[str, str, str]:
    """The words before, the figure, and the words after it."""
    text = check.text
    before = " ".join(text[max(0, figure.start - 60) : figure.start].split())
    after = " ".join(text[figure.end : figure.end + 40].split())
    return before, figure.text, after


def _likely(row: Row) -> list[tuple[str, str]]:
    return [
        (_value(c["code"], c["by"]), f"{c['label']}{_of(c['code'], c['by'])}：{c['words']}")
        for c in row.figure.candidates
    ]


def _others(posts: list[ActingPost]) -> list[tuple[str, str]]:
    """All numbers that these posts may see, and each value of their dimensions."""
    known = article_vocabulary.vocabulary().known
    found: list[tuple[str, str]] = []
    for indicator in registry.all_indicators():
        if not any(p.may(indicator.grant) for p in posts):
            continue
        found.append((indicator.code, f"{indicator.label}（{indicator.measure.word}）"))
        for dimension in known[indicator.code].dimensions:
            found += [
                (f"{indicator.code}|{dimension.code}:{value}", f"{indicator.label} · {words[0]}")
                for value, words in dimension.values
            ]
    return found


def _chosen(figure: CheckedFigure) -> str:
    if figure.chosen:
        return figure.chosen
    return _value(figure.indicator, figure.by) if figure.indicator else article_checks.NONE


def _value(code: str, by: str) -> str:
    return f"{code}|{by}" if by else code


def _of(code: str, by: str) -> str:
    """' · 投诉' for a value of a dimension."""
    for dimension in article_vocabulary.vocabulary().known[code].dimensions:
        for value, words in dimension.values:
            if by == f"{dimension.code}:{value}":
                return f" · {words[0]}"
    return ""


def _places(posts: list[ActingPost]) -> list[tuple[str, str]]:
    """The posts' own areas and those right below them."""
    own = list(
        Area.objects.filter(pk__in={p.area_id for p in posts if p.may(GRANT)}).order_by("path")
    )
    below = Area.objects.filter(parent__in=own, valid_to__isnull=True).order_by("code", "pk")
    found = [(a.code, a.name) for a in own]
    found += [(a.code, f"　{a.name}") for a in below[:MOST_PLACES]]
    return list(dict.fromkeys(found))


def _by(request: HttpRequest) -> By:
    return By(
        access.post_for(request, GRANT), access.posts(request), clock.now(),
        access.address_of(request),
    )  # fmt: skip
