"""Blank forms as offices draw them, and a browser for each post."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from openpyxl.styles import Border, Font, Side

from huiyin.base import clock
from huiyin.org.models import Account, Person, Post
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import acting
from tests.cast import DAY, FIRST, Cast

Browser = Callable[[ActingPost], Client]
_LINE = Side(style="thin")
LINES = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def workbook(rows: Sequence[Sequence[Any]], *, box: str, merges: Sequence[str] = ()) -> bytes:
    """A form as a file: these rows, lines around every cell of `box`."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row, start=1):
            if value not in ("", None):
                sheet.cell(r, c, value)
    for line in sheet[box]:
        for cell in line:
            cell.border = LINES
    sheet["A1"].font = Font(b=True, sz=16)
    for area in merges:
        sheet.merge_cells(area)
    return saved(book)


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


MONTHLY = [
    ["水富市诉求办理情况月报表"],
    ["填报单位：", "", "", "", "单位：件"],
    ["序号", "地区", "受理件数", "其中", "", "备注"],
    ["", "", "", "咨询", "投诉"],
    [1, "云富街道"],
    ["", "合计", "=SUM(C5:C5)"],
    ["填表人：", "", "审核人："],
]
MERGES = ["A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4"]


@pytest.fixture
def monthly() -> bytes:
    """A monthly form: a subdistrict, received, of which enquiries and complaints, a formula."""
    return workbook(MONTHLY, box="A3:F6", merges=MERGES)


@pytest.fixture
def statistician(cast: Cast) -> ActingPost:
    """The county's statistician."""
    person = Person.objects.create(name="尤统计")
    post = Post.objects.create(person=person, unit=cast.centre, area=cast.county,
                               role="statistician", valid_from=FIRST)  # fmt: skip
    return acting(post)


@pytest.fixture
def browser(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A signed-in browser for a post, on the day of the cast."""
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(clock, "today", lambda: DAY.date())

    def open_for(post: ActingPost) -> Client:
        account, _ = Account.objects.get_or_create(
            username=f"p{post.post_id}",
            defaults={"person_id": post.person_id, "password": "!", "password_changed_at": DAY},
        )
        client = Client()
        client.force_login(account, "huiyin.org.backends.AccountBackend")
        return client

    return open_for
