"""临时统计: groups, measures, and that every number opens onto exactly the rows that it counts."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from huiyin.base.models import AuditRow
from huiyin.communities.registers import SERVICE
from huiyin.communities.tests.conftest import Browser, Desk
from huiyin.registers import registry
from huiyin.registers.models import SavedTally
from huiyin.registers.rules import grouping
from huiyin.registers.services.tallying import MOST_ROWS
from tests.cast import Cast

TALLY = "/work/registers/service/tally/"


@pytest.fixture
def served(desk: Desk) -> Desk:
    """Five services of three kinds in two months, by two members; one number is a lower bound."""
    for day, kind, member, times in (
        ("2026-08-31", "环境整治", "周党员", "3"),
        ("2026-09-01", "环境整治", "周党员", "30余"),
        ("2026-09-02", "环境整治", "李党员", "2"),
        ("2026-09-03", "帮老助困", "周党员", "1"),
        ("2026-09-04", "应急值守", "", "4"),
    ):
        desk.enter(SERVICE, activity=f"活动{day}", day=day, kind=kind, member=member,
                   person_times=times, community="团结路社区")  # fmt: skip
    return desk


def table(client: Client, **asked: str) -> dict[str, list[str]]:
    """The table as one reads it: first cell → the other cells."""
    page = client.get(TALLY, asked)
    return {line["words"]: [cell["words"] for cell in line["cells"]]
            for line in page.context["lines"]}  # fmt: skip


def test_rows_are_counted_by_two_groups_with_totals(browser: Browser, served: Desk) -> None:
    found = table(browser(served.cast.clerk), by="kind", across="day:month")

    assert found == {
        "环境整治": ["1", "2", "3"], "帮老助困": ["0", "1", "1"], "应急值守": ["0", "1", "1"],
        "合计": ["1", "4", "5"],
    }  # fmt: skip


def test_a_sum_with_a_lower_bound_in_it_says_so(browser: Browser, served: Desk) -> None:
    client = browser(served.cast.clerk)

    found = table(client, by="kind", measure="sum:person_times")

    assert found["环境整治"] == ["≥35"]
    assert found["应急值守"] == ["4"]
    assert (
        "是下限"
        in client.get(TALLY, {"by": "kind", "measure": "sum:person_times"}).content.decode()
    )


def test_persons_are_counted_once_in_every_total(browser: Browser, served: Desk) -> None:
    found = table(
        browser(served.cast.clerk), by="kind", across="day:month", measure="distinct:member"
    )

    assert found["环境整治"] == ["1", "2", "2"]
    assert found["合计"] == ["1", "2", "2"]


@pytest.mark.parametrize("group", [g.code for g in grouping.groups_of(SERVICE.columns)])
def test_every_number_opens_onto_its_rows(browser: Browser, served: Desk, group: str) -> None:
    client = browser(served.cast.clerk)
    page = client.get(TALLY, {"by": group, "across": "kind" if group != "kind" else "day:quarter",
                              "first": "2026-09-01"})  # fmt: skip

    cells = [cell for line in page.context["lines"] for cell in line["cells"] if cell["url"]]
    assert cells
    for cell in cells:
        shown = client.get(cell["url"])
        assert shown.context["pager"].about == int(cell["words"]), (group, cell)


@pytest.mark.parametrize("code", [r.code for r in registry.all_registers()])
def test_every_ledger_can_be_tallied_by_everything(browser: Browser, cast: Cast, code: str) -> None:
    """The ledgers of the engine too: one case that went all the way has rows in most of them."""
    cast.case_at("closed")
    register = registry.get(code)
    post = next(p for p in (cast.supervisor, cast.clerk, cast.leader) if p.may(register.view))
    client = browser(post)

    for group in grouping.groups_of(register.columns):
        page = client.get(f"/work/registers/{code}/tally/", {"by": group.code})
        assert page.status_code == 200
        found = page.context["tally"]
        assert sum(amount.value for amount in found.row_totals.values()) == found.n
        for line in page.context["lines"][:-1]:
            shown = client.get(line["cells"][0]["url"])
            assert shown.context["pager"].about == int(line["cells"][0]["words"])


def test_workbook_and_word_say_what_the_page_says(browser: Browser, served: Desk) -> None:
    client = browser(served.cast.clerk)
    asked = {"by": "kind", "across": "day:month"}

    book = openpyxl.load_workbook(BytesIO(client.get(TALLY, asked | {"as": "xlsx"}).content))
    word = Document(BytesIO(client.get(TALLY, asked | {"as": "docx"}).content))

    rows = [list(row) for row in book["统计"].iter_rows(min_row=4, max_row=7, values_only=True)]
    assert rows[0] == ["环境整治", 1, 2, 3]
    assert [cell.text for cell in word.tables[0].rows[-1].cells] == ["合计", "1", "4", "5"]
    assert any(p.text.startswith("口径：下沉服务台账") for p in word.paragraphs)
    assert AuditRow.objects.filter(action="exported").count() == 2


def test_a_question_is_kept_and_asked_again(browser: Browser, served: Desk) -> None:
    client = browser(served.cast.clerk)
    client.post(f"{TALLY}?by=kind&first=2026-09-01", {"name": "九月服务"})

    page = client.get(TALLY).content.decode()
    kept = SavedTally.objects.get()

    assert "九月服务" in page
    assert parse_qs(urlsplit(f"?{kept.query}").query) == {"by": ["kind"], "first": ["2026-09-01"]}
    client.post(f"/work/registers/tally/{kept.pk}/delete/")
    assert not SavedTally.objects.exists()


def test_what_somebody_keeps_is_nobody_elses_to_delete(browser: Browser, served: Desk) -> None:
    browser(served.cast.clerk).post(f"{TALLY}?by=kind", {"name": "我的"})

    answer = browser(served.cast.leader).post(
        f"/work/registers/tally/{SavedTally.objects.get().pk}/delete/"
    )

    assert answer.status_code == 404


def test_the_same_group_twice_and_too_many_groups_are_said(
    browser: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser(desk.cast.clerk)
    twice = client.get(TALLY, {"by": "kind", "across": "kind"}).content.decode()
    assert "和分行的一样" in twice

    for n in range(3):
        desk.enter(SERVICE, activity=f"活动{n}", day="2026-09-01", kind="环境整治", member="周党员",
                   person_times="1", community="团结路社区")  # fmt: skip
    monkeypatch.setattr("huiyin.registers.services.tallying.MOST_ROWS", 2)
    many = client.get(TALLY, {"by": "activity"}).content.decode()
    assert "太多看不过来" in many
    assert MOST_ROWS == 300


def test_an_empty_ledger_says_what_to_do(browser: Browser, cast: Cast) -> None:
    assert "没有符合条件的" in browser(cast.clerk).get(TALLY).content.decode()


def test_a_stranger_to_the_ledger_counts_nothing(browser: Browser, cast: Cast) -> None:
    assert browser(cast.handler).get(TALLY).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_rows(browser: Browser, desk: Desk) -> None:
    client = browser(desk.cast.clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(TALLY, {"by": "community", "across": "day:month"})
        return len(queries)

    def enter(n: int) -> None:
        desk.enter(SERVICE, activity=f"活动{n}", day=f"2026-0{1 + n % 9}-01", kind="环境整治",
                   member="周党员", person_times="1", community="团结路社区")  # fmt: skip

    enter(0)
    asked()  # what a process keeps of small tables is kept after the first look
    few = asked()
    for n in range(1, 12):
        enter(n)
    assert asked() == few
