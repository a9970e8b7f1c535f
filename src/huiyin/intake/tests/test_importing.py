"""Import of reports from a file: each row once, with a receipt, whatever the file looks like."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from huiyin.base.services import personal
from huiyin.cases.models import Case, CaseContact
from huiyin.cases.rules import words as w
from huiyin.cases.services import sealing
from huiyin.intake.services import import_hints, importing
from huiyin.intake.services.importing import Imported, Job
from huiyin.triage.services.seeding import seed as seed_triage
from tests.cast import Cast, at

NOW = at("2026-09-30 09:00")
HEAD = ("编号", "时间", "内容", "姓名", "电话")
ROWS = [
    ("A1", "2026-09-01 10:00", "三栋水管漏水", "甲居民", "13800001234"),
    ("A2", "2026-09-02 11:00", "路灯不亮", "乙居民", ""),
]


@pytest.fixture
def table(tmp_path: Path) -> Any:
    def write(rows: list[tuple[str, ...]], head: tuple[str, ...] = HEAD, name: str = "a") -> Path:
        path = tmp_path / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        return path

    return write


def job(path: Path, cast: Cast, *, now: datetime = NOW, **more: Any) -> Job:
    return Job(path=path, place=cast.county, receipt=path.with_suffix(".receipt.xlsx"),
               recorded_at=now, **more)  # fmt: skip


def run(path: Path, cast: Cast, **more: Any) -> Imported:
    return importing.import_reports(job(path, cast, **more))


def receipt(path: Path) -> list[tuple[str, str, str]]:
    """Result, reason and number of each row."""
    with CalamineWorkbook.from_path(str(path.with_suffix(".receipt.xlsx"))) as book:
        rows = book.get_sheet_by_name("全部").to_python()
    return [(str(r[-3]), str(r[-2]), str(r[-1])) for r in rows[1:]]


def counted(done: Imported) -> tuple[int, int, int, int]:
    c = done.counts
    return c.read, c.new, c.same, c.refused


def test_each_row_becomes_a_case_and_is_receipted_with_its_number(cast: Cast, table: Any) -> None:
    path = table(ROWS)

    done = run(path, cast)

    assert counted(done) == (2, 2, 0, 0)
    first, second = Case.objects.order_by("pk")
    assert receipt(path) == [("新增", "", first.number), ("新增", "", second.number)]
    assert (first.channel, first.external_key, first.status) == ("excel", "number:A1", w.REGISTERED)
    assert (first.opened_at, first.area_id) == (at("2026-09-01 10:00"), cast.county.pk)


def test_the_same_file_again_brings_nothing_new_under_whatever_name(cast: Cast, table: Any) -> None:
    run(table(ROWS), cast)
    again = table(ROWS, name="another name")

    done = run(again, cast, now=NOW + timedelta(hours=1))

    assert counted(done) == (2, 0, 2, 0)
    assert [r[0] for r in receipt(again)] == ["相同", "相同"]
    assert Case.objects.count() == 2


def test_without_numbers_the_content_tells_rows_apart(cast: Cast, table: Any) -> None:
    head = ("序号", "时间", "内容", "姓名")
    september = [
        ("1", "2026-09-01 10:00", "水管漏水", "甲居民"),
        ("2", "2026-09-01 10:00", "水管漏水", "乙居民"),
    ]
    october = [
        ("1", "2026-09-03 10:00", "路灯不亮", "丙居民"),
        ("2", "2026-09-01 10:00", "水管漏水", "乙居民"),
    ]
    run(table(september, head), cast)

    done = run(table(october, head), cast, now=NOW + timedelta(hours=1))

    assert counted(done) == (2, 1, 1, 0)
    keys = list(Case.objects.order_by("pk").values_list("external_key", flat=True))
    assert all(k is not None and k.startswith("content:") and len(k) == 72 for k in keys)
    assert len(set(keys)) == 3


def test_a_number_twice_in_a_file_with_other_content_is_refused(cast: Cast, table: Any) -> None:
    path = table([*ROWS, ("A1", "2026-09-01 10:00", "电梯困人", "丁居民", ""), ROWS[0]])

    done = run(path, cast)

    assert counted(done) == (4, 2, 1, 1)
    results = receipt(path)
    assert results[2][:2] == ("拒绝", "编号 A1 与第 2 行相同而内容不同，请核对编号后再导入")
    assert results[3] == ("相同", "本文件前面已有同一行", results[0][2])


def test_a_number_that_came_before_with_other_content_is_not_taken_for_the_same(
    cast: Cast, table: Any
) -> None:
    run(table(ROWS), cast)
    other = table([("A1", "2026-09-09 10:00", "井盖破损", "戊居民", "")], name="other")

    done = run(other, cast, now=NOW + timedelta(hours=1))

    assert counted(done) == (1, 0, 0, 1)
    assert "已导入为 " in receipt(other)[0][1]


def test_two_systems_with_the_same_numbers_are_told_apart_by_their_name(
    cast: Cast, table: Any
) -> None:
    run(table(ROWS), cast)
    other = table([("A1", "2026-09-09 10:00", "井盖破损", "戊居民", "")], name="other")

    done = run(other, cast, source="问政平台", now=NOW + timedelta(hours=1))

    assert counted(done) == (1, 1, 0, 0)
    assert Case.objects.filter(external_key="number:问政平台:A1").exists()


def test_refused_rows_do_not_keep_the_others_out(cast: Cast, table: Any) -> None:
    path = table(
        [ROWS[0], ("A3", "明天", "水管漏水", "", ""), ("A4", "2026-09-01", "", "", ""), ROWS[1]]
    )

    done = run(path, cast)

    assert counted(done) == (4, 2, 0, 2)
    assert [r[0] for r in receipt(path)] == ["新增", "拒绝", "拒绝", "新增"]


def test_a_trial_says_what_would_become_of_each_row_and_files_nothing(
    cast: Cast, table: Any
) -> None:
    run(table(ROWS[:1]), cast)
    path = table([*ROWS, ROWS[1], ("A3", "", "x", "", "")], name="trial")

    done = importing.try_reports(job(path, cast, now=NOW + timedelta(hours=1)))

    assert counted(done) == (4, 1, 2, 1)
    assert [r[0] for r in receipt(path)] == ["相同", "新增", "相同", "拒绝"]
    assert Case.objects.count() == 1


def test_replies_make_closed_histories_with_their_real_times(cast: Cast, table: Any) -> None:
    path = table(
        [
            (
                "B1",
                "2019-04-25 09:32",
                "物业管理有问题",
                "已约谈物业企业",
                "2019-05-10 14:56",
                "市住建局",
                "满意",
            )
        ],
        ("留言编号", "留言时间", "留言详情", "答复意见", "答复时间", "承办单位", "是否满意"),
    )

    done = run(path, cast)

    assert done.histories == 1
    case = Case.objects.get()
    assert (case.status, case.sign_off_code) == (w.CLOSED, "imported")
    assert case.closed_at == case.replied_at == at("2019-05-10 14:56")
    assert [e.action for e in case.events.order_by("seq")] == ["reported", "history_imported"]
    assert case.events.get(seq=2).data == {"unit": "市住建局", "satisfied": True}
    assert case.words.get(key="reply").text == "已约谈物业企业"
    assert not case.deadlines.exists()


def test_a_reply_without_time_is_filed_open_with_the_reply_beside_it(
    cast: Cast, table: Any
) -> None:
    path = table(
        [("B2", "2026-09-01 09:00", "路灯不亮", "已通知维修")], ("编号", "时间", "内容", "答复意见")
    )

    run(path, cast)

    case = Case.objects.get()
    assert case.status == w.REGISTERED
    assert case.words.get(key="summary").text == "导入时已有答复（没有答复时间）：已通知维修"
    assert receipt(path)[0][1] == "有答复但没有答复时间，按未办结登记，原答复记在摘要里"


def test_a_reply_to_a_case_that_is_under_way_here_is_not_written_over_it(
    cast: Cast, table: Any
) -> None:
    run(table([("B3", "2026-09-01 09:00", "路灯不亮")], HEAD[:3]), cast)
    later = table([("B3", "2026-09-01 09:00", "路灯不亮", "已修好", "2026-09-05 10:00")],
                  (*HEAD[:3], "答复意见", "答复时间"), name="later")  # fmt: skip

    done = run(later, cast, now=NOW + timedelta(hours=1))

    assert counted(done) == (1, 0, 1, 0)
    assert receipt(later)[0][1] == "此件还在办理，文件里的答复没有写入，请在该件上办理"
    assert Case.objects.get().status == w.REGISTERED


def test_contacts_are_sealed_and_reached_by_relay_only(cast: Cast, table: Any) -> None:
    run(table([("C1", "2026-09-01", "水管漏水", "甲居民", "13800001234/13900005678")]), cast)

    contacts = list(CaseContact.objects.order_by("pk"))
    assert [c.choice for c in contacts] == ["relay", "relay"]
    assert [c.phone_index for c in contacts] == [
        personal.phone_index("13800001234"), personal.phone_index("13900005678"),
    ]  # fmt: skip
    assert "甲居民" not in contacts[0].name


def test_an_accusation_is_confidential_and_seen_from_county_and_city_only(
    cast: Cast, table: Any
) -> None:
    head = ("编号", "时间", "内容", "姓名", "社区")
    run(table([("C2", "2026-09-01", "我要举报违规装修", "甲居民", "团结路社区")], head), cast)

    case = Case.objects.get()
    assert (case.kind, case.confidential, case.area_id) == ("accusation", True, cast.community.pk)
    assert case.contacts.get().choice == "confidential"
    assert set(case.scopes.values_list("scope_id", flat=True)) == {
        cast.city.pk * 2, cast.county.pk * 2,
    }  # fmt: skip


def test_a_place_that_does_not_fit_is_remarked_and_not_refused(cast: Cast, table: Any) -> None:
    path = table([("C3", "2026-09-01", "水管漏水", "A3区")], ("编号", "时间", "内容", "区县"))

    run(path, cast)

    assert receipt(path)[0][:2] == (
        "新增", "“A3区”没有对上本地区划，原样记在地点里，按“水富市”登记",
    )  # fmt: skip
    assert Case.objects.get().place_text == "A3区"


def test_danger_words_of_an_old_letter_start_no_clock_of_two_hours(cast: Cast, table: Any) -> None:
    run(table([("D1", "2026-09-30 08:00", "楼道着火了", "", ""),
               ("D2", "2019-01-01 08:00", "楼道着火了快来", "", "")]), cast)  # fmt: skip

    assert list(Case.objects.order_by("pk").values_list("urgency", flat=True)) == ["life", "normal"]


def test_what_the_source_says_besides_is_a_hint_and_no_category(cast: Cast, table: Any) -> None:
    run(table([("E1", "2026-09-01", "水管漏水", "12345热线", "城乡建设", "物业")],
              ("编号", "时间", "内容", "来源", "一级分类", "二级分类")), cast)  # fmt: skip

    case = Case.objects.get()
    assert case.category == ""
    assert case.events.get().data["suggestion"]["source"] == {
        "channel": "12345热线", "category": "城乡建设/物业",
    }  # fmt: skip


def test_hints_of_triage_stand_beside_the_report(cast: Cast, table: Any) -> None:
    run(table(ROWS), cast, suggest=lambda rows: [{"category": r.text[:2]} for r in rows])

    said = [c.events.get().data["suggestion"] for c in Case.objects.order_by("pk")]
    assert said == [{"category": "三栋"}, {"category": "路灯"}]


def test_triage_hints_at_categories_and_functions_and_decides_nothing(
    cast: Cast, table: Any
) -> None:
    seed_triage(NOW)
    run(table(ROWS[:1]), cast, suggest=import_hints.suggest_rows)

    case = Case.objects.get()
    said = case.events.get().data["suggestion"]
    assert case.category == ""
    assert case.lead_id is None
    assert {"categories", "units", "matter", "uncertain"} <= set(said)
    assert all(isinstance(chance, str) for _, chance in said["categories"])


def test_a_missing_column_is_named_and_nothing_is_filed(cast: Cast, table: Any) -> None:
    path = table([("A1", "2026-09-01", "x")], ("编号", "时间", "讲了什么"))

    with pytest.raises(
        importing.MissingColumns, match="没有找到列：诉求内容。表头有：编号、时间、讲了什么"
    ):
        run(path, cast)

    done = run(path, cast, mapping={"text": "讲了什么"})
    assert counted(done) == (1, 1, 0, 0)


def test_a_job_that_was_broken_off_is_taken_up_with_its_own_rows_as_new(
    cast: Cast, table: Any
) -> None:
    path = table(ROWS)
    run(table(ROWS[:1], name="first half"), cast)

    done = run(path, cast)  # the same recorded_at: the same job again

    assert counted(done) == (2, 2, 0, 0)
    assert Case.objects.count() == 2


def test_whoever_stops_it_keeps_what_was_filed(
    cast: Cast, table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BLOCK", 1)
    path = table(ROWS)

    def stop(counts: importing.Counts) -> None:
        raise importing.ImportStopped

    done = importing.import_reports(job(path, cast), progress=stop)

    assert done.stopped
    assert counted(done) == (1, 1, 0, 0)
    assert len(receipt(path)) == 1


def test_progress_counts_block_by_block(
    cast: Cast, table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BLOCK", 2)
    seen: list[int] = []

    importing.import_reports(job(table([*ROWS, ("A3", "2026-09-03", "x", "", "")]), cast),
                             progress=lambda c: seen.append(c.read))  # fmt: skip

    assert seen == [2, 3]


def test_what_was_imported_stands_in_a_whole_ledger(cast: Cast, table: Any) -> None:
    run(table(ROWS), cast)

    assert sealing.verify().ok


def test_the_first_rows_are_shown_as_understood(cast: Cast, table: Any) -> None:
    shown = importing.preview(job(table([*ROWS, ("A3", "明天", "x", "", "")]), cast), rows=3)

    assert [(s.row.kind if s.row else None, s.refused[:9]) for s in shown] == [
        ("help", ""), ("help", ""), (None, "“时间”：看不懂的"),
    ]  # fmt: skip
