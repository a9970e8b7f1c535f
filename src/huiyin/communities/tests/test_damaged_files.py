"""Twenty kinds of damage: each has its own sentence on the receipt, and no good row is lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import openpyxl
import pytest

from huiyin.communities.models import DualRegistration, Liaison, ServiceRecord
from huiyin.communities.registers import DUAL_REGISTRATION, LIAISON, SERVICE
from huiyin.communities.tests.conftest import Desk
from huiyin.documents.rules.sheets import HeaderNotFound, UnreadableTable
from huiyin.registers.services.importing import MissingColumns

HEAD = ("活动", "日期", "类别", "服务人", "派出单位", "人次")
GOOD = ("清理楼道", "2026-09-01", "环境整治", "周党员", "水富市住建局", 3)

#: (what is wrong with which cell, what the receipt says)
DAMAGED: tuple[tuple[str, dict[int, Any], str], ...] = (
    ("no activity", {0: ""}, "缺“活动”"),
    ("no date", {1: ""}, "缺“日期”"),
    ("a day that does not exist", {1: "2026-02-30"}, "“日期”"),
    ("month first", {1: "13/25/2026"}, "“日期”"),
    ("a date without its year", {1: "3月1日"}, "“日期”"),
    ("words for a date", {1: "上周三"}, "“日期”"),
    ("an unknown kind", {2: "吃饭"}, "“类别”没有“吃饭”"),
    ("no kind", {2: ""}, "缺“类别”"),
    ("no number", {5: ""}, "缺“服务人次”"),
    ("words for a number", {5: "若干"}, "“服务人次”"),
    ("a range for a number", {5: "3-5"}, "“服务人次”"),
    ("another measure", {5: "20户"}, "按“人次”计"),
    ("a negative number", {5: -4}, "不能是负数"),
    ("a much too long activity", {0: "清" * 200}, "超过 80 字"),
    ("a much too long name", {3: "甲" * 60}, "超过 40 字"),
    ("a number that lost its digits", {3: 530681199001011234}, "按数字存的"),
    ("an unknown compound", {6: "没有的小区"}, "没有小区“没有的小区”"),
    ("a community of another place", {7: "母鹿社区"}, "母鹿社区"),
    ("a unit too long", {4: "单" * 80}, "超过 60 字"),
    ("a number above all sense", {5: "1e999"}, "“服务人次”"),
)


def _row(changes: dict[int, Any]) -> tuple[Any, ...]:
    cells: list[Any] = [*GOOD, "", ""]
    for at, value in changes.items():
        cells[at] = value
    return tuple(cells)


def test_twenty_kinds_of_damage_give_twenty_reasons_and_lose_no_good_row(desk: Desk) -> None:
    head = (*HEAD, "小区", "社区")
    rows: list[tuple[Any, ...]] = [head]
    for n, (_, changes, _) in enumerate(DAMAGED):
        rows += [_row({0: f"清理楼道{n}"}), _row(changes)]

    done = desk.imports(SERVICE, desk.sheet(*rows))

    assert (done.new, done.refused) == (len(DAMAGED), len(DAMAGED))
    for (what, _, said), reason in zip(DAMAGED, desk.reasons(), strict=True):
        assert said in reason, f"{what}: {reason}"
    assert ServiceRecord.objects.count() == len(DAMAGED)


@pytest.mark.parametrize(
    "above",
    [
        [("团结路社区下沉服务台账",), ("填报单位：团结路社区", "", "填报日期：2026年9月")],
        [(None,), ("附件2",), ("下沉服务情况统计表",)],
        [],
    ],
    ids=["title and unit", "an annex with a blank row", "header at once"],
)
def test_titles_above_and_totals_below_are_no_rows(
    desk: Desk, above: list[tuple[Any, ...]]
) -> None:
    below = [("合计", "", "", "", "", 6), ("填报人：张三", "审核人：李四")]

    done = desk.imports(SERVICE, desk.sheet(*above, HEAD, GOOD, ("打扫", *GOOD[1:]), *below))

    assert (done.new, done.refused) == (2, 0)


def test_the_columns_stand_in_any_order_under_other_names_with_wide_spaces(desk: Desk) -> None:
    path = desk.sheet(
        ("序号", "参加人次", "服务日期", "服务内容", "　姓　名　", "服务类别"),
        (1, "300余", datetime(2026, 9, 1), "　清理楼道　", "周党员", "环境整治"),
    )

    assert desk.imports(SERVICE, path).new == 1

    row = ServiceRecord.objects.get()
    assert (row.activity, row.person_times, row.person_times_bound) == ("清理楼道", 300, "at_least")
    assert row.person_times_raw == "300余"


def test_a_number_merged_over_several_rows_belongs_to_none_of_them(desk: Desk) -> None:
    path = desk.sheet(HEAD, GOOD, ("打扫", *GOOD[1:5], None))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("F2:F3")
    book.save(path)

    done = desk.imports(SERVICE, path)

    assert (done.new, done.refused) == (1, 1)
    assert "合并单元格" in desk.reasons()[0]


def test_a_file_of_something_else_is_refused_whole_with_what_was_looked_for(desk: Desk) -> None:
    with pytest.raises(HeaderNotFound, match="活动"):
        desk.imports(SERVICE, desk.sheet(("名称", "金额"), ("电费", 20)))
    with pytest.raises(MissingColumns, match="服务人次"):
        desk.imports(
            SERVICE, desk.sheet(("活动", "日期", "类别"), ("清理", "2026-09-01", "环境整治"))
        )
    garbage = desk.folder / "x.xlsx"
    garbage.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(UnreadableTable):
        desk.imports(SERVICE, garbage)


def test_a_trial_writes_nothing_and_tells_what_would_be(desk: Desk) -> None:
    done = desk.imports(SERVICE, desk.sheet(HEAD, GOOD, ("打扫", "上周", *GOOD[2:])), try_only=True)

    assert (done.new, done.refused) == (1, 1)
    assert not ServiceRecord.objects.exists()


def test_a_changed_row_is_a_new_version_of_the_same_row(desk: Desk) -> None:
    desk.imports(SERVICE, desk.sheet(HEAD, GOOD))

    done = desk.imports(SERVICE, desk.sheet(HEAD, (*GOOD[:4], "水富市公安局", 4)))

    row = ServiceRecord.objects.get()
    assert (done.new, done.changed) == (0, 1)
    assert (row.home_unit, row.person_times, row.version) == ("水富市公安局", 4, 2)


def test_an_end_before_its_beginning_is_refused(desk: Desk) -> None:
    path = desk.sheet(
        ("包联人", "层级", "起", "止"), ("王书记", "处级领导包社区", "2026-05-01", "2026-01-01")
    )

    assert desk.imports(LIAISON, path).refused == 1
    assert "“止”早于“起”" in desk.reasons()[0]
    assert not Liaison.objects.exists()


def test_a_phone_that_is_none_costs_its_row_and_says_so_without_repeating_it(desk: Desk) -> None:
    path = desk.sheet(("姓名", "电话", "报到日期"), ("周党员", "123", "2026-05-01"))

    assert desk.imports(DUAL_REGISTRATION, path).refused == 1
    assert "“电话”" in desk.reasons()[0]
    assert not DualRegistration.objects.exists()
