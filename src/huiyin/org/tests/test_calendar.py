"""The page 工作日历: a missing year is entered, a day is changed, each on a document and audited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from huiyin.base import clock, selectors
from huiyin.base.kept import forget_all
from huiyin.base.models import AuditRow, CalendarYear, Workday
from huiyin.base.services import seeding
from huiyin.org import registry
from huiyin.org.tests.conftest import AT, DAY, Town
from huiyin.org.tests.test_administration import browser

DOCUMENT = "国办发明电〔2026〕8号"
TEXT = "元旦：1月1日（周五）至3日（周日）放假，共3天。1月4日（周一）上班。\n2月6日至12日 放假 春节\n2月20日 上班 春节"
ENTER = "/work/calendar/2027/enter/"


@pytest.fixture
def security(town: Town, monkeypatch: pytest.MonkeyPatch) -> Client:
    seeding.seed_local_defaults()
    seeding.seed_calendar(day=DAY)
    client = browser(town, "security_admin", "戊安全", "wu")
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(clock, "today", lambda: DAY)
    return client


@pytest.fixture
def used_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[date]:
    """A day of October over which somebody counted a time limit."""
    day = date(2026, 10, 12)
    monkeypatch.setattr(registry, "_day_uses", [lambda asked: asked == day])
    yield day
    forget_all()


def test_the_menu_entry_opens_the_year_that_is_missing(security: Client) -> None:
    page = security.get("/work/calendar/", follow=True)

    assert page.redirect_chain == [("/work/calendar/2027/", 302)]
    assert "这一年还没有录入" in page.content.decode()


def test_the_alarm_of_the_defaults_leads_to_entering_the_year(security: Client) -> None:
    html = security.get("/work/defaults/").content.decode()

    assert "缺 2027 年" in html
    assert f'href="{ENTER}"' in html
    assert 'href="/work/calendar/2026/"' in html


def test_a_year_shows_days_off_and_make_up_days_by_word(security: Client) -> None:
    html = security.get("/work/calendar/2026/").content.decode()

    assert 'title="10月1日 放假 国庆节"' in html
    assert 'title="10月10日 调休上班 国庆节补班"' in html
    assert "待本地确认" in html


def test_a_pasted_year_is_looked_at_before_anything_is_written(security: Client) -> None:
    page = security.post(ENTER, {"text": TEXT, "document": DOCUMENT})

    html = page.content.decode()
    assert "请核对：放假 10 天，调休上班 1 天" in html
    assert "没有看到：清明、劳动、端午、中秋、国庆" in html
    assert "2月20日 上班 春节补班" in html
    assert not Workday.objects.filter(day__year=2027).exists()


def test_a_confirmed_year_counts_at_once_and_is_audited(security: Client) -> None:
    assert 2027 not in selectors.workday_calendar().years

    answer = security.post(ENTER, {"text": TEXT, "document": DOCUMENT, "act": "confirm"})

    assert answer.headers["Location"] == "/work/calendar/2027/"
    forget_all()
    calendar = selectors.workday_calendar()
    assert 2027 in calendar.years
    assert calendar.is_makeup(date(2027, 2, 20))
    assert not calendar.is_workday(date(2027, 1, 1))
    year = CalendarYear.objects.get(pk=2027)
    assert (year.document, year.confirmed_on, year.confirmed_by_name) == (DOCUMENT, DAY, "戊安全")
    row = AuditRow.objects.get(action="calendar_entered")
    assert (row.subject, row.reason) == ("calendar:2027", f"新录入 365 天，改 0 天，{DOCUMENT}")


def test_saving_forgets_what_was_kept(
    security: Client, django_capture_on_commit_callbacks: object
) -> None:
    selectors.workday_calendar()

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        security.post(ENTER, {"text": TEXT, "document": DOCUMENT, "act": "confirm"})

    assert 2027 in selectors.workday_calendar().years


def test_what_cannot_be_read_is_named_and_what_was_typed_is_kept(security: Client) -> None:
    page = security.post(ENTER, {"text": "1月40日 放假 元旦", "document": ""})
    assert page.context["form"].errors["document"] == ["请填写“文号”"]

    page = security.post(ENTER, {"text": "1月40日 放假 元旦", "document": DOCUMENT})

    html = page.content.decode()
    assert "第 1 行“1月40日 放假 元旦”" in html
    assert "1月40日 放假 元旦</textarea>" in html
    assert not Workday.objects.filter(day__year=2027).exists()


def test_a_single_day_is_changed_on_a_document(security: Client) -> None:
    address = "/work/calendar/2026/12/31/"

    answer = security.post(address, {"kind": "off", "name": "迎新", "document": DOCUMENT})

    assert answer.status_code == 302
    day = Workday.objects.get(pk=date(2026, 12, 31))
    assert (day.is_workday, day.name, day.source) == (False, "迎新", DOCUMENT)
    row = AuditRow.objects.get(action="calendar_changed")
    assert (row.subject, row.reason) == ("calendar:2026-12-31", f"上班 → 放假 迎新，{DOCUMENT}")
    again = security.post(address, {"kind": "off", "name": "迎新", "document": DOCUMENT})
    assert "和现在一样" in again.content.decode()


def test_a_past_day_that_a_time_limit_counted_is_not_rewritten(
    security: Client, used_day: date
) -> None:
    address = f"/work/calendar/2026/{used_day.month}/{used_day.day}/"
    assert "不能再改上班还是放假" in security.get(address).content.decode()

    page = security.post(address, {"kind": "off", "name": "", "document": DOCUMENT})

    assert "2026年10月12日已过去，有工单的时限按它推算过，不能再改" in page.content.decode()
    assert Workday.objects.get(pk=used_day).is_workday
    assert not AuditRow.objects.filter(action="calendar_changed").exists()


def test_a_past_day_that_nothing_counted_may_be_put_right(security: Client, used_day: date) -> None:
    security.post("/work/calendar/2026/10/13/", {"kind": "off", "name": "", "document": DOCUMENT})

    assert not Workday.objects.get(pk=date(2026, 10, 13)).is_workday


def test_a_year_that_rewrites_a_counted_day_is_refused_whole(
    security: Client, used_day: date
) -> None:
    text = security.get("/work/calendar/2026/enter/").context["form"].initial["text"]
    given = {"text": f"{text}\n10月12日 放假 试", "document": DOCUMENT}

    preview = security.post("/work/calendar/2026/enter/", given).content.decode()
    answer = security.post("/work/calendar/2026/enter/", {**given, "act": "confirm"})

    assert "确认修改 2026 年" not in preview
    assert "不能再改" in answer.content.decode()
    assert Workday.objects.get(pk=used_day).is_workday


def test_a_seeded_year_is_confirmed_with_its_document(security: Client) -> None:
    security.post("/work/defaults/calendar/2026/", {
        "act": "confirm", "document": "国办发明电〔2025〕7号", "confirmed_on": "2026-11-24",
    })  # fmt: skip

    html = security.get("/work/calendar/2026/").content.decode()
    assert "国办发明电〔2025〕7号，2026年11月24日，戊安全" in html
    assert "待本地确认" not in html


def test_days_and_years_that_do_not_exist_are_not_found(security: Client) -> None:
    assert security.get("/work/calendar/2026/2/30/").status_code == 404
    assert security.get("/work/calendar/1900/").status_code == 404
    assert security.get("/work/calendar/2027/1/1/").status_code == 302
