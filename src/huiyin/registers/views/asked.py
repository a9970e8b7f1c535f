"""What the pages of registers share: the register behind an address, the acting post, the filter."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from huiyin.base import clock
from huiyin.org import access
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost, refusal
from huiyin.org.selectors import children_of
from huiyin.registers import registry, selectors
from huiyin.registers.forms import FilterForm
from huiyin.registers.registry import Register
from huiyin.registers.rules import grouping
from huiyin.registers.selectors import Narrow
from huiyin.registers.services import tallying
from huiyin.registers.services.reading import Reader, known_of


def find(request: HttpRequest, code: str, *, grant: str = "view") -> Register:
    """The register of that code for somebody who may; 404 when there is none, 403 with the reason."""
    try:
        register = registry.get(code)
    except KeyError:
        raise Http404("没有这本台账") from None
    wanted = getattr(register, grant)
    if not wanted:
        raise Http404("这本台账由系统生成，不能登记")
    why = refusal(access.posts(request), [wanted])
    if why is not None:
        raise PermissionDenied(why)
    return register


def acting(request: HttpRequest, grant: str) -> ActingPost:
    """The post in which somebody acts."""
    return access.post_for(request, grant)


def reader_for(register: Register, post: ActingPost) -> Reader:
    """A reader inside the acting post's area."""
    return Reader(register, Area.objects.get(pk=post.area_id), clock.today())


def known_for(register: Register, reader: Reader, post: ActingPost) -> dict[str, Any]:
    """What the form does not ask."""
    return known_of(register, post, reader.within, reader.day)


def filter_form(request: HttpRequest, register: Register) -> FilterForm:
    """The filter of the address; an unreadable one narrows nothing."""
    able = [p for p in access.posts(request) if p.may(register.view)]
    own = Area.objects.get(pk=able[0].area_id)
    areas = [own, *children_of(own, day=clock.today())[:100]]
    return FilterForm(request.GET or None, register=register, areas=areas)


def narrow_of(form: FilterForm, register: Register) -> Narrow:
    """What the filter means."""
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = {name[3:]: value for name, value in given.items() if name.startswith("is_") and value}
    return Narrow(
        text=given.get("q", ""), area_id=given.get("area"), first=given.get("first"),
        last=given.get("last"), as_of=given.get("as_of"), chosen=chosen,
        cells=_cells_of(form, register),
    )  # fmt: skip


def _cells_of(form: FilterForm, register: Register) -> dict[str, str]:
    """in.CODE=VALUE of the address: the cell of a 临时统计 that was opened; unknown ones mean nothing."""
    known = {group.code for group in grouping.groups_of(register.columns)}
    return {key[3:]: value[:80] for key, value in form.data.items()
            if key.startswith("in.") and key[3:] in known}  # fmt: skip


def rows_for(request: HttpRequest, register: Register) -> tuple[FilterForm, Narrow, QuerySet[Any]]:
    """The filter form, what it means, and the rows that these posts may see of it."""
    form = filter_form(request, register)
    narrow = narrow_of(form, register)
    rows = selectors.visible(register, access.posts(request), day=clock.today())
    return form, narrow, selectors.narrowed(register, rows, narrow)


def query_of(request: HttpRequest) -> str:
    """The filter as it stands in an address, without the place in the pages."""
    kept = [(k, v) for k, v in request.GET.items() if v and k not in ("after", "before")]
    return urlencode(kept)


def part_words(narrow: Narrow, register: Register) -> str:
    """The part of a register in words, for an export and its audit."""
    said = []
    if narrow.area_id:
        said.append(Area.objects.values_list("name", flat=True).get(pk=narrow.area_id))
    if narrow.first or narrow.last:
        day = register.column(register.day).label
        said.append(f"{day} {narrow.first or '最早'} 至 {narrow.last or '今天'}")
    if narrow.as_of:
        said.append(f"{narrow.as_of} 有效")
    for name, value in (narrow.chosen or {}).items():
        column = register.column(name)
        said.append(f"{column.label}：{column.choices.get(value, value)}")
    said += [
        f"{label}：{word}" for label, word in tallying.cell_words(register, narrow.cells or {})
    ]
    if narrow.text:
        said.append(f"含“{narrow.text}”")
    return "，".join(said)
