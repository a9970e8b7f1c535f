"""When its time is over, what a resident gave is nowhere any more, and the chain stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from huiyin.base.models import Attachment
from huiyin.base.services import files
from huiyin.cases.models import Case, StatementRequest
from huiyin.cases.services import erasing, filing, linking, sealing
from huiyin.cases.tests.conftest import Browser
from tests.cast import DAY, Cast, at

MARK = "桫椤木牌坊"
PHONE = "13987654321"
LATER = at("2031-12-01 03:00")


def _texts() -> Iterator[str]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield from (f"{table}: {row}" for (row,) in cursor.fetchall())


def _found() -> list[str]:
    return [text[:120] for text in _texts() if MARK in text or PHONE in text]


def _planted(cast: Cast, media: Path) -> Case:
    """A closed case with the mark in every place where somebody can write."""
    contact = filing.Contact(name=f"甲{MARK}", phone=PHONE, door=f"{MARK}三单元")
    case = cast.report(
        f"{MARK}楼道漏水，电话 {PHONE}", title=f"{MARK}漏水", place_text=f"{MARK}旁",
        summary=f"来电说{MARK}漏水", contacts=(contact,), about_unit_id=cast.firm.pk,
    )  # fmt: skip
    cast.act(case, "admit", cast.dispatcher)
    case = cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk, note=f"去{MARK}")
    cast.act(case, "ask_statement", cast.dispatcher, question=f"{MARK}一带是否报修过")
    request = StatementRequest.objects.get(case=case)
    linking.answer_statement(request=request, text=f"{MARK}已报修", by=cast.firm_manager, at=DAY)
    cast.act(case, "accept", cast.handler)
    cast.act(case, "contact", cast.handler, how="phone", note=f"{MARK}的住户在家")
    cast.act(case, "submit_result", cast.handler, reply=f"{MARK}的水管换好了")
    cast.act(case, "approve", cast.reviewer)
    cast.act(case, "call_back", cast.callback, channel="phone", outcome="reached", resolved=True,
             satisfied="satisfied", note=f"{MARK}不漏了")  # fmt: skip
    files.keep(subject=f"case:{case.pk}", kind="photo", data=b"\x89PNG", media_type="image/png",
               extension="png", at=DAY, caption=f"{MARK}照片", from_reporter=True)  # fmt: skip
    return cast.act(case, "sign_off", cast.callback, code="satisfied")


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_the_mark_is_nowhere_in_database_and_files(cast: Cast, media: Path) -> None:
    _planted(cast, media)
    assert len(_found()) > 5

    assert erasing.erase_expired(at=LATER) == 1

    assert _found() == []
    assert not [p for p in media.rglob("*") if p.is_file()]
    assert Attachment.objects.get().erased_at == LATER


def test_the_chain_stands_and_says_when_it_was_cleared(cast: Cast, media: Path) -> None:
    case = _planted(cast, media)
    erasing.erase_expired(at=LATER)

    case.refresh_from_db()
    assert sealing.verify_case(case, list(case.events.order_by("seq"))) == []
    assert case.events.order_by("-seq").first().action == "content_erased"  # type: ignore[union-attr]
    assert (case.number, case.status, case.compound_id) == (
        case.number, "closed", cast.compound.pk,
    )  # fmt: skip


def test_a_case_whose_time_is_not_over_keeps_its_words(cast: Cast, media: Path) -> None:
    case = _planted(cast, media)

    assert erasing.erase_expired(at=DAY + timedelta(days=365 * 5 - 1)) == 0

    assert MARK in case.words.get(seq=1, key="text").text  # type: ignore[operator]


def test_an_open_case_is_never_cleared(cast: Cast) -> None:
    cast.case_at("in_progress")

    assert erasing.erase_expired(at=LATER) == 0


def test_clearing_twice_is_clearing_once(cast: Cast, media: Path) -> None:
    case = _planted(cast, media)
    assert erasing.erase(case.pk, at=LATER, reason="保存期满")

    assert not erasing.erase(case.pk, at=LATER, reason="保存期满")
    assert case.events.filter(action="content_erased").count() == 1


def test_the_page_of_a_cleared_case_says_so_and_search_finds_nothing(
    cast: Cast, media: Path, browser: Browser
) -> None:
    case = _planted(cast, media)
    erasing.erase(case.pk, at=LATER, reason="保存期满")
    page: Client = browser(cast.dispatcher)

    shown = page.get(f"/work/cases/{case.number}/").content.decode()
    assert "保存期满" in shown
    assert MARK not in shown
    assert case.number not in page.get("/work/cases/", {"q": "牌坊"}).content.decode()
