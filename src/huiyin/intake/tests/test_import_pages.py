"""/work/import/: choose a file, look, start, receipt; each to whom it belongs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from python_calamine import CalamineWorkbook

from huiyin.base.models import AuditRow
from huiyin.cases.models import Case
from huiyin.intake import tasks
from huiyin.intake.models import ImportMapping, ImportRun
from huiyin.intake.rules import import_states as states
from huiyin.intake.services import import_runs, importing
from huiyin.org.models import Person, Post, Unit
from huiyin.org.services import accounts
from tests.cast import DAY, FIRST, Cast

KNOWN = "编号,时间,内容,姓名,电话\nA1,2026-09-01 10:00,三栋水管漏水,甲居民,13800001234\nA2,昨天,路灯不亮,乙居民,\n"
UNKNOWN = "何时,讲了什么,谁讲的\n2026-09-01 10:00,三栋水管漏水,甲居民\n"


def browser_of(unit: Unit, role: str, name: str) -> Client:
    person = Person.objects.create(name=name)
    Post.objects.create(person=person, unit=unit, area=unit.area, role=role, valid_from=FIRST)
    account = accounts.open_account(
        person=person, username=f"u{person.pk}", password="Zhao-Tong-2026", at=DAY
    )
    account.must_change_password = False
    account.save()
    client = Client()
    client.force_login(account, "huiyin.org.backends.AccountBackend")
    return client


@pytest.fixture
def media(settings: Any, tmp_path: Path, set_clock: Callable[[datetime], None]) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def browser(cast: Cast, media: Path) -> Client:
    """The statistician of the county's centre."""
    return browser_of(cast.centre, "statistician", "卫统计")


def send(browser: Client, cast: Cast, text: str | bytes, name: str = "九月.csv") -> Any:
    data = text.encode() if isinstance(text, str) else text
    return browser.post(
        "/work/import/", {"file": SimpleUploadedFile(name, data), "place": cast.county.pk}
    )


def drafted(browser: Client, cast: Cast, text: str = KNOWN, name: str = "九月.csv") -> ImportRun:
    response = send(browser, cast, text, name)
    assert response.status_code == 302, response.content.decode()
    return ImportRun.objects.latest("pk")


def imported(browser: Client, cast: Cast, text: str = KNOWN) -> ImportRun:
    run = drafted(browser, cast, text)
    browser.post(f"/work/import/{run.pk}/start/")
    tasks.import_reports(run=run.pk)
    run.refresh_from_db()
    return run


def page(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", str(response.content.decode()))


def test_an_empty_list_says_what_to_do(browser: Client) -> None:
    text = page(browser, "/work/import/")

    assert "还没有导入过" in text
    assert "上传并核对" in text


def test_a_file_is_shown_as_understood_before_anything_is_filed(
    browser: Client, cast: Cast
) -> None:
    run = drafted(browser, cast)

    text = page(browser, f"/work/import/{run.pk}/")
    assert "前 2 行这样登记" in text
    assert "三栋水管漏水" in text
    assert "甲**" in text and "138****1234" in text
    assert "13800001234" not in text
    assert "“时间”：看不懂的日期“昨天”" in text
    assert Case.objects.count() == 0


def test_the_file_lies_under_a_random_name_that_only_the_service_reads(
    browser: Client, cast: Cast, media: Path
) -> None:
    run = drafted(browser, cast)

    path = media / run.file_path
    assert re.fullmatch(r"imports/[0-9a-f]{32}\.table", run.file_path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_starting_defers_a_job_with_ids_only(browser: Client, cast: Cast) -> None:
    run = drafted(browser, cast)

    response = browser.post(f"/work/import/{run.pk}/start/")

    assert response["Location"] == f"/work/import/{run.pk}/"
    job = ProcrastinateJob.objects.get(task_name="intake.import_reports")
    assert job.args == {"run": run.pk}
    assert "排队中" in page(browser, f"/work/import/{run.pk}/")


def test_a_run_ends_with_counts_a_receipt_and_without_the_file(
    browser: Client, cast: Cast, media: Path
) -> None:
    run = imported(browser, cast)

    assert (run.state, run.read, run.new, run.refused) == (states.DONE, 2, 1, 1)
    assert run.file_path == ""
    assert [p.suffix for p in (media / "imports").iterdir()] == [".xlsx"]
    text = page(browser, f"/work/import/{run.pk}/")
    assert "下载逐行回单" in text
    assert "hx-get" not in text.split('id="import-progress"')[1].split(">")[0]
    assert "九月.csv" in page(browser, "/work/import/")


def test_the_receipt_goes_to_whoever_imported_and_into_the_audit(
    browser: Client, cast: Cast
) -> None:
    run = imported(browser, cast)

    response: Any = browser.get(f"/work/import/{run.pk}/receipt/")

    data = b"".join(response.streaming_content)
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        rows = book.get_sheet_by_name("全部").to_python()
    assert [r[-3] for r in rows[1:]] == ["新增", "拒绝"]
    assert response["Cache-Control"] == "private, no-store"
    row = AuditRow.objects.get(action="exported")
    assert (row.subject, row.fields) == (f"import:{run.pk}", "姓名、电话、内容")


def test_a_colleague_sees_the_run_but_not_the_receipt(browser: Client, cast: Cast) -> None:
    run = imported(browser, cast)
    colleague = browser_of(cast.centre, "statistician", "蒋统计")

    assert "只有导入人能下载" in page(colleague, f"/work/import/{run.pk}/")
    assert colleague.get(f"/work/import/{run.pk}/receipt/").status_code == 404


def test_a_colleague_neither_starts_nor_looks_into_a_draft(browser: Client, cast: Cast) -> None:
    run = drafted(browser, cast)
    colleague = browser_of(cast.centre, "statistician", "蒋统计")

    assert "三栋水管漏水" not in page(colleague, f"/work/import/{run.pk}/")
    colleague.post(f"/work/import/{run.pk}/start/")

    run.refresh_from_db()
    assert run.state == states.DRAFT


def test_another_area_does_not_know_the_run(browser: Client, cast: Cast) -> None:
    run = imported(browser, cast)
    street = browser_of(cast.street, "statistician", "沈统计")

    assert street.get(f"/work/import/{run.pk}/").status_code == 404
    assert "九月.csv" not in page(street, "/work/import/")


@pytest.mark.parametrize("role", ["desk", "dispatcher", "leader"])
def test_without_the_grant_there_is_no_import(cast: Cast, media: Path, role: str) -> None:
    browser = browser_of(cast.centre, role, "沈无权")

    assert browser.get("/work/import/").status_code == 403
    assert "导入诉求" not in browser.get("/work/import/").content.decode().split("<main")[0]


def test_a_place_outside_the_post_is_not_offered(browser: Client, cast: Cast) -> None:
    response = browser.post(
        "/work/import/",
        {"file": SimpleUploadedFile("a.csv", KNOWN.encode()), "place": cast.city.pk},
    )

    assert response.status_code == 200
    assert not ImportRun.objects.exists()


def test_an_unknown_header_is_mapped_once_and_remembered(browser: Client, cast: Cast) -> None:
    run = drafted(browser, cast, UNKNOWN)
    assert "没有认出“诉求内容”“受理时间”是哪一列" in page(browser, f"/work/import/{run.pk}/")

    browser.post(f"/work/import/{run.pk}/columns/",
                 {"text": "讲了什么", "at": "何时", "reporter": "谁讲的"})  # fmt: skip
    assert "前 1 行这样登记" in page(browser, f"/work/import/{run.pk}/")

    again = drafted(browser, cast, UNKNOWN.replace("水管", "电线"), name="十月.csv")
    assert "前 1 行这样登记" in page(browser, f"/work/import/{again.pk}/")
    assert ImportMapping.objects.get().mapping["text"] == "讲了什么"


def test_the_mapping_page_shows_what_stands_under_each_heading_masked(
    browser: Client, cast: Cast
) -> None:
    text = "讲了什么,何时,谁讲的,联系电话\n路灯坏了,2026-09-01,李某,13800001234\n"
    run = drafted(browser, cast, text, name="带电话.csv")

    shown = page(browser, f"/work/import/{run.pk}/")

    assert "路灯坏了" in shown
    assert "138****1234" in shown
    assert "13800001234" not in shown


def test_a_table_without_rows_is_not_offered_for_import(browser: Client, cast: Cast) -> None:
    run = drafted(browser, cast, "留言主题,留言详情,留言时间\n", name="空.csv")

    shown = page(browser, f"/work/import/{run.pk}/")

    assert "开始导入" not in shown
    assert "另选文件" in shown


def test_one_column_serves_one_field(browser: Client, cast: Cast) -> None:
    run = drafted(browser, cast, UNKNOWN)

    response = browser.post(
        f"/work/import/{run.pk}/columns/", {"text": "讲了什么", "at": "讲了什么"}
    )

    assert "一列只能选一次" in response.content.decode()


def test_a_column_can_be_said_not_to_be_there(browser: Client, cast: Cast) -> None:
    run = drafted(browser, cast)

    browser.post(f"/work/import/{run.pk}/columns/", {"text": "内容", "at": "时间"})

    run.refresh_from_db()
    assert set(import_runs.columns_of(run).found) == {"text", "at"}


@pytest.mark.parametrize(("name", "data", "said"), [
    ("照片.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "不是表格文件"),
    ("空.csv", b"", "文件是空的，请另选一个"),
    ("坏.xlsx", b"PK\x03\x04 broken", "工作簿已损坏，请重新另存为 .xlsx 后再上传"),
])  # fmt: skip
def test_what_is_no_table_is_said_in_plain_words_and_not_kept(
    browser: Client, cast: Cast, media: Path, name: str, data: bytes, said: str
) -> None:
    response = send(browser, cast, data, name)

    assert said in response.content.decode()
    assert not ImportRun.objects.exists()
    assert not list((media / "imports").glob("*")) if (media / "imports").exists() else True


def test_a_file_above_the_limit_is_refused(
    browser: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "MAX_BYTES", 50)

    response = send(browser, cast, KNOWN)

    assert "请拆成几个文件，或另存为 .xlsx 再上传" in response.content.decode()
    assert not ImportRun.objects.exists()


def test_a_draft_is_discarded_with_its_file(browser: Client, cast: Cast, media: Path) -> None:
    run = drafted(browser, cast)

    browser.post(f"/work/import/{run.pk}/stop/")

    run.refresh_from_db()
    assert (run.state, run.file_path) == (states.DISCARDED, "")
    assert not list((media / "imports").iterdir())


def test_a_running_import_stops_after_its_block_and_can_go_on(
    browser: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BLOCK", 1)
    run = drafted(browser, cast, KNOWN.replace("昨天", "2026-09-02"))
    browser.post(f"/work/import/{run.pk}/start/")
    browser.post(f"/work/import/{run.pk}/stop/")

    tasks.import_reports(run=run.pk)
    run.refresh_from_db()
    assert (run.state, run.read, run.new) == (states.STOPPED, 1, 1)
    assert "继续导入" in page(browser, f"/work/import/{run.pk}/")

    browser.post(f"/work/import/{run.pk}/start/")
    tasks.import_reports(run=run.pk)
    run.refresh_from_db()
    assert (run.state, run.read, run.new) == (states.DONE, 2, 2)
    assert Case.objects.count() == 2


def test_a_job_that_runs_twice_imports_once(browser: Client, cast: Cast) -> None:
    run = imported(browser, cast)

    tasks.import_reports(run=run.pk)

    run.refresh_from_db()
    assert (run.state, run.new) == (states.DONE, 1)
    assert Case.objects.count() == 1


def test_an_import_that_breaks_off_says_what_to_do(
    browser: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **more: Any) -> None:
        raise RuntimeError("disk")

    run = drafted(browser, cast)
    browser.post(f"/work/import/{run.pk}/start/")
    monkeypatch.setattr(importing, "import_reports", broken)

    tasks.import_reports(run=run.pk)

    text = page(browser, f"/work/import/{run.pk}/")
    assert "导入中断，已经入库的行都在" in text
    assert "继续导入" in text


def test_progress_is_a_part_for_htmx_and_a_page_for_a_browser(browser: Client, cast: Cast) -> None:
    run = drafted(browser, cast)
    browser.post(f"/work/import/{run.pk}/start/")
    ImportRun.objects.filter(pk=run.pk).update(state=states.RUNNING, read=1000, total=3000)

    part = browser.get(f"/work/import/{run.pk}/progress/", headers={"HX-Request": "true"})
    whole = browser.get(f"/work/import/{run.pk}/progress/")

    assert 'hx-trigger="every 2s"' in part.content.decode()
    assert "1,000 / 3,000" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert whole["Location"] == f"/work/import/{run.pk}/"


def test_files_and_receipts_go_when_their_time_is_over(
    browser: Client, cast: Cast, media: Path
) -> None:
    done = imported(browser, cast)
    draft = drafted(browser, cast, name="十月.csv")

    assert import_runs.forget(at=DAY + timedelta(hours=23)) == (0, 0)
    assert import_runs.forget(at=DAY + timedelta(hours=25)) == (1, 0)
    assert import_runs.forget(at=DAY + timedelta(days=31)) == (0, 1)

    done.refresh_from_db()
    draft.refresh_from_db()
    assert (done.receipt_path, draft.state) == ("", states.DISCARDED)
    assert not list((media / "imports").iterdir())
    assert "回单已到期删除" in page(browser, f"/work/import/{done.pk}/")
