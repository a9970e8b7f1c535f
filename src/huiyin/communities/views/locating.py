"""/work/compounds/: where compounds lie, for the map of the report page; set one by one or by a table."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.base import clock
from huiyin.base.rules.tables import Column, Pager, Tab
from huiyin.communities import selectors
from huiyin.communities.forms import CompoundFilterForm, CoordinatesForm, LocateForm
from huiyin.communities.services import coordinates
from huiyin.communities.services.coordinates import NoCoordinates
from huiyin.documents.rules.sheets import HeaderNotFound, UnreadableTable
from huiyin.org import access
from huiyin.org.models import Area, Compound
from huiyin.org.rules import datums, points
from huiyin.org.rules.grants import ActingPost
from huiyin.org.rules.points import Point, PointElsewhere
from huiyin.org.selectors import mapping
from huiyin.org.services import locating

A_PAGE, MOST_LISTED, MOST_BYTES = 50, 5_000, 8_000_000
#: Farther from the other compounds of its community a point is saved with a question.
FAR_METRES = 5_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    Column("小区"), Column("社区"), Column("位置", "status"), Column("坐标（WGS-84）", wide=True),
)  # fmt: skip
PARTS = (("todo", "待定位"), ("done", "已定位"), ("all", "全部"))


def _posts(request: HttpRequest) -> list[ActingPost]:
    held = [p for p in access.posts(request) if selectors.may_locate(p)]
    if not held:
        raise PermissionDenied("给小区定位的是街道、社区和统计岗位；部门和企业请告诉所在街道")
    return held


def _find(request: HttpRequest, pk: int) -> Compound:
    found = selectors.locatable(_posts(request), day=clock.today()).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这个小区，或不在您的范围内")
    return found


@require_GET
@access.needs(selectors.GRANT)
def compound_list(request: HttpRequest) -> HttpResponse:
    """What is still without a point first."""
    posts = _posts(request)
    form = CompoundFilterForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    part = str(given["part"]) if given.get("part") in dict(PARTS) else "todo"
    text = given.get("q", "").strip()
    every = selectors.locatable(posts, day=clock.today())
    rows = selectors.narrowed(every, text=text, part=part)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    kept = {"q": text} if text else {}

    def url(**more: Any) -> str:
        return "?" + urlencode({"part": part, **kept, **more})

    context = {
        "heading": "小区定位",
        "basis": "居民在地图上点位置、按小区看诉求，用的是这里的坐标。",
        "tabs": [Tab(label, url(part=code), current=code == part) for code, label in PARTS],
        "filter_form": form, "filter_reset": f"?part={part}" if text else "",
        "columns": COLUMNS, "rows": page.object_list,
        "row_template": "communities/_compound_row.html",
        "pager": Pager(
            url(page=page.previous_page_number()) if page.has_previous() else "",
            url(page=page.next_page_number()) if page.has_next() else "",
            shown=len(page.object_list), about=page.paginator.count,
        ),
        "empty_title": "没有找到小区" if text else _EMPTY[part],
        "empty_text": "换个名字再找。" if text else "",
    }  # fmt: skip
    return render(request, "communities/compound_list.html", context)


_EMPTY = {"todo": "小区都定好位置了", "done": "还没有定过位置的小区", "all": "您的范围内还没有小区"}


@require_http_methods(["GET", "POST"])
@access.needs(selectors.GRANT)
def compound_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Type it, paste it, or tap the map; the next one without a point follows."""
    compound = _find(request, pk)
    by = _posts(request)[0]
    given: dict[str, Any] = {"by": by, "at": clock.now(), "address": access.address_of(request)}
    if request.method == "POST" and request.POST.get("act") == "clear":
        locating.locate(compound=compound, point=None, datum=datums.WGS84, **given)
        messages.success(request, f"已去掉{compound.name}的坐标")
        return redirect("compound_point", compound.pk)
    form = LocateForm(request.POST or None, initial=_initial(compound))
    if request.method == "POST" and form.is_valid():
        try:
            point = locating.locate(compound=compound, point=form.point,
                                    datum=form.cleaned_data["datum"], **given)  # fmt: skip
        except PointElsewhere as error:
            form.add_error("latitude", f"{error}；请核对坐标系和两个数")
        else:
            assert point is not None
            _say_saved(request, compound, point)
            return redirect(_next(request, compound))
    return render(request, "communities/compound_point.html", {
        "compound": compound, "form": form, "located": compound.latitude is not None,
    })  # fmt: skip


def _initial(compound: Compound) -> dict[str, Any]:
    if compound.latitude is None:
        return {}
    point = mapping.point_of(compound)
    return {"latitude": f"{point.latitude:.5f}", "longitude": f"{point.longitude:.5f}"}


def _say_saved(request: HttpRequest, compound: Compound, point: Point) -> None:
    messages.success(
        request,
        f"已保存{compound.name}：纬度 {point.latitude:.5f}，经度 {point.longitude:.5f}（WGS-84）",
    )
    others = list(
        Compound.objects.filter(community=compound.community_id, latitude__isnull=False)
        .exclude(pk=compound.pk)[:200]
    )  # fmt: skip
    if others:
        metres = points.metres_between(point, mapping.middle(others))
        if metres > FAR_METRES:
            messages.warning(
                request,
                f"{compound.name}离{compound.community.name}其他小区约 {metres / 1000:.0f} 公里，请核对有没有写错",
            )


def _next(request: HttpRequest, compound: Compound) -> str:
    """The next compound without a point, else the list."""
    if "on" not in request.POST:
        return reverse("compound_list")
    rows = selectors.locatable(_posts(request), day=clock.today()).exclude(pk=compound.pk)
    following = selectors.narrowed(rows, text="", part="todo").first()
    return reverse("compound_point", args=[following.pk]) if following else reverse("compound_list")


@require_GET
@access.needs(selectors.GRANT)
def compound_map(request: HttpRequest, pk: int) -> JsonResponse:
    """Known places around a compound; where none is known, the middle of the city."""
    compound, day = _find(request, pk), clock.today()
    around = mapping.around(compound.community, compound, day=day).as_data()
    if around["centre"] is None:
        city = mapping.city()
        bounds = mapping.bounds(city, day=day) if city else None
        if bounds:
            middle = (bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2
            around |= {"centre": [float(n) for n in middle], "zoom": 9}
    return JsonResponse(around)


@require_http_methods(["GET", "POST"])
@access.needs(selectors.GRANT)
def coordinates_import(request: HttpRequest) -> HttpResponse:
    """A table with a column of coordinates; refused rows come back as a receipt."""
    posts = _posts(request)
    form = CoordinatesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _carry_out(request, posts, form.cleaned_data["file"], form.cleaned_data["datum"])
        except HeaderNotFound as error:
            form.add_error("file", f"{error}；还要有“纬度”“经度”两列，或“经纬度”一列")
        except (UnreadableTable, NoCoordinates) as error:
            form.add_error("file", str(error))
    return render(request, "communities/coordinates_import.html", {"form": form})


def _carry_out(
    request: HttpRequest, posts: list[ActingPost], file: Any, datum: str
) -> HttpResponse:
    if file.size > MOST_BYTES:
        raise UnreadableTable("文件超过 8 MB，请拆成几个")
    with tempfile.TemporaryDirectory() as folder:
        path, receipt = Path(folder) / "upload", Path(folder) / "receipt.xlsx"
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        done = coordinates.carry_out(
            path, receipt, datum=datum, posts=posts, at=clock.now(),
            address=access.address_of(request), name=file.name,
        )  # fmt: skip
        content = receipt.read_bytes()
    if not done.refused:
        messages.success(
            request,
            f"读入 {done.read} 行：新定位 {done.new}，改动 {done.changed}，相同 {done.same}"
            + (f"；{done.empty} 行没有填坐标" if done.empty else ""),
        )
        return redirect(f"{reverse('compound_list')}?part=done")
    return _workbook(content, "小区坐标-回单.xlsx")


@require_GET
@access.needs(selectors.GRANT)
def coordinates_template(request: HttpRequest) -> HttpResponse:
    """The blank table with the names of those without a point filled in already."""
    rows = selectors.locatable(_posts(request), day=clock.today())
    todo = selectors.narrowed(rows, text="", part="todo")[:MOST_LISTED]
    return _workbook(_blank([(c.name, c.community) for c in todo]), "待定位小区.xlsx")


def _blank(named: list[tuple[str, Area]]) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#E7E6E6"})
        page = book.add_worksheet("小区坐标")
        page.freeze_panes(1, 0)
        for at, column in enumerate(coordinates.BLANK):
            page.set_column(at, at, column.width)
            page.write_string(0, at, column.spec.label, head)
        for line, (name, community) in enumerate(named, start=1):
            page.write_string(line, 0, name)
            page.write_string(line, 1, community.name)
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 0, 14)
        notes.set_column(1, 1, 80)
        for line, column in enumerate(coordinates.BLANK):
            notes.write_string(line, 0, column.spec.label)
            notes.write_string(line, 1, column.hint)
    return buffer.getvalue()


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
