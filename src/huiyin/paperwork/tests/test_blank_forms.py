"""Pages of the register of forms: upload, settle, fill, the next month, what changed."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.base import clock
from huiyin.base.models import AuditRow
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.models import FormTemplate, TemplateCell
from huiyin.paperwork.tests.conftest import MERGES, MONTHLY, Browser, opened, workbook
from tests.cast import Cast


def upload(client: Client, content: bytes, name: str = "月报.xlsx", **given: Any) -> Any:
    data = {
        "frequency": "monthly",
        "due_day": "5",
        "file": SimpleUploadedFile(name, content),
        **given,
    }
    return client.post("/work/forms/new/", data)


@pytest.fixture
def at_work(browser: Browser, statistician: ActingPost) -> Client:
    return browser(statistician)


@pytest.fixture
def kept(at_work: Client, monthly: bytes) -> FormTemplate:
    upload(at_work, monthly)
    return FormTemplate.objects.get()


def number_of(template: FormTemplate, row: int, column: int) -> int:
    return 1 + next(n for n, s in enumerate(template.structure) if s[1:3] == [row, column])


def test_an_uploaded_form_is_shown_in_its_own_look(at_work: Client, monthly: bytes) -> None:
    answer = upload(at_work, monthly, number="水政办〔2026〕9号", issuer="市政府办")

    page = at_work.get(answer.url).content.decode()
    assert 'colspan="6"' in page
    assert "诉求受理" in page
    assert "水政办〔2026〕9号" in page
    assert "可拒填" not in page


def test_a_form_without_a_document_number_may_be_refused(at_work: Client, kept: FormTemplate) -> None:  # fmt: skip
    assert "可拒填" in at_work.get("/work/forms/").content.decode()


def test_the_same_form_again_is_the_same_form(at_work: Client, kept: FormTemplate, monthly: bytes) -> None:  # fmt: skip
    answer = upload(at_work, monthly)

    assert answer.url == f"/work/forms/{kept.pk}/"
    assert FormTemplate.objects.count() == 1


def test_filled_form_comes_back_and_is_kept_in_the_history(
    at_work: Client, kept: FormTemplate, cast: Cast
) -> None:
    cast.report()

    answer = at_work.post(f"/work/forms/{kept.pk}/fill/", {"place": "530681000000", "period": "2026-09"})  # fmt: skip

    assert opened(answer.content).worksheets[0]["C5"].value == 1
    fill = kept.fills.get()
    assert (fill.period, fill.person.name) == ("2026-09", "尤统计")
    assert AuditRow.objects.filter(action="exported", subject=f"form:{kept.pk}").count() == 1


def test_a_settled_blank_is_filled_the_next_month_too(at_work: Client, cast: Cast) -> None:
    upload(at_work, workbook([["表"], ["项目", "数量"], ["接件规模", ""]], box="A2:B3"))
    template = FormTemplate.objects.get()
    cast.report()

    at_work.post(f"/work/forms/{template.pk}/cells/1/", {"what": "other", "number": "reports_received"})  # fmt: skip
    for period, wanted in (("2026-09", 1), ("2026-08", 0)):
        answer = at_work.post(f"/work/forms/{template.pk}/fill/", {"period": period})
        assert opened(answer.content).worksheets[0]["B3"].value == wanted

    assert TemplateCell.objects.get().settled_by_name == "尤统计"


def test_a_blank_can_be_left_to_people(at_work: Client, kept: FormTemplate) -> None:
    number = number_of(kept, 5, 3)

    at_work.post(f"/work/forms/{kept.pk}/cells/{number}/", {"what": "nothing"})

    answer = at_work.post(f"/work/forms/{kept.pk}/fill/", {"period": "2026-09"})
    assert opened(answer.content).worksheets[0]["C5"].value is None


def test_choosing_by_hand_needs_a_number_and_keeps_what_was_chosen(
    at_work: Client, kept: FormTemplate
) -> None:
    number = number_of(kept, 5, 3)

    page = at_work.post(f"/work/forms/{kept.pk}/cells/{number}/", {"what": "other", "span": "to_date"})  # fmt: skip

    assert "请选择指标" in page.content.decode()
    assert '<option value="to_date" selected>' in page.content.decode()


def test_a_changed_form_shows_what_changed_and_keeps_what_was_settled(
    at_work: Client, kept: FormTemplate
) -> None:
    at_work.post(f"/work/forms/{kept.pk}/cells/{number_of(kept, 5, 3)}/", {"what": "nothing"})
    changed = [list(row) for row in MONTHLY]
    changed[3][4] = "求助"
    changed[2][2] = "受理件数"

    answer = upload(at_work, workbook(changed, box="A3:F6", merges=MERGES))

    new = FormTemplate.objects.get(retired_at=None)
    assert new.replaces == kept
    assert "改名" in at_work.get(answer.url).content.decode()
    assert new.cells.get().link == {}


def test_a_form_stands_on_the_start_page_five_workdays_before_it_is_owed(
    at_work: Client, kept: FormTemplate, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {}
    for day in (date(2026, 10, 14), date(2026, 10, 28), date(2026, 10, 30)):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        seen[day.day] = "该报的表" in at_work.get("/work/").content.decode()

    assert seen == {14: False, 28: False, 30: True}


def test_two_forms_that_ask_the_same_are_shown(at_work: Client, kept: FormTemplate) -> None:
    upload(at_work, workbook([["另一张表"], ["地区", "诉求受理（件）", "甲", "乙"], ["云富街道"]], box="A2:D3"))  # fmt: skip

    page = at_work.get("/work/forms/twice/").content.decode()

    assert page.count(kept.title) == 1
    assert "另一张表" in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsm", b"PK\x03\x04", "带宏的文件不收"),
        ("a.xlsx", b"PK\x03\x04broken", "文件不完整"),
        ("a.pdf", b"%PDF-1.4", "认不出这个文件"),
        ("a.xlsx", b"x" * (8 * 1024 * 1024 + 1), "超过 8 MB"),
    ],
)
def test_what_cannot_be_filled_is_refused_with_a_reason(
    at_work: Client, name: str, content: bytes, words: str
) -> None:
    page = upload(at_work, content, name, issuer="市政府办")

    assert words in page.content.decode()
    assert "市政府办" in page.content.decode()
    assert not FormTemplate.objects.exists()


def test_others_do_not_see_forms(browser: Browser, cast: Cast, kept: FormTemplate) -> None:
    assert browser(cast.handler).get("/work/forms/").status_code == 403
    assert browser(cast.handler).get(f"/work/forms/{kept.pk}/").status_code == 403


def test_a_form_of_another_place_is_not_found(browser: Browser, cast: Cast, kept: FormTemplate) -> None:  # fmt: skip
    from huiyin.org.models import Area

    elsewhere = Area.objects.create(code="530602000000", name="昭阳区", kind="county", parent=cast.city,
                                    valid_from=cast.city.valid_from, path="/0/")  # fmt: skip
    FormTemplate.objects.update(area=elsewhere)

    assert browser(cast.clerk).get(f"/work/forms/{kept.pk}/").status_code == 404


def test_the_list_asks_the_same_for_one_form_and_for_many(at_work: Client, kept: FormTemplate) -> None:  # fmt: skip
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            at_work.get("/work/forms/")
        return len(found)

    one = queries()
    for n in range(30):
        kept.pk, kept.fingerprint = None, f"{n}"
        kept.save(force_insert=True)

    assert queries() == one


def test_a_large_form_is_shown_a_page_at_a_time(at_work: Client) -> None:
    rows = [["大表"], ["项目", *[f"列{n}" for n in range(70)]], *[[f"行{n}"] for n in range(300)]]
    upload(at_work, workbook(rows, box="A2:BS302"))
    template = FormTemplate.objects.get()

    first = at_work.get(f"/work/forms/{template.pk}/").context["picture"]
    second = at_work.get(f"/work/forms/{template.pk}/?row=201&col=61").context["picture"]

    assert (len(first.rows), first.last_column) == (200, 60)
    assert (second.first_row, second.last_row, second.first_column) == (201, 302, 61)


def test_nothing_of_the_file_is_lost_on_the_way(at_work: Client, kept: FormTemplate, monthly: bytes) -> None:  # fmt: skip
    from huiyin.paperwork.services import remembering

    assert remembering.blank_of(kept) == BytesIO(monthly).getvalue()
