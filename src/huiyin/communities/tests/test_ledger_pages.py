"""Pages of a ledger: what is known is not asked, what was typed is kept, 200 rows have two pages."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.base.models import AuditRow
from huiyin.communities.models import ServiceRecord
from huiyin.communities.registers import DUAL_REGISTRATION, SERVICE
from huiyin.communities.tests.conftest import Browser, Desk
from huiyin.registers import registry
from tests.cast import Cast

LIST = "/work/registers/service/"
COUNTS = json.loads((Path(registry.__file__).parent / "tests" / "query_counts.json").read_text())
SERVED = {"activity": "清理楼道", "day": "2026-09-01", "kind": "environment", "member": "周党员",
          "person_times": "1", "home_unit": "", "compound": "", "feedback": ""}  # fmt: skip


def _many(desk: Desk, n: int) -> None:
    for i in range(n):
        desk.enter(SERVICE, activity=f"活动{i:03}", kind="环境整治", community="团结路社区",
                   day=str(date(2026, 1, 1) + timedelta(days=i)), member="周党员",
                   person_times="1")  # fmt: skip


def test_an_empty_ledger_offers_the_next_step(browser: Browser, cast: Cast) -> None:
    page = browser(cast.clerk).get(LIST).content.decode()

    assert "下沉服务台账还没有内容" in page
    assert "登记一行" in page
    assert "下载模板" in page


def test_the_community_of_its_own_clerk_is_not_asked(browser: Browser, cast: Cast) -> None:
    page = browser(cast.clerk).get(f"{LIST}new/")

    assert "community" not in page.context["form"].fields
    assert "团结路社区（已知，不用填）" in page.content.decode()


def test_a_row_is_entered_and_the_next_may_follow(browser: Browser, cast: Cast) -> None:
    client = browser(cast.clerk)

    answer = client.post(f"{LIST}new/", SERVED | {"again": "1"})

    assert answer["Location"] == f"{LIST}new/"
    row = ServiceRecord.objects.get()
    assert (row.activity, row.community, row.person_times) == ("清理楼道", cast.community, 1)


def test_a_mistake_is_said_beside_its_field_and_loses_nothing(browser: Browser, cast: Cast) -> None:
    page = browser(cast.clerk).post(
        f"{LIST}new/", SERVED | {"person_times": "20户", "activity": "扫雪"}
    )

    shown = page.content.decode()
    assert "按“人次”计" in shown
    assert 'value="扫雪"' in shown
    assert not ServiceRecord.objects.exists()


def test_two_hundred_rows_have_pages_forth_and_back(
    browser: Browser, cast: Cast, desk: Desk
) -> None:
    _many(desk, 120)
    client = browser(cast.clerk)

    first = client.get(LIST)
    assert "共 120" in first.content.decode()
    assert "活动119" in first.content.decode()
    second = client.get(LIST + first.context["pager"].next_url)
    third = client.get(LIST + second.context["pager"].next_url)
    assert (len(second.context["rows"]), len(third.context["rows"])) == (50, 20)
    back = client.get(LIST + third.context["pager"].previous_url)
    assert [r["url"] for r in back.context["rows"]] == [r["url"] for r in second.context["rows"]]


def test_filters_narrow_rows_and_sums_alike(browser: Browser, cast: Cast, desk: Desk) -> None:
    _many(desk, 12)

    page = browser(cast.clerk).get(LIST, {"first": "2026-01-10", "q": "活动"}).content.decode()

    assert "活动011" in page
    assert "活动003" not in page
    assert "3 人次" in page


def test_a_list_page_asks_as_often_as_recorded_however_long_it_is(
    browser: Browser, cast: Cast, desk: Desk
) -> None:
    client = browser(cast.clerk)
    for n in (1, 40):
        _many(desk, n)
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        assert len(asked) == COUNTS["rows"], [q["sql"][:90] for q in asked]


def test_seeing_a_name_needs_a_reason_and_is_written_down(
    browser: Browser, cast: Cast, desk: Desk
) -> None:
    row = desk.enter(DUAL_REGISTRATION, member="周党员", phone="13800001234", community="团结路社区",
                     registered_on="2026-05-01").row  # fmt: skip
    client, address = browser(cast.clerk), f"/work/registers/dual_registration/{row.pk}/"
    assert "周党员" not in client.get(address).content.decode()
    assert "周党员" not in client.post(address, {"reason": ""}).content.decode()
    assert not AuditRow.objects.filter(action="row_seen").exists()

    assert "周党员" in client.post(address, {"reason": "核对报到名单"}).content.decode()
    assert AuditRow.objects.get(action="row_seen").reason == "核对报到名单"


def test_a_row_is_changed_and_what_stood_before_can_be_seen(
    browser: Browser, cast: Cast, desk: Desk
) -> None:
    row = desk.enter(SERVICE, activity="清理楼道", day="2026-09-01", kind="环境整治",
                     community="团结路社区", member="周党员", person_times="1").row  # fmt: skip
    client = browser(cast.clerk)
    form = client.get(f"{LIST}{row.pk}/edit/").context["form"]
    given = {name: form[name].value() or "" for name in form.fields}

    client.post(f"{LIST}{row.pk}/edit/", given | {"activity": "清理楼道和车棚"})

    assert ServiceRecord.objects.get().version == 2
    page = client.get(f"{LIST}{row.pk}/").content.decode()
    assert "清理楼道和车棚" in page
    assert page.count("清理楼道") >= 3


def test_a_file_with_a_bad_row_comes_back_as_its_receipt(browser: Browser, cast: Cast) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(("活动", "日期", "类别", "人次"))
    page.append(("扫雪", "2026.1.3", "环境整治", "30余"))
    page.append(("扫雪", "上周", "环境整治", 3))
    content = BytesIO()
    book.save(content)

    answer = browser(cast.clerk).post(
        f"{LIST}import/", {"file": SimpleUploadedFile("扫雪.xlsx", content.getvalue())}
    )

    receipt = openpyxl.load_workbook(BytesIO(answer.content))
    assert "看不懂的日期" in str(receipt["拒绝"]["A2"].value)
    assert ServiceRecord.objects.get().person_times_raw == "30余"


def test_a_file_that_is_no_table_says_what_to_do(browser: Browser, cast: Cast) -> None:
    answer = browser(cast.clerk).post(
        f"{LIST}import/", {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")}
    )

    assert "另存为" in answer.content.decode()


def test_the_paper_is_masked_with_totals_and_signatures(
    browser: Browser, cast: Cast, desk: Desk
) -> None:
    _many(desk, 3)

    page = browser(cast.clerk).get(f"{LIST}print/").content.decode()

    assert "周**" in page
    assert "周党员" not in page
    assert "3 人次" in page
    assert "审核人" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("leader", 200), ("handler", 403), ("callback", 403)],
)
def test_who_may_see_the_ledger(browser: Browser, cast: Cast, who: str, status: int) -> None:
    assert browser(getattr(cast, who)).get(LIST).status_code == status


def test_a_row_of_another_community_is_not_there(browser: Browser, cast: Cast, desk: Desk) -> None:
    row = desk.enter(SERVICE, activity="清理楼道", day="2026-09-01", kind="环境整治",
                     community="团结路社区", person_times="1").row  # fmt: skip
    ServiceRecord.objects.filter(pk=row.pk).update(area=cast.county)

    assert browser(cast.clerk).get(f"{LIST}{row.pk}/").status_code == 404


def test_what_the_engine_keeps_cannot_be_entered(browser: Browser, cast: Cast) -> None:
    client = browser(cast.clerk)

    assert client.get("/work/registers/reports/").status_code == 200
    assert client.get("/work/registers/reports/new/").status_code == 404


def test_the_engines_ledgers_show_what_happened(browser: Browser, cast: Cast) -> None:
    case = cast.case_at("in_progress")
    cast.act(case, "remind", cast.supervisor)
    client = browser(cast.supervisor)

    for code, words in (
        ("reports", case.number),
        ("supervision", "催办"),
        ("returns", "还没有内容"),
    ):
        assert words in client.get(f"/work/registers/{code}/").content.decode()


def test_the_index_lists_what_one_may_see(browser: Browser, cast: Cast) -> None:
    page = browser(cast.clerk).get("/work/registers/").content.decode()

    assert page.index("下沉服务台账") < page.index("诉求台账")
