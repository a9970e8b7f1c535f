"""/work/posters/: QR codes of compounds and buildings on paper, for who puts them up."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.base import clock
from huiyin.base.models import Link
from huiyin.base.rules.tables import Column, Pager
from huiyin.org import access
from huiyin.org.models import Area, Building, Compound
from huiyin.org.rules.grants import ActingPost
from huiyin.portal import selectors
from huiyin.portal.rules import posters
from huiyin.portal.rules.posters import Poster
from huiyin.portal.services import posting_links

GRANT = "case.file"
COLUMNS = (
    Column("小区"), Column("社区"), Column("楼栋", "number", wide=True), Column("短链", wide=True),
)  # fmt: skip
_PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


@require_http_methods(["GET", "POST"])
@access.needs(GRANT)
def poster_list(request: HttpRequest) -> HttpResponse:
    """Compounds with their links; POST makes the links of the chosen and goes to their sheet."""
    pool = selectors.compounds_within(_posts(request), day=clock.today())
    if request.method == "POST":
        return _chosen(request, pool)
    typed = request.GET.get("q", "").replace("\0", "").strip()[:30]
    community = _number(request.GET.get("community", ""))
    page = selectors.compounds_page(
        pool, text=typed, community=community, after=request.GET.get("after", "")[:240],
        before=request.GET.get("before", "")[:240],
    )  # fmt: skip
    links = posting_links.known_links(compounds=page.rows)
    kept = {k: v for k, v in (("q", typed), ("community", community)) if v}
    return render(request, "portal/poster_list.html", {
        "heading": "二维码海报", "columns": COLUMNS, "row_template": "portal/_poster_row.html",
        "basis": "每个小区一个固定二维码，扫开就是“反映问题”，地点已填好。扫不扫都不登记、不统计。",
        "rows": [(c, _short(request, links.get(("compound", c.pk)))) for c in page.rows],
        "pager": Pager(_page_url(kept, "before", page.before), _page_url(kept, "after", page.after),
                       shown=len(page.rows), about=page.total),
        "typed": typed, "community": community, "kept": kept, "most": posters.MOST,
        "communities": selectors.communities_of(pool), "layouts": posters.LAYOUTS,
        "site": _site(request), "site_is_set": bool(settings.HUIYIN_PUBLIC_URL),
        "empty_title": "没有找到小区",
        "empty_text": "换个名字再找；您的岗位范围内还没有小区的，请系统管理员先建。",
    })  # fmt: skip


def _chosen(request: HttpRequest, pool: Any) -> HttpResponse:
    """The ticked compounds, or all of a community; their links are made, once."""
    whole = _number(request.POST.get("whole", ""))
    ids = [n for n in map(_number, request.POST.getlist("compound")) if n]
    chosen = list(
        (pool.filter(community=whole) if whole else pool.filter(pk__in=ids[: posters.MOST]))
        .order_by("pinyin", "pk")[: posters.MOST]
    )  # fmt: skip
    if not chosen:
        messages.error(request, "还没有选小区：请勾选要印的，或按社区整批印")
        return redirect(_page_url({"community": whole} if whole else {}, "", ""))
    with_buildings = request.POST.get("buildings") == "yes"
    posting_links.links_for(
        compounds=chosen, buildings=_buildings(chosen) if with_buildings else (), at=clock.now()
    )
    query: dict[str, Any] = {"as": request.POST.get("as", "poster")}
    query |= {"whole": whole} if whole else {"c": [c.pk for c in chosen]}
    if with_buildings:
        query["b"] = "yes"
    return redirect(f"{reverse('poster_print')}?{urlencode(query, doseq=True)}")


@require_GET
@access.needs(GRANT)
def poster_print(request: HttpRequest) -> HttpResponse:
    """The sheet: A4, one poster or six stickers a page. What has no link yet is not on it."""
    day = clock.today()
    pool = selectors.compounds_within(_posts(request), day=day).order_by("pinyin", "pk")
    whole = _number(request.GET.get("whole", ""))
    ids = [n for n in map(_number, request.GET.getlist("c")) if n]
    chosen = list(
        (pool.filter(community=whole) if whole else pool.filter(pk__in=ids[: posters.MOST]))[
            : posters.MOST
        ]
    )
    buildings = _buildings(chosen) if request.GET.get("b") == "yes" else []
    made = _made(request, chosen, buildings)
    if not made:
        messages.error(request, "这些小区还没有二维码：请在这里勾选后再印")
        return redirect("poster_list")
    layout = request.GET.get("as", "")
    layout = layout if layout in posters.LAYOUTS else "poster"
    other = next(k for k in posters.LAYOUTS if k != layout)
    switched = request.GET.copy()
    switched["as"] = other
    return render(request, "portal/poster_print.html", {
        "layout": layout, "pages": posters.pages(made, layout), "n": len(made),
        "slogan": posters.SLOGAN, "otherwise": posters.OTHERWISE,
        "other_label": posters.LAYOUTS[other][0], "other_url": f"?{switched.urlencode()}",
        "site": _site(request), "site_is_set": bool(settings.HUIYIN_PUBLIC_URL),
    })  # fmt: skip


def _made(
    request: HttpRequest, compounds: Sequence[Compound], buildings: Sequence[Building]
) -> list[Poster]:
    """Posters in order: each compound, then its buildings."""
    links = posting_links.known_links(compounds=compounds, buildings=buildings)
    phones: dict[int, tuple[str, str]] = {}
    made: list[Poster] = []

    def add(link: Link | None, name: str, community: Area) -> None:
        if link is None:
            return
        if community.pk not in phones:
            phones[community.pk] = selectors.phone_of(community, day=clock.today())
        phone, phone_of = phones[community.pk]
        made.append(Poster(link.token, name, community.name, _short(request, link), phone,
                           phone_of))  # fmt: skip

    for compound in compounds:
        add(links.get(("compound", compound.pk)), compound.name, compound.community)
        for b in buildings:
            if b.compound_id == compound.pk:
                add(links.get(("building", b.pk)), f"{compound.name}{b.name}", compound.community)
    return made[: posters.MOST]


@require_GET
@access.needs(GRANT)
def poster_code(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """The QR code of a link as a picture (svg or png), from our own address."""
    link = Link.objects.filter(pk=token, withdrawn_at__isnull=True).first()
    if link is None or form not in _PICTURES:
        raise Http404("没有这个二维码")
    # Level Q: a quarter of it may be torn or dirty, and it still opens.
    code = segno.make(_short(request, link), error="q", micro=False, boost_error=False)
    picture = BytesIO()
    code.save(picture, kind=form, scale=10, border=4, dark="#000", light="#fff")
    return HttpResponse(picture.getvalue(), content_type=_PICTURES[form])


def _posts(request: HttpRequest) -> list[ActingPost]:
    return [p for p in access.posts(request) if p.may(GRANT)]


def _buildings(compounds: Sequence[Compound]) -> list[Building]:
    return selectors.buildings_of(compounds, limit=posters.MOST)


def _site(request: HttpRequest) -> str:
    """Where residents reach us: the setting, else as this page was reached."""
    return settings.HUIYIN_PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")


def _short(request: HttpRequest, link: Link | None) -> str:
    return f"{_site(request)}{reverse('short_link', args=[link.token])}" if link else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _page_url(kept: dict[str, Any], name: str, position: str) -> str:
    if name and not position:
        return ""
    query = urlencode(kept | ({name: position} if name else {}))
    return f"{reverse('poster_list')}?{query}" if query else reverse("poster_list")
