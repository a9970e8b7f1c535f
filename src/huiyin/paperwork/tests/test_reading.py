"""What a blank is taken for: number, place, period, breakdown, unit – or that a person is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from huiyin.documents.rules.form_files import open_form
from huiyin.paperwork.rules.fragments import Cutter
from huiyin.paperwork.rules.links import ASIDE, KNOWN, UNKNOWN, UNSURE, Reading
from huiyin.paperwork.rules.reading import read_block
from huiyin.paperwork.rules.spans import code_of
from huiyin.paperwork.rules.vocabulary import Body, Dimension, Number, Place, Vocabulary
from huiyin.paperwork.tests.conftest import workbook

KIND = Dimension("kind", "性质", (
    ("enquiry", ("咨询",)), ("help", ("求助",)), ("complaint", ("投诉",)), ("report", ("举报",)),
    ("suggestion", ("建议",)),
))  # fmt: skip
CHANNEL = Dimension(
    "channel", "来源", (("phone", ("电话", "热线", "12345热线")), ("web", ("网页",)))
)


def number(code: str, label: str, measure: str, *terms: str, stock: bool = False, unit: bool = True,
           dims: tuple[Dimension, ...] = (), kind: str = "count") -> Number:  # fmt: skip
    return Number(code, label, measure, terms, stock, unit, kind, dims)


NUMBERS = (
    number("received", "诉求受理", "件", "受理量", "受理", dims=(KIND, CHANNEL)),
    number("dispatched", "派出", "件", "派单"),
    number("replied", "答复", "件"), number("in_time", "按期答复", "件"),
    number("closed", "销号（办结）", "件", "办结", dims=(KIND,)),
    number("open", "在办", "件", stock=True, dims=(KIND,)),
    number("overdue", "超期未答复", "件", "超期", stock=True),
    number("returns", "退单申请", "次", "退单"), number("granted", "准予退单", "次"),
    number("calls", "回访", "次"), number("reached", "有效回访", "件", "回访件数"),
    number("satisfied", "回访满意", "件", "满意", "满意或基本满意"),
    number("satisfaction", "满意率", "%", kind="ratio"), number("on_time", "按期答复率", "%", kind="ratio"),
    number("services", "下沉服务", "次", unit=False), number("served", "下沉服务人次", "人次", "下沉服务", unit=False),
    number("members", "参加下沉服务的人", "名", "党员", unit=False),
    number("registered", "在册双报到党员", "名", "报到党员", stock=True, unit=False),
    number("newly", "新报到党员", "名", unit=False),
)  # fmt: skip
PLACES = (
    Place("530681", "水富市", "county", "/1/", ("水富市", "水富")),
    Place("530681001", "云富街道", "subdistrict", "/1/2/", ("云富街道", "云富")),
    Place("A", "团结路社区", "community", "/1/2/3/", ("团结路社区", "团结路")),
    Place("B", "人民路社区", "community", "/1/2/4/", ("人民路社区",)),
    Place("530681101", "向家坝镇", "subdistrict", "/1/5/", ("向家坝镇",)),
    Place("C", "团结路社区", "community", "/1/5/6/", ("团结路社区",)),
)
UNITS = (Body(7, ("水富市住房和城乡建设局", "市住建局")), Body(8, ("云富街道办事处", "云富街道")))
VOCABULARY = Vocabulary(NUMBERS, PLACES, UNITS, around=("昭通市",))


def read(rows: Sequence[Sequence[Any]], box: str, *merges: str, period: tuple[date, date] | None = None) -> dict[str, Reading]:  # fmt: skip
    first, last = period or (date(2026, 10, 1), date(2026, 10, 31))
    form = open_form(workbook(rows, box=box, merges=merges), "a.xlsx")
    cutter = Cutter(VOCABULARY)
    return {
        f"{chr(64 + f.column)}{f.row}": reading
        for block in form.blocks
        for f, reading in read_block(block, cutter, first, last)
        if reading.status != ASIDE
    }


def said(reading: Reading) -> tuple[str, ...]:
    """Number, place, period, value of the breakdown, comparison: what is not said is left out."""
    link = reading.link
    if link is None:
        return (reading.status,)
    days = link.days(date(2026, 10, 1), date(2026, 10, 31))
    assert days is not None
    unit = str(link.unit or "")
    return tuple(x for x in (link.indicator, link.place, code_of(*days), link.value, unit, link.derived) if x)  # fmt: skip


def one(label: str, heading: str = "本月", title: str = "统计表") -> Reading:
    return read([[title], ["项目", heading], [label, ""]], "A2:B3")["B3"]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("受理件数", "received"), ("1.收到群众诉求（件）", "received"), ("（一）已办结", "closed"), ("回复件数", "replied"),
        ("按时回复", "in_time"), ("尚未办结", "open"), ("逾期未答复件数", "overdue"), ("退单次数", "returns"),
        ("同意退单（次）", "granted"), ("回访次数", "calls"), ("有效回访", "reached"), ("回访件数（件）", "reached"),
        ("群众满意率（%）", "satisfaction"), ("满意或基本满意", "satisfied"), ("党员下沉服务人次", "served"),
        ("参加下沉服务党员人数", "members"), ("在册报到党员", "registered"), ("新增报到党员（名）", "newly"),
    ],
)  # fmt: skip
def test_names_are_read_as_offices_vary_them(label: str, code: str) -> None:
    assert said(one(label)) == (code, "2026-10")


@pytest.mark.parametrize(
    "label",
    ["办结率", "按期办结率", "充电桩（个）", "受理件数（户）", "消防隐患", "物业投诉办结", "不满意件数", "未受理", "受理和办结",
     "下沉服务", "下沉服务（场次）", "退单（件）", "网格受理件数", "党员人数", "重点人群回访次数"],
)  # fmt: skip
def test_what_says_more_or_less_than_a_number_is_never_filled(label: str) -> None:
    assert one(label).status in (UNKNOWN, UNSURE)


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("本月", "2026-10"), ("上月", "2026-09"), ("本年累计", "2026-01-01/2026-10-31"), ("上年同期", "2025-10"),
        ("1—10月", "2026-01-01/2026-10-31"), ("三季度", "2026Q3"), ("去年", "2025"), ("9月", "2026-09"),
        ("2025年", "2025"), ("2025年10月", "2025-10"), ("上年同期累计", "2025-01-01/2025-10-31"), ("上半年", "2026H1"),
        ("截至10月底", "@2026-10-31"), ("今年以来", "2026-01-01/2026-10-31"),
    ],
)  # fmt: skip
def test_periods_in_a_heading(heading: str, code: str) -> None:
    assert said(one("受理件数", heading)) == ("received", code)


def test_the_year_of_the_title_holds_for_its_months() -> None:
    found = read([["2025年分月统计表"], ["月份", "受理"], ["1月"], ["2月"], ["合计"]], "A2:B5",
                 period=(date(2025, 1, 1), date(2025, 12, 31)))  # fmt: skip

    assert [said(r)[1] for r in found.values()] == ["2025-01", "2025-02", "2025-01-01/2025-02-28"]


def test_same_period_and_comparison_speak_of_the_column_before() -> None:
    found = read(
        [["表"], ["指标", "本月", "上年同期", "本年累计", "上年同期", "同比（%）"], ["受理"]],
        "A2:F3",
    )

    assert [said(r)[1:] for r in found.values()] == [
        ("2026-10",), ("2025-10",), ("2026-01-01/2026-10-31",), ("2025-01-01/2025-10-31",),
        ("2026-01-01/2026-10-31", "yoy"),
    ]  # fmt: skip


def test_a_change_is_of_the_two_periods_before_it() -> None:
    found = read(
        [["表"], ["指标", "2026年10月", "2025年10月", "增减（件）", "增幅（%）"], ["受理"]], "A2:E3"
    )

    assert [(r.link.derived, r.link.difference) for r in found.values() if r.link] == [
        ("", False), ("", False), ("yoy", True), ("yoy", False),
    ]  # fmt: skip


def test_a_change_of_one_period_asks_a_person() -> None:
    assert read([["表"], ["指标", "本月", "增减"], ["受理"]], "A2:C3")["C3"].status == UNSURE


def test_the_title_names_what_the_columns_only_measure() -> None:
    found = read(
        [["党员下沉服务统计表"], ["社区", "次数", "人次", "人数"], ["人民路社区"]], "A2:D3"
    )

    assert [said(r)[0] for r in found.values()] == ["services", "served", "members"]


def test_of_which_and_breakdowns() -> None:
    found = read([["表"], ["指标", "本月"], ["受理件数"], ["  其中：投诉"], ["  咨询"], ["办结件数"], ["  其中：举报"]], "A2:B7")  # fmt: skip

    assert [said(r) for r in found.values()] == [
        ("received", "2026-10"), ("received", "2026-10", "complaint"), ("received", "2026-10", "enquiry"),
        ("closed", "2026-10"), ("closed", "2026-10", "report"),
    ]  # fmt: skip


def test_a_breakdown_that_the_number_has_not_asks_a_person() -> None:
    assert read([["投诉件统计表"], ["项目", "数"], ["答复", ""]], "A2:B3")["B3"].status == UNSURE


def test_places_inside_their_parent_and_never_a_namesake() -> None:
    found = read(
        [["表"], ["街道", "社区", "受理"], ["云富街道", "团结路社区"], ["", "小计"], ["向家坝镇", "团结路社区"]],
        "A2:C5", "A3:A4",
    )  # fmt: skip

    assert [said(r)[1] for r in (found["C3"], found["C5"])] == ["A", "C"]
    assert read([["表"], ["社区", "受理"], ["团结路社区"]], "A2:B3")["B3"].status == UNSURE


def test_units_under_their_heading_and_places_under_theirs() -> None:
    units = read([["表"], ["承办单位", "派出"], ["市住建局"], ["云富街道"]], "A2:B4")
    places = read([["表"], ["街道", "派出"], ["云富街道"]], "A2:B3")

    assert [r.link.unit for r in units.values() if r.link] == [7, 8]
    assert said(places["B3"]) == ("dispatched", "530681001", "2026-10")


def test_a_total_is_the_number_only_where_all_parts_are_there() -> None:
    whole = read(
        [
            ["表"],
            ["性质", "受理"],
            *([x] for x in ["咨询", "求助", "投诉", "举报", "建议", "合计"]),
        ],
        "A2:B8",
    )
    part = read([["表"], ["性质", "受理"], ["咨询"], ["投诉"], ["合计"]], "A2:B5")

    assert said(whole["B8"]) == ("received", "2026-10")
    assert part["B5"].status == UNSURE


def test_a_total_over_some_of_the_places_asks_a_person() -> None:
    some = read([["表"], ["街道", "受理"], ["云富街道"], ["合计"]], "A2:B4")
    every = read([["表"], ["街道", "受理"], ["云富街道"], ["向家坝镇"], ["合计"]], "A2:B5")

    assert some["B4"].status == UNSURE
    assert said(every["B5"]) == ("received", "2026-10")


def test_a_breakdown_beside_a_number_is_of_that_number() -> None:
    found = read([["表"], ["社区", "受理量", "投诉类", "占比（%）"], ["人民路社区"]], "A2:D3")

    assert said(found["C3"]) == ("received", "B", "2026-10", "complaint")


def test_a_total_of_different_numbers_is_none() -> None:
    assert (
        read([["受理办结表"], ["项目", "件数"], ["受理"], ["办结"], ["合计"]], "A2:B5")["B5"].status
        != KNOWN
    )


def test_satisfied_beside_rather_satisfied_is_no_longer_both() -> None:
    found = read([["表"], ["社区", "满意", "基本满意"], ["人民路社区"]], "A2:C3")

    assert [r.status for r in found.values()] == [UNKNOWN, UNKNOWN]


def test_a_heading_that_changes_the_meaning_is_not_left_out() -> None:
    found = read([["表"], ["社区", "超期", ""], ["", "答复", "件数"], ["人民路社区"]], "A2:C4", "B2:C2", "A2:A3")  # fmt: skip

    assert found["B4"].status == UNSURE
    assert said(found["C4"])[0] == "overdue"


def test_the_name_of_the_hotline_in_a_title_narrows_nothing() -> None:
    found = read(
        [["昭通市2026年10月12345热线诉求统计表"], ["来源", "受理"], ["热线"], ["网页"]], "A2:B4"
    )

    assert [said(r)[2] for r in found.values()] == ["phone", "web"]
    assert said(one("受理", title="12345热线办理情况表")) == ("received", "2026-10")


def test_a_title_that_speaks_of_a_part_asks_a_person() -> None:
    assert one("受理", title="物业领域诉求统计表").status == UNSURE


def test_a_form_of_ten_months_is_filled_for_ten_months() -> None:
    assert said(one("受理", "件数", title="2026年1-10月统计表")) == (
        "received",
        "2026-01-01/2026-10-31",
    )
