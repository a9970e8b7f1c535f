"""Filling a form: values of the registry, rights, look, provenance; nothing invented."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiyin.indicators.rules import periods
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.rules.links import KNOWN, UNKNOWN
from huiyin.paperwork.services import filling
from huiyin.paperwork.services.filling import Filled, Proposal
from huiyin.paperwork.tests.conftest import opened, workbook
from tests.cast import DAY, Cast

DAY_ = date(2026, 9, 30)


def proposed(cast: Cast, content: bytes, period: str = "2026-09", place: Any = None) -> Proposal:
    return filling.propose(
        content, "报表.xlsx", place=place or cast.county, period=periods.parse(period), day=DAY_
    )


def filled(cast: Cast, content: bytes, post: ActingPost, **more: Any) -> tuple[Filled, Any]:
    done = filling.fill(proposed(cast, content, **more), posts=[post], at=DAY)
    return done, opened(done.content)


def look(cell: Any) -> list[str]:
    """Everything that makes the look of a cell."""
    return [repr(getattr(cell, name)) for name in
            ("font", "border", "fill", "alignment", "number_format", "protection")]  # fmt: skip


def test_what_is_known_is_filled_and_the_formula_stays(
    cast: Cast, monthly: bytes, statistician: ActingPost
) -> None:
    cast.report()

    done, book = filled(cast, monthly, statistician)

    sheet = book.worksheets[0]
    assert sheet["C5"].value == 1
    assert sheet["C6"].value == "=SUM(C5:C5)"
    assert sheet["F5"].value is None
    assert done.rows == 0


def test_every_style_width_and_merge_stays(cast: Cast, monthly: bytes, statistician: ActingPost) -> None:  # fmt: skip
    before = opened(monthly).worksheets[0]

    after = filled(cast, monthly, statistician)[1].worksheets[0]

    assert str(after.merged_cells) == str(before.merged_cells)
    for line in before.iter_rows():
        for cell in line:
            new = after[cell.coordinate]
            assert look(new) == look(cell)


def test_the_sheet_of_sources_says_where_each_value_comes_from(
    cast: Cast, monthly: bytes, statistician: ActingPost
) -> None:
    cast.report()

    book = filled(cast, monthly, statistician)[1]

    rows = [[c.value for c in row] for row in book["数据来源"].iter_rows()]
    line = next(row for row in rows if row[0] == "C5")
    assert line[3] == "诉求受理"
    assert line[5:8] == [1, "件", 1]
    assert line[9].startswith("/data/reports_received/?place=530681001000&period=2026-09")


def test_what_nobody_may_see_stays_empty_and_is_listed(cast: Cast, statistician: ActingPost) -> None:  # fmt: skip
    form = workbook([["诉求受理情况表"], ["项目", "件数"], ["诉求受理", ""]], box="A2:B3")

    done, book = filled(cast, form, cast.handler)

    assert book.worksheets[0]["B3"].value is None
    assert [why for _, why in done.empty] == ["无权查看"]


def test_a_number_that_does_not_exist_stays_empty(cast: Cast, statistician: ActingPost) -> None:
    form = workbook(
        [["诉求情况表"], ["项目", "数量"], ["充电桩", ""], ["办结率", ""], ["诉求受理（户）", ""]],
        box="A2:B5",
    )  # fmt: skip

    done, book = filled(cast, form, statistician)

    assert [book.worksheets[0][f"B{r}"].value for r in (3, 4, 5)] == [None, None, None]
    assert done.filled == 0


def test_a_namesake_elsewhere_is_never_taken(cast: Cast, statistician: ActingPost) -> None:
    form = workbook(
        [["表"], ["社区", "受理件数"], ["田坝社区", ""], ["团结路社区", ""]], box="A2:B4"
    )

    cells = proposed(cast, form).asked

    assert [c.reading.status for c in cells] == [UNKNOWN, KNOWN]


def test_a_rate_without_a_sample_stays_empty(cast: Cast, statistician: ActingPost) -> None:
    form = workbook([["表"], ["项目", "数值"], ["满意率（%）", ""]], box="A2:B3")

    done, book = filled(cast, form, statistician)

    assert book.worksheets[0]["B3"].value is None
    assert [why for _, why in done.empty] == ["期内没有可计的明细"]


@pytest.mark.parametrize("printed", ["2026年8月", "2025年"])
def test_a_form_printed_for_another_period_asks_a_person(cast: Cast, printed: str) -> None:
    form = workbook([[f"{printed}诉求统计表"], ["项目", "件数"], ["诉求受理", ""]], box="A2:B3")

    cells = proposed(cast, form).asked

    assert [c.reading.status for c in cells] == ["unsure"]


def test_a_list_is_filled_masked_from_the_ledger_with_rows_added(
    cast: Cast, statistician: ActingPost
) -> None:
    for n in range(4):
        cast.report(f"{n} 栋漏水")
    form = workbook(
        [["诉求办理明细表"], ["序号", "诉求编号", "标题", "受理时间", "所属社区"], ["", "", "", "", ""],
         ["", "", "", "", ""], ["填表人："]],
        box="A2:E4", merges=["A1:E1"],
    )  # fmt: skip

    done, book = filled(cast, form, statistician)

    sheet = book.worksheets[0]
    assert done.rows == 4
    assert [sheet.cell(r, 1).value for r in range(3, 7)] == [1, 2, 3, 4]
    assert sheet["E6"].value == "团结路社区"
    assert sheet["E6"].border.left.style == "thin"
    assert sheet["A7"].value == "填表人："
