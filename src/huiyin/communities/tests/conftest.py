"""Ledgers of the community on the fixed cast: a way to enter, to import and to look at pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from huiyin.base import clock
from huiyin.documents.rules.sheets import read_table
from huiyin.org.models import Account, Area
from huiyin.org.rules.grants import ActingPost
from huiyin.registers.registry import Register
from huiyin.registers.services import importing, writing
from huiyin.registers.services.importing import Imported, Job
from huiyin.registers.services.reading import Reader
from huiyin.registers.services.writing import Source, Written
from tests.cast import DAY, Cast

Browser = Callable[[ActingPost], Client]


@dataclass
class Desk:
    """The community's clerk at work: enters rows as a form or a file does."""

    cast: Cast
    folder: Path

    def enter(self, register: Register, *, post: ActingPost | None = None, **raw: Any) -> Written:
        """Read what was typed and write it; Unreadable as an AssertionError with the words."""
        by = post or self.cast.clerk
        reader = Reader(register, Area.objects.get(pk=by.area_id), DAY.date())
        values, area_id, problems = reader.row(raw)
        assert not problems, problems
        assert area_id is not None
        return writing.write(register, values, area_id=area_id, source=Source(by, DAY))

    def imports(self, register: Register, path: Path, **more: Any) -> Imported:
        """Import a file in the clerk's post; the receipt lies beside it."""
        job = Job(path, self.receipt, Area.objects.get(pk=self.cast.clerk.area_id),
                  Source(self.cast.clerk, DAY, f"import:{path.name}"))  # fmt: skip
        return importing.carry_out(register, job, **more)

    @property
    def receipt(self) -> Path:
        return self.folder / "receipt.xlsx"

    def reasons(self) -> list[str]:
        """The reasons of the refused rows, as the receipt says them."""
        book = openpyxl.load_workbook(self.receipt)
        rows = list(book["拒绝"].iter_rows(min_row=2, values_only=True))
        return [str(row[0]) for row in rows if row[0]]

    def sheet(self, *rows: tuple[Any, ...], name: str = "table.xlsx") -> Path:
        """A workbook with these rows on its first sheet."""
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        for row in rows:
            page.append(row)
        path = self.folder / name
        book.save(path)
        return path


@pytest.fixture
def desk(cast: Cast, tmp_path: Path) -> Desk:
    return Desk(cast, tmp_path)


@pytest.fixture
def browser(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser in which the person of that post is signed in, on the day of the cast."""
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(clock, "today", lambda: DAY.date())

    def signed_in(post: ActingPost) -> Client:
        account, _ = Account.objects.get_or_create(
            person_id=post.person_id, defaults={"username": f"p{post.person_id}"}
        )
        client = Client()
        client.force_login(account, "huiyin.org.backends.AccountBackend")
        return client

    return signed_in


def headings_of(path: Path, register: Register) -> dict[str, str]:
    """Which column of a file stands for which field."""
    with read_table(path, importing.fields_of(register)) as table:
        return dict(table.columns)
