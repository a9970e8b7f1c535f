"""月报, 通报, 督办函: figures from the numbers alone, rates with their samples, units by name."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from huiyin.base import clock
from huiyin.base.models import AuditRow
from huiyin.indicators import registry
from huiyin.indicators.registry import Slice
from huiyin.indicators.rules import periods
from huiyin.indicators.services import computing
from huiyin.org.models import Account
from huiyin.org.rules.grants import ActingPost
from tests.cast import DAY, Cast

PAGE = "/work/papers/"
MONTH = {"period": "2026-09"}


@pytest.fixture(autouse=True)
def _end_of_october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: DAY + timedelta(days=31))
    monkeypatch.setattr(clock, "today", lambda: (DAY + timedelta(days=31)).date())


def browser(post: ActingPost) -> Client:
    account, _ = Account.objects.get_or_create(
        person_id=post.person_id, defaults={"username": f"p{post.person_id}"}
    )
    client = Client()
    client.force_login(account, "huiyin.org.backends.AccountBackend")
    return client


def said(client: Client, **asked: str) -> str:
    page = client.get(PAGE, MONTH | asked)
    return "\n".join(getattr(b, "text", "") for b in page.context["paper"].blocks)


def test_every_figure_of_the_month_report_is_that_of_its_number(cast: Cast) -> None:
    cast.case_at("closed")
    cast.case_at("in_progress")

    text = said(browser(cast.leader))

    period = periods.parse("2026-09")
    part = Slice(cast.county.path, period.start, period.end)
    for code in ("reports_received", "cases_dispatched", "cases_replied", "cases_open"):
        indicator = registry.get(code)
        value = computing.compute(indicator, part)
        assert f"{indicator.label}{value.words}{indicator.measure.word}" in text


def test_a_rate_of_few_is_not_told(cast: Cast) -> None:
    cast.case_at("closed")

    text = said(browser(cast.leader))

    assert "解决率样本不足" in text
    assert not re.search(r"解决率\d", text)


def test_the_bulletin_lists_units_by_name_and_has_no_rank(cast: Cast) -> None:
    cast.case_at("in_progress")
    supervisor = browser(cast.supervisor)

    page = supervisor.get(PAGE, MONTH | {"kind": "bulletin"})

    table = page.context["paper"].blocks[-1]
    names = [row[0] for row in table.rows]
    assert names == [cast.housing.short_name]
    assert "不排名" in page.content.decode()
    assert "名次" not in page.content.decode()


def test_a_supervision_letter_lists_numbers_and_no_words_of_residents(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    supervisor = browser(cast.supervisor)
    asked = {"kind": "supervision_letter", "period": "2026-10", "unit": str(cast.housing.pk)}

    page = supervisor.get(PAGE, asked)

    shown = page.content.decode()
    assert case.number in shown
    assert case.title not in shown
    assert page.context["paper"].to == cast.housing.name


@pytest.mark.parametrize(
    ("more", "said"),
    [({}, "请先选单位"), ({"unit": "police"}, "没有超期未答复的件")],
)
def test_a_letter_about_nothing_says_what_to_choose(
    cast: Cast, more: dict[str, str], said: str
) -> None:
    more = {k: str(cast.police.pk) for k in more}

    page = browser(cast.supervisor).get(PAGE, {"kind": "supervision_letter"} | more)

    assert page.context["paper"] is None
    assert said in page.content.decode()


def test_word_and_pdf_say_the_same_and_are_recorded(cast: Cast) -> None:
    cast.case_at("closed")
    client = browser(cast.leader)

    word = Document(BytesIO(client.get(PAGE, MONTH | {"as": "docx"}).content))
    pdf = client.get(PAGE, MONTH | {"as": "pdf"})

    texts = "\n".join(p.text for p in word.paragraphs)
    assert said(client) in texts
    assert "底稿：未经签发" in texts
    assert pdf.content.startswith(b"%PDF")
    assert AuditRow.objects.filter(action="exported", subject="paper:month_report").count() == 2


def test_who_does_not_supervise_drafts_no_letter(cast: Cast) -> None:
    page = browser(cast.leader).get(PAGE, {"kind": "supervision_letter"})

    assert page.context["kind"].code == "month_report"
    assert browser(cast.handler).get(PAGE).status_code == 403


def test_the_letter_is_answered_within_days_of_its_own_date(cast: Cast) -> None:
    cast.case_at("in_progress")
    asked = {"kind": "supervision_letter", "period": "2026-10", "unit": str(cast.housing.pk)}

    page = browser(cast.supervisor).get(PAGE, asked)

    assert "11 月 3 日前回复" in page.context["paper"].blocks[0].text
